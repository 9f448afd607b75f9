"""A review that needs no acknowledgment: the planner records it, and the version is in force (12.7.7, 12.7.8)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from acknowledgments.actions import (
    activate,
    order_form,
    refuse_other_days,
    require_complete,
    seal_contents,
)
from acknowledgments.decisions import Decision
from acknowledgments.enums import Method, PrintKind
from acknowledgments.in_force import decision_for
from acknowledgments.models import Acknowledgment
from acknowledgments.working_copy import contents_of
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import follow_enrollments
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.transitions import check
from customers.actions import add_case_note, require_contact

STAFF_STATEMENT_VERSION = "staff-2026-1"


class AcknowledgmentNeeded(Refusal):
    """The rules ask for the customer: `decision` says which change, by which rule."""

    def __init__(self, decision: Decision):
        rule = next(requirement.rule for requirement in decision.requirements if requirement.needs)
        super().__init__(
            "acknowledgment-needed",
            _("This version needs the customer's acknowledgment: %(rule)s (%(citation)s). Send it instead.")
            % {"rule": _(rule.sentence), "citation": rule.citation},
        )
        self.decision = decision


@transaction.atomic
def review_without_customer(
    version: PlanVersion, *, text: str, contact_on: date, contact_method: str, by: User, at: datetime
) -> Acknowledgment:
    """Plan does not require participant acknowledgment: text, service date, contact and case note in one (AMB-W12).

    The contact's date is the actual date of the review service and the version's approval date.

    Raises:
        Incomplete: something that must be in the plan is missing.
        AcknowledgmentNeeded: a change asks for the customer, or the customer never acknowledged a version.
        Refusal: the date of contact is not between the version's created date and today.
    """
    version = check(version, "acknowledge_without_customer", by)
    today = day_of(at)
    require_contact(contact_method)
    follow_enrollments(version, by=by, at=at)
    contents = contents_of(version.plan, version)
    require_complete(contents)
    decision = decision_for(version, contents, on=today)
    if decision.needs_acknowledgment:
        raise AcknowledgmentNeeded(decision)
    refuse_other_days(version, contact_on, today)
    seal = seal_contents(version, contents, decision, by=by, at=at)
    note = add_case_note(
        version.plan.customer,
        subject=_("Review without acknowledgment, version %(number)d") % {"number": version.number},
        text=text,
        contact_on=contact_on,
        contact_method=contact_method,
        by=by,
        at=at,
    )
    record = Acknowledgment.objects.create(
        version=version,
        seal=seal,
        method=Method.NOT_REQUIRED,
        case_note=note,
        signer=by,
        signer_name=str(by),
        typed_name=str(by),
        acknowledged_at=at,
        local_time=timezone.localtime(at).isoformat(timespec="seconds"),
        time_zone=timezone.get_current_timezone_name(),
        digest=seal.digest,
        statement=text,
        statement_version=STAFF_STATEMENT_VERSION,
        language=translation.get_language() or "en",
    )
    way = {"name": "acknowledge_without_customer", "approved_on": contact_on}
    activate(version, seal, **way, note=late_contact(version.plan, contact_on), by=by, at=at)
    order_form(seal, PrintKind.AGREED, at=at)
    return record


def late_contact(plan: EmploymentPlan, contact_on: date) -> str:
    """A warning in words where the contact came after the interval of the last completed version; kept (12.7.8)."""
    active = plan.versions.active().first()
    if active is None or contact_on <= active.next_review_on:
        return ""
    days = {"days": (contact_on - active.approved_on).days, "version": active}
    return _("The contact came %(days)d days after %(version)s was approved, later than the review interval.") % days
