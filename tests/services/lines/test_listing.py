"""The list of planned services: its filter, who answers for a line, and its menu."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base.history import record_all
from goals.models import Goal
from services.lines.listing import list_address
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import angela, david, planner
from tests.points_of_life import shared_plan
from tests.rows import write
from tests.services.service_form import training

pytestmark = pytest.mark.django_db

# Of a plan with 300 services, so that no line asks anything by itself.
MOST_QUESTIONS = 14


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def path(customer=angela):
    return reverse("plan:services", args=[customer().pk])


def shown(client, query, customer=angela):
    """The codes of the services in the list."""
    page = Page(client.get(path(customer), query))
    keys = [value.split(".")[0] for value in page.root.xpath("//*[@id='planned']//input[@name='line']/@value")]
    return set(PlannedService.objects.filter(pk__in=keys).values_list("service__code", flat=True))


ALL = {"BC-INIT", "TR-OST", "BC-JSST", "SS-CHLD", "SS-TRAN"}


def goal_key():
    return PlannedService.objects.get(plan__customer=angela(), service__code="SS-CHLD").goal_id


@pytest.mark.policy("ILL-106")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ALL),
        ({"status": "planned"}, {"BC-JSST", "SS-CHLD", "SS-TRAN"}),
        ({"category": "SUPPORT"}, {"SS-CHLD", "SS-TRAN"}),
        ({"goal": goal_key}, {"SS-CHLD", "SS-TRAN"}),
        ({"goal": goal_key, "status": "started"}, set()),
        ({"program": "T1-ADULT", "status": "started"}, {"TR-OST"}),
        ({"program": "none"}, set()),
        ({"category": "whatever", "program": "whatever", "goal": "987654321"}, ALL),
    ],
)
def test_the_list_narrows_by_status_category_goal_and_program(client, asked, found):
    write(training(), program_id=training().program_id)
    query = {name: value() if callable(value) else value for name, value in asked.items()}
    category = PlannedService.objects.get(plan__customer=angela(), service__code="SS-CHLD").service.category.code
    query = {name: category if value == "SUPPORT" else value for name, value in query.items()}
    if query.get("program") == "none":
        write(training(), program_id=None)
        found = {"TR-OST"}
    assert shown(client, query) == found


def test_what_is_chosen_stays_chosen(client):
    page = Page(client.get(path(), {"status": "planned", "goal": goal_key()}))
    assert page.form(path(), "Filter") == {"status": "planned", "category": "", "goal": str(goal_key())}
    assert "open" in page.root.xpath("//details[@class='more-filters']")[0].attrib


def test_where_nothing_is_all_of_it_the_way_back_is_shown(client):
    page = Page(client.get(path(), {"goal": goal_key(), "status": "started"}))
    assert "No service is all of this. Choose less in the filter." in page.words
    assert page.links()["Show all of them"] == path()


def test_a_goal_that_is_no_number_is_no_list(client):
    assert client.get(path(), {"goal": "²"}).status_code == 404


def test_who_answers_for_a_line_of_a_shared_plan_stands_on_it(client):
    customer = shared_plan()
    row = PlannedService.objects.in_plan().filter(plan=states.plan_of(customer), program__isnull=False).first()
    enrollment = customer.enrollments.get(program=row.program)
    words = Page(client.get(reverse("plan:services", args=[customer.pk]))).words
    assert f"{row.program.plain_name}: {enrollment.planner}" in words


def test_where_one_planner_answers_for_all_nobody_is_named(client):
    assert str(planner()) not in Page(client.get(path())).root.get_element_by_id("planned").text_content()


@pytest.mark.parametrize(("tick", "ticked"), [("", 0), ("all", 5), ("whatever", 0)])
def test_all_that_are_shown_are_ticked_by_a_link(client, tick, ticked):
    page = Page(client.get(path(), {"tick": tick}))
    assert len(page.root.xpath("//*[@id='planned']//input[@name='line'][@checked]")) == ticked


# --- the menu of a line -----------------------------------------------------------------------


def menu(client, row, query=None):
    page = Page(client.get(path(), query or {}))
    [cell] = page.root.xpath("//tr[.//input[@name='line'][starts-with(@value, $key)]]", key=f"{row.pk}.")
    return {link.text_content(): link.get("href") for link in cell.xpath(".//ul//a")}


@pytest.mark.policy("ILL-116")
def test_each_line_has_a_menu_of_what_may_become_of_it(client):
    assert set(menu(client, training())) == {"Hold", "Complete", "Terminate", "It has not started"}


def test_a_move_from_the_list_leads_back_to_the_list_as_it_was(client):
    address = menu(client, training(), {"status": "started"})["Hold"]
    page = Page(client.get(address))
    action = address.partition("?")[0]
    assert page.links()["Cancel"] == f"{path()}?status=started"
    answer = client.post(action, page.form(action))
    assert answer.url == f"{path()}?status=started"
    assert training().status == "on_hold"


def test_a_move_from_the_page_of_the_service_leads_back_there(client):
    action = reverse("plan:service-move", args=[angela().pk, training().pk, "hold"])
    answer = client.post(action, Page(client.get(action)).form(action))
    assert answer.url == reverse("plan:service-edit", args=[angela().pk, training().pk])


@pytest.mark.parametrize(
    ("back", "query"),
    [
        ("all", ""),
        ("status=started&goal=7", "?status=started&goal=7"),
        ("https://example.com/", ""),
        ("next=https://example.com/&status=planned", "?status=planned"),
        ("goal=²", ""),
    ],
)
def test_of_the_way_back_the_filter_alone_is_taken(back, query):
    assert list_address(7, back) == reverse("plan:services", args=[7]) + query


def test_without_a_right_to_record_there_is_nothing_to_tick_and_no_menu(client):
    states.closed(angela())
    words = Page(client.get(path()))
    assert "5 of 5 shown" in words.words
    assert words.root.xpath("//*[@id='planned']//input[@type='checkbox'] | //*[@id='planned']//details[@name]") == []


# --- what it costs ----------------------------------------------------------------------------


def test_a_list_of_300_services_asks_no_more_than_a_short_one(client):
    plan, goals = states.plan_of(david()), list(Goal.objects.in_plan().filter(plan=states.plan_of(david())))
    catalog = list(Service.objects.order_by("pk")[:50])
    rows = [
        PlannedService(plan=plan, service=catalog[n % 50], goal=goals[n % len(goals)], planned_start_on=states.today())
        for n in range(300)
    ]
    client.get(path(david))
    with CaptureQueriesContext(connection) as few:
        client.get(path(david))
    record_all(rows, by=planner(), at=states.now())
    with CaptureQueriesContext(connection) as many:
        page = Page(client.get(path(david)))
    assert "302 of 302 shown" in page.words
    assert len(many) == len(few) <= MOST_QUESTIONS
