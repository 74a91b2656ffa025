from django.urls import path

from samspel.front import views

urlpatterns = [path("", views.home, name="home")]
