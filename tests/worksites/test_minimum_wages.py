"""Minimum wages: once each, not negative, and no sub-minimum rate as a placement's floor."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from tests import states
from tests.markup import Page
from tests.people import administrator
from tests.rows import copy, refuses, write
from tests.wages import minimum_wage
from worksites.models import MinimumWage
from worksites.wages import jurisdictions

pytestmark = pytest.mark.django_db


def wage():
    return MinimumWage.objects.order_by("id")[0]


CASES = {
    "a_minimum_wage_stands_once": lambda: copy(wage()),
    "a_minimum_wage_is_not_negative": lambda: write(wage(), rate=Decimal("-0.01")),
    "a_minimum_wage_that_is_a_floor_names_its_place": lambda: write(wage(), jurisdiction="Illinois"),
    "a_minimum_wage_holds_for_somebody_known": lambda: write(wage(), holds_for="somebody"),
    "a_minimum_wage_for_no_placement_is_no_floor": lambda: write(wage(), holds_for="nobody"),
    "a_minimum_wage_for_youth_says_below_which_age": lambda: write(wage(), holds_for="age"),
    "employees_of_a_minimum_wage_can_be": lambda: write(wage(), employees_from=21, employees_to=4),
}


def test_every_constraint_has_a_case():
    assert CASES.keys() == {constraint.name for constraint in MinimumWage._meta.constraints}


def test_an_age_is_said_of_rates_for_youth_alone():
    refuses("a_minimum_wage_for_youth_says_below_which_age", lambda: write(wage(), under_age=18))


@pytest.mark.parametrize(
    "jurisdiction", ["il", "Illinois", "IL -Chicago", "IL-", "IL-chicago", "US-Chicago", "IL-Oak Park"]
)
def test_a_floor_names_its_place_in_one_spelling(jurisdiction):
    refuses("a_minimum_wage_that_is_a_floor_names_its_place", lambda: write(wage(), jurisdiction=jurisdiction))


def entered(client, jurisdiction, **values):
    """By an administrator: what stands in the list then, else what the form says."""
    client.force_login(administrator())
    said = {
        "circumstance": "Standard", "age": "any", "employer_size": "any", "effective_on": "2026-11-01",
        "rate": "19.00", "usable_for_placement": "on", "holds_for": "everybody", "verification": "verified",
        "notes": "By phone", "jurisdiction": jurisdiction,
    }  # fmt: skip
    answer = client.post(reverse("admin:worksites_minimumwage_add"), said | values)
    made = MinimumWage.objects.filter(rate=Decimal("19.00")).order_by("-id").first()
    return made.jurisdiction if made and answer.status_code == 302 else Page(answer).words


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("typed", "listed"),
    [("il", "IL"), ("IL -Chicago", "IL-Chicago"), ("us", "US"), ("IL-Cook Co.", "IL-CookCounty"),
     ("IL-COOK COUNTY", "IL-CookCounty"), ("IL-City of Cook", "IL-Cook")],
)  # fmt: skip
def test_an_administrator_may_write_a_place_otherwise(client, typed, listed):
    assert entered(client, typed) == listed


@pytest.mark.usefixtures("people")
def test_a_place_of_the_list_keeps_its_spelling(client):
    assert entered(client, "IL-DeKalb") == "IL-DeKalb"
    assert entered(client, "IL-dekalb", effective_on="2026-10-01") == "IL-DeKalb"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("typed", ["Illinois", "ZZ", "US-Chicago", "IL-"])
def test_what_is_no_place_is_refused_in_words(client, typed):
    assert "Enter US, a state (IL), a city (IL-OakPark) or a county (IL-CookCounty)." in entered(client, typed)


@pytest.mark.usefixtures("people")
def test_whether_a_county_or_a_city_is_meant_is_asked(client):
    sentence = "Enter “IL-Cook County”, or “IL-City of Cook” for a city."
    assert sentence in entered(client, "IL-Cook")
    entered(client, "IL-City of Cook")
    assert entered(client, "IL-Cook", effective_on="2026-10-01") == "IL-Cook", "it is a city of the list by now"


@pytest.fixture
def migration(people):
    """With rows as they could stand before it."""
    with connection.cursor() as cursor:
        name = "a_minimum_wage_that_is_a_floor_names_its_place"
        cursor.execute(f"ALTER TABLE {MinimumWage._meta.db_table} DROP CONSTRAINT {name}")
    return import_module("worksites.migrations.0044_minimum_wages_name_their_place")


BEFORE = {
    "il": ("IL", True),
    "IL -evanston": ("IL-Evanston", True),
    "IL-Oak Park": ("IL-OakPark", True),
    "IL-Oak-Park": ("IL-Oak-Park", False),  # the same once more
    "Illinois": ("Illinois", False),
}


def test_what_was_written_otherwise_before_is_put_right_or_is_no_floor(migration):
    rows = [minimum_wage("19.00", states.today(), text, circumstance="Of then") for text in BEFORE]
    migration.spell(apps, migration.rows(apps))
    found = [MinimumWage.objects.values_list("jurisdiction", "usable_for_placement").get(pk=row.pk) for row in rows]
    assert found == list(BEFORE.values())
    assert migration.FORM == jurisdictions.FORM


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
