"""What the database refuses of files that people bring, whoever writes."""

import pytest

from careerplan.imports.models import Heading
from tests import states
from tests.imported import brought, person
from tests.people import planner
from tests.rows import constraints_of, copy, refuses, write

pytestmark = pytest.mark.django_db


def bringing(**values):
    return lambda: write(brought([person()]), **values)


def confirmed_at_alone():
    bringing(confirmed_at=states.now())()


def confirmed_by_alone():
    bringing(confirmed_by=planner())()


def done_before_it_was():
    bringing(done_at=states.now())()


def done_without_a_day():
    bringing(state="done", confirmed_at=states.now(), confirmed_by=planner())()


def heading_twice():
    Heading.objects.filter(person=planner()).delete()
    row = Heading.objects.create(person=planner(), kind="customers", heading="name", field="first_name")
    copy(row, field="last_name")


CASES = {
    "an_import_has_a_known_state": [bringing(state="lost")],
    "an_import_is_confirmed_by_somebody": [confirmed_at_alone, confirmed_by_alone],
    "an_import_is_confirmed_before_it_is_done": [bringing(state="saving")],
    "an_import_that_is_done_has_its_day": [done_before_it_was, done_without_a_day],
    "a_line_is_in_an_import_once": [lambda: copy(brought([person()]).rows.get())],
    "an_import_row_has_a_known_state": [lambda: write(brought([person()]).rows.get(), state="lost")],
    "a_heading_is_known_once": [heading_twice],
}


def test_every_constraint_of_imports_has_a_case():
    assert CASES.keys() == constraints_of("imports")


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    for writing in CASES[name]:
        refuses(name, writing)
