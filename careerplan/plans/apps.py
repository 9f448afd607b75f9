from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "careerplan.plans"
    label = "plans"
