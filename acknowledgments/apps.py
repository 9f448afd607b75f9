from django.apps import AppConfig


class AcknowledgmentsConfig(AppConfig):
    name = "acknowledgments"

    def ready(self) -> None:
        from acknowledgments.agreement.deadlines import ASKED, DEADLINES
        from acknowledgments.agreement.exiting import due_of_plan
        from acknowledgments.agreement.gating import ANSWERS
        from acknowledgments.approvals.duty import Approvals
        from acknowledgments.contents.items import KINDS
        from acknowledgments.enums import RequestKind, RequestState
        from acknowledgments.filing.failed import CHECKS
        from acknowledgments.paper import case_note
        from acknowledgments.paper.signature import require_key
        from acknowledgments.proof.health import CHECKS as OF_PROOF
        from careerplan.accounts import duties
        from careerplan.base import health
        from careerplan.messaging import facts
        from careerplan.plans import loose_ends, working_rows
        from careerplan.plans.agreed import register
        from customers import deadlines, exits
        from customers.notes import matters
        from services.closing import FLOOR

        register(ANSWERS)
        working_rows.register(*KINDS)
        facts.register(RequestKind, RequestState)
        loose_ends.register(FLOOR)
        duties.register(Approvals())
        deadlines.register(*DEADLINES)
        deadlines.register_reminded(ASKED)
        exits.register(due_of_plan)
        matters.register(case_note.VERSIONS)
        matters.register_offer(case_note.CHANGES)
        matters.register_evidence(case_note.evidence_names)
        health.register(*CHECKS, *OF_PROOF)
        require_key()
