"""Support of demo customers, and limits of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from careerplan.accounts.models import Region
from careerplan.base.history import record
from goals.models import Goal
from services.classes.support.models import SupportType
from services.costs.actions import void
from services.limits.models import SupportLimit
from services.models import PlannedService, Service
from tests import states
from tests.people import administrator, angela, planner
from tests.rows import write

TODAY = timezone.localdate()


def river_valley() -> SupportLimit:
    """The demo's: transportation, $600 a program year, and no more."""
    return SupportLimit.objects.get(service__code="SS-TRAN")


def limit(amount: Any, *, region: Region | None = None, **values: Any) -> SupportLimit:
    """A further one, in force for long; of all regions, where none is named."""
    told = {"period": "program_year", "beyond": "stop", "begins_on": date(2020, 7, 1)} | values
    row = SupportLimit(amount=Decimal(amount), region=region, **told)
    record(row, by=administrator(), at=states.now())
    return row


def kind(code: str) -> SupportType:
    return SupportType.objects.get(code=code)


def bus_pass() -> PlannedService:
    """Angela's, of the demo: planned, $240 in all."""
    rows = PlannedService.objects.select_related("plan__customer__planner", "service", "support__support_type")
    return rows.get(plan__customer=angela(), service__code="SS-TRAN", removed_at=None)


def without_costs(row: PlannedService) -> PlannedService:
    """What was paid and promised of it is voided: what the plan says that it is worth is left."""
    for line in row.costs.filter(voided_at=None):
        void(line, reason="Typed twice", by=planner(), at=states.now())
    return row


def another(customer: Any, code: str = "SS-TRAN", **values: Any) -> PlannedService:
    """A further supportive service of a customer whose draft is open, planned for today and without an amount."""
    version = states.newest(customer)
    goal = Goal.objects.in_plan().filter(plan=version.plan).order_by("id")[0]
    return states.pen(version).service(code, goal, planned_start_on=TODAY, **values)


def of_today(row: PlannedService) -> PlannedService:
    """As if it was planned for today: which program year it is doesn't hang on the day of the test."""
    write(row, planned_start_on=TODAY, planned_end_on=TODAY)
    return PlannedService.objects.select_related("plan__customer__planner", "service").get(pk=row.pk)


def entry(code: str) -> Service:
    return Service.objects.get(code=code)
