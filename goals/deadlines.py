"""Goals that need help (ILL-004)."""

from datetime import date
from typing import Any

from django.db.models import F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import moved_at
from careerplan.plans.enums import PlanState
from customers.deadlines import Deadline, Topic
from goals.enums import GoalStatus
from goals.models import Goal


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

DEADLINES = (OFF_TRACK,)
