"""The service catalog: a page of its own, and the fragment that the dialog shows."""

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from goals.models import Goal
from services.actions import add_service
from services.models import PlannedService, Service, ServiceCategory
from tests import states
from tests.markup import Page, values_of, words_of
from tests.naming import shown
from tests.people import angela, david, lucia, planner, tyrell, youth_planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
EVERYTHING = {"everything": "on", "q": "counseling"}


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def catalog_path(customer=david):
    return reverse("plan:catalog", args=[customer().pk])


def rows(client, **query):
    """The services of each page, whatever offers them; parts of the list have a heading and no cells."""
    pages = []
    for number in range(1, 10):
        page = Page(client.get(catalog_path(), {"everything": "on"} | query | {"page": number}))
        pages += listed(page)
        if not page.root.xpath("//nav[@class='pager']//a[@rel='next']"):
            return pages
    raise AssertionError("The pages have no end.")


def listed(page):
    found = page.root.xpath("//table[caption='Service catalog']")[0]
    headings = [words_of(cell) for cell in found.xpath("./thead/tr/th")]
    lines = [row.xpath("./td") for row in found.xpath("./tbody/tr[td[4]]")]
    return [dict(zip(headings, map(words_of, cells), strict=True)) for cells in lines]


@pytest.mark.policy("ILL-006", "ILL-090")
def test_the_catalog_lists_every_offered_service_with_its_reporting_elements(client):
    found = rows(client)
    assert list(found[0]) == ["Category", "Service", "Description", "Action"]
    assert len(found) == Service.objects.filter(is_active=True).count()
    assert Page(client.get(catalog_path())).form(catalog_path()) == {"category": "", "q": ""}
    services = {shown(service): service for service in Service.objects.filter(is_active=True)}
    for row in found:
        numbers = services[row["Service"]].pirl_elements
        assert f" PIRL {numbers} " in f"{row['Description']} " or not numbers


@pytest.mark.parametrize(
    ("words", "category", "elements"),
    [
        pytest.param("Development of an IEP", "Career", "1004;1200;1201;1202", marks=pytest.mark.policy("ILL-092")),
        pytest.param(
            "English Language Education", "Career", "1004;1200;1201;1207", marks=pytest.mark.policy("ILL-093")
        ),
        pytest.param("Needs-Related Payments", "Supportive", "1500", marks=pytest.mark.policy("ILL-094")),
        pytest.param(
            "On-the-Job Training - Private Sector", "Training", "1303-01", marks=pytest.mark.policy("ILL-095")
        ),
        pytest.param("Other Supportive Services", "Supportive", "1409", marks=pytest.mark.policy("ILL-096")),
        pytest.param("Skill Upgrading and Retraining", "Training", "1303-02", marks=pytest.mark.policy("ILL-098")),
        pytest.param("Support - Health Care", "Supportive", "1409", marks=pytest.mark.policy("ILL-099")),
        pytest.param(
            "Registered Apprenticeship Program",
            "Apprenticeship",
            "1303-09",
            marks=pytest.mark.policy("ILL-097", "AMB-I6"),
        ),
    ],
)
def test_the_services_of_the_document_are_found_by_their_words(client, words, category, elements):
    found = [row for row in rows(client, q=words) if f" {words}" in row["Service"]]
    assert len(found) == 1
    assert f" {category}" in found[0]["Category"]
    said, told = found[0]["Description"].rsplit(" PIRL ", 1)
    numbers = told.split()[0]  # what is not offered here says why behind them
    assert said.startswith(Service.objects.get(name__startswith=words).description)
    assert set(elements.split(";")) <= set(numbers.split(";"))


@pytest.mark.policy("ILL-100", "AMB-I6")
def test_the_row_that_is_cut_off_in_the_document_is_no_service():
    names = {service.name for service in Service.objects.filter(is_supportive=True)}
    assert "Support - Health Care" in names
    assert not [name for name in names if name.startswith("Support - Service")]
    assert not Service.objects.filter(is_supportive=True, pirl_elements__contains="1200").exists()


@pytest.mark.policy("ILL-091")
def test_a_category_narrows_the_list(client):
    supportive = ServiceCategory.objects.get(code="SS")
    form = Page(client.get(catalog_path())).root.xpath("//form//select[@name='category']/option")
    assert [option.text for option in form][:1] == ["All"]
    assert "SS" in [option.get("value") for option in form]
    found = rows(client, category="SS")
    assert {row["Category"] for row in found} == {shown(supportive)}
    assert len(found) == supportive.services.count()


def test_a_search_wants_every_word_in_any_order_and_case(client):
    assert [row["Service"] for row in rows(client, q="CHILD support dependent")] == [
        "Help with child care or family care Support - Child Care / Dependent Care"
    ]
    assert {row["Category"] for row in rows(client, q="1409")} >= {shown(ServiceCategory.objects.get(code="SS"))}
    assert len(rows(client, category="TR", q="training")) < len(rows(client, q="training"))


def test_without_a_find_it_says_what_to_do(client):
    page = Page(client.get(catalog_path(), {"q": "submarine"}))
    assert "0 services" in page.words
    assert "No service has all these words. Try fewer, or another category." in page.words


def test_what_is_no_longer_offered_is_not_listed_and_not_added(client):
    write(Service.objects.get(code="TR-OST"), is_active=False)
    assert "Occupational Skills Training (ITA)" not in Page(client.get(catalog_path(), {"category": "TR"})).words
    before = everything()
    answer = client.post(reverse("plan:service-add", args=[david().pk]), {"service": "TR-OST"})
    assert answer.status_code == 409
    assert "This service is no longer offered. Choose another." in Page(answer).words
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("query", [{}, {"category": "SS"}, {"q": "training", "category": "TR"}, {"q": "submarine"}])
def test_the_fragment_is_that_of_the_page(client, query):
    fragment = Page(client.get(catalog_path(), query, headers=HTMX))
    page = Page(client.get(catalog_path(), query))
    assert fragment.root.get("id") == "catalog"
    assert words_of(fragment.root) == words_of(page.root.get_element_by_id("catalog"))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"category": "NONE"}, 200),
        ({"q": "%_\\"}, 200),
        ({"q": "a" * 201}, 400),
        ({"goal": "²"}, 404),
        ({"goal": "x"}, 404),
    ],
)
def test_strange_queries_are_answered(client, query, status):
    assert client.get(catalog_path(), query).status_code == status


# --- adding -----------------------------------------------------------------------------------


def add_button(page, code):
    forms = [form for form in page.root.iter("form") if values_of(form).get("service") == code]
    return forms[0].get("action"), values_of(forms[0])


@pytest.mark.policy("ILL-089", "ILL-101")
def test_a_service_is_added_by_a_plain_form(client):
    path, data = add_button(Page(client.get(catalog_path(), EVERYTHING)), "BC-COUN")
    page = Page(client.post(path, data, follow=True))
    assert "was added. Now assign it to a goal." in page.words
    planned = PlannedService.objects.get(plan__customer=david(), service__code="BC-COUN")
    assert (planned.goal, planned.status, planned.planned_start_on) == (None, "planned", None)


def test_the_dialog_adds_without_leaving_the_page(client):
    path, data = add_button(Page(client.get(catalog_path(), EVERYTHING, headers=HTMX)), "BC-COUN")
    answer = client.post(path, data, headers=HTMX)
    assert words_of(Page(answer).root).startswith("Added")
    assert PlannedService.objects.filter(plan__customer=david(), service__code="BC-COUN").count() == 1


@pytest.mark.policy("ILL-108")
def test_opened_from_a_goal_it_adds_to_that_goal(client):
    goal = Goal.objects.get(plan__customer=david(), statement="Learn how to drive")
    goals = Page(client.get(reverse("plan:goals", args=[david().pk])))
    page = Page(client.get(goals.links()["Add a service Learn how to drive"]))
    assert "Steps for: Learn how to drive" in page.words
    path, data = add_button(page, "SS-EXAM")
    client.post(path, data)
    assert PlannedService.objects.get(plan__customer=david(), service__code="SS-EXAM").goal == goal


def test_the_goal_stays_chosen_while_one_searches(client):
    goal = Goal.objects.get(plan__customer=david(), statement="Learn how to drive")
    page = Page(client.get(catalog_path(), {"goal": goal.pk, "q": "legal"}))
    assert page.form(catalog_path())["goal"] == str(goal.pk)


def test_a_goal_of_another_plan_is_not_found(client):
    goal = Goal.objects.filter(plan__customer=angela())[0]
    assert client.get(catalog_path(), {"goal": goal.pk}).status_code == 404
    posted = {"service": "BC-COUN", "goal": goal.pk}
    assert client.post(reverse("plan:service-add", args=[david().pk]), posted).status_code == 404
    assert not PlannedService.objects.filter(service__code="BC-COUN", plan__customer=david()).exists()


@pytest.mark.policy("ILL-006")
def test_an_unknown_service_is_not_found(client):
    for code in ("", "NOTHING", "A course that somebody made up"):
        answer = client.post(reverse("plan:service-add", args=[david().pk]), {"service": code})
        assert answer.status_code == 404


def test_another_regions_customer_is_not_found(client):
    assert client.get(catalog_path(lucia)).status_code == 404
    assert client.post(reverse("plan:service-add", args=[lucia().pk]), {"service": "BC-COUN"}).status_code == 404


def test_without_a_draft_nothing_is_added(client):
    client.force_login(youth_planner())
    before = everything()
    for customer, sentence in ((angela, "Choose Update/Review"), (tyrell, "Recall it first")):
        answer = client.post(reverse("plan:service-add", args=[customer().pk]), {"service": "BC-COUN"})
        assert answer.status_code == 409
        assert sentence in Page(answer).words
    assert changed(before, everything()) == {}


def test_a_service_may_stand_in_a_plan_twice():
    write_service = states.pen(states.newest(david())).service
    assert write_service("BC-COUN") != write_service("BC-COUN")


def test_a_service_is_added_under_a_goal_of_its_own_plan():
    foreign = Goal.objects.in_plan().filter(plan=states.plan_of(angela()))[0]
    before = everything()
    with pytest.raises(Refusal) as refused:
        add_service(states.plan_of(david()), Service.objects.get(code="BC-JSST"), goal=foreign, **by())
    assert (refused.value.code, refused.value.field) == ("goal-of-another-plan", "goal")
    assert changed(before, everything()) == {}


def by():
    return {"by": planner(), "at": states.now()}
