"""Choosing an occupation: three linked lists, or a search; both without JavaScript."""

import pytest
from django.urls import reverse

from goals.models import CareerGoal, Occupation
from tests.markup import Page, values_of, words_of
from tests.people import david, keisha, planner
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def path_of(role="employment", customer=david):
    return reverse("plan:career-goal", args=[customer().pk, role])


def choices(page, name):
    """Code by title, as a list offers them."""
    options = page.root.xpath("//select[@name=$name]/option[@value!='']", name=name)
    return {words_of(option): option.get("value") for option in options}


def offered(page):
    """What each Choose button posts, by the occupation's title."""
    rows = page.root.xpath("//*[@id='occupations']//li")
    return {words_of(row.xpath(".//button/span")[0]): values_of(row.find(".//form")) for row in rows}


@pytest.mark.policy("WIS-033")
def test_category_subcategory_and_occupation_are_chosen_one_after_the_other(client):
    page = Page(client.get(path_of("long_term", keisha)))
    majors = choices(page, "major")
    assert len(majors) == Occupation.objects.filter(level="major").count() == 23
    assert choices(page, "minor") == {}
    assert offered(page) == {}
    chosen = {"major": majors["Healthcare Support Occupations"]}
    page = Page(client.get(path_of("long_term", keisha), chosen))
    minors = choices(page, "minor")
    assert set(minors.values()) == set(
        Occupation.objects.filter(level="minor", parent__code=chosen["major"]).values_list("code", flat=True)
    )
    chosen["minor"] = minors[
        "Home Health and Personal Care Aides; and Nursing Assistants, Orderlies, and Psychiatric Aides"
    ]
    page = Page(client.get(path_of("long_term", keisha), chosen))
    assert {"Nursing Assistants", "Orderlies", "Psychiatric Aides"} < offered(page).keys()
    client.post(path_of("long_term", keisha), offered(page)["Nursing Assistants"])
    assert CareerGoal.objects.get(plan__customer=keisha(), role="long_term").occupation.code == "31-1131"


@pytest.mark.parametrize(
    ("asked", "above", "below"),
    [
        ({}, "q", "major"),  # where what is typed will be answered
        ({"q": "nursing assistant"}, "q", "major"),
        ({"major": "31-0000", "minor": "31-1100"}, "minor", "wage-floor"),
    ],
)
def test_what_is_found_stands_below_the_field_that_asked(client, asked, above, below):
    page = Page(client.get(path_of(), asked))
    places = [node.get("id") for node in page.root.xpath("//main//*[@id]")]
    assert places.count("occupations") == 1
    assert places.index(above) < places.index("occupations") < places.index(below)


def test_who_knows_the_occupation_searches_before_reading_what_career_exploration_means(client):
    page = Page(client.get(path_of()))
    [search, explore] = page.root.xpath("//main//input[@id='q' or @name='explores']")
    assert (search.get("id"), explore.get("name")) == ("q", "explores")


def test_the_lists_keep_what_was_chosen_and_have_a_button(client):
    page = Page(client.get(path_of(), {"major": "31-0000", "minor": "31-1100"}))
    shown = page.form("", "Show")
    assert shown == {"major": "31-0000", "minor": "31-1100"}


def test_a_search_finds_every_word_in_a_title_or_the_beginning_of_a_code(client):
    assert set(offered(Page(client.get(path_of(), {"q": "NURSE practitioner"})))) == {"Nurse Practitioners"}
    assert set(offered(Page(client.get(path_of(), {"q": "29-117"})))) == {"Nurse Practitioners"}
    assert Page(client.get(path_of(), {"q": "Nurse"})).form("", "Search") == {"q": "Nurse"}


def test_a_search_without_a_find_says_what_to_do(client):
    page = Page(client.get(path_of(), {"q": "astronaut of the seas"}))
    assert offered(page) == {}
    assert "No occupation is called so. Try fewer or other words, or choose from the lists." in page.words


def test_a_broad_search_shows_the_first_twenty(client):
    assert len(offered(Page(client.get(path_of(), {"q": "e"})))) == 20


def test_only_detailed_occupations_that_are_offered_are_found(client):
    assert not offered(Page(client.get(path_of(), {"q": "Top Executives"})))
    write(Occupation.objects.get(code="29-1171"), is_active=False)
    assert not offered(Page(client.get(path_of(), {"q": "Nurse Practitioners"})))
    assert client.post(path_of(), {"occupation": "29-1171"}).status_code == 409


@pytest.mark.parametrize("query", [{"q": "nurse"}, {"major": "31-0000", "minor": "31-1100"}, {"q": "zzz"}])
def test_the_fragment_is_that_of_the_page(client, query):
    fragment = Page(client.get(path_of(), query, headers={"HX-Request": "true"}))
    page = Page(client.get(path_of(), query))
    assert fragment.root.get("id") == "occupations"
    assert words_of(fragment.root) == words_of(page.root.get_element_by_id("occupations"))
    assert offered(fragment) == offered(page)


def test_strange_queries_are_answered(client):
    for query in ({"q": "%"}, {"q": "a" * 200}, {"major": "x", "minor": "'"}):
        assert client.get(path_of(), query).status_code == 200
