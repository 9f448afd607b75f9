"""The desired career path: kept with the customer, changed at any time."""

from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.base.refusals import NotAllowed
from goals.actions import save_career_path
from goals.models import CareerCluster, CareerPath, Occupation
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, david, henrik, north_planner, planner, tyrell
from tests.rows import write

pytestmark = pytest.mark.django_db


def path_of(customer):
    return reverse("plan:career-path", args=[customer.pk])


def save(client, customer, **values):
    path = path_of(customer)
    return client.post(path, Page(client.get(path)).form(path) | values, follow=True)


@pytest.mark.policy("ILL-040")
@pytest.mark.parametrize("customer", [henrik, david, angela, tyrell], ids=["no plan", "draft", "active", "awaiting"])
def test_it_is_changed_at_any_time(client, customer):
    client.force_login(customer().planner)
    page = Page(save(client, customer(), wage_goal="21.75", occupation_1_code="47-2111"))
    assert "The desired career path was saved." in page.words
    assert page.facts()["Occupation 1"] == "Electricians (47-2111)"
    assert page.facts()["Wage Goal (Per Hour)"] == "$21.75"


@pytest.mark.policy("ILL-040")
def test_it_is_changed_after_the_plan_has_closed():
    states.closed(angela())
    save_career_path(angela(), {"wage_goal": Decimal("30")}, by=planner(), at=states.now())
    assert CareerPath.objects.get(customer=angela()).wage_goal == Decimal("30")


@pytest.mark.policy("ILL-040")
def test_the_customer_may_change_it_and_nobody_from_outside():
    save_career_path(angela(), {"wage_goal": Decimal("30")}, by=angela().user, at=states.now())
    for somebody in (north_planner(), david().user, administrator()):
        with pytest.raises(NotAllowed):
            save_career_path(angela(), {"wage_goal": Decimal("3")}, by=somebody, at=states.now())
    assert CareerPath.objects.get(customer=angela()).wage_goal == Decimal("30")


@pytest.mark.policy("ILL-041", "ILL-042", "ILL-043", "ILL-044")
def test_pathway_occupations_and_wage_are_saved_and_shown_on_the_overview(client):
    client.force_login(planner())
    pathway = CareerCluster.objects.filter(is_active=True).order_by("position")[0]
    chosen = {"pathway": pathway.pk, "occupation_1_code": "47-2111", "occupation_2_code": "31-1131"}
    facts = Page(save(client, david(), wage_goal="21.75", **chosen)).facts()
    assert facts["Career Pathway Choice"] == str(pathway)
    assert facts["Occupation 1"] == "Electricians (47-2111)"
    assert facts["Occupation 2"] == "Nursing Assistants (31-1131)"
    assert facts["Wage Goal (Per Hour)"] == "$21.75"
    links = Page(client.get(reverse("plan:overview", args=[david().pk]))).links()
    assert links["See More desired career path"] == path_of(david())


@pytest.mark.policy("ILL-042", "ILL-043")
@pytest.mark.parametrize("code", ["29-0000", "29-1141"], ids=["a group", "no longer offered"])
def test_the_planner_too_chooses_occupations_that_are_offered_and_no_groups(client, code):
    write(Occupation.objects.get(code="29-1141"), is_active=False)
    client.force_login(planner())
    answer = save(client, david(), occupation_1_code="47-2111", occupation_2_code=code)
    assert answer.status_code == 422
    assert "Choose an occupation from the list." in Page(answer).words
    assert not CareerPath.objects.filter(customer=david()).exists()


def test_an_occupation_that_is_offered_no_longer_stays_in_the_path(client):
    client.force_login(planner())
    save(client, david(), occupation_1_code="29-1141")
    write(Occupation.objects.get(code="29-1141"), is_active=False)
    facts = Page(save(client, david(), wage_goal="21.75")).facts()
    assert facts["Occupation 1"] == "Registered Nurses (29-1141)"
    assert facts["Wage Goal (Per Hour)"] == "$21.75"


@pytest.mark.policy("ILL-041", "ILL-042", "ILL-043", "ILL-044")
def test_what_is_not_set_is_none(client):
    client.force_login(planner())
    facts = Page(client.get(reverse("plan:overview", args=[david().pk]))).facts()
    names = ("Career Pathway Choice", "Occupation 1", "Occupation 2", "Wage Goal (Per Hour)")
    assert [facts[name] for name in names] == ["None"] * 4


@pytest.mark.parametrize(
    "typed", ["31-1131", "Nursing Assistants", "nursing assistants", "Nursing Assistants (31-1131)", " 31-1131 "]
)
def test_an_occupation_is_typed_by_code_title_or_both(client, typed):
    client.force_login(planner())
    save(client, david(), occupation_2_code=typed)
    assert CareerPath.objects.get(customer=david()).occupation_2.code == "31-1131"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"occupation_1_code": "Wizard"},
            "occupation_1_code",
            "Choose an occupation from the list, or type its SOC code.",
        ),
        ({"wage_goal": "-1"}, "wage_goal", "Enter 0 or more."),
        ({"wage_goal": "a lot"}, "wage_goal", "Enter one amount in dollars, for example 1,250.00."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, values, field, sentence):
    client.force_login(planner())
    answer = save(client, david(), **values)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert not CareerPath.objects.filter(customer=david()).exists()


def test_saving_the_form_as_it_stands_keeps_everything(client):
    client.force_login(planner())
    before = CareerPath.objects.values().get(customer=angela())
    write(CareerCluster.objects.get(pk=before["pathway_id"]), is_active=False)
    save(client, angela())
    assert CareerPath.objects.values().get(customer=angela()) == before


def test_a_stale_form_overwrites_nothing(client):
    client.force_login(planner())
    path = path_of(angela())
    opened = Page(client.get(path)).form(path)
    save_career_path(angela(), {"wage_goal": Decimal("30")}, by=angela().user, at=states.now())
    answer = client.post(path, opened | {"wage_goal": "25"})
    assert answer.status_code == 422
    assert CareerPath.objects.get(customer=angela()).wage_goal == Decimal("30")
