from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self):
        from acknowledgments.gating import ANSWERS
        from acknowledgments.pades import require_key
        from careerplan.plans.agreed import register

        register(ANSWERS)
        require_key()
