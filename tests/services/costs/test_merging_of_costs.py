"""Two records of one person, one of which still has promised costs (customers/merging.py)."""

import pytest

from customers.holding import held_by, hindrances
from services.costs.actions import void
from services.costs.models import CostLine
from tests import states
from tests.people import angela, planner
from tests.services.costs.money import entered, promised, settled

pytestmark = pytest.mark.django_db


def codes(other):
    return {row.code for row in hindrances(states.enrolled(), other)}


def test_a_record_with_unpaid_promises_goes_into_no_other():
    assert "unpaid-costs" in codes(angela())


def test_once_they_are_paid_or_voided_costs_are_no_hindrance():
    customer = angela()
    for line in customer_lines(customer):
        settled(line)
    assert "unpaid-costs" not in codes(customer)
    line = promised(entered())
    assert "unpaid-costs" in codes(customer)
    void(line, reason="x", by=planner(), at=states.now())
    assert "unpaid-costs" not in codes(customer)


def customer_lines(customer):
    return CostLine.objects.filter(service__plan__customer=customer, stage="obligated").select_related("service__plan")


def test_a_record_says_how_many_costs_it_holds():
    held = {str(row.label): row.number for row in held_by(angela())}
    entered()
    assert {str(row.label): row.number for row in held_by(angela())}["Costs"] == held["Costs"] + 1
