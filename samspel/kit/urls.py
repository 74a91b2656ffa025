from django.urls import path

from samspel.kit import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("accessibility", views.accessibility, name="accessibility"),
]
