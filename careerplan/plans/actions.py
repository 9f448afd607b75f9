"""Starting, opening and closing plans; items enter and leave the working copy."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from careerplan.accounts.models import User
from careerplan.base.addresses import LONGEST_VALUE
from careerplan.base.choices import chosen
from careerplan.base.dates import day_of, in_text
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify, settle_for
from careerplan.messaging.enums import Notice
from careerplan.plans.agreed import has_words
from careerplan.plans.coenrollment import NOBODY, Asked, open_enrollments, others, require_approval
from careerplan.plans.enums import Outcome, OutcomeReason, PlanState, VersionState
from careerplan.plans.loose_ends import Answers, as_text, loose_ends, refuse_unanswered, tie_up
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion, VersionEvent, plan_type_for, plan_type_now
from careerplan.plans.rows import for_recording
from customers.actions import require_editor
from customers.models import Customer


def follow_enrollments(version: PlanVersion, *, by: User, at: datetime) -> None:
    """A plan in the making is of the kind that the open programs make, whoever joined or left meanwhile (12.7.9).

    `version`: a draft of a locked plan.
    """
    plan = version.plan
    plan_type = plan_type_now(plan)
    for row in (plan, version):
        row.plan_type = plan_type
        record(row, by=by, at=at, reason=gettext_noop("follows the programs"))


@transaction.atomic
def start_plan(
    customer: Customer,
    *,
    follows: EmploymentPlan | None = None,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> PlanVersion:
    """Begin the customer's plan: version 1 as a draft. The created date opens the development service (12.7.6).

    A plan in an older system moves here with it (12.7.2). `follows`: the plan that was closed for a new goal.

    Raises:
        ApprovalNeeded: the customer is co-enrolled, and another program's planner has not approved.
        Refusal: there is an open plan already, or no open enrollment to make a plan for.
    """
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    require_editor(customer, by)
    if EmploymentPlan.objects.filter(customer=customer, state=PlanState.OPEN).exists():
        raise Refusal(
            "plan-already-open", _("This customer already has an open plan. Open the Career Plan tab to work on it.")
        )
    plan_type = plan_type_for(customer.pk)
    if not plan_type:
        raise Refusal("not-enrolled", _("Enroll the customer in a program first: the program says which plan to make."))
    partners = others(customer, by)
    require_approval(partners, approved_by, Asked("start_plan"))
    plan = EmploymentPlan(customer=customer, plan_type=plan_type, follows=follows, started_at=at, started_by=by)
    plan.written_in = follows.written_in if follows else by.language
    record(plan, by=by, at=at)
    move_legacy_plan(plan, by=by, at=at)
    return begin_version(plan, by=by, at=at)


def move_legacy_plan(plan: EmploymentPlan, *, by: User, at: datetime) -> None:
    """The review of a plan in an older system is the first version here, with or without changes (12.7.2)."""
    for legacy in LegacyPlan.objects.unmoved().select_for_update(of=("self",)).filter(customer=plan.customer_id):
        legacy.moved_to, legacy.moved_at = plan, at
        record(legacy, by=by, at=at, reason=gettext_noop("moved"))


@transaction.atomic
def register_legacy_plan(customer: Customer, values: dict[str, Any], *, by: User, at: datetime) -> LegacyPlan:
    """Note that the customer's plan is still in an older system, and when it is reviewed next (12.7.2).

    Raises:
        Refusal: a plan is open here, or another one is registered already.
    """
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    require_editor(customer, by)
    refuse_needless_move(customer)
    document, acknowledged_on = values.get("acknowledgment"), values.get("acknowledged_on")
    if document is not None and document.customer_id != customer.pk:
        raise Refusal("document-of-another-customer", _("Choose a document of this customer."), field="acknowledgment")
    refuse_earlier_participation(customer, acknowledged_on)
    refuse_overtaken_acknowledgment(customer, acknowledged_on)
    legacy = LegacyPlan(customer=customer, registered_at=at, registered_by=by, **values)
    record(legacy, by=by, at=at)
    return legacy


def refuse_earlier_participation(customer: Customer, acknowledged_on: date | None) -> None:
    """What was acknowledged before the customer came to one of today's programs was another plan."""
    begun = [enrollment.begun_on for enrollment in open_enrollments(customer)]
    if acknowledged_on is not None and begun and acknowledged_on < min(begun):
        raise Refusal(
            "before-enrollment",
            _("The customer's program began on %(day)s. What was acknowledged before belongs to an earlier plan.")
            % {"day": in_text(min(begun))},
            field="acknowledged_on",
        )


def refuse_overtaken_acknowledgment(customer: Customer, acknowledged_on: date | None) -> None:
    """Who refused the plan here agrees to it no more, whatever an older system has on file."""
    declined = PlanVersion.objects.filter(plan__customer=customer, not_completed_at__isnull=False)
    last = declined.order_by("-not_completed_at").values_list("not_completed_at", flat=True).first()
    if last is not None and acknowledged_on is not None and acknowledged_on <= day_of(last):
        raise Refusal(
            "refused-since",
            _("On %(day)s the customer did not agree to the plan here. An older acknowledgment no longer counts.")
            % {"day": in_text(day_of(last))},
            field="acknowledged_on",
        )


def refuse_needless_move(customer: Customer) -> None:
    """Raises Refusal where no plan of the customer can be in an older system any more."""
    if EmploymentPlan.objects.filter(customer=customer, state=PlanState.OPEN).exists():
        raise Refusal("plan-already-open", _("This customer has an open plan here. Nothing needs to be moved."))
    if PlanVersion.objects.once_active().filter(plan__customer=customer).exists():
        raise Refusal("plan-was-here", _("This customer's plan was in force here before. Start the next one here."))
    if LegacyPlan.objects.unmoved().filter(customer=customer).exists():
        raise Refusal("legacy-already-registered", _("A plan in an older system is already registered."))


def begin_version(plan: EmploymentPlan, *, by: User, at: datetime) -> PlanVersion:
    """The next draft of a locked plan; today is its created date."""
    newest = plan.versions.order_by("-number").first()
    version = PlanVersion(
        plan=plan,
        plan_type=plan.plan_type,
        number=newest.number + 1 if newest else 1,
        created_on=day_of(at),
        created_at=at,
        created_by=by,
    )
    record(version, by=by, at=at)
    follow_enrollments(version, by=by, at=at)
    VersionEvent.objects.create(version=version, name="open", target=version.state, by=by, at=at)
    tell_partners(version, Notice.SHARED_PLAN_OPENED, by=by, at=at)
    return version


def tell_partners(version: PlanVersion, kind: Notice, *, by: User, at: datetime) -> None:
    """The other programs' planners of a shared plan hear of a new version before it changes anything (12.7.9), and of
    one that the customer does not acknowledge."""
    customer = version.plan.customer
    enrollments = open_enrollments(customer)
    partners = {row.planner for row in enrollments if row.planner is not None and row.planner.is_active}
    for partner in partners - {by} if len(partners) > 1 else ():
        notify(
            partner,
            kind,
            key=f"{kind}:{version.pk}:{partner.pk}",
            names={"planner": str(by), "customer": str(customer), "version": str(version.number)},
            path=reverse("plan:overview", args=[customer.pk]),
            by=by,
            at=at,
        )


@transaction.atomic
def open_review(plan: EmploymentPlan, *, by: User, at: datetime) -> PlanVersion:
    """Update/Review: the next draft, with everything carried forward (12.7.8).

    Raises:
        Refusal: the plan is closed, or a draft or a version with the customer exists.
    """
    plan = for_recording(plan, by=by)
    current = plan.versions.open().first()
    if current is not None:
        raise Refusal(
            "version-already-open",
            _("Version %(number)d is already open (%(state)s). Continue with it.")
            % {"number": current.number, "state": current.get_state_display().lower()},
        )
    return begin_version(plan, by=by, at=at)


@transaction.atomic
def close_plan(
    plan: EmploymentPlan,
    *,
    outcome: str,
    reason: str = "",
    answers: Answers | None = None,
    approved_by: Collection[int] = NOBODY,
    asked: Asked | None = None,
    by: User,
    at: datetime,
) -> EmploymentPlan:
    """Close for good: a closed plan can't be reopened (12.7.8). `asked`: the action that it is part of.

    `answers`: of a plan to be completed, how each goal, service and step ends that is open in it, by its name.

    Raises:
        ApprovalNeeded: the plan is shared, and another program's planner has not approved.
        Refusal: a version is still with the customer or in draft, a plan is to be completed that never was active, or
            something is open in it of which nothing was said.
    """
    plan = for_recording(plan, by=by)
    refuse_open_version(plan)
    chosen(outcome, Outcome, _("Choose the plan outcome."), field="outcome")
    if outcome == Outcome.NOT_COMPLETED:
        chosen(reason, OutcomeReason, _("Choose why the plan was not completed."), field="reason")
    if outcome == Outcome.COMPLETED and not plan.was_active():
        raise Refusal(
            "never-active",
            _("No version of this plan was ever active, so it can't be completed. Choose Not completed."),
            field="outcome",
        )
    answers = (answers or {}) if outcome == Outcome.COMPLETED else {}
    partners = others(plan.customer, by)
    if outcome == Outcome.COMPLETED and partners:
        refuse_unanswered(loose_ends(plan), answers)  # before anybody is asked
    asked = asked or Asked("close_plan", {"outcome": outcome, "reason": reason, "answers": text_of(answers)})
    require_approval(partners, approved_by, asked)
    if outcome == Outcome.COMPLETED:
        tie_up(plan, answers, approved_by=approved_by, by=by, at=at)
    return end_plan(plan, outcome=outcome, reason=reason, by=by, at=at)


OPEN_SENTENCES = {
    VersionState.DRAFT: gettext_lazy(
        "Version %(number)d is still open. Delete the draft, or finish it, before you close the plan."
    ),
    VersionState.AWAITING: gettext_lazy(
        "Version %(number)d is still open. The customer has not answered yet. Wait for the answer, or recall the "
        "version and delete it, before you close the plan."
    ),
}


def refuse_open_version(plan: EmploymentPlan) -> None:
    """A plan is closed as it was agreed. Raises Refusal while a version is with the customer or in draft."""
    current = plan.versions.open().first()
    if current is not None:
        raise Refusal("version-open", OPEN_SENTENCES[VersionState(current.state)] % {"number": current.number})


@transaction.atomic
def write_in(
    plan: EmploymentPlan, language: str, *, rewritten: bool = False, seen: int | None = None, by: User, at: datetime
) -> EmploymentPlan:
    """In which language the planner writes: nothing of what is agreed to, so that it needs no draft.

    What was sealed keeps the language of its day, and so does each message and answer. `rewritten`: the planner says
    that the words that the plan has already are in this language.

    Raises:
        Refusal: the plan is closed, the product does not know the language, or the plan's words are in the former one.
    """
    plan = for_recording(plan, by=by)
    ensure_current(plan, seen)
    if language not in dict(settings.LANGUAGES):
        raise Refusal("not-a-choice", _("Choose the language in which you write."), field="written_in")
    if language != plan.written_in and not rewritten and has_words(plan):
        raise Refusal(
            "words-in-another-language",
            _("Write the words of this plan in the new language first. Then check this box."),
            field="rewritten",
        )
    plan.written_in = language
    record(plan, by=by, at=at)
    return plan


def text_of(answers: Answers) -> str:
    """Raises Refusal where an address does not hold the answers."""
    text = as_text(answers)
    if len(text) > LONGEST_VALUE:
        raise Refusal(
            "too-many-answers",
            _(
                "Too many things are still open to ask about them all at once. End some of them on their own pages "
                "first."
            ),
        )
    return text


def end_plan(plan: EmploymentPlan, *, outcome: str, reason: str, by: User, at: datetime) -> EmploymentPlan:
    plan.state = PlanState.CLOSED
    plan.outcome = outcome
    plan.outcome_reason = reason if outcome == Outcome.NOT_COMPLETED else ""
    plan.closed_at, plan.closed_by = at, by
    record(plan, by=by, at=at, reason=gettext_noop("closed"))
    if plan.customer.user is not None:
        settle_for(plan.customer.user, reverse("my:dashboard"), kind=Notice.GOAL_OFF_TRACK, at=at)
    return plan
