"""Minimum wages: once each, not negative, and no sub-minimum rate as a placement's floor."""

from decimal import Decimal

import pytest

from tests.rows import constraints_of, copy, refuses, write
from worksites.models import MinimumWage

pytestmark = pytest.mark.django_db


def wage():
    return MinimumWage.objects.order_by("id")[0]


CASES = {
    "a_minimum_wage_stands_once": lambda: copy(wage()),
    "a_minimum_wage_is_not_negative": lambda: write(wage(), rate=Decimal("-0.01")),
}


def test_every_constraint_has_a_case():
    assert CASES.keys() == constraints_of("worksites")


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    refuses(name, CASES[name])


def test_a_tipped_or_opportunity_rate_is_no_placements_floor():
    """WIOA sec. 181(a)(1): not less than the higher of the federal and the state minimum wage."""
    below = MinimumWage.objects.filter(circumstance__iregex="tipped|opportunity|first 90 days")
    assert below.count() > 10
    assert not below.filter(usable_for_placement=True).exists()
    assert MinimumWage.objects.filter(jurisdiction="US", circumstance="Standard", usable_for_placement=True).exists()
