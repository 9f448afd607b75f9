from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        from customers import deadlines
        from customers.notes import matters
        from services.deadlines import DEADLINES
        from services.notes import SERVICES

        deadlines.register(*DEADLINES)
        matters.register(SERVICES)
