"""What the database refuses of records that were merged."""

import pytest

from careerplan.base import clock
from careerplan.base.history import record
from customers.models import Enrollment, Program
from tests import people, states
from tests.customers.test_merging import WHY, pair
from tests.people import planner, statewide
from tests.rows import copy, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def point(other, kept):
    said = {"merged_at": clock.now(), "merged_by": statewide(), "merge_reason": WHY}
    write(other, merged_into=kept, planner=None, in_daily_list=False, **said)


def chain():
    kept, other = pair()
    third = pair()[1]
    point(other, kept)
    point(third, other)


def chain_from_above():
    kept, other = pair()
    third = pair()[1]
    point(other, kept)
    point(kept, third)


def merged_elsewhere():
    kept, other = pair()
    point(other, kept)
    write(other, merged_into=people.angela())


def with_open_plan():
    point(people.angela(), people.jennifer())


def plan_opened():
    kept, other = pair()
    point(other, kept)
    copy(states.started(kept).plan, customer=other)


def plan_moved():
    kept, other = pair()
    point(other, kept)
    write(states.started(kept).plan, customer=other)


def program_begun():
    kept, other = pair()
    point(other, kept)
    row = Enrollment(customer=other, program=Program.objects.get(code="T1-DW"), begun_on=states.today())
    record(row, by=planner(), at=clock.now())


def with_open_program():
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    point(other, kept)


def program_of_another():
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    write(other.enrollments.get(), customer=kept)


GUARDS = {
    "a_merged_record_leads_to_one_that_goes_on": chain,
    "a_merged_record_leads_to_one_that_goes_on ": chain_from_above,
    "a_record_is_merged_once": merged_elsewhere,
    "a_merged_record_has_no_open_plan": with_open_plan,
    "a_plan_is_not_opened_in_a_merged_record": plan_opened,
    "a_plan_is_not_opened_in_a_merged_record ": plan_moved,
    "a_program_does_not_begin_in_a_merged_record": program_begun,
    "a_merged_record_has_no_open_program": with_open_program,
    "an_enrollment_stays_its_customers": program_of_another,
}


@pytest.mark.parametrize("name", GUARDS)
def test_the_database_refuses(name):
    refuses(name.strip(), GUARDS[name])
