"""Where the customer does not agree: Not Complete (12.7.7), and Unable to Get Customer Agreement on File (ILL-037)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acknowledgments.agreement.permissions import authorise, take_permission_back
from acknowledgments.agreement.restoring import restore_agreed
from acknowledgments.agreement.sealing import keep_contents
from acknowledgments.agreement.sending import about_version, path_of, withdraw_request
from acknowledgments.enums import UnableReason
from acknowledgments.models import Seal, UncollectedAgreement
from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.plans.actions import end_plan, tell_partners
from careerplan.plans.enums import Outcome, OutcomeReason
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.transitions import check, move
from customers.actions import add_case_note, require_contact, write_case_note
from customers.enums import NoteCategory


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
    version = check(version, "unable", by)
    seal = Seal.objects.valid().get(version=version)
    if UncollectedAgreement.objects.filter(seal=seal).exists():
        raise Refusal(
            "already-noted",
            _("A note already says why the customer's agreement could not be obtained. Open the page again."),
        )
    why = chosen(reason, UnableReason, _("Choose why the agreement could not be obtained."), field="reason")
    case_note = add_case_note(
        version.plan.customer,
        subject=_("Unable to get agreement to version %(number)d") % {"number": version.number},
        text=note,
        contact_on=contact_on,
        contact_method=contact_method,
        category=NoteCategory.REVIEW,
        about=about_version(version),
        by=by,
        at=at,
    )
    found = UncollectedAgreement.objects.create(
        seal=seal, reason=why, case_note=case_note, recorded_at=at, recorded_by=by
    )
    with translation.override("en"):
        label = str(why.label)
    move(version, "unable", note=label, by=by, at=at)
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

    The case note confirms the contact; the development service ends as not completed with the version. Where no
    version was ever active the plan closes as refused, says what it said last, and a new one may be started. The
    refusal is the customer's: the other planners of a shared plan hear of it, and are not asked.
    """
    version = check(version, "mark_not_completed", by)
    require_contact(contact_method)
    request = None
    if version.is_draft:
        keep_contents(version, by=by, at=at)
    else:
        request = withdraw_request(Seal.objects.valid().get(version=version), at=at)
        take_permission_back(version, by=by, at=at)
    case_note = write_case_note(
        version.plan.customer,
        subject=_("Version %(number)d was not acknowledged") % {"number": version.number},
        text=note,
        contact_on=contact_on,
        contact_method=contact_method,
        category=NoteCategory.REVIEW,
        about=about_version(version),
        by=by,
        at=at,
    )
    columns: dict[str, Any] = {"not_completed_at": at, "not_completed_note": case_note}
    with restoring(version):
        if version.in_force is not None:
            restore_agreed(version.plan, reason=DRAFT_DECLINED, by=by, at=at)
        version = move(version, "mark_not_completed", ended=path_of(request), by=by, at=at, **columns)
    if version.in_force is None:
        end_plan(version.plan, outcome=Outcome.NOT_COMPLETED, reason=OutcomeReason.REFUSED, by=by, at=at)
    tell_partners(version, Notice.SHARED_PLAN_DECLINED, by=by, at=at)
    return version


@contextmanager
def restoring(version: PlanVersion) -> Iterator[None]:
    """Bound rows may change in the block though the version is with the customer: the plan says so to the database.

    `NO_PLAN` can't be committed (`EmploymentPlan.restoring`), and the database takes it back only from a plan whose
    version is no longer with the customer: the block ends with the version.
    """
    plan: models.QuerySet[EmploymentPlan] = models.QuerySet(EmploymentPlan).filter(pk=version.plan_id)
    if version.is_awaiting:
        plan.update(restoring=NO_PLAN)
    yield
    plan.update(restoring=None)
