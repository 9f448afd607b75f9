from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self) -> None:
        from acknowledgments.agreement.exiting import due_of_plan
        from acknowledgments.agreement.gating import ANSWERS
        from acknowledgments.approvals.duty import Approvals
        from acknowledgments.enums import RequestKind, RequestState
        from acknowledgments.filing.failed import CHECKS
        from acknowledgments.paper.signature import require_key
        from acknowledgments.proof.health import CHECKS as OF_PROOF
        from careerplan.accounts import duties
        from careerplan.base import health
        from careerplan.messaging import facts
        from careerplan.plans import loose_ends
        from careerplan.plans.agreed import register
        from customers import exits
        from services.closing import FLOOR

        register(ANSWERS)
        facts.register(RequestKind, RequestState)
        loose_ends.register(FLOOR)
        duties.register(Approvals())
        exits.register(due_of_plan)
        health.register(*CHECKS, *OF_PROOF)
        require_key()
