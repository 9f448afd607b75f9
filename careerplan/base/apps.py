from django.apps import AppConfig
from django.urls import register_converter


class BaseConfig(AppConfig):
    name = "careerplan.base"
    label = "base"

    def ready(self) -> None:
        """The addresses' `<key:pk>`, before any of them is read; what the product stands on, to be looked at."""
        from careerplan.base import health
        from careerplan.base.addresses import KeyConverter
        from careerplan.base.health.servers import CHECKS

        health.register(*CHECKS)
        register_converter(KeyConverter, "key")
