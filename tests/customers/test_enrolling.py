"""Enrolled in a program, changed, ended: by whoever keeps the record."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from customers import enrolling
from customers.enums import EnrollmentStatus
from customers.models import Customer, Program
from tests import states
from tests.people import administrator, david, north_planner, planner, statewide, youth_planner
from tests.rows import everything, write
from tests.shared_plans import shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

BEGAN = date(2026, 2, 2)


def enrolled(customer, code="JTED", by=planner, **others):
    values = {"program": Program.objects.get(code=code), "status": EnrollmentStatus.ENROLLED, "begun_on": BEGAN}
    return enrolling.enroll(customer, values | others, by=by(), at=clock.now())


def ended(enrollment, on=None, by=planner, **others):
    return enrolling.end_enrollment(enrollment, exited_on=on or timezone.localdate(), by=by(), at=clock.now(), **others)


def code_of(act):
    before = everything()
    with pytest.raises(Refusal) as caught:
        act()
    assert everything() == before
    return caught.value.code


def test_another_program_begins_with_the_customers_planner_or_its_own():
    customer = states.enrolled()
    assert enrolled(customer).planner == planner()
    assert enrolled(customer, "T1-DW", planner=youth_planner()).planner == youth_planner()


def test_a_program_is_open_once_and_its_planner_sees_the_customer():
    customer = states.enrolled()
    assert code_of(lambda: enrolled(customer, "T1-ADULT")) == "enrolled-already"
    assert code_of(lambda: enrolled(customer, planner=administrator())) == "planner-not-at-work"
    ended(customer.enrollments.get())
    assert code_of(lambda: enrolled(customer, planner=north_planner())) == "successor-does-not-see"
    assert enrolled(customer, "T1-ADULT", begun_on=timezone.localdate()).status == EnrollmentStatus.ENROLLED


def test_nobody_is_in_a_program_twice_at_one_time():
    """On the day on which it ended it may begin again."""
    customer, end = states.enrolled(), date(2026, 6, 1)
    first = ended(enrolled(customer), on=end)
    for day in (BEGAN, end - timedelta(days=1)):
        assert code_of(lambda day=day: enrolled(customer, begun_on=day)) == "program-twice"
    again = enrolled(customer, begun_on=end)
    sooner = partial(enrolling.change_status, again, status=again.status, by=planner(), at=clock.now())
    assert code_of(lambda: sooner(begun_on=end - timedelta(days=1))) == "program-twice"
    later = end + timedelta(days=1)
    assert code_of(lambda: ended(first, on=later)) == "program-twice"
    assert sooner(begun_on=later).begun_on == ended(first, on=later).exited_on == later
    assert enrolled(customer, "T1-DW").begun_on == BEGAN, "another program is another matter"


def test_a_status_changes_and_a_colleagues_change_is_noticed():
    row = states.enrolled().enrollments.get()
    seen = row.row_version
    changed = enrolling.change_status(
        row, status=EnrollmentStatus.REGISTRANT, begun_on=BEGAN, seen=seen, by=planner(), at=clock.now()
    )
    assert (changed.status, changed.begun_on) == (EnrollmentStatus.REGISTRANT, BEGAN)
    with pytest.raises(StaleRow):
        enrolling.change_status(row, status=EnrollmentStatus.ENROLLED, seen=seen, by=planner(), at=clock.now())


def test_a_program_ends_by_its_exit_alone_and_no_ended_one_changes():
    row = states.enrolled().enrollments.get()

    def change(status):
        return enrolling.change_status(row, status=status, by=planner(), at=clock.now())

    assert code_of(lambda: change(EnrollmentStatus.EXITED)) == "ends-elsewhere"
    ended(row)
    assert code_of(lambda: change(EnrollmentStatus.ENROLLED)) == "program-ended"


def test_an_exit_has_a_day_that_can_be_and_can_be_corrected():
    row = states.enrolled().enrollments.get()
    assert code_of(lambda: ended(row, row.begun_on - timedelta(days=1))) == "exit-before-begin"
    assert code_of(lambda: ended(row, timezone.localdate() + timedelta(days=1))) == "day-to-come"
    ended(row)
    assert ended(row, row.begun_on).exited_on == row.begun_on
    assert Customer.objects.get(pk=row.customer_id).programs_ended_on == row.begun_on


@pytest.mark.policy("WIS-087")
def test_a_participant_exits_whatever_is_still_due():
    customer = states.enrolled()
    states.sent(states.written(customer), electronic=False)
    assert ended(customer.enrollments.get()).status == EnrollmentStatus.EXITED


def test_who_loses_sight_by_an_end_hands_over():
    customer = shared_angela()
    write(customer.enrollments.get(program__code="T1-DW"), planner=north_planner())
    row = customer.enrollments.get(program__code="T1-ADULT")
    assert code_of(lambda: ended(row, by=statewide)) == "out-of-sight"
    ended(row, by=statewide, successor=youth_planner())
    assert customer.enrollments.get(exited_on=None).planner == youth_planner()


@pytest.mark.parametrize("by", [north_planner, lambda: david().user])
def test_only_who_keeps_the_record_enrolls_changes_and_ends(by):
    row = states.enrolled().enrollments.get()
    for act in (lambda: enrolled(row.customer, by=by), lambda: ended(row, by=by)):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed):
        enrolling.change_status(row, status=EnrollmentStatus.ENROLLED, by=by(), at=clock.now())
