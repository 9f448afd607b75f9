from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "goals"

    def ready(self) -> None:
        from customers.deadlines import register
        from goals.deadlines import DEADLINES

        register(*DEADLINES)
