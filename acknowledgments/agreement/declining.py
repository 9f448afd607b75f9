"""Where the customer does not agree: Not Complete (12.7.7), and Unable to Get Customer Agreement on File (ILL-037)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acknowledgments.agreement.permissions import authorise, take_permission_back
from acknowledgments.agreement.restoring import restore_agreed
from acknowledgments.agreement.sealing import keep_contents
from acknowledgments.agreement.sending import withdraw_request
from acknowledgments.enums import UnableReason
from acknowledgments.models import Seal, UncollectedAgreement
from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import mark_not_completed
from careerplan.plans.models import EmploymentPlan, PlanVersion, VersionEvent
from careerplan.plans.policy import PLANNER
from careerplan.plans.transitions import check, lock_plan, require_actor
from customers.actions import add_case_note


@transaction.atomic
def note_unable(
    version: PlanVersion,
    *,
    reason: str,
    note: str,
    contact_on: date,
    contact_method: str,
    by: User,
    at: datetime,
) -> UncollectedAgreement:
    """Unable to Get Customer Agreement on File: the version does not become active, and the customer may still agree.

    Where only Illinois' rules are in force the plan stays usable: what the version lists may start (AMB-X4).

    Raises:
        Refusal: the version does not wait for the customer, or it was noted before.
    """
    plan = lock_plan(version.plan_id)
    require_actor(plan, PLANNER, by)
    version = PlanVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    version.plan = plan
    if not version.is_awaiting:
        raise Refusal(
            "not-awaiting",
            _("%(version)s does not wait for the customer any more. Open the plan again.") % {"version": version},
        )
    seal = Seal.objects.valid().get(version=version)
    if UncollectedAgreement.objects.filter(seal=seal).exists():
        raise Refusal("already-noted", _("It was noted already that the agreement can't be had."))
    why = chosen(reason, UnableReason, _("Choose why the agreement can't be had."), field="reason")
    case_note = add_case_note(
        plan.customer,
        subject=_("Unable to get agreement to version %(number)d") % {"number": version.number},
        text=note,
        contact_on=contact_on,
        contact_method=contact_method,
        by=by,
        at=at,
    )
    found = UncollectedAgreement.objects.create(
        seal=seal, reason=why, case_note=case_note, recorded_at=at, recorded_by=by
    )
    words, state = str(why.label), version.state
    VersionEvent.objects.create(version=version, name="unable", source=state, target=state, by=by, at=at, note=words)
    if settings.ACKNOWLEDGMENT_RULES == "illinois":
        authorise(version, seal, on=day_of(at), by=by, at=at)
    return found


DRAFT_DECLINED = gettext_noop("version not completed")
NO_PLAN = 0


@transaction.atomic
def decline(
    version: PlanVersion, *, note: str, contact_on: date, contact_method: str, by: User, at: datetime
) -> PlanVersion:
    """Not Complete: the customer does not want to acknowledge (12.7.7). The request ends, the plan goes back.

    Where no version was ever active the plan closes, and says what it said last.

    Raises:
        as `careerplan.plans.actions.mark_not_completed`.
    """
    version = check(version, "mark_not_completed", by)
    if version.is_draft:
        keep_contents(version, by=by, at=at)
    else:
        withdraw_request(Seal.objects.valid().get(version=version), at=at)
        take_permission_back(version, by=by, at=at)
    contact = {"contact_on": contact_on, "contact_method": contact_method}
    with restoring(version):
        if version.plan.versions.active().exists():
            restore_agreed(version.plan, reason=DRAFT_DECLINED, by=by, at=at)
        return mark_not_completed(version, note=note, **contact, by=by, at=at)


@contextmanager
def restoring(version: PlanVersion) -> Iterator[None]:
    """Bound rows may change in the block though the version is with the customer: the plan says so to the database.

    `NO_PLAN` can't be committed (`EmploymentPlan.restoring`), and the database takes it back only from a plan whose
    version is no longer with the customer: the block ends with the version.
    """
    plan = models.QuerySet(EmploymentPlan).filter(pk=version.plan_id)
    if version.is_awaiting:
        plan.update(restoring=NO_PLAN)
    yield
    plan.update(restoring=None)
