"""What the database refuses of requests among staff, whatever code writes it."""

import pytest

from acknowledgments.models import StaffAnswer, StaffRequest
from tests import states
from tests.people import planner, statewide, youth_planner
from tests.rows import copy, refuses, write
from tests.shared_plans import asked, closing, shared_angela

pytestmark = pytest.mark.django_db


def request():
    return asked(closing(shared_angela(), planner()), planner())


def answer():
    return request().answers.get()


CASES = {
    "a_thing_is_asked_for_once_at_a_time": [lambda: copy(request())],
    "a_request_that_ended_says_when": [
        lambda: write(request(), state="approved"),
        lambda: write(request(), ended_at=states.now()),
    ],
    "a_staff_request_has_a_reason": [lambda: write(request(), reason="")],
    "a_person_is_asked_once_a_request": [lambda: copy(answer())],
    "an_answer_says_who_and_when": [
        lambda: write(answer(), answer="approved"),
        lambda: write(answer(), answer="approved", answered_at=states.now()),
        lambda: write(answer(), answer="approved", answered_by=youth_planner()),
        lambda: write(answer(), answered_by=youth_planner(), answered_at=states.now()),
    ],
    "a_refusal_says_why": [
        lambda: write(answer(), answer="refused", answered_by=youth_planner(), answered_at=states.now())
    ],
}


def test_every_constraint_has_a_case():
    declared = {constraint.name for model in (StaffRequest, StaffAnswer) for constraint in model._meta.constraints}
    assert CASES.keys() == declared


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in CASES.items() for number in range(len(writings))]
)
def test_the_database_refuses(name, number):
    refuses(name, CASES[name][number])


def test_the_same_writing_within_the_rules_is_taken():
    row = request()
    copy(row, state="withdrawn", ended_at=states.now())
    copy(row, target="another")
    copy(row.answers.get(), approver=statewide())
    write(
        row.answers.order_by("id")[0],
        answer="refused",
        note="No.",
        answered_by=youth_planner(),
        answered_at=states.now(),
    )
