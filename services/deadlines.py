"""What is due of services: the reason why one was never provided, a youth's first element, goals that stand still."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerplan.base.days import DaysAfter
from careerplan.base.history import entries_that_move, moved_at
from careerplan.base.named import plain_name_of
from careerplan.plans.enums import PlanState
from customers.deadlines import Deadline, Topic
from customers.enums import EnrollmentStatus, ProgramKind
from customers.models import Enrollment
from goals.deadlines import goal_page
from goals.enums import GoalStatus
from goals.models import ActionStep, Goal
from services.enums import ServiceClass, ServiceStatus
from services.models import PlannedService
from services.policy import REASON_DAYS

# Calendar days from the enrollment of a youth to the first element (WI 10.4.1).
FIRST_ELEMENT_DAYS = 90
# So long a goal may stand as it is before somebody looks at it.
STANDSTILL_DAYS = 60


def never_begun(on: date) -> Any:
    """From the day after the planned start, until it starts, is planned anew, or says why it never did (AMB-W19)."""
    return PlannedService.objects.in_plan().filter(
        plan__state=PlanState.OPEN, status=ServiceStatus.PLANNED, planned_start_on__lt=on
    )


def service_page(customer: int, key: int) -> str:
    return reverse("plan:service-edit", args=[customer, key])


def youth_without_element(_on: date) -> Any:
    """Enrollments in a youth program since which no element began, in the record or in one that was merged into it."""
    elements = PlannedService.objects.filter(
        service__service_class=ServiceClass.YOUTH_ELEMENT, actual_start_on__gte=OuterRef("begun_on")
    )
    # Two questions, each with an index of its own; the enrollment went along, the closed plan did not.
    here, before = (
        elements.filter(**{name: OuterRef("customer")}) for name in ("plan__customer", "plan__customer__merged_into")
    )
    enrolled = Enrollment.objects.still_open().filter(program__kind=ProgramKind.YOUTH, status=EnrollmentStatus.ENROLLED)
    return enrolled.filter(~Exists(here), ~Exists(before))


def standing_still(on: date) -> Any:
    """Goals that are neither reached nor off track, and have stood as they are for so long; each with `moved_at`: when
    it, or a service or step of it, changed last.

    What moved since is left out first, by the indexes of movement: to look for the last entry of every goal of a large
    state takes much longer.
    """
    moved_since = {"history_date__gte": beginning_of(on - timedelta(days=STANDSTILL_DAYS - 1))}
    going_on = {GoalStatus.NOT_STARTED, GoalStatus.STARTED, GoalStatus.ON_TRACK}
    goals = Goal.objects.in_plan().filter(plan__state=PlanState.OPEN, status__in=going_on)
    for model in MOVING:
        goals = goals.filter(~Exists(entries_that_move(model).filter(**moved_since)))
    own, services, steps = (moved_at(model) for model in MOVING)
    last = Greatest(own, Coalesce(services, own), Coalesce(steps, own))  # SQLite knows none where one is missing
    return goals.filter(Exists(entries_that_move(Goal))).annotate(moved_at=last)


def beginning_of(day: date) -> datetime:
    """Of the day by the clock in force, as `TruncDate` reads it."""
    return timezone.make_aware(datetime.combine(day, time.min))


MOVING = (Goal, PlannedService, ActionStep)

NEVER_PROVIDED = Deadline(
    code="never-provided",
    topic=Topic.SERVICES,
    citation="DWD 12.7.5",
    what=_("Planned service not started"),
    act=_("Record it"),
    open_rows=never_begun,
    customer="plan__customer",
    due=DaysAfter("planned_start_on", REASON_DAYS),
    since=F("planned_start_on"),
    about=lambda: plain_name_of("service__"),
    page=service_page,
)
FIRST_ELEMENT = Deadline(
    code="first-element",
    topic=Topic.SERVICES,
    citation="DWD 10.4.1",
    what=_("Start a first youth program element"),
    act=_("See the services"),
    open_rows=youth_without_element,
    customer="customer",
    due=DaysAfter("begun_on", FIRST_ELEMENT_DAYS),
    since=F("begun_on"),
    page=lambda customer, _key: reverse("plan:services", args=[customer]),
)
STANDSTILL = Deadline(
    code="goal-standstill",
    topic=Topic.SERVICES,
    citation="workNet, Set Goals",
    what=_("See how the goal is going"),
    act=_("See the goal"),
    open_rows=standing_still,
    customer="plan__customer",
    due=DaysAfter(TruncDate("moved_at"), STANDSTILL_DAYS),
    since=TruncDate("moved_at"),
    about=lambda: F("statement"),
    late_only=True,
    reminds=(-1, -31),
    page=goal_page,
)

DEADLINES = (NEVER_PROVIDED, FIRST_ELEMENT, STANDSTILL)
