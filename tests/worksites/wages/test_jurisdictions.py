"""How the list of minimum wages names a place, and how people write it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worksites.wages.jurisdictions import FORM, city, county, may_be_county, mentions, place, spelled

SPELLED = {
    "US": "US", "us": "US", "il": "IL", " IL ": "IL", "IL -Chicago": "IL-Chicago", "IL-chicago ": "IL-Chicago",
    "IL–Oak Park": "IL-OakPark", "IL-City of Chicago": "IL-Chicago", "IL-Cook": "IL-Cook",
    "IL-Cook Co.": "IL-CookCounty",
    "IL-County of Cook": "IL-CookCounty", "il-COOK COUNTY, IL": "IL-CookCounty", "IL-cookcounty": "IL-CookCounty",
    "NC-Winston-Salem": "NC-WinstonSalem", "NM-Cañon City": "NM-CanonCity", "IL-DuPage County": "IL-DuPageCounty",
}  # fmt: skip


@pytest.mark.parametrize(("text", "as_listed"), SPELLED.items())
def test_it_is_written_in_one_way(text, as_listed):
    assert spelled(text) == spelled(as_listed) == as_listed
    assert re.search(FORM, as_listed)


@pytest.mark.parametrize(
    "text", ["", "Illinois", "ZZ", "ZZ-Cook", "US-Chicago", "US-", "IL-", "IL- .", "-Chicago", "Chicago"]
)
def test_what_is_no_place_of_the_country_is_not_read(text):
    assert spelled(text) is None


@given(st.text(max_size=20))
def test_whatever_is_read_has_the_form_of_the_list_and_stays(text):
    for typed in (text, f"IL-{text}", f"il - {text} County"):
        as_listed = spelled(typed)
        assert as_listed is None or (re.search(FORM, as_listed) and place(as_listed) == place(typed)), typed


@pytest.mark.parametrize("words", ["Cook County", "CookCounty", "cook", "COOK COUNTY ", "Cook-County", "Cook Co.",
                                   "County of Cook", "Cook, IL", "Cook IL", "cookcounty"])  # fmt: skip
def test_a_county_is_one_however_it_is_written(words):
    assert county(words) == "cook"


@pytest.mark.parametrize("words", ["St. Louis", "Saint Louis", "City of St. Louis", "SAINT LOUIS, MO 63101"])
def test_a_city_is_one_however_it_is_written(words):
    assert city(words) == "stlouis"


def test_names_are_compared_without_marks_and_cities_by_their_whole_name():
    assert city("Cañon City") == city("canon city")
    assert city("Chicago Heights") != city("Chicago")


@pytest.mark.parametrize(
    ("text", "does"), [("Cook or Lake", True), ("Chicago / Cook", True), ("Cookson", False), ("Lake", False)]
)
def test_whether_a_county_is_mentioned(text, does):
    assert mentions(text, "cook") is does


@pytest.mark.parametrize(
    ("text", "may"),
    [("IL-Cook", True), ("il-cook", True), ("IL-City of Cook", False), ("IL-Cook County", False), ("IL-Lake", False),
     ("WI-Cook", False), ("IL", False)],
)  # fmt: skip
def test_a_name_alone_may_be_a_county_of_the_list(text, may):
    assert may_be_county(text, ["US", "IL", "IL-Chicago", "IL-CookCounty"]) is may
