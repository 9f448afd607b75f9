"""A planned service, and its start: with which exemption, or with which refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerplan.plans.gate import TooEarly
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.rows import changed, everything

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def planned(customer, code):
    rows = PlannedService.objects.in_plan().select_related("plan__customer__planner", "service")
    return rows.get(plan__customer=customer, service__code=code)


def start(row, day=TODAY, **values):
    values = {"status": "started", "actual_start_on": day} | values
    return save_service(row, values, by=row.plan.customer.planner, at=states.now())


def exemption(row, **values):
    """Why it started without a version that lists it; "" where it started because one does."""
    start(row, **values)
    row.refresh_from_db()
    assert row.actual_start_on == TODAY
    return row.gate_exemption


def too_early(row, day=TODAY, **values):
    """The sentence with which the start on this day is refused."""
    before = everything()
    with pytest.raises(TooEarly) as refused:
        start(row, day, **values)
    assert (refused.value.code, refused.value.field) == ("not-authorised", "actual_start_on")
    assert changed(before, everything()) == {}
    return refused.value.sentence


def in_first_draft(code, *programs):
    version = states.started(states.enrolled(*programs))
    return states.pen(version).service(code)


def added_in_review(customer, code):
    write_service = states.pen(states.reviewed(customer))
    goal = write_service.plan.goals.in_order()[0]
    return write_service.service(code, goal, planned_start_on=TODAY, dollar_value=60)


def in_force_with_one_added(code):
    customer = states.signed(states.draft()).plan.customer
    return added_in_review(customer, code)
