"""The customer's own page of the desired career path; what the planner sees of who changed it."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from careerplan.base.dates import day_of, in_text
from goals.actions import save_career_path
from goals.models import CareerCluster, CareerPath, Occupation
from tests import states
from tests.markup import Page
from tests.onet import write_release
from tests.people import angela, david, lucia, north_planner, planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

PATH = "/my/career-path/"


def place(which):
    return reverse("my:career-path-occupation", args=[which])


def codes(customer):
    path = CareerPath.objects.select_related("occupation_1", "occupation_2").get(customer=customer)
    return [row.code if row else None for row in (path.occupation_1, path.occupation_2)]


@pytest.fixture
def own(client):
    client.force_login(david().user)
    return client


@pytest.mark.policy("ILL-040", "ILL-041", "ILL-042", "ILL-043", "ILL-044")
def test_the_customer_chooses_two_occupations_a_pathway_and_a_wage(own):
    for which, typed, code in (("first", "CNA", "31-1131"), ("second", "enfermera", "29-1141")):
        page = Page(own.get(place(which), {"q": typed}))
        chosen = page.root.xpath("//form[input[@name='occupation']]")[0]
        assert chosen.get("action") == place(which)
        assert chosen.xpath("input[@name='occupation']/@value") == [code]
        page = Page(own.post(place(which), {"occupation": code}, follow=True))
        assert "The desired career path was saved." in page.words
    pathway = CareerCluster.objects.filter(is_active=True).order_by("position")[0]
    data = Page(own.get(PATH)).form(PATH) | {"pathway": pathway.pk, "wage_goal": "21.75"}
    page = Page(own.post(PATH, data, follow=True))
    assert codes(david()) == ["31-1131", "29-1141"]
    path = CareerPath.objects.get(customer=david())
    assert (path.pathway, path.wage_goal) == (pathway, Decimal("21.75"))
    words = page.words
    assert "Nursing Assistants (31-1131)" in words
    assert "Registered Nurses (29-1141)" in words


@pytest.mark.policy("ILL-040")
@pytest.mark.parametrize("who", [david, angela, lucia], ids=["a draft", "in force", "exploring"])
def test_it_stands_on_the_dashboard_and_leads_to_its_page(client, who):
    customer = who()
    save_career_path(
        customer,
        {"occupation_1": Occupation.objects.get(code="31-1131"), "wage_goal": Decimal("19")},
        by=customer.user,
        at=states.now(),
    )
    client.force_login(customer.user)
    page = Page(client.get(reverse("my:dashboard"), headers={"accept-language": "en"}))
    [section] = page.root.xpath("//section[@id='wishes']")
    said = " ".join(section.text_content().split())
    assert "Nursing Assistants (31-1131)" in said
    assert "$19.00" in said
    assert section.xpath(".//a/@href") == [PATH]


def test_the_dashboard_asks_for_it_where_nothing_was_chosen(own):
    words = Page(own.get(reverse("my:dashboard"))).words
    assert "Tell your planner which work you would like, and what it should pay." in words
    write_nothing = save_career_path(david(), {"wage_goal": None}, by=david().user, at=states.now())
    assert write_nothing.pk
    assert "Tell your planner which work you would like" in Page(own.get(reverse("my:dashboard"))).words


@pytest.mark.policy("ILL-040")
def test_the_planner_sees_that_the_customer_changed_it_and_when(client, own):
    own.post(place("first"), {"occupation": "31-1131"})
    client.force_login(planner())
    day = in_text(day_of(states.now()))
    for name in ("plan:goals", "plan:career-path"):
        page = Page(client.get(reverse(name, args=[david().pk])))
        assert f"Last changed by the customer, {david()}, on {day}." in page.words
        assert page.facts()["Occupation 1"] == "Nursing Assistants (31-1131)"
    save_career_path(david(), {"wage_goal": Decimal("20")}, by=planner(), at=states.now())
    page = Page(client.get(reverse("plan:goals", args=[david().pk])))
    assert f"Last changed by {planner()} on {day}." in page.words
    client.force_login(david().user)
    assert f"Last changed by {planner()} on {day}." in Page(client.get(PATH)).words


@pytest.mark.policy("ILL-042", "ILL-043")
@pytest.mark.parametrize("which", ["first", "second"])
def test_an_occupation_is_taken_out_again(own, which):
    own.post(place("first"), {"occupation": "31-1131"})
    own.post(place("second"), {"occupation": "29-1141"})
    page = Page(own.get(place(which)))
    assert "Chosen now:" in page.words
    own.post(
        place(which),
        page.form(
            place(which),
            "Remove " + ("Nursing Assistants (31-1131)" if which == "first" else "Registered Nurses (29-1141)"),
        ),
    )
    assert codes(david()) == ([None, "29-1141"] if which == "first" else ["31-1131", None])


@pytest.mark.parametrize("code", ["00-0000", "nurse", "29-0000"])
def test_what_is_no_occupation_that_is_offered_is_refused(own, code):
    before = everything()
    answer = own.post(place("first"), {"occupation": code})
    assert answer.status_code == 409
    assert "Choose an occupation from the list." in Page(answer).words
    assert changed(before, everything()) == {}


def test_a_place_that_there_is_not_is_not_found(own, client):
    assert own.get("/my/career-path/third/").status_code == 404
    assert own.post("/my/career-path/third/", {"occupation": "31-1131"}).status_code == 404
    client.force_login(planner())
    assert client.get(reverse("plan:career-path-occupation", args=[david().pk, "third"])).status_code == 404


def test_a_stale_form_overwrites_nothing(own):
    save_career_path(david(), {"wage_goal": Decimal("20")}, by=planner(), at=states.now())
    opened = Page(own.get(PATH)).form(PATH)
    save_career_path(david(), {"wage_goal": Decimal("30")}, by=planner(), at=states.now())
    assert own.post(PATH, opened | {"wage_goal": "25"}).status_code == 422
    assert CareerPath.objects.get(customer=david()).wage_goal == Decimal("30")


def test_a_wage_goal_below_the_minimum_wage_is_told_to_the_customer_and_kept(own):
    page = Page(own.post(PATH, Page(own.get(PATH)).form(PATH) | {"wage_goal": "9"}, follow=True))
    assert "This wage goal is below the minimum wage of $15.00 an hour. It was saved as you entered it." in page.words
    assert CareerPath.objects.get(customer=david()).wage_goal == Decimal("9")


@pytest.mark.policy("ILL-040")
def test_the_planner_uses_the_same_search(client):
    client.force_login(north_planner())
    path = reverse("plan:career-path-occupation", args=[lucia().pk, "second"])
    assert path in Page(client.get(reverse("plan:career-path", args=[lucia().pk]))).links().values()
    page = Page(client.get(path, {"q": "RN"}))
    assert page.root.xpath("//form[input[@name='occupation']]/@action")[0] == path
    client.post(path, {"occupation": "29-1141"})
    assert codes(lucia()) == [None, "29-1141"]


def test_a_retired_occupation_stays_in_the_path_and_says_so(own, client):
    own.post(place("first"), {"occupation": "31-1131"})
    write(Occupation.objects.get(code="31-1131"), is_active=False)
    assert "This occupation is no longer offered." in Page(own.get(PATH)).words
    client.force_login(planner())
    facts = Page(client.get(reverse("plan:goals", args=[david().pk]))).facts()
    assert facts["Occupation 1"] == "Nursing Assistants (31-1131) This occupation is no longer offered."


def test_the_page_asks_a_fixed_number_of_questions(own, django_assert_max_num_queries):
    own.post(place("first"), {"occupation": "31-1131"})
    own.get(PATH)
    for path, most in ((PATH, 9), (place("first"), 9), (f"{place('first')}?q=nurse", 12)):
        with django_assert_max_num_queries(most):
            own.get(path)


# --- what O*NET says beside it ----------------------------------------------------------------

USUALLY = "Job zone 2 of 5: usually a high school diploma"
ATTRIBUTION = "This page includes information from the O*NET 29.3 Database"


@pytest.fixture
def release(tmp_path):
    call_command("import_onet", write_release(tmp_path / "29.3"))


def test_the_usual_education_stands_beside_a_chosen_occupation(client, own, release):
    own.post(place("first"), {"occupation": "31-1131"})
    page = Page(own.get(PATH))
    assert USUALLY in page.words
    assert ATTRIBUTION in page.words
    client.force_login(planner())
    for name in ("plan:goals", "plan:career-path"):
        page = Page(client.get(reverse(name, args=[david().pk])))
        assert page.facts()["Occupation 1"] == f"Nursing Assistants (31-1131) {USUALLY}"
        assert ATTRIBUTION in page.words
    page = Page(client.get(reverse("plan:goals", args=[angela().pk])))
    assert page.facts()["Employment goal of the plan"] == f"Nursing Assistants (31-1131) {USUALLY}"


def test_without_a_release_pages_say_nothing_of_it(client, own):
    own.post(place("first"), {"occupation": "31-1131"})
    assert "Job zone" not in Page(own.get(PATH)).words
    client.force_login(planner())
    words = Page(client.get(reverse("plan:goals", args=[david().pk]))).words
    assert "Job zone" not in words
    assert "O*NET" not in words


def test_in_spanish_the_page_speaks_spanish(client):
    client.force_login(lucia().user)
    client.post(place("first"), {"occupation": "31-1131"})
    page = client.get(PATH, headers={"accept-language": "es"}).content.decode()
    assert '<bdi lang="en">Nursing Assistants (31-1131)</bdi> <small class="in-language">(inglés)</small>' in page
    assert "El trabajo que quiero" in page
