from django.apps import AppConfig
from django.urls import register_converter


class BaseConfig(AppConfig):
    name = "careerplan.base"
    label = "base"

    def ready(self) -> None:
        """The addresses' `<key:pk>`, before any of them is read."""
        from careerplan.base.addresses import KeyConverter

        register_converter(KeyConverter, "key")
