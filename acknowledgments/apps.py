from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self) -> None:
        from acknowledgments.agreement.gating import ANSWERS
        from acknowledgments.paper.signature import require_key
        from careerplan.plans.agreed import register

        register(ANSWERS)
        require_key()
