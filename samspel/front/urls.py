from django.urls import path

from samspel.front import views
from samspel.front.my import views as my

urlpatterns = [
    path("", views.home, name="home"),
    path("my/", my.my_page, name="my-page"),
]
