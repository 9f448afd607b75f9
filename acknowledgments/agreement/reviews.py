"""A review that needs no acknowledgment: the planner records it, and the version is in force (12.7.7, 12.7.8)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from acknowledgments.agreement.activation import activate
from acknowledgments.agreement.in_force import decision_against, sealed_before
from acknowledgments.agreement.sealing import order_paper, seal_contents
from acknowledgments.agreement.sending import about_version, copy_to_seal, refuse_other_days, require_complete
from acknowledgments.contents.items import PlanContents
from acknowledgments.enums import Method, PrintKind
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.rules.decisions import Decision
from acknowledgments.rules.policy import MOVED_HERE, UNSPOKEN
from acknowledgments.rules.silence import sentence_of
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.readable import day
from careerplan.base.refusals import Refusal
from careerplan.plans.models import PlanVersion
from careerplan.plans.transitions import check
from customers.actions import require_contact, write_case_note
from customers.enums import NoteCategory
from customers.models import CaseNote

STAFF_STATEMENT_VERSION = "staff-2026-1"
MOVED_STATEMENT_VERSION = "staff-moved-2026-1"


class AcknowledgmentNeeded(Refusal):
    """The rules ask for the customer: `decision` says which change, by which rule."""

    def __init__(self, decision: Decision):
        found = next(requirement for requirement in decision.requirements if requirement.needs)
        sentence = sentence_of(found, plan_type=decision.plan_type, rule_set=decision.rule_set)
        named = {"rule": _(sentence), "citation": found.rule.citation}
        cited = _("This version needs the customer's acknowledgment: %(rule)s (%(citation)s). Send it instead.")
        unspoken = _("This version needs the customer's acknowledgment. %(rule)s Send it instead.")
        super().__init__("acknowledgment-needed", (unspoken if found.rule is UNSPOKEN else cited) % named)
        self.decision = decision


@transaction.atomic
def review_without_customer(
    version: PlanVersion,
    *,
    text: str,
    contact_on: date,
    contact_method: str,
    unchanged: bool = False,
    by: User,
    at: datetime,
) -> Acknowledgment:
    """Plan does not require participant acknowledgment: text, service date, contact and case note in one (AMB-W12).

    The contact's date is the actual date of the review service and the version's approval date. `unchanged`: of a plan
    that moves here, the planner says that it is what the customer acknowledged in the older system; it is kept.

    Raises:
        Incomplete: something that must be in the plan is missing.
        AcknowledgmentNeeded: a change asks for the customer, or the customer never acknowledged a version.
        Refusal: the date of contact is not between the version's created date and today, or the plan moves here and the
            planner does not say that it is unchanged.
    """
    version = check(version, "acknowledge_without_customer", by)
    today = day_of(at)
    require_contact(contact_method)
    copy, before = copy_to_seal(version, by=by, at=at), sealed_before(version)
    contents = copy.contents
    require_complete(contents)
    decision = decision_against(before.in_force, contents, on=today)
    if decision.needs_acknowledgment:
        raise AcknowledgmentNeeded(decision)
    statement = moved_statement(decision, contents)
    if statement and not unchanged:
        raise Refusal(
            "unchanged-not-said",
            _("Check the box to say that this is the plan the customer acknowledged in the older system, or send it."),
            field="unchanged",
        )
    refuse_other_days(version, contact_on, today)
    seal = seal_contents(version, contents, decision, after=before.link, by=by, at=at)
    note = write_case_note(
        version.plan.customer,
        subject=_("Review without acknowledgment, version %(number)d") % {"number": version.number},
        text=text,
        contact_on=contact_on,
        contact_method=contact_method,
        category=NoteCategory.REVIEW,
        about=about_version(version),
        by=by,
        at=at,
    )
    evidence = keep_record(seal, note, statement, by=by, at=at)
    late = late_contact(version.in_force, contact_on)
    way: dict[str, Any] = {"name": "acknowledge_without_customer", "approved_on": contact_on, "note": late}
    activate(version, seal, **way, copy=copy, by=by, at=at)
    order_paper(seal, PrintKind.AGREED, at=at)
    return evidence


def keep_record(seal: Seal, note: CaseNote, statement: str, *, by: User, at: datetime) -> Acknowledgment:
    """The planner's own evidence: what was reviewed, and `statement` about a plan that moves here."""
    return Acknowledgment.objects.create(
        version=seal.version,
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
        statement="\n".join(filter(None, [statement, note.text])),
        statement_version=MOVED_STATEMENT_VERSION if statement else STAFF_STATEMENT_VERSION,
        language=translation.get_language() or "en",
    )


def moved_statement(decision: Decision, contents: PlanContents) -> str:
    """What the planner says of a plan that moves here, since there is nothing to compare it with; "" of another."""
    if all(requirement.rule is not MOVED_HERE for requirement in decision.requirements):
        return ""
    about = contents.about
    named = {"system": about.moved_from, "day": day(about.moved_acknowledged_on)}
    if not about.moved_acknowledged_on:
        return (
            _(
                "Nothing has changed since the customer acknowledged the plan in %(system)s, "
                "or only what needs no acknowledgment (12.7.8)."
            )
            % named
        )
    return (
        _(
            "Nothing has changed since the customer acknowledged the plan in %(system)s on %(day)s, "
            "or only what needs no acknowledgment (12.7.8)."
        )
        % named
    )


def late_contact(active: Any, contact_on: date) -> str:
    """A warning in words where the contact came after the interval of the last completed version; kept (12.7.8)."""
    if active is None or contact_on <= active.next_review_on:
        return ""
    days = {"days": (contact_on - active.approved_on).days, "version": active}
    return _("The contact was %(days)d days after %(version)s was approved. That is past the review interval.") % days
