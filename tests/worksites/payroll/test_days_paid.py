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


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subsidy_ends_on": payroll.ENDS - timedelta(days=1)}, "subsidy_ends_on"),
        ({"subsidy_starts_on": payroll.BEGINS + timedelta(days=1)}, "subsidy_starts_on"),
    ],
)
def test_a_subsidy_that_was_paid_keeps_its_days(paid, values, field):
    """They may become others as long as all that was paid lies within them."""
    with pytest.raises(Refusal) as found:
        save_placement(paid, values, by=paid.customer.planner, at=states.now())
    assert (found.value.code, found.value.field) == ("subsidy-paid", field)
    at_the_edge = {"subsidy_starts_on": payroll.BEGINS, "subsidy_ends_on": payroll.ENDS}
    saved = save_placement(paid, at_the_edge, by=paid.customer.planner, at=states.now())
    assert saved.subsidy_ends_on == payroll.ENDS


def test_what_was_paid_without_a_subsidy_is_not_subsidized_afterwards():
    row = payroll.working()
    before = {"subsidy_ends_on": payroll.BEGINS - timedelta(days=1)}
    row = save_placement(row, before, by=row.customer.planner, at=states.now())
    payroll.taken_over([payroll.row(row)])
    with pytest.raises(Refusal) as found:
        save_placement(placed.reread(row), {"subsidy_ends_on": None}, by=row.customer.planner, at=states.now())
    assert (found.value.code, found.value.field) == ("subsidy-paid", "subsidy_ends_on")


def test_a_hold_leaves_the_hours_that_were_paid(paid):
    """Sixty hours need three days."""
    with pytest.raises(Refusal) as found:
        placed.moved(paid, "hold", inactive_on=payroll.BEGINS + timedelta(days=2))
    assert (found.value.code, found.value.field) == ("days-paid", "inactive_on")
    held = placed.moved(paid, "hold", inactive_on=payroll.BEGINS + timedelta(days=3))
    assert held.status == "on_hold"


def test_what_was_withdrawn_counts_no_more(paid):
    withdraw(PayrollUpload.objects.get(), "The wrong month.", by=paid.customer.planner, at=states.now())
    assert terminate(paid, **BEFORE).status == "terminated"
