"""The document's example: Duke Lasley at Roosevelt University, field by field (ILL-146 to ILL-160)."""

from datetime import date
from decimal import Decimal

import pytest

from careerplan.demo.states import Pen, agree, ask, morning
from services.actions import save_service
from services.models import PlannedService
from tests import placed, states
from tests.people import duke
from worksites.enums import PositionType
from worksites.placements.paying import Pay

pytestmark = pytest.mark.django_db

ON = date(2020, 6, 2)


def complete_plan(customer):
    """What the demo's plan lacks before it can be sent."""
    write = Pen(states.newest(customer), morning(2020, 5, 11))
    goal = write.plan.goals.in_plan().get()
    write.career_goal("employment", "25-9042")
    write.career_goal("long_term", "25-2021")
    write.initial_assessment(goal)
    write.barrier("TRAN", "The way to the school is long.")
    write.step("Ask the school for the hours", goal, in_days=3)
    course = PlannedService.objects.get(plan=write.plan, service__code="AP-RAP")
    save_service(course, {"planned_start_on": date(2020, 8, 3)}, by=write.by, at=write.at)


@pytest.fixture
def placement():
    """Planned on 5/12/2020, after the plan was agreed to; all changes of its status are recorded on 6/2/2020."""
    customer = duke()
    complete_plan(customer)
    seal = ask(states.newest(customer), morning(2020, 5, 12))
    agree(seal, customer, morning(2020, 5, 12, 16))
    at = placed.worksite(placed.employer(name="Roosevelt University"), "Roosevelt University")
    job = placed.job(at, "Teacher Assistants", hourly_wage=Decimal("15.00"))
    pay = Pay(subsidized=Decimal("10.00"), entered=placed.FOUND)
    row = placed.planned(
        placed.service(customer, "WE-PERM"), job, pay=pay, on=morning(2020, 5, 13), position_type=PositionType.FULL_TIME
    )
    row = placed.moved(row, "start", starts_on=date(2020, 5, 15), on=morning(2020, 6, 2, 9))
    held = {"inactive_on": date(2020, 5, 20), "returned_on": date(2020, 5, 29)}
    row = placed.moved(row, "hold", **held, on=morning(2020, 6, 2, 10))
    return row


def test_x(placement):
    row = placed.moved(placement, "terminate", ends_on=ON, termination_reason="completed", on=morning(2020, 6, 2, 11))
    assert row.days_in_subsidized(ON) == 9
    assert [e.get_status_display() for e in row.status_history.order_by("id")] == []
