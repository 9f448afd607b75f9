"""What is in force, and what the rules say of the working copy against it (12.7.8)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.chain import last_link
from acknowledgments.contents.items import PlanContents
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.rules.decisions import Decision, decide
from acknowledgments.rules.policy import LIGHT_SUPPORT_REMOVAL
from careerplan.base.prepared import PreparedRows
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion


def contents_of_active(plan_id: int) -> PlanContents | None:
    """The sealed contents of the plan's active version; None where none ever was active."""
    found = IN_FORCE.read(plan_id)
    return found[0].contents if found else None


def seals_in_force(plan: int) -> QuerySet[Seal]:
    rows: QuerySet[Seal] = Seal.objects.valid()
    return rows.filter(version__plan=plan, version__state=VersionState.ACTIVE)


IN_FORCE = PreparedRows(seals_in_force)


def contents_in_force(version: PlanVersion) -> PlanContents | None:
    """As `contents_of_active`, of the plan of a version."""
    return contents_of_active(version.plan_id)


@dataclass(frozen=True)
class SealedBefore:
    """What the seals of a plan say as the next one is made: the contents in force, and the last link of the chain."""

    in_force: PlanContents | None
    link: str


def sealed_before(version: PlanVersion) -> SealedBefore:
    """Of the plan of a version that is locked. One query."""
    links = list(Seal.objects.links_with_contents_in_force(version.plan_id))
    found = next((link for link in links if link["text_in_force"] is not None), None)
    seal = found and Seal(version=version.in_force, canonical=found["text_in_force"], sealed_at=found["sealed_at"])
    return SealedBefore(seal.contents if seal else None, last_link(links))


def agreed_before(version: PlanVersion) -> PlanContents | None:
    """What the customer agreed to last before this version; a review that asked for no agreement is passed over."""
    earlier = Seal.objects.valid().filter(version__plan=version.plan_id, version__number__lt=version.number)
    agreed = Acknowledgment.objects.by_customers().filter(seal=OuterRef("pk"))
    seal = earlier.filter(Exists(agreed)).order_by("-version__number").first()
    return seal.contents if seal else None


def decision_for(version: PlanVersion, contents: PlanContents, *, on: date) -> Decision:
    """Whether these contents of the draft need the customer's acknowledgment, and why. One query."""
    return decision_against(contents_in_force(version), contents, on=on)


def draft_asks(version: PlanVersion | None, *, on: date) -> bool:
    """Whether the rules ask the customer about a draft as it stands; never of what is no draft. Nine queries."""
    if version is None or not version.is_draft:
        return False
    return decision_for(version, contents_of(version.plan, version), on=on).needs_acknowledgment


def decision_against(agreed: PlanContents | None, contents: PlanContents, *, on: date) -> Decision:
    """As `decision_for`, where the contents in force are at hand."""
    return decide(
        agreed,
        contents,
        rule_set=settings.ACKNOWLEDGMENT_RULES,
        on=on,
        acknowledged_before=not contents.about.is_first,
        options=local_options(),
    )


def local_options() -> frozenset[str]:
    """What the local area chose otherwise (AMB-W3)."""
    return frozenset() if settings.SUPPORT_REMOVAL_ACK else frozenset({LIGHT_SUPPORT_REMOVAL})
