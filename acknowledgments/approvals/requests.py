"""Requests among staff: recover a deleted draft (12.7.7), and what touches another program of a shared plan (12.7.9).

A request names the action and its arguments. The system does it, in the name of the one who asked, in the moment in
which the last of those asked approves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acknowledgments.approvals.approval import Shared
from acknowledgments.approvals.register import APPROVALS
from acknowledgments.enums import Answer, RequestKind, RequestState
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import said
from careerplan.messaging.actions import notify, settle, settle_for
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, choice, in_each
from careerplan.plans.coenrollment import ApprovalNeeded
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from customers.in_charge import in_charge, staff_to_tell
from customers.models import Customer, Enrollment


@dataclass(frozen=True)
class Question:
    """What is asked: `what` in words (`what_in`: in each language), `target` as a key, `arguments` of the action, and
    whose approval it needs.

    No `enrollments`: statewide staff are asked.
    """

    kind: RequestKind
    customer: Customer
    plan: EmploymentPlan | None
    what: str
    target: str
    arguments: dict[str, Any] = field(default_factory=dict)
    enrollments: tuple[Enrollment, ...] = ()
    what_in: dict[str, str] | None = None


@transaction.atomic
def ask(question: Question, *, reason: str, by: User, at: datetime) -> StaffRequest:
    """Ask those who have to approve; they are told.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: the same is asked for already.
    """
    if question.plan is not None:
        lock_plan(question.plan.pk)
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=question.customer.pk)
    require_editor(customer, by)
    same = StaffRequest.objects.waiting().filter(customer=customer, action=question.kind, target=question.target)
    if same.exists():
        raise Refusal("asked-already", _("Someone already asked for this. The request is waiting for an answer."))
    request = StaffRequest(
        customer=customer,
        plan=question.plan,
        action=question.kind,
        what=question.what[: StaffRequest.WHAT_LIMIT],
        what_in=question.what_in,
        target=question.target,
        arguments=question.arguments,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    record(request, by=by, at=at, reason=gettext_noop("asked"))
    asked = {row.planner_id: row.program_id for row in question.enrollments}
    programs: dict[int | None, int | None] = {**asked} or {None: None}
    for planner_id, program_id in programs.items():
        StaffAnswer.objects.create(request=request, approver_id=planner_id, program_id=program_id)
    tell_asked(request, by=by, at=at)
    return request


def about(request: StaffRequest, by: User) -> dict[str, Fact]:
    action = choice(RequestKind(request.action))
    what = in_each(request.what_in) if request.what_in else request.what
    return {"planner": str(by), "action": action, "what": what, "customer": str(request.customer)}


def tell_asked(request: StaffRequest, *, by: User, at: datetime) -> None:
    asked = [answer.approver for answer in request.answers.select_related("approver") if answer.approver is not None]
    people: Iterable[User] = asked or User.objects.filter(role=Role.STATEWIDE, is_active=True)
    for person in people:
        tell_approver(request, person, by=by, at=at)


def tell_approver(request: StaffRequest, person: User, *, by: User, at: datetime) -> None:
    notify(
        person,
        Notice.STAFF_REQUEST_ASKED,
        key=f"staff-request:{request.pk}:{person.pk}:{at.isoformat()}",
        names=about(request, by) | {"reason": request.reason},
        path=reverse("requests:request", args=[request.pk]),
        by=by,
        at=at,
    )


@transaction.atomic
def answer(request: StaffRequest, *, approves: bool, note: str = "", by: User, at: datetime) -> StaffRequest:
    """Approve or refuse one's part, statewide staff everybody's; the last approval does what was asked for.

    Raises:
        NotAllowed: the person was not asked.
        Refusal: it was answered or withdrawn meanwhile, a refusal has no reason, or it can't be done any more.
    """
    request = locked(request)
    mine = list(parts_of(request, by))
    if not mine:
        raise NotAllowed("not-asked", _("Someone else was asked to approve this."))
    if not approves:
        note = said(note, _("Say why you refuse."), field="note")
    for part in mine:
        part.answer = Answer.APPROVED if approves else Answer.REFUSED
        part.note, part.answered_by, part.answered_at = note, by, at
        part.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    settle_for(by, reverse("requests:request", args=[request.pk]), kind=Notice.STAFF_REQUEST_ASKED, at=at)
    if not approves:
        end(request, RequestState.REFUSED, by=by, at=at)
    elif not request.answers.filter(answer="").exists():
        if not APPROVALS[request.action].own_act:
            name_asker_of_today(request)
        end(request, RequestState.APPROVED, by=by, at=at)
        perform(request, by=by, at=at)
    if not request.is_waiting:
        tell_asker(request, note, by=by, at=at)
    return request


def name_asker_of_today(request: StaffRequest) -> None:
    """The asker, while at work for the customer; else the customer's planner of today stands in the place.

    Raises Refusal where nobody answers for the customer: whoever does it next asks again.
    """
    person = in_charge(request.customer, request.asker)
    if person is None:
        sentence = _(
            "%(person)s asked for this, and no longer works with this customer. Refuse the request, so that the "
            "customer's planner can ask again."
        )
        raise Refusal("nobody-asks", sentence % {"person": request.asker})
    if person.pk != request.asker.pk:
        request.passed_to = person


def parts_of(request: StaffRequest, by: User) -> QuerySet[StaffAnswer]:
    """What the person may answer: what is put to the person, else (statewide staff) what is put to others."""
    own: QuerySet[StaffAnswer] = StaffAnswer.objects.waiting_for(by).filter(request=request)
    return own if own.exists() else StaffAnswer.objects.answerable_by(by).filter(request=request)


@transaction.atomic
def withdraw(request: StaffRequest, *, by: User, at: datetime) -> StaffRequest:
    """The one who asked, or took the work over, takes the request back."""
    request = locked(request)
    if request.asker.pk != by.pk:
        raise NotAllowed("not-the-asker", _("Only the person who asked can take a request back."))
    return end(request, RequestState.WITHDRAWN, by=by, at=at)


def locked(request: StaffRequest) -> StaffRequest:
    """The locked request, if it still waits. The plan's lock comes first, as everywhere."""
    if request.plan_id:
        EmploymentPlan.objects.select_for_update(of=("self",)).get(pk=request.plan_id)
    rows = StaffRequest.objects.select_for_update(of=("self",)).select_related(
        "customer", "plan", "asked_by", "passed_to"
    )
    request = rows.get(pk=request.pk)
    if not request.is_waiting:
        raise Refusal(
            "request-ended", _("This request was already %(state)s.") % {"state": request.get_state_display().lower()}
        )
    return request


def end(request: StaffRequest, state: RequestState, *, by: User, at: datetime) -> StaffRequest:
    request.state, request.ended_at = state, at
    record(request, by=by, at=at)
    settle(reverse("requests:request", args=[request.pk]), kind=Notice.STAFF_REQUEST_ASKED, at=at)
    return request


def tell_asker(request: StaffRequest, note: str, *, by: User, at: datetime) -> None:
    """Or whoever answers for the customer, where the asker no longer does."""
    for person in staff_to_tell(request.customer, request.asker):
        notify(
            person,
            Notice.STAFF_REQUEST_ANSWERED,
            key=f"staff-request-answered:{request.pk}:{person.pk}",
            names=about(request, by) | {"answer": choice(RequestState(request.state)), "note": note},
            path=reverse("requests:request", args=[request.pk]),
            by=by,
            at=at,
        )


# --- what is done when all have approved --------------------------------------------------------


def perform(request: StaffRequest, *, by: User, at: datetime) -> None:
    """Do what was asked for, in the name of the asker; a recovery is statewide staff's own act.

    Raises:
        Refusal: it can't be done any more; nothing is approved then.
    """
    approval = APPROVALS[request.action].from_json(request.arguments)
    if approval.of_a_draft:
        refuse_another_draft(request, approval.draft)
    answers = request.answers.filter(answer=Answer.APPROVED)
    shared, by = Shared(request.customer, request.plan), by if approval.own_act else request.asker
    # Who answered, and in whose place: of who left, or whom statewide staff stood in for.
    keys = (key for row in answers for key in (row.answered_by_id, row.passed_to_id, row.approver_id))
    approved_by = frozenset(key for key in keys if key is not None)
    try:
        approval.perform(shared, request.reason, approved_by=approved_by, by=by, at=at)
    except ApprovalNeeded as needed:  # of a program that joined since: who approves reads it, and asks nobody else
        raise Refusal(needed.code, needed.sentence) from needed


def refuse_another_draft(request: StaffRequest, draft: int | None) -> None:
    """What was asked for in a draft ends with it: the next one was begun for something else."""
    current = PlanVersion.objects.open().filter(plan=request.plan).first()
    if draft is not None and (current is None or current.pk != draft):
        raise Refusal("another-draft", _("The draft that this request was about has ended. Ask again."))
