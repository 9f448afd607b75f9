"""What the form of a planned service offers, as it was read for its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from careerplan.plans.coenrollment import open_enrollments
from careerplan.plans.forms import barriers_to_choose
from careerplan.plans.items import BARRIER
from careerplan.plans.pages import PlanPage
from customers.models import Assessment, Enrollment
from goals.items import CAREER_GOAL, GOAL
from goals.models import CareerGoal, Goal
from services.models import PlannedService


@dataclass(frozen=True)
class Choices:
    """`enrollments`: the open ones of the customer; `explores`: whether career exploration is a goal of the plan."""

    goals: list[Goal]
    barriers: list[Any]
    assessments: list[Assessment]
    enrollments: list[Enrollment]
    explores: bool


def choices_on(page: PlanPage, assessments: Iterable[Assessment]) -> Choices:
    """Of the rows that the page has read."""
    return Choices(
        goals=page.in_plan(GOAL),
        barriers=page.in_plan(BARRIER),
        assessments=list(assessments),
        enrollments=page.profile.open_enrollments if page.profile else [],
        explores=any(row.explores for row in page.in_plan(CAREER_GOAL)),
    )


def choices_for(planned: PlannedService) -> Choices:
    """Where no page has read them: five queries."""
    plan, customer = planned.plan, planned.plan.customer
    assessments = Assessment.objects.filter(customer=customer)
    return Choices(
        goals=list(Goal.objects.in_plan().filter(plan=plan).in_order()),
        barriers=list(barriers_to_choose(plan)),
        assessments=list(assessments.order_by("-assessed_on", "-id")),
        enrollments=open_enrollments(customer),
        explores=CareerGoal.objects.in_plan().filter(plan=plan, explores=True).exists(),
    )
