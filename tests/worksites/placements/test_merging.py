"""Two records of one person, one of which has placements (customers/merging.py): nothing of them is lost."""

import pytest

from customers.holding import held_by, hindrances
from tests import placed, states
from tests.worksites.follow_ups.done import after, do, placement_since

pytestmark = pytest.mark.django_db


def found(other):
    return {row.code: row for row in hindrances(states.enrolled(), other)}


def test_a_record_with_a_planned_placement_goes_into_no_other():
    row = placed.planned()
    assert "placement-goes-on" in found(row.customer)
    placed.moved(row, "withdraw", words="Not needed")
    assert "placement-goes-on" not in found(row.customer)


def test_nor_one_with_a_placement_under_way_or_follow_ups_that_wait():
    row = placement_since(31)
    assert {"placement-goes-on", "follow-ups-wait"} <= found(row.customer).keys()
    placed.moved(row, "terminate", ends_on=states.today(), termination_reason="completed")
    hindrance = found(row.customer)["follow-ups-wait"]
    assert "Record them first, or keep this record" in hindrance.sentence
    assert hindrance.path == f"/customers/{row.customer.pk}/worksites/"
    assert "placement-goes-on" not in found(row.customer)
    for each in row.follow_ups.all():
        do(after(row, each.days))
    assert "follow-ups-wait" not in found(row.customer)


def test_the_record_that_goes_on_may_have_all_of_that():
    row = placement_since(31)
    codes = {each.code for each in hindrances(row.customer, states.enrolled())}
    assert not {"placement-goes-on", "follow-ups-wait"} & codes


def test_a_record_says_how_many_placements_it_holds():
    row = placed.planned()
    held = {str(each.label): each for each in held_by(row.customer)}["Placements"]
    assert (held.number, held.path) == (1, f"/customers/{row.customer.pk}/worksites/")
    placed.moved(row, "withdraw", words="Not needed")
    assert {str(each.label): each.number for each in held_by(row.customer)}["Placements"] == 0
