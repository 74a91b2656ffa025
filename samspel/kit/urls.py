from django.urls import path

from samspel.kit import views
from samspel.kit.mail.views import unsubscription
from samspel.kit.statements import views as statements

urlpatterns = [
    path("language/", views.language, name="language"),
    path("accessibility", statements.accessibility, name="accessibility"),
    path("privacy", statements.privacy, name="privacy"),
    path("cookies", statements.cookie_list, name="cookies"),
    path("mail/unsubscription/<str:signed>", unsubscription, name="unsubscription"),
]
