from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self) -> None:
        from acknowledgments.agreement.gating import ANSWERS
        from acknowledgments.enums import RequestKind, RequestState
        from acknowledgments.paper.signature import require_key
        from careerplan.messaging import facts
        from careerplan.plans.agreed import register

        register(ANSWERS)
        facts.register(RequestKind, RequestState)
        require_key()
