from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self) -> None:
        from acknowledgments.agreement.gating import ANSWERS
        from acknowledgments.approvals.duty import Approvals
        from acknowledgments.paper.signature import require_key
        from careerplan.accounts import duties
        from careerplan.plans import loose_ends
        from careerplan.plans.agreed import register
        from services.closing import FLOOR

        register(ANSWERS)
        loose_ends.register(FLOOR)
        duties.register(Approvals())
        require_key()
