"""Goals that need help (ILL-004), action steps that are late, and steps that customers proposed (12.7.5)."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import moved_at
from careerplan.plans.enums import PlanState
from careerplan.plans.models import EmploymentPlan
from customers.deadlines import Deadline, Topic
from goals.enums import GoalStatus
from goals.models import ActionStep, Goal
from goals.proposing.models import StepProposal


def goal_page(customer: int, key: int) -> str:
    return reverse("plan:goal-edit", args=[customer, key])


def off_track(_on: date) -> Any:
    """Each with `touched_at`: when somebody last changed it, as when it went off track."""
    goals = Goal.objects.in_plan().filter(status=GoalStatus.OFF_TRACK, plan__state=PlanState.OPEN)
    return goals.annotate(touched_at=moved_at(Goal))


OFF_TRACK = Deadline(
    code="goal-off-track",
    topic=Topic.SERVICES,
    citation="workNet, Set Goals",
    what=_("Bring the goal back on track"),
    act=_("See the goal"),
    open_rows=off_track,
    customer="plan__customer",
    since=TruncDate("touched_at"),
    about=lambda: F("statement"),
    reminds=(-7, -30),
    page=goal_page,
)

# --- action steps -----------------------------------------------------------------------------


def steps_not_done(on: date) -> Any:
    """By their day, of those that the customer agreed to: what waits for an agreement can't be done yet (12.7.8)."""
    rows = ActionStep.objects.in_plan().filter(plan__state=PlanState.OPEN, done_on=None, authorised_on__isnull=False)
    return rows.filter(due_on__lte=on)


def step_page(customer: int, key: int) -> str:
    return reverse("plan:step-edit", args=[customer, key])


STEP_OVERDUE = Deadline(
    code="step-overdue",
    topic=Topic.SERVICES,
    citation="DWD 12.7.5, Action Steps",
    what=_("Ask about the action step, whose day has passed"),
    act=_("See the step"),
    open_rows=steps_not_done,
    customer="plan__customer",
    due=F("due_on"),
    since=F("due_on"),
    about=lambda: F("text"),
    late_only=True,
    reminds=(-7,),
    page=step_page,
)


def plans_with_proposals(_on: date) -> Any:
    """Each with `proposed_at`: since when the first step of the customer waits for a decision."""
    waiting = StepProposal.objects.waiting().filter(plan=OuterRef("pk")).order_by("proposed_at").values("proposed_at")
    plans = EmploymentPlan.objects.filter(state=PlanState.OPEN).annotate(proposed_at=Subquery(waiting[:1]))
    return plans.filter(proposed_at__isnull=False)


PROPOSED_STEPS = Deadline(
    code="proposed-steps",
    topic=Topic.PLANS,
    citation="DWD 12.7.5, Action Steps, note",
    what=_("Decide on the steps that the customer proposed"),
    act=_("See the steps"),
    open_rows=plans_with_proposals,
    customer="customer",
    since=TruncDate("proposed_at"),
    reminds=(-7, -30),
    page=lambda customer, _key: reverse("plan:goals", args=[customer]) + "#proposals",
)

DEADLINES = (OFF_TRACK, STEP_OVERDUE, PROPOSED_STEPS)
