from django.apps import AppConfig


class CareerPlanConfig(AppConfig):
    name = "careerplan"

    def ready(self) -> None:
        from acknowledgments.proof import verifying
        from careerplan.base import health
        from careerplan.rights import CHECKS, wrong_rights

        health.register(*CHECKS)
        verifying.register("rights", wrong_rights)
