"""What payroll paid lies within the placement, whatever is said of its days afterwards."""

from datetime import timedelta

import pytest

from careerplan.base.refusals import Refusal
from tests import payroll, placed, states
from worksites.models import PayrollUpload
from worksites.payroll.actions import withdraw
from worksites.placements.correcting import save_placement

pytestmark = pytest.mark.django_db

BEFORE = {"ends_on": payroll.ENDS - timedelta(days=1)}


@pytest.fixture
def paid():
    row = payroll.working()
    payroll.taken_over([payroll.row(row)])
    return placed.reread(row)


def terminate(row, **values):
    return placed.moved(row, "terminate", termination_reason="quit", **values)


def test_it_does_not_end_before_a_day_that_was_paid(paid):
    with pytest.raises(Refusal) as found:
        terminate(paid, **BEFORE)
    assert (found.value.code, found.value.field) == ("days-paid", "ends_on")
    assert terminate(paid, ends_on=payroll.ENDS).status == "terminated"


def test_it_does_not_begin_behind_a_day_that_was_paid(paid):
    behind = payroll.BEGINS + timedelta(days=1)
    values = {"starts_on": behind, "subsidy_starts_on": behind}
    with pytest.raises(Refusal) as found:
        save_placement(paid, values, by=paid.customer.planner, at=states.now())
    assert (found.value.code, found.value.field) == ("days-paid", "starts_on")


def test_what_was_withdrawn_counts_no_more(paid):
    withdraw(PayrollUpload.objects.get(), "The wrong month.", by=paid.customer.planner, at=states.now())
    assert terminate(paid, **BEFORE).status == "terminated"
