"""Drafts that are deleted, and brought back (12.7.7): their own contents are kept with the version."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acknowledgments.agreement.restoring import agreed_contents, restore, restore_agreed
from acknowledgments.agreement.sealing import keep_contents
from acknowledgments.contents.items import PlanContents
from acknowledgments.models import Seal
from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.coenrollment import NOBODY, Asked, require_approval
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.policy import is_another
from careerplan.plans.transitions import check, move
from customers.models import Enrollment
from goals.models import ActionStep
from services.enums import Continuation
from services.models import PlannedService
from services.programs import others_answering

DRAFT_DELETED = gettext_noop("draft deleted")
DRAFT_RECOVERED = gettext_noop("draft recovered")


@transaction.atomic
def delete_draft(
    version: PlanVersion, *, reason: str, approved_by: Collection[int] = NOBODY, by: User, at: datetime
) -> PlanVersion:
    """Delete a draft that never became active; what was recorded freely meanwhile (dates, notes ...) stays.

    Raises:
        ApprovalNeeded: services that it adds are another program's, whose planner has not approved (12.7.9).
    """
    version = check(version, "delete", by)
    reason = said(reason, _("Say why you are deleting the draft."), field="reason")
    require_approval(others_losing(version.plan, by), approved_by, Asked("delete_draft", {"reason": reason}))
    keep_contents(version, by=by, at=at)
    restore_agreed(version.plan, reason=DRAFT_DELETED, by=by, at=at)
    return move(version, "delete", note=reason, by=by, at=at, deleted_at=at, deleted_reason=reason)


def others_losing(plan: EmploymentPlan, by: User) -> list[Enrollment]:
    """The enrollments of other planners who answer for services that leave with the draft."""
    found = {row.pk: row for service in added_services(plan) for row in others_answering(service, by)}
    return list(found.values())


def added_services(plan: EmploymentPlan) -> list[PlannedService]:
    """The services that leave the plan with its draft: what was added, whatever funds it since."""
    known = {item.id for item in agreed_contents(plan).services}
    planned = (
        PlannedService.objects.filter(plan=plan).select_related("program", "service", "plan__customer").order_by("id")
    )
    rows = {row.pk: row for row in planned}
    for row in rows.values():
        if row.continuation == Continuation.FUNDING and row.continues_id in known:
            known.add(row.pk)
    return [row for row in rows.values() if row.removed_at is None and row.pk not in known]


@transaction.atomic
def recover_draft(version: PlanVersion, *, note: str = "", by: User, at: datetime) -> PlanVersion:
    """Bring a deleted draft back, with its contents as they were deleted (12.7.7, Delete, note).

    Raises:
        NotAllowed: not statewide staff.
        Refusal: it is not deleted, the plan is closed, a newer version has begun, or a step was done that the draft
            makes another.
    """
    version = check(version, "recover", by)
    plan = version.plan
    if not plan.is_open:
        raise Refusal("plan-closed", _("This plan is closed. A closed plan can't be changed."))
    if not may_come_back(version):
        raise Refusal("newer-version", _("This plan has a newer version now, so the deleted draft can't come back."))
    kept = Seal.objects.filter(version=version).order_by("-id")[0]
    refuse_done_meanwhile(plan, kept.contents)
    version = move(version, "recover", note=note, by=by, at=at, deleted_at=None, deleted_reason="")
    restore(plan, kept.contents, goes_forth=True, reason=DRAFT_RECOVERED, by=by, at=at)
    return version


def refuse_done_meanwhile(plan: EmploymentPlan, contents: PlanContents) -> None:
    """What was done since the draft was deleted was the step that was agreed to, not that of the draft (AMB-W9)."""
    done = {row.pk: row for row in ActionStep.objects.in_plan().filter(plan=plan, done_on__isnull=False)}
    for item in contents.action_steps:
        row = done.get(item.id)
        if row is not None and not item.done_on and is_another(row.text, item.text, item.rewording):
            raise Refusal(
                "step-done-since",
                _(
                    '"%(step)s" has been done since then, and the draft makes it a different step. Clear the day it '
                    "was done, or start over."
                )
                % {"step": row.text},
            )


def may_come_back(version: PlanVersion) -> bool:
    """A deleted draft may be recovered while its plan is open and no newer version has begun."""
    plan = version.plan
    return plan.is_open and not plan.versions.filter(number__gt=version.number).exists()
