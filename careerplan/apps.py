from django.apps import AppConfig


class CareerPlanConfig(AppConfig):
    name = "careerplan"
