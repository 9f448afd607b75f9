"""Requests among staff: recover a deleted draft (12.7.7), and what touches another program of a shared plan (12.7.9).

A request names the action and its arguments. The system does it, in the name of the one who asked, in the moment in
which the last of those asked approves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acknowledgments.agreement.drafts import added_services, delete_draft, recover_draft
from acknowledgments.agreement.goal_change import change_employment_goal
from acknowledgments.enums import OF_A_DRAFT, Answer, RequestKind, RequestState
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import said
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.plans.actions import close_plan, start_plan
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from customers.models import Customer, Enrollment, Program
from goals.actions import remove_career_goal, remove_goal, save_goal, set_career_goal
from goals.models import CareerGoal, Goal, GoalCategory, Occupation
from services.actions import change_funding, remove_service, save_service
from services.models import PlannedService


@dataclass(frozen=True)
class Question:
    """What is asked: `what` in words, `target` as a key, `arguments` of the action, and whose approval it needs.

    No `enrollments`: statewide staff are asked.
    """

    kind: RequestKind
    customer: Customer
    plan: EmploymentPlan | None
    what: str
    target: str
    arguments: dict[str, Any] = field(default_factory=dict)
    enrollments: tuple[Enrollment, ...] = ()


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
        raise Refusal("asked-already", _("This was asked for already, and waits for an answer."))
    request = StaffRequest(
        customer=customer,
        plan=question.plan,
        action=question.kind,
        what=question.what[:200],
        target=question.target,
        arguments=question.arguments,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    record(request, by=by, at=at, reason=gettext_noop("asked"))
    programs = {row.planner_id: row.program_id for row in question.enrollments} or {None: None}
    for planner_id, program_id in programs.items():
        StaffAnswer.objects.create(request=request, approver_id=planner_id, program_id=program_id)
    tell_asked(request, by=by, at=at)
    return request


def tell_asked(request: StaffRequest, *, by: User, at: datetime) -> None:
    asked = [answer.approver for answer in request.answers.select_related("approver") if answer.approver is not None]
    people: Iterable[User] = asked or User.objects.filter(role=Role.STATEWIDE, is_active=True)
    names = {"planner": str(by), "request": str(request), "customer": str(request.customer), "reason": request.reason}
    for person in people:
        notify(
            person,
            Notice.STAFF_REQUEST_ASKED,
            key=f"staff-request:{request.pk}:{person.pk}",
            names=names,
            path=reverse("requests:request", args=[request.pk]),
            by=by,
            at=at,
        )


@transaction.atomic
def answer(request: StaffRequest, *, approves: bool, note: str = "", by: User, at: datetime) -> StaffRequest:
    """Approve or refuse one's part; the last approval does what was asked for.

    Raises:
        NotAllowed: the person was not asked.
        Refusal: it was answered or withdrawn meanwhile, a refusal has no reason, or it can't be done any more.
    """
    request = locked(request)
    mine = StaffAnswer.objects.waiting_for(by).filter(request=request).first()
    if mine is None:
        raise NotAllowed("not-asked", _("Somebody else was asked to approve this."))
    if not approves:
        note = said(note, _("Say why you refuse."), field="note")
    mine.answer = Answer.APPROVED if approves else Answer.REFUSED
    mine.note, mine.answered_by, mine.answered_at = note, by, at
    mine.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    if not approves:
        end(request, RequestState.REFUSED, by=by, at=at)
    elif not request.answers.filter(answer="").exists():
        end(request, RequestState.APPROVED, by=by, at=at)
        perform(request, by=by, at=at)
    if not request.is_waiting:
        tell_asker(request, note, by=by, at=at)
    return request


@transaction.atomic
def withdraw(request: StaffRequest, *, by: User, at: datetime) -> StaffRequest:
    """The one who asked takes the request back."""
    request = locked(request)
    if request.asked_by_id != by.pk:
        raise NotAllowed("not-the-asker", _("Only the person who asked can take a request back."))
    return end(request, RequestState.WITHDRAWN, by=by, at=at)


def locked(request: StaffRequest) -> StaffRequest:
    """The locked request, if it still waits. The plan's lock comes first, as everywhere."""
    if request.plan_id:
        EmploymentPlan.objects.select_for_update(of=("self",)).get(pk=request.plan_id)
    rows = StaffRequest.objects.select_for_update(of=("self",)).select_related("customer", "plan", "asked_by")
    request = rows.get(pk=request.pk)
    if not request.is_waiting:
        raise Refusal(
            "request-ended", _("This request was %(state)s already.") % {"state": request.get_state_display().lower()}
        )
    return request


def end(request: StaffRequest, state: RequestState, *, by: User, at: datetime) -> StaffRequest:
    request.state, request.ended_at = state, at
    record(request, by=by, at=at)
    return request


def tell_asker(request: StaffRequest, note: str, *, by: User, at: datetime) -> None:
    names = {"planner": str(by), "request": str(request), "customer": str(request.customer), "note": note}
    notify(
        request.asked_by,
        Notice.STAFF_REQUEST_ANSWERED,
        key=f"staff-request-answered:{request.pk}",
        names=names | {"answer": request.get_state_display()},
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
    if request.action == RequestKind.RECOVER_DRAFT:
        version = PlanVersion.objects.get(pk=request.arguments["version"], plan=request.plan)
        recover_draft(version, note=request.reason, by=by, at=at)
        return
    answers = request.answers.filter(answer=Answer.APPROVED)
    approval = {
        "approved_by": frozenset(answers.values_list("answered_by", flat=True)),
        "by": request.asked_by,
        "at": at,
    }
    refuse_another_draft(request)
    PERFORM[RequestKind(request.action)](request, request.arguments, approval)


def refuse_another_draft(request: StaffRequest) -> None:
    """What was asked for in a draft ends with it: the next one was begun for something else."""
    draft = request.arguments.get("draft")
    if request.action in OF_A_DRAFT and draft is not None:
        current = PlanVersion.objects.open().filter(plan=request.plan).first()
        if current is None or current.pk != draft:
            raise Refusal("another-draft", _("The draft for which this was asked has ended. Ask anew."))


def remove_asked_service(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    planned = PlannedService.objects.get(pk=arguments["service"], plan=request.plan)
    remove_service(planned, removal=arguments["removal"], note=arguments["note"], **approval)


def add_asked_service(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    """Give a planned service to another program; or, with a day, go on with it under that program's funding."""
    planned = PlannedService.objects.get(pk=arguments["service"], plan=request.plan)
    program = Program.objects.get(pk=arguments["program"]) if arguments["program"] else None
    if arguments.get("changes_on"):
        day = date.fromisoformat(arguments["changes_on"])
        change_funding(planned, program=program, contract=arguments["contract"], changes_on=day, **approval)
    else:
        save_service(planned, {"program": program}, **approval)


def end_asked_service(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    """Record that a service of another program was never provided, or ended before it was complete."""
    planned = PlannedService.objects.get(pk=arguments["service"], plan=request.plan)
    if planned.status != arguments.get("was", planned.status):
        raise Refusal("ended-since", _("Somebody recorded another status of this service since. Ask anew."))
    day = date.fromisoformat(arguments["ended_on"]) if arguments["ended_on"] else None
    ended = {"status": arguments["status"], "never_provided_reason": arguments["reason"], "ended_on": day}
    if "actual_start_on" in arguments:
        start = arguments["actual_start_on"]
        ended["actual_start_on"] = date.fromisoformat(start) if start else None
    if "notes" in arguments:
        ended["notes"] = arguments["notes"]
    save_service(planned, ended, **approval)


def reword_asked_goal(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    """As the goal stood when it was asked for: what a colleague wrote since was approved by nobody."""
    assert request.plan is not None
    values = {name: arguments[name] for name in ("statement", "term")}
    category = GoalCategory.objects.get(code=arguments["category"])
    goal = standing_goal(request, arguments)
    save_goal(request.plan, goal, {**values, "category": category}, seen=arguments["seen"], **approval)


def remove_asked_goal(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    goal = standing_goal(request, arguments)
    ensure_current(goal, arguments["seen"])
    remove_goal(goal, reason=request.reason[:300], **approval)


def standing_goal(request: StaffRequest, arguments: dict[str, Any]) -> Goal:
    goal: Goal | None = Goal.objects.in_plan().filter(plan=request.plan, pk=arguments["goal"]).first()
    if goal is None:
        raise Refusal("already-removed", _("This was already removed."))
    return goal


def change_asked_goal(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    role = arguments["role"]
    if arguments.get("removed"):
        asked = {"pk": arguments["removed"], "row_version": arguments["seen"]}
        goal = CareerGoal.objects.in_plan().filter(plan=request.plan, **asked).first()
        if goal is None:  # or another one by now, which nobody approved to remove
            raise Refusal("already-removed", _("This was already removed."))
        remove_career_goal(goal, reason=request.reason[:300], **approval)
        return
    assert request.plan is not None
    values = {"explores": arguments["explores"], "words": arguments["words"], "occupation": occupation(arguments)}
    current = CareerGoal.objects.in_plan().filter(plan=request.plan, role=role).first()
    if current is not None:
        ensure_current(current, arguments.get("seen"))
    set_career_goal(request.plan, role, **values, **approval)


def change_asked_employment_goal(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    assert request.plan is not None
    carried = {name: arguments[name] for name in ("career_goals", "barriers", "services", "steps")}
    goal = {"occupation": occupation(arguments), "explores": arguments["explores"]}
    change_employment_goal(request.plan, **goal, **carried, **approval)


def delete_asked_draft(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    version = PlanVersion.objects.get(pk=arguments["version"], plan=request.plan)
    leaving = [service.pk for service in added_services(version.plan)]
    if arguments.get("services", leaving) != leaving:
        raise Refusal("other-services", _("Other services would leave with the draft by now. Ask anew."))
    delete_draft(version, reason=arguments["reason"], **approval)


def close_asked_plan(request: StaffRequest, arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    assert request.plan is not None
    close_plan(request.plan, outcome=arguments["outcome"], reason=arguments["reason"], **approval)


def start_asked_plan(request: StaffRequest, _arguments: dict[str, Any], approval: dict[str, Any]) -> None:
    start_plan(request.customer, **approval)


def occupation(arguments: dict[str, Any]) -> Occupation | None:
    return Occupation.objects.get(code=arguments["occupation"]) if arguments["occupation"] else None


PERFORM: dict[RequestKind, Callable[[StaffRequest, dict[str, Any], dict[str, Any]], None]] = {
    RequestKind.REMOVE_SERVICE: remove_asked_service,
    RequestKind.ADD_SERVICE: add_asked_service,
    RequestKind.END_SERVICE: end_asked_service,
    RequestKind.CHANGE_GOAL: reword_asked_goal,
    RequestKind.REMOVE_GOAL: remove_asked_goal,
    RequestKind.CHANGE_CAREER_GOAL: change_asked_goal,
    RequestKind.CHANGE_EMPLOYMENT_GOAL: change_asked_employment_goal,
    RequestKind.DELETE_DRAFT: delete_asked_draft,
    RequestKind.CLOSE_PLAN: close_asked_plan,
    RequestKind.START_PLAN: start_asked_plan,
}
