"""Placements, brought about by the product's own actions."""

import itertools
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from careerplan.accounts.models import Region
from careerplan.base.history import record
from customers.models import Customer
from goals.models import Occupation
from services.models import PlannedService
from tests import people, states
from tests.stock import stocked
from worksites.enums import EmploymentType, PositionType
from worksites.models import Employer, Job, Placement, Worksite
from worksites.placements.adding import add_placement
from worksites.placements.moving import move_placement
from worksites.placements.paying import Pay
from worksites.wages.minimum import Entered

numbers = itertools.count(1)
# What a planner finds where the list of minimum wages is not sure.
FOUND = Entered(Decimal("15.00"), "Illinois Department of Labor, by phone")
PAY = Pay(subsidized=Decimal("10.00"), entered=FOUND)


def employer(region: Region | None = None, name: str = "", **values: Any) -> Employer:
    """In the region of the Harbor Street office, where none is named."""
    region = region or people.duke().office.region
    row = Employer(region=region, name=name or f"Employer {next(numbers)}", **{"employees": 40} | values)
    record(row, by=people.planner(), at=states.now())
    return row


def worksite(of: Employer | None = None, name: str = "", **values: Any) -> Worksite:
    place = {
        "street": "1 Main Street", "city": "Marlow", "county": "Sangamon", "state": "IL", "zip_code": "62799",
        "supervisor": "Rosa Marsh", "supervisor_phone": "217-555-0177", "supervisor_email": "rosa@marsh.example",
    }  # fmt: skip
    row = Worksite(employer=of or employer(), name=name or f"Worksite {next(numbers)}", **place | values)
    record(row, by=people.planner(), at=states.now())
    return row


def job(at: Worksite | None = None, title: str = "", **values: Any) -> Job:
    """One opening, $15.00 an hour."""
    said = {
        "occupation": Occupation.objects.get(code="41-2011"), "employment_type": EmploymentType.PERMANENT,
        "hourly_wage": Decimal("15.00"), "weekly_hours": Decimal(40), "openings": 1,
    }  # fmt: skip
    row = Job(worksite=at or worksite(), title=title or f"Job {next(numbers)}", **said | values)
    record(row, by=people.planner(), at=states.now())
    return row


def service(customer: Customer | None = None, code: str = "WE-EXP") -> PlannedService:
    """A work-experience service that an agreed version lists, of a new customer where none is named; still planned."""
    if customer is None:
        return new_service(code)
    return PlannedService.objects.in_plan().select_related("plan").get(plan__customer=customer, service__code=code)


@stocked
def new_service(code: str) -> PlannedService:
    version = states.draft()
    pen = states.pen(version)
    goal = version.plan.goals.in_plan().first()
    row = pen.service(code, goal, planned_start_on=pen.in_days(0), weekly_hours=Decimal(40))
    states.signed(version)
    return PlannedService.objects.select_related("plan").get(pk=row.pk)


@stocked
def planned(
    under: PlannedService | None = None, at: Job | None = None, *, pay: Pay = PAY, on: datetime | None = None,
    **values: Any,
) -> Placement:  # fmt: skip
    """A placement that has not begun."""
    under = under or service()
    values = {"position_type": PositionType.FULL_TIME} | values
    row = add_placement(under, at or job(), values, pay, by=under.plan.customer.planner, at=on or states.now())
    return reread(row)


@stocked
def planned_in_the_past() -> Placement:
    """It has not begun, and its service may have started two months ago."""
    return planned(long_ago(service(), 60))


@stocked
def started(starts_on: date | None = None, row: Placement | None = None, **about: Any) -> Placement:
    """A placement under way since this day, today where none is named."""
    return moved(row or planned(**about), "start", starts_on=starts_on or states.today())


def moved(row: Placement, code: str, *, on: datetime | None = None, **values: Any) -> Placement:
    move_placement(row, code, values, by=row.planned.plan.customer.planner, at=on or states.now())
    return reread(row)


def reread(row: Placement) -> Placement:
    rows = (
        Placement.objects.with_job().with_days().select_related("planned__service", "planned__plan__customer__planner")
    )
    return rows.get(pk=row.pk)


def long_ago(row: PlannedService, days: int) -> PlannedService:
    """As if the version that lists it had been agreed to so many days before: placements of the past need it."""
    from tests.rows import date_back

    day = states.days_ago(days)
    date_back(row, authorised_on=day, planned_start_on=day)
    return PlannedService.objects.select_related("plan").get(pk=row.pk)
