from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "careerplan.reports"
    label = "reports"
