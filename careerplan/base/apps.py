from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "careerplan.base"
    label = "base"
