"""What is in force, and what the rules say of the working copy against it (12.7.8)."""

from datetime import date

from django.conf import settings

from acknowledgments.contents import PlanContents
from acknowledgments.decisions import Decision, decide
from acknowledgments.models import Acknowledgment, Seal
from careerplan.plans.models import PlanVersion


def contents_in_force(version: PlanVersion) -> PlanContents | None:
    """The sealed contents of the plan's active version; None where none ever was active."""
    seal = Seal.objects.valid().filter(version__plan=version.plan_id, version__state="active").first()
    return seal.contents if seal else None


def decision_for(version: PlanVersion, contents: PlanContents, *, on: date) -> Decision:
    """Whether these contents of the draft need the customer's acknowledgment, and why. Two queries."""
    return decide(
        contents_in_force(version),
        contents,
        rule_set=settings.ACKNOWLEDGMENT_RULES,
        on=on,
        acknowledged_before=acknowledged_before(version),
    )


def acknowledged_before(version: PlanVersion) -> bool:
    """The customer agreed to an earlier version: what makes a later review "developed jointly" (12.7.8, footnote 1)."""
    return Acknowledgment.objects.filter(version__plan=version.plan_id).exclude(method="not_required").exists()
