"""Minimum wages: once each, not negative, and no sub-minimum rate as a placement's floor."""

from decimal import Decimal
from importlib import import_module

import pytest

from tests.rows import copy, refuses, write
from worksites.models import MinimumWage

pytestmark = pytest.mark.django_db


def wage():
    return MinimumWage.objects.order_by("id")[0]


CASES = {
    "a_minimum_wage_stands_once": lambda: copy(wage()),
    "a_minimum_wage_is_not_negative": lambda: write(wage(), rate=Decimal("-0.01")),
    "a_minimum_wage_holds_for_somebody_known": lambda: write(wage(), holds_for="somebody"),
    "a_minimum_wage_for_no_placement_is_no_floor": lambda: write(wage(), holds_for="nobody"),
    "a_minimum_wage_for_youth_says_below_which_age": lambda: write(wage(), holds_for="age"),
    "employees_of_a_minimum_wage_can_be": lambda: write(wage(), employees_from=21, employees_to=4),
}


def test_every_constraint_has_a_case():
    assert CASES.keys() == {constraint.name for constraint in MinimumWage._meta.constraints}


def test_an_age_is_said_of_rates_for_youth_alone():
    refuses("a_minimum_wage_for_youth_says_below_which_age", lambda: write(wage(), under_age=18))


def test_what_it_depends_on_is_read_from_the_words_as_the_file_has_it():
    """The migration of older installations reads the words; the file says it in columns."""
    columns = import_module("worksites.migrations.0021_columns_of_minimum_wages")
    for row in MinimumWage.objects.all():
        assert columns.holds_for(row) == (row.holds_for, row.under_age), row
        assert columns.employees(row.employer_size) == (row.employees_from, row.employees_to), row
        seen = columns.SEEN.get((row.jurisdiction, row.effective_on, str(row.rate)), (None, ""))
        if row.usable_for_placement:
            assert row.seen_on == seen[0], row
            assert row.notes.endswith(seen[1])


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    refuses(name, CASES[name])


def test_a_tipped_or_opportunity_rate_is_no_placements_floor():
    """WIOA sec. 181(a)(1): not less than the higher of the federal and the state minimum wage."""
    below = MinimumWage.objects.filter(circumstance__iregex="tipped|opportunity|first 90 days")
    assert below.count() > 10
    assert not below.filter(usable_for_placement=True).exists()
    assert MinimumWage.objects.filter(jurisdiction="US", circumstance="Standard", usable_for_placement=True).exists()
