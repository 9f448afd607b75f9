"""The minimum wage that stands beside occupations and wage goals: of the customer's office, on a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.base.dates import in_row
from goals.actions import save_career_path
from goals.careers.wages import wage_floor
from goals.models import CareerPath
from tests import states
from tests.markup import Page
from tests.people import angela, planner
from tests.rows import write
from worksites.models import MinimumWage

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


def customer_in(state, city=""):
    write(angela().office, state=state, city=city)
    return angela()


@pytest.mark.parametrize(
    ("state", "city", "day", "rate", "place"),
    [
        ("WI", "Madison", TODAY, "7.25", "WI"),
        ("IL", "Marlow", TODAY, "15.00", "IL"),
        ("IL", "Marlow", date(2024, 12, 31), "14.00", "IL"),
        ("IL", "Marlow", date(2025, 1, 1), "15.00", "IL"),
        ("IL", "Chicago", TODAY, "17.05", "IL-Chicago"),
        ("IL", "Chicago", date(2023, 8, 1), "15.00", "IL-Chicago"),  # of employers of any size
        ("IL", "Chicago", date(2015, 1, 1), "8.25", "IL"),  # before the city had one
        ("ZZ", "Nowhere", TODAY, "7.25", "US"),
        ("", "", TODAY, "7.25", "US"),
        ("WI", "", date(2008, 1, 1), "6.50", "WI"),  # the state's is higher
        ("WI", "", date(2008, 8, 1), "6.55", "US"),  # the country's is higher
    ],
)
def test_the_highest_of_country_state_and_city_holds(state, city, day, rate, place):
    floor = wage_floor(customer_in(state, city), on=day)
    assert (floor.rate, floor.place) == (Decimal(rate), place)


def test_a_rate_holds_for_everybody_by_what_it_says_of_itself_and_not_by_its_words():
    row = MinimumWage.objects.get(jurisdiction="IL", circumstance="Standard", effective_on=date(2025, 1, 1))
    write(row, circumstance="All employees")
    assert wage_floor(customer_in("IL", "Marlow"), on=TODAY).rate == Decimal("15.00")
    write(row, holds_for="few_hours", under_age=18)
    assert wage_floor(customer_in("IL", "Marlow"), on=TODAY).rate == Decimal("14.00")


def test_it_names_its_day_its_source_and_whether_that_was_verified():
    floor = wage_floor(customer_in("IL"), on=TODAY)
    assert (floor.since, floor.whom, floor.is_verified) == (date(2025, 1, 1), "18+", True)
    assert floor.source.startswith("Source: Illinois Department of Labor")
    assert not wage_floor(customer_in("WI"), on=date(2005, 7, 1)).is_verified


def test_before_any_minimum_wage_there_is_none():
    assert wage_floor(customer_in("WI"), on=date(1990, 1, 1)) is None


def test_a_rate_that_may_be_no_placements_floor_is_none_here():
    for wage in MinimumWage.objects.filter(jurisdiction="WI", usable_for_placement=True):
        write(wage, usable_for_placement=False)
    assert wage_floor(customer_in("WI"), on=TODAY).place == "US"


@pytest.mark.parametrize("name", ["plan:goals", "plan:career-path", "plan:career-goal"])
def test_it_stands_beside_occupations(client, name):
    client.force_login(planner())
    states.reviewed(customer_in("IL"))
    args = [angela().pk, *(["long_term"] if name == "plan:career-goal" else [])]
    words = Page(client.get(reverse(name, args=args))).words
    day = in_row(date(2025, 1, 1))
    assert (
        f"Minimum wage here: $15.00 an hour (IL, since {day}). It holds for: 18+. Source: Illinois Department" in words
    )


def test_of_a_source_that_nobody_verified_it_says_so(client):
    client.force_login(planner())
    floor = MinimumWage.objects.get(jurisdiction="IL", circumstance="Standard", effective_on=date(2025, 1, 1))
    path = reverse("plan:career-path", args=[customer_in("IL").pk])
    assert "Not verified" not in Page(client.get(path)).words
    write(floor, verification="not verified")
    assert "Not verified: check it before you rely on it." in Page(client.get(path)).words


@pytest.mark.policy("ILL-044")
@pytest.mark.parametrize(("wage", "below"), [("14.99", True), ("15.00", False), ("", False)])
def test_a_wage_goal_below_it_is_told_and_kept(client, wage, below):
    client.force_login(planner())
    customer = customer_in("IL")
    path = reverse("plan:career-path", args=[customer.pk])
    page = Page(client.post(path, Page(client.get(path)).form(path) | {"wage_goal": wage}, follow=True))
    told = "This wage goal is below the minimum wage of $15.00 an hour. It was saved as you entered it."
    assert (told in page.words) is below
    assert CareerPath.objects.get(customer=customer).wage_goal == (Decimal(wage) if wage else None)
    shown = Page(client.get(reverse("plan:goals", args=[customer.pk]))).facts()["Wage Goal (Per Hour)"]
    assert shown == ({"14.99": "$14.99 Below the minimum wage of $15.00 an hour.", "15.00": "$15.00", "": "None"}[wage])


def test_where_none_is_listed_the_pages_say_nothing_of_it(client):
    MinimumWage.objects.all()._raw_delete(MinimumWage.objects.db)
    client.force_login(planner())
    save_career_path(angela(), {"wage_goal": Decimal("1.00")}, by=planner(), at=states.now())
    page = Page(client.get(reverse("plan:goals", args=[angela().pk])))
    assert not page.has_id("wage-floor")
    assert page.facts()["Wage Goal (Per Hour)"] == "$1.00"
