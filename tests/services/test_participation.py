"""What causes participation: one question of the rules and of the gate, with one answer on every day (12.7.8)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.history import record
from careerplan.plans.gate import TooEarly
from customers.models import Enrollment, Program
from services.actions import save_service
from services.models import PlannedService
from services.participation import causes_participation
from tests import states
from tests.people import planner
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=30)


def leave(customer, code, on=TODAY):
    enrollment = Enrollment.objects.get(customer=customer, program__code=code)
    enrollment.status, enrollment.exited_on = "exited", on
    record(enrollment, by=planner(), at=states.now())


def added(customer, code):
    version = states.reviewed(customer)
    return states.pen(version).service(code, version.plan.goals.in_plan()[0], planned_start_on=TODAY)


def item_of(planned):
    version = states.newest(planned.plan.customer)
    return next(item for item in contents_of(version.plan, version).services if item.id == planned.pk)


def refused(planned, day=TODAY):
    with pytest.raises(TooEarly):
        save_service(planned, {"status": "started", "actual_start_on": day}, by=planner(), at=states.now())
    return True


@pytest.mark.policy("WIS-123")
def test_after_the_exit_from_the_last_program_it_still_causes_participation_for_the_rules_and_the_gate():
    customer = states.in_force().plan.customer
    planned = added(customer, "BC-JSST")
    leave(customer, "T1-ADULT")
    assert item_of(planned).causes_participation
    assert states.rules_of(states.newest(customer))["added", str(planned)] == "WI-IEP-ACK-2"
    assert refused(planned)


@pytest.mark.policy("WIS-137")
def test_a_program_that_was_left_counts_no_more_while_another_is_open():
    customer = states.enrolled("T1-ADULT", "JTED")
    leave(customer, "T1-ADULT")
    version = states.started(customer)
    planned = states.pen(version).service("BC-JSST", states.pen(version).goal("Work", "CAREER_PLAN"))
    assert not item_of(planned).causes_participation


def started_past_the_gate(planned, day):
    """As an older release left it."""
    date_back(planned, status="started", actual_start_on=day, gate_exemption="before")
    return PlannedService.objects.get(pk=planned.pk)


def test_a_service_counts_for_the_programs_of_the_day_on_which_it_started():
    """Left since: the rules still say of the start of then what the gate said of it."""
    customer = states.enrolled("T1-ADULT", "JTED")
    leave(customer, "T1-ADULT")
    version = states.started(customer)
    pen = states.pen(version)
    planned = pen.service("BC-JSST", pen.goal("Work", "CAREER_PLAN"))
    assert not item_of(planned).causes_participation
    then = started_past_the_gate(planned, BEFORE)
    assert item_of(then).causes_participation
    enrollments = list(Enrollment.objects.filter(customer=customer).select_related("program"))
    assert causes_participation(then, enrollments)
    assert refused(states.pen(version).service("BC-COUN"), BEFORE)


@pytest.mark.parametrize(
    ("on", "counts"),
    [(BEFORE - timedelta(days=1), False), (BEFORE, True), (TODAY - timedelta(days=1), True), (TODAY, False)],
)
def test_the_first_day_of_a_program_counts_and_the_day_of_the_exit_does_not(on, counts):
    customer = states.enrolled("JTED")
    adult = Program.objects.get(code="T1-ADULT")
    times = {"begun_on": BEFORE, "exited_on": TODAY, "status": "exited"}
    record(Enrollment(customer=customer, program=adult, planner=planner(), **times), by=planner(), at=states.now())
    version = states.started(customer)
    planned = states.pen(version).service("BC-JSST")
    assert item_of(started_past_the_gate(planned, on)).causes_participation is counts
