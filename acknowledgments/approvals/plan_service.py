"""A service that only another planner's program offers comes into a shared plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from acknowledgments.approvals.approval import Approval, Shared, not_found, row_of
from acknowledgments.enums import RequestKind
from careerplan.base.dates import in_row
from careerplan.plans.models import EmploymentPlan
from customers.models import Enrollment
from goals.models import Goal
from services.actions import add_service
from services.models import PlannedService, Service
from services.programs import others_answering


@dataclass(frozen=True)
class PlanService(Approval):
    """`service`: the catalog entry's key; `goal`: of the goal under which it is added, for the planned days."""

    kind = RequestKind.PLAN_SERVICE
    of_a_draft = True

    service: int
    goal: int | None = None
    planned_start_on: date | None = None
    planned_end_on: date | None = None

    def completed(self, shared: Shared) -> Self:
        self.entry()
        if self.goal is not None:
            row_of(Goal.objects.in_plan().filter(plan=shared.plan), self.goal)
        return self

    def entry(self) -> Service:
        found: Service = row_of(Service.objects.filter(is_active=True), self.service)
        return found

    def target(self) -> str:
        return f"entry:{self.service}"

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        days = (
            (_("planned start"), self.planned_start_on),
            (_("planned end"), self.planned_end_on),
        )
        told = [f"{label} {in_row(day)}" for label, day in days if day is not None]
        return ", ".join([self.entry().told, *(enrollment.program.told for enrollment in concerned), *told])

    def concerned(self, shared: Shared, by: Any) -> tuple[Enrollment, ...]:
        plan: EmploymentPlan = shared.plan or not_found()
        return tuple(others_answering(PlannedService(plan=plan, service=self.entry()), by)) or not_found()

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        plan: EmploymentPlan = shared.plan or not_found()
        goal = Goal.objects.get(pk=self.goal) if self.goal else None
        days: dict[str, Any] = {"planned_start_on": self.planned_start_on, "planned_end_on": self.planned_end_on}
        add_service(plan, Service.objects.get(pk=self.service), goal=goal, **days, **approval)
