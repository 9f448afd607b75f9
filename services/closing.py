"""What becomes of goals, services and steps that are open as their plan closes (`careerplan.plans.loose_ends`)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.spoken import Words
from careerplan.plans.enums import Ending
from careerplan.plans.loose_ends import Answer, Floor, LooseEnd
from careerplan.plans.models import EmploymentPlan
from goals.actions import save_goal
from goals.enums import GoalStatus
from goals.items import ACTION_STEP, GOAL
from goals.models import ActionStep, Goal
from goals.steps import save_step
from services.actions import save_service
from services.enums import NeverProvided, ServiceStatus
from services.items import SERVICE, UNDER_WAY
from services.models import PlannedService
from services.placed import let_placements_go


def found(plan: EmploymentPlan) -> list[LooseEnd]:
    """Goals that are not complete, services that have not ended, steps that are not done. Three queries."""
    goals = Goal.objects.in_plan().filter(plan=plan).exclude(status=GoalStatus.COMPLETE).in_order()
    services = PlannedService.objects.in_plan().filter(plan=plan, status__in=UNDER_WAY).select_related("service")
    steps = ActionStep.objects.in_plan().filter(plan=plan, done_on__isnull=True).order_by("goal__position", "id")
    rows = [of_goal(goal, plan.written_in) for goal in goals]
    rows += [of_service(row) for row in services.in_order()]
    return rows + [of_step(step, plan.written_in) for step in steps]


def of_goal(goal: Goal, language: str) -> LooseEnd:
    endings = {Ending.COMPLETE: _("It is complete"), Ending.NOT_DONE: _("It was not reached")}
    return LooseEnd(
        GOAL.name, goal.pk, Words(goal.statement, language), goal.get_status_display(), endings | elsewhere(),
        {Ending.COMPLETE: ("note",), Ending.NOT_DONE: ("note",), Ending.ELSEWHERE: ("note",)},
    )  # fmt: skip


def of_service(row: PlannedService) -> LooseEnd:
    if row.actual_start_on is None:
        endings = {Ending.COMPLETE: _("It is complete"), Ending.NOT_DONE: _("It was never provided")}
        asks: dict[str, tuple[str, ...]] = {Ending.COMPLETE: ("started_on", "ended_on"), Ending.NOT_DONE: ("reason",)}
    else:
        endings = {Ending.COMPLETE: _("It is complete"), Ending.ENDED_EARLY: _("It ended before it was complete")}
        asks = {Ending.COMPLETE: ("ended_on",), Ending.ENDED_EARLY: ("ended_on", "note")}
    return LooseEnd(
        SERVICE.name, row.pk, row.service.plain_name, row.get_status_display(), endings | elsewhere(),
        asks | {Ending.ELSEWHERE: ("note",)}, NeverProvided.choices,
    )  # fmt: skip


def of_step(step: ActionStep, language: str) -> LooseEnd:
    endings = {Ending.COMPLETE: _("It is done"), Ending.NOT_DONE: _("It was not done")}
    return LooseEnd(
        ACTION_STEP.name, step.pk, Words(step.text, language), _("Not done yet"), endings | elsewhere(),
        {Ending.COMPLETE: ("ended_on",), Ending.NOT_DONE: ("note",), Ending.ELSEWHERE: ("note",)},
    )  # fmt: skip


def elsewhere() -> dict[str, str]:
    return {Ending.ELSEWHERE: _("It continues somewhere else")}


def end(
    plan: EmploymentPlan, item: LooseEnd, answer: Answer, *, approved_by: Collection[int], by: User, at: datetime
) -> None:
    """Through the actions of each floor: what they refuse is refused here. What goes on elsewhere stays as it is."""
    if item.kind == GOAL.name and answer.ending == Ending.COMPLETE:
        goal = Goal.objects.get(pk=item.key)
        done = {"status": GoalStatus.COMPLETE, "verified_how": answer.note}
        save_goal(plan, goal, done, approved_by=approved_by, by=by, at=at)
    elif item.kind == ACTION_STEP.name and answer.ending == Ending.COMPLETE:
        save_step(plan, ActionStep.objects.get(pk=item.key), {"done_on": answer.ended_on}, by=by, at=at)
    elif item.kind == SERVICE.name:
        planned = PlannedService.objects.select_related("plan__customer").get(pk=item.key)
        if answer.ending == Ending.ELSEWHERE:  # what is under way goes on there; nothing begins here any more
            let_placements_go(planned, by=by, at=at)
            return
        save_service(planned, ended(planned, answer), approved_by=approved_by, by=by, at=at)


def ended(planned: PlannedService, answer: Answer) -> dict[str, Any]:
    """What the form of the service would be given."""
    if answer.ending == Ending.NOT_DONE:
        values = {"status": ServiceStatus.NEVER_PROVIDED, "never_provided_reason": answer.reason}
        words = answer.note if answer.reason == NeverProvided.OTHER else ""
        return values | ({"notes": "\n".join(filter(None, [planned.notes, words]))} if words else {})
    status = ServiceStatus.COMPLETE if answer.ending == Ending.COMPLETE else ServiceStatus.TERMINATED
    started_on = planned.actual_start_on or answer.started_on
    return {"status": status, "actual_start_on": started_on, "ended_on": answer.ended_on}


FLOOR = Floor(found, end)
