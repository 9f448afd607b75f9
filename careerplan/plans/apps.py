from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "careerplan.plans"
    label = "plans"

    def ready(self) -> None:
        from careerplan.plans.deadlines import DEADLINES
        from customers.deadlines import register

        register(*DEADLINES)
