"""Which minimum wage holds for a placement, by place, day, age, employer and circumstance (ILL-132, AMB-I9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wages import rates_of_the_file
from worksites.wages.policy import (
    ProgramRate,
    Rate,
    Rates,
    Work,
    age_on,
    is_stale,
    minimum_wage,
    months_later,
)

TODAY = date(2026, 11, 29)
LIST = Rates(rates_of_the_file())
ADULT, YOUNG = date(1990, 1, 1), date(2008, 3, 1)


def work(place, employees: int | None = 30, born_on=ADULT, said=(), **more):
    """`place`: "Chicago, Cook, IL"; "?" for what is not known."""
    city, county, state = ("" if part == "?" else part for part in place.split(", "))
    return Work(state, county, city, employees, born_on, frozenset(said), **more)


def told(found):
    return "nothing" if found is None else f"{found.jurisdiction} {found.dollars}"


CHICAGO, OAK_PARK, JOLIET = "Chicago, Cook, IL", "Oak Park, Cook, IL", "Joliet, Will, IL"
SURE = [
    # Chicago had two rates by size from July 2020 to June 2024.
    (work(CHICAGO, 10), date(2021, 8, 1), "IL-Chicago 14.00"),
    (work(CHICAGO, 20), date(2021, 8, 1), "IL-Chicago 14.00"),
    (work(CHICAGO, 21), date(2021, 8, 1), "IL-Chicago 15.00"),
    (work(CHICAGO, 30), date(2021, 8, 1), "IL-Chicago 15.00"),
    (work(CHICAGO, 3), date(2021, 8, 1), "IL 11.00"),
    (work(CHICAGO), date(2021, 6, 30), "IL-Chicago 14.00"),
    (work("chicago, COOK COUNTY, il"), date(2021, 8, 1), "IL-Chicago 15.00"),
    (work(OAK_PARK), date(2020, 6, 30), "IL-CookCounty 12.00"),
    (work(OAK_PARK), date(2020, 7, 1), "IL-CookCounty 13.00"),
    (work("Oak Park, Cook County, IL"), date(2020, 8, 1), "IL-CookCounty 13.00"),
    (work("Oak Park, Cook, IL", 3), date(2020, 8, 1), "IL 10.00"),
    (work(JOLIET), date(2020, 2, 29), "IL 9.25"),
    (work(JOLIET), date(2024, 2, 29), "IL 14.00"),
    (work(JOLIET), TODAY, "IL 15.00"),
    (work(CHICAGO), TODAY, "IL-Chicago 17.05"),
    (work("Milwaukee, Milwaukee, WI"), TODAY, "WI 7.25"),
    (work("Milwaukee, ?, WI", None, None), TODAY, "WI 7.25"),  # nothing depends on what is not known
    (work("?, ?, WI"), TODAY, "WI 7.25"),
    (work("Milwaukee, Milwaukee, WI", born_on=YOUNG), TODAY, "WI 7.25"),
    # At 17 the lower rate holds only below 650 hours a year, and from the 18th birthday no more.
    (work(JOLIET, born_on=YOUNG, said=["few_hours"]), date(2025, 8, 1), "IL 13.00"),
    (work(JOLIET, born_on=YOUNG), date(2025, 8, 1), "IL 15.00"),
    (work(JOLIET, born_on=YOUNG, said=["few_hours"]), date(2026, 2, 28), "IL 13.00"),
    (work(JOLIET, born_on=YOUNG, said=["few_hours"]), date(2026, 3, 1), "IL 15.00"),
    (work(JOLIET, born_on=ADULT, said=["few_hours"]), date(2025, 8, 1), "IL 15.00"),
    (work(CHICAGO, born_on=date(2006, 1, 1)), date(2022, 8, 1), "IL-Chicago 12.00"),  # by age alone
    (work(CHICAGO, born_on=date(2003, 1, 1), said=["youth_program"]), date(2024, 8, 15), "IL-Chicago 15.00"),
    (work(CHICAGO, born_on=date(1999, 8, 15), said=["youth_program"]), date(2024, 8, 15), "IL-Chicago 16.20"),
    (work(CHICAGO, born_on=date(2003, 1, 1)), date(2024, 8, 15), "IL-Chicago 16.20"),
    (work(CHICAGO, said=["city_contract"]), date(2024, 8, 15), "IL-Chicago 17.40"),
    (work(CHICAGO), date(2024, 8, 15), "IL-Chicago 16.20"),
]  # fmt: skip


@pytest.mark.policy("ILL-132", "AMB-I9")
@pytest.mark.parametrize(("about", "on", "rate"), SURE)
def test_where_the_list_is_sure(about, on, rate):
    found = minimum_wage(LIST, about, on)
    assert (told(found.sure), found.doubts) == (rate, ())
    assert found.listed == found.sure


UNSURE = [
    # place and day, what is sure at least, what is listed, and why it is not sure
    (work(CHICAGO), date(2015, 8, 1), "US 7.25", "IL-Chicago 10.00", ["unverified", "unverified"]),
    (work(CHICAGO), date(2015, 6, 30), "US 7.25", "IL 8.25", ["unverified"]),
    (work(CHICAGO), date(2026, 3, 1), "IL 15.00", "IL-Chicago 16.60", ["unverified"]),
    (work(CHICAGO, None), date(2021, 8, 1), "IL 11.00", "IL 11.00", ["size"]),
    (work("?, Cook, IL"), date(2021, 8, 1), "IL-CookCounty 13.00", "IL-CookCounty 13.00", ["city"]),
    (work("Joliet, ?, IL"), date(2020, 8, 1), "IL 10.00", "IL 10.00", ["county"]),
    (work(OAK_PARK), date(2021, 8, 2), "IL 11.00", "IL-CookCounty 13.00", ["stale"]),
    (work(OAK_PARK), TODAY, "IL 15.00", "IL-CookCounty 15.00", ["stale"]),
    (work(OAK_PARK), date(2024, 3, 1), "IL 14.00", "IL-CookCounty 14.00", ["unverified"]),
    (work(JOLIET, born_on=None, said=["few_hours"]), date(2025, 8, 1), "IL 13.00", "IL 13.00", ["age"]),
    (work(CHICAGO, born_on=date(2003, 1, 1), said=["youth_program"]), date(2025, 8, 15), "IL 15.00",
     "IL-Chicago 16.50", ["unverified"]),
    (work(CHICAGO, said=["city_contract"]), date(2026, 8, 1), "IL-Chicago 17.05", "IL-Chicago 17.80", ["unverified"]),
    (work(CHICAGO, said=["city_contract"]), TODAY, "IL-Chicago 17.05", "IL-Chicago 17.80", ["stale"]),
    (work("Minneapolis, Hennepin, MN"), TODAY, "US 7.25", "US 7.25", ["state"]),
    (work("?, ?, ?"), TODAY, "US 7.25", "US 7.25", ["state"]),
    (work(JOLIET), date(2028, 1, 1), "US 7.25", "IL 15.00", ["stale"]),  # nobody looked for a year
    (work(CHICAGO, born_on=date(2009, 6, 1)), TODAY, "IL 15.00", "IL 15.00", ["stale"]),  # by age: of July 2023
    (work(JOLIET), date(1990, 1, 1), "nothing", "nothing", ["state"]),
]  # fmt: skip


@pytest.mark.policy("ILL-132", "AMB-I9")
@pytest.mark.parametrize(("about", "on", "at_least", "listed", "doubts"), UNSURE)
def test_where_it_is_not_sure(about, on, at_least, listed, doubts):
    found = minimum_wage(LIST, about, on)
    assert (told(found.sure), told(found.listed)) == (at_least, listed)
    assert [doubt.code for doubt in found.doubts] == doubts


# --- parts of it ----------------------------------------------------------------------------------


@pytest.mark.policy("ILL-132")
@pytest.mark.parametrize("county", ["Cook Co.", "County of Cook", "cook county, IL", "Cook or Lake"])
def test_a_county_is_read_or_doubted_and_never_another_one(county):
    found = minimum_wage(LIST, work(OAK_PARK, born_on=ADULT), TODAY)
    other = minimum_wage(LIST, replace(work(OAK_PARK), county=county), TODAY)
    assert told(other.sure) == told(found.sure)
    assert other.doubts[0].code == ("county" if "Lake" in county else "stale")


@pytest.mark.parametrize("city", ["City of Chicago", "CHICAGO", "Chicago, IL 60601"])
def test_a_city_is_one_however_it_is_written(city):
    assert told(minimum_wage(LIST, replace(work(CHICAGO), city=city), TODAY).sure) == "IL-Chicago 17.05"


def test_rates_of_one_place_are_together_however_it_is_written():
    rates = Rates(
        [Rate("IL-OakPark", date(2020, 1, 1), Decimal(16)), Rate("IL-Oakpark", date(2024, 1, 1), Decimal(15))]
    )
    assert minimum_wage(rates, work(OAK_PARK), TODAY).listed.dollars == Decimal(15)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 3, 1), date(2026, 3, 1), 18),
    ],
)
def test_whoever_was_born_on_a_leap_day_is_older_from_the_first_of_march(born_on, day, age):
    assert age_on(born_on, day) == age


def test_months_end_with_their_last_day():
    assert months_later(date(2024, 1, 31), 13) == date(2025, 2, 28)
    assert months_later(date(2023, 1, 31), 13) == date(2024, 2, 29)
    assert months_later(date(2024, 2, 29), -36) == date(2021, 2, 28)


YEARLY = [Rate("XX", date(year, 7, 1), Decimal(year - 2010)) for year in (2022, 2023, 2024)]


@pytest.mark.parametrize(("on", "stale"), [(date(2025, 8, 1), False), (date(2025, 8, 2), True)])
def test_a_place_that_changes_every_year_is_relied_on_for_thirteen_months(on, stale):
    assert is_stale(YEARLY[-1], YEARLY, on) is stale


def test_a_place_that_seldom_changes_is_relied_on():
    seldom = [Rate("XX", date(2005, 7, 1), Decimal(5)), Rate("XX", date(2009, 7, 24), Decimal("7.25"))]
    assert not is_stale(seldom[-1], seldom, date(2026, 11, 29))


def test_a_place_whose_rate_was_seen_unchanged_for_years_does_not_change_every_year():
    days = [date(2007, 7, 24), date(2008, 7, 24), date(2009, 7, 24)]
    country = [Rate("US", day, Decimal(7), seen_on=date(2026, 7, 6)) for day in days]
    assert not is_stale(country[-1], country, date(2030, 1, 1))


def test_a_rate_that_was_seen_again_is_relied_on():
    seen = Rate("XX", date(2024, 7, 1), Decimal(14), seen_on=date(2026, 7, 6))
    assert not is_stale(seen, [*YEARLY[:2], seen], date(2026, 11, 29))


PROGRAM = ProgramRate(7, None, date(2020, 1, 1), date(2020, 12, 31), Decimal("15.00"), "Jobs", "Grant")


@pytest.mark.policy("AMB-I9")
@pytest.mark.parametrize(
    ("on", "program", "region", "rate"),
    [
        (date(2020, 5, 15), 7, 1, Decimal("15.00")),
        (date(2020, 12, 31), 7, 1, Decimal("15.00")),
        (date(2019, 12, 31), 7, 1, Decimal("8.25")),
        (date(2021, 1, 1), 7, 1, Decimal("11.00")),
        (date(2020, 5, 15), 8, 1, Decimal("9.25")),
        (date(2020, 5, 15), None, 1, Decimal("9.25")),
    ],
)
def test_a_program_asks_for_more_in_its_days(on, program, region, rate):
    rates = Rates(rates_of_the_file(), [PROGRAM])
    assert minimum_wage(rates, work(JOLIET, program=program, region=region), on).listed.dollars == rate


def test_where_the_law_asks_for_as_much_as_the_program_the_law_is_named():
    rates = Rates(rates_of_the_file(), [ProgramRate(7, 1, date(2025, 1, 1), None, Decimal("15.00"))])
    assert told(minimum_wage(rates, work(JOLIET, program=7, region=1), TODAY).sure) == "IL 15.00"


@pytest.mark.policy("AMB-I9")
def test_a_program_of_one_region_says_nothing_in_another():
    rates = Rates(rates_of_the_file(), [ProgramRate(7, 1, date(2025, 1, 1), None, Decimal("20.00"))])
    assert minimum_wage(rates, work(JOLIET, program=7, region=2), TODAY).sure.dollars == Decimal("15.00")


def test_a_programs_minimum_does_not_make_an_old_rate_of_the_law_sure():
    rates = Rates(rates_of_the_file(), [ProgramRate(7, None, date(2025, 1, 1), None, Decimal("15.00"))])
    assert [doubt.code for doubt in minimum_wage(rates, work(OAK_PARK, program=7), TODAY).doubts] == ["stale"]


# --- against a search by hand ----------------------------------------------------------------------

DAY = st.dates(date(2009, 8, 1), date(2027, 6, 30))
PLACES = st.sampled_from(
    ["Chicago, Cook, IL", "Oak Park, Cook County, IL", "Joliet, Will, IL", "Milwaukee, Milwaukee, WI",
     "Minneapolis, Hennepin, MN"]
)  # fmt: skip
SAID = st.sets(st.sampled_from(["few_hours", "youth_program", "city_contract"]))


@st.composite
def works(draw):
    born_on = draw(st.dates(date(1960, 1, 1), date(2012, 12, 31)))
    return work(draw(PLACES), draw(st.integers(1, 60)), born_on, draw(SAID))


def places_of(about):
    county = about.county.removesuffix(" County")
    return {"US", about.state, f"{about.state}-{about.city}", f"{about.state}-{county}County"}


def by_hand(about, on):
    """The rates that apply, place by place: from the day backwards until one is found."""
    found = []
    years = on.year - about.born_on.year - ((on.month, on.day) < (about.born_on.month, about.born_on.day))
    for place in places_of(about):
        fitting = {
            kind: newest
            for kind in ("everybody", "age", "few_hours", "youth_program", "city_contract")
            if kind in {"everybody", "age", *about.circumstances}
            and (newest := newest_by_hand(place, kind, years, about.employees, on))
        }
        contract = fitting.pop("city_contract", None)
        standard = fitting.pop("everybody", None)
        youth = max(fitting.values(), key=lambda rate: rate.dollars, default=None)
        found += [rate for rate in (youth or standard, contract) if rate is not None]
    in_city = [rate for rate in found if rate.jurisdiction == "IL-Chicago"]
    return [rate for rate in found if not (in_city and rate.jurisdiction == "IL-CookCounty")]


def newest_by_hand(place, kind, years, employees, on):
    for day in sorted((day for of, day in BY_DAY if of == place and day <= on), reverse=True):
        for rate in BY_DAY[place, day]:
            small, large = rate.employees_from or 1, rate.employees_to or 10**6
            old = rate.under_age is not None and years >= rate.under_age
            if rate.holds_for == kind and small <= employees <= large and not old:
                return rate
    return None


BY_DAY = {}
for each in rates_of_the_file():
    if each.is_usable:
        BY_DAY.setdefault((each.jurisdiction, each.since), []).append(each)


@pytest.mark.policy("ILL-132", "AMB-I9")
@settings(max_examples=100, deadline=None)
@given(works(), DAY)
def test_it_is_the_highest_of_what_applies_found_by_hand(about, on):
    found = minimum_wage(LIST, about, on)
    applying = by_hand(about, on)
    assert found.listed.dollars == max(rate.dollars for rate in applying)
    assert found.listed.is_usable
    verified = [rate for rate in applying if rate.is_verified]
    relied_on = [rate for rate in verified if not is_stale_by_hand(rate, on)]
    assert (found.sure.dollars if found.sure else None) == max((rate.dollars for rate in relied_on), default=None)
    if not found.doubts:
        assert all(found.sure.dollars >= rate.dollars for rate in applying)
        assert about.state != "MN"


def is_stale_by_hand(rate, on):
    days = {day for place, day in BY_DAY if place == rate.jurisdiction and day <= on}
    newest = max(days)
    before = [day for day in days if day < newest and day >= newest.replace(year=newest.year - 3)]
    seen = max(rate.since, rate.seen_on or rate.since)
    months = seen.year * 12 + seen.month + 13
    limit = date((months - 1) // 12, (months - 1) % 12 + 1, seen.day)
    return len(before) >= 2 and on > limit


UNKNOWN = st.sampled_from(["employees", "born_on", "county", "city"])


@settings(max_examples=100, deadline=None)
@given(works(), DAY, UNKNOWN)
def test_what_is_not_known_makes_it_sure_only_where_it_changes_nothing(about, on, name):
    """Whatever it turns out to be, no less than the floor holds; and where there is no doubt, that very rate."""
    unknown = {"employees": None, "born_on": None, "county": "", "city": ""}[name]
    less = minimum_wage(LIST, Work(**{**about.__dict__, name: unknown}), on)
    known = minimum_wage(LIST, about, on)
    assert less.sure is None or (known.sure is not None and less.sure.dollars <= known.sure.dollars)
    if not less.doubts:
        assert known.doubts == ()
        assert less.sure.dollars == known.sure.dollars


RATES = st.builds(
    Rate,
    jurisdiction=st.sampled_from(["US", "IL", "IL-Chicago", "IL-CookCounty"]),
    since=st.dates(date(2020, 1, 1), date(2023, 12, 31)),
    dollars=st.decimals(5, 20, places=2),
    is_usable=st.booleans(),
    is_verified=st.booleans(),
    holds_for=st.sampled_from(["everybody", "nobody", "city_contract"]),
)


@pytest.mark.policy("AMB-I9")
@settings(max_examples=100, deadline=None)
@given(st.lists(RATES, max_size=12), st.dates(date(2020, 1, 1), date(2024, 12, 31)))
def test_a_rate_below_the_minimum_is_never_used(rates, on):
    found = minimum_wage(Rates(rates), work(CHICAGO, said=["city_contract"]), on)
    for rate in (found.sure, found.listed, *(doubt.rate for doubt in found.doubts)):
        assert rate is None or (rate.is_usable and rate.holds_for != "nobody" and rate.since <= on)
