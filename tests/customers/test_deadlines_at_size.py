"""What is due of a caseload is asked of its customers: no deadline makes a list of a whole state first."""

import pytest

from careerplan.plans.deadlines import drafts, first_drafts, later_drafts
from customers.deadlines import all_deadlines
from customers.enums import EnrollmentStatus
from tests import states
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.mark.parametrize("deadline", all_deadlines(), ids=lambda deadline: deadline.code)
def test_a_deadline_looks_at_each_row_by_itself(deadline):
    """A list inside the question would be made of all that a state has, whoever's customers are asked about."""
    asked = str(deadline.due_rows(states.today(), [1, 2, 3]).query)
    assert "IN (SELECT" not in asked


def test_each_draft_is_a_first_or_a_later_one():
    customer = states.enrolled()
    date_back(customer.enrollments.get(), status=EnrollmentStatus.ENROLLED)
    first, registered = states.started(customer), states.started(states.enrolled())
    again = states.reviewed(states.in_force().plan.customer)
    sides = [set(rows(states.today()).values_list("pk", flat=True)) for rows in (first_drafts, later_drafts)]
    assert first.pk in sides[0]
    assert {registered.pk, again.pk} <= sides[1]
    assert sides[0] | sides[1] == set(drafts(states.today()).values_list("pk", flat=True))
    assert not sides[0] & sides[1]
