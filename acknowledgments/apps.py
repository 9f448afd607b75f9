from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self):
        from acknowledgments.gating import adding_asks
        from acknowledgments.pades import require_key
        from careerplan.plans.gate import register_table

        register_table(adding_asks)
        require_key()
