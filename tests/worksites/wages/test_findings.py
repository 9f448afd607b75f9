"""What the list says of a placement, with its source, and what a planner may enter where it is not sure (ILL-132)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerplan.base.refusals import Refusal
from customers.models import Program
from tests import placed
from tests.people import duke
from tests.rows import write
from tests.wages import minimum_wage, program_minimum
from worksites.enums import MinimumFrom
from worksites.models import MinimumWage
from worksites.wages.minimum import Entered, finding_for, settled

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)


def job(employees=40, **place):
    return placed.job(placed.worksite(placed.employer(employees=employees), **place))


def found(on=TODAY, program=None, said=(), **about):
    return finding_for(job(**about), duke(), program, on, said)


def cyep():
    return Program.objects.get(code="CYEP")


@pytest.mark.policy("ILL-132")
def test_it_names_the_rate_its_place_its_day_and_its_source():
    finding = found()
    assert finding.is_sure
    minimum = finding.minimum
    assert (minimum.rate, minimum.found_in, minimum.place) == (Decimal("15.00"), MinimumFrom.LIST, "IL")
    assert minimum.since == date(2025, 1, 1)
    assert minimum.source.startswith("Source: Illinois Department of Labor")


@pytest.mark.policy("ILL-132")
def test_the_place_is_the_worksites_and_not_the_offices():
    assert duke().office.state == "IL"
    assert found(state="WI", city="Milwaukee", county="Milwaukee").minimum.rate == Decimal("7.25")


@pytest.mark.policy("ILL-132")
def test_the_customers_age_counts_on_the_day():
    write(duke(), birth_date=date(2008, 3, 1))
    assert found(date(2026, 2, 28), said=["few_hours"]).minimum.rate == Decimal("13.00")
    assert found(date(2026, 3, 1), said=["few_hours"]).minimum.rate == Decimal("15.00")


@pytest.mark.policy("AMB-I9", "ILL-132")
def test_a_program_minimum_of_15_holds_in_2020_though_illinois_had_less():
    """The document's example of May 2020 shows 15.00."""
    assert found(date(2020, 5, 15), cyep()).minimum.rate == Decimal("9.25")
    assert found(date(2020, 7, 1), cyep()).minimum.rate == Decimal("10.00")
    program_minimum(cyep(), "15.00", date(2020, 1, 1), until_on=date(2020, 12, 31))
    for day in (date(2020, 5, 15), date(2020, 7, 1)):
        finding = found(day, cyep())
        assert finding.is_sure
        minimum = finding.minimum
        assert (minimum.rate, minimum.found_in) == (Decimal("15.00"), MinimumFrom.PROGRAM)
        assert minimum.place == "Community Youth Employment Program (CYEP)"
        assert minimum.source == "Grant agreement of 2020, section 4"
    assert found(date(2021, 1, 1), cyep()).minimum.rate == Decimal("11.00")
    assert found(date(2020, 5, 15), None).minimum.rate == Decimal("9.25")


@pytest.mark.policy("AMB-I9")
def test_a_programs_minimum_below_the_law_changes_nothing():
    program_minimum(cyep(), "12.00", date(2025, 1, 1))
    assert found(TODAY, cyep()).minimum.found_in == MinimumFrom.LIST


DOUBTS = [
    ({"state": "MN", "county": "Hennepin", "city": "Minneapolis"}, "The list has no minimum wage of MN for this day."),
    ({"county": ""}, "Counties of IL have minimum wages of their own. Enter the county of the worksite."),
    ({"city": ""}, "Cities of IL have minimum wages of their own. Enter the city of the worksite."),
    (
        {"city": "Chicago", "county": "Cook", "employees": None},
        "The minimum wage here depends on the number of employees. Enter it with the employer.",
    ),
    (
        {"city": "Oak Park", "county": "Cook"},
        "The list says $15.00 (IL-CookCounty, since Jan. 1, 2025). It changes nearly every year there, and may be more "
        "by now.",
    ),
    (
        {"city": "Chicago", "county": "Cook", "on": date(2026, 3, 2)},
        "The list says $16.60 (IL-Chicago, since July 1, 2025). That was not verified.",
    ),
]


@pytest.mark.parametrize(("about", "sentence"), DOUBTS)
def test_why_it_is_not_sure_is_said(about, sentence):
    finding = found(**about)
    assert not finding.is_sure
    assert sentence in finding.doubts


def test_without_a_birth_date_a_rate_for_youth_is_not_sure():
    write(duke(), birth_date=None)
    assert found(said=["few_hours"]).doubts == (
        "The minimum wage here depends on the age. Enter the customer's birth date.",
    )
    assert found().is_sure


@pytest.mark.policy("ILL-132")
def test_what_is_entered_is_kept_with_its_source_and_its_place():
    finding = found(city="Oak Park", county="Cook")
    minimum = settled(finding, Entered(Decimal("15.40"), " Cook County, by phone "))
    assert (minimum.rate, minimum.found_in) == (Decimal("15.40"), MinimumFrom.ENTERED)
    assert (minimum.place, minimum.source) == ("Oak Park, IL", "Cook County, by phone")


@pytest.mark.policy("ILL-132")
@pytest.mark.parametrize(
    ("entered", "code"),
    [
        (None, "minimum-not-sure"),
        (Entered(Decimal("15.40"), " "), "minimum-without-source"),
        (Entered(Decimal("14.99"), "The county"), "minimum-too-low"),
        (Entered(Decimal("0.00"), "The county"), "minimum-can-not-be"),
    ],
)
def test_what_can_not_be_entered(entered, code):
    """Illinois' rate is sure, and the least that Cook County can have."""
    finding = found(city="Oak Park", county="Cook")
    assert finding.minimum.rate == Decimal("15.00")
    with pytest.raises(Refusal) as refused:
        settled(finding, entered)
    assert refused.value.code == code


@pytest.mark.policy("AMB-I9")
def test_a_rate_that_may_be_no_floor_is_never_found():
    write(MinimumWage.objects.get(jurisdiction="IL", circumstance="Standard", effective_on=date(2025, 1, 1)),
          usable_for_placement=False)  # fmt: skip
    assert found().listed.rate == Decimal("14.00")


def test_a_new_row_holds_from_its_day():
    minimum_wage("15.50", date(2027, 1, 1))
    assert found(date(2026, 12, 31)).minimum.rate == Decimal("15.00")
    assert found(date(2027, 1, 1)).minimum.rate == Decimal("15.50")


def test_it_asks_two_questions(django_assert_num_queries):
    program_minimum(cyep(), "12.00", date(2025, 1, 1))
    about, customer, program = job(), duke(), cyep()
    assert customer.office.region_id
    with CaptureQueriesContext(
        connection,
    ) as asked:
        finding_for(about, customer, program, TODAY)
    assert len(asked) == 2
