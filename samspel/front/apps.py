from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "samspel.front"
