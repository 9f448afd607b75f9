from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "careerplan.plans"
    label = "plans"

    def ready(self) -> None:
        from careerplan.plans.deadlines import DEADLINES
        from careerplan.plans.merging import older_plans, open_plans, plans_held
        from customers import deadlines, holding

        deadlines.register(*DEADLINES)
        holding.register(hold=plans_held, hinder=open_plans)
        holding.register(hinder=older_plans)
