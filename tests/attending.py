"""A class of customers: services under way of one entry of the catalog at one provider, or in one training program."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from careerplan.plans.pages import newest_plan
from customers.models import Customer
from services.actions import add_service, save_service
from services.attendance.policy import monday_of
from services.models import PlannedService, Service
from tests import states
from tests.providers import nursing
from tests.rows import date_back

DAY = timedelta(days=1)
PROVIDER = "Lakeside Nursing School"


def last_week():
    """Monday of the last whole week."""
    return monday_of(timezone.localdate()) - 7 * DAY


def attended_by(customer: Customer, code: str = "TR-OST", **values: Any) -> PlannedService:
    """As if the service had begun before the plan came here, two months ago."""
    plan = newest_plan(customer) or states.started(customer).plan
    row = add_service(plan, Service.objects.get(code=code), by=customer.planner, at=states.now())
    begun = {"status": "started", "actual_start_on": timezone.localdate() - 60 * DAY, "gate_exemption": "before"}
    said = {"provider": PROVIDER, "weekly_hours": Decimal(24), **begun, **values}
    with transaction.atomic():
        date_back(row, **said)
    row.refresh_from_db()
    return row


def a_class(number: int, **values: Any) -> list[PlannedService]:
    """Of new customers, in the order in which they are listed."""
    return listed([attended_by(states.enrolled(with_sign_in=False), **values) for _number in range(number)])


def listed(rows: list[PlannedService]) -> list[PlannedService]:
    """In the order of a class."""
    return sorted(rows, key=lambda row: (row.plan.customer.name_key, row.pk))


def in_the_program(customer: Customer, code: str = "TR-OST", **values: Any) -> PlannedService:
    """As `attended_by`, in the training program of the list."""
    row = attended_by(customer, code, **{"provider": "", **values})
    return save_service(row, {"training_program": nursing()}, by=customer.planner, at=states.now())


def class_path(
    provider: str = PROVIDER, *, course="", name: str = "attendance-class", week=None, weekday="", **more: Any
) -> str:
    """`course`: what an address calls a class; else the one at the provider."""
    course, day = course or f"at TR-OST {provider}", f"{week or last_week():%m/%d/%Y}"
    return f"{reverse(name)}?{urlencode({'course': course, 'week': day, 'weekday': weekday, **more})}"
