from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        from customers.deadlines import register
        from services.deadlines import DEADLINES

        register(*DEADLINES)
