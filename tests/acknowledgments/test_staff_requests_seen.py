"""Who hears of a request among staff, and who sees its pages (12.7.9)."""

import pytest
from django.urls import reverse

from acknowledgments.enums import RequestKind
from acknowledgments.models import StaffRequest
from careerplan.messaging.models import Message, Notification
from customers.models import Program
from tests.acknowledgments.staff_request_pages import draft, newest_request, posted, row_of, told
from tests.markup import Page
from tests.naming import shown
from tests.people import administrator, angela, lucia, north_planner, person, planner, statewide, youth_planner
from tests.shared_plans import asked, closing, co_enrolled, priyas, question, shared_angela

pytestmark = pytest.mark.django_db


# --- who hears of it, and who sees it ---------------------------------------------------------


@pytest.mark.policy("WIS-186", "WIS-188")
def test_who_is_asked_hears_of_it_on_the_dashboard_and_by_mail():
    customer = shared_angela()
    request = asked(closing(customer, planner()), planner())
    message = told(youth_planner(), "staff-request-asked", request)
    assert message.subject == "Devon Okafor asks for your approval"
    assert message.body.startswith("Close a shared plan: Angela Whitfield, for Angela Whitfield.")
    assert "We agreed on it by phone." in message.body
    assert message.path == reverse("requests:request", args=[request.pk])
    assert Notification.objects.get(message=message).recipient == youth_planner()
    assert not Message.objects.filter(recipient=statewide(), path=message.path).exists()


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize(
    ("by", "table"),
    [
        (youth_planner, "Waiting for your answer"),
        (planner, "What you asked for"),
        (statewide, "What other planners asked for"),
        (administrator, "What other planners asked for"),
        (lambda: person("train10"), "What other planners asked for"),
    ],
)
def test_everyone_who_sees_the_customer_sees_who_waits_for_whom(client, by, table):
    asked(closing(shared_angela(), planner()), planner())
    row = row_of(client, by, table)
    assert (row["Request"], row["Customer"]) == ("Close a shared plan: Angela Whitfield", "Angela Whitfield")
    assert row["Asked by"].startswith("Devon Okafor, ")
    assert (row["Who has to approve"], row["State"]) == ("Priya Raman", "Waiting")


@pytest.mark.policy("WIS-186")
def test_the_page_of_the_agreement_and_of_the_request_show_what_waits(client):
    request = asked(closing(shared_angela(), planner()), planner())
    client.force_login(person("train10"))
    page = Page(client.get(reverse("plan:agreement", args=[angela().pk])))
    path = reverse("requests:request", args=[request.pk])
    assert page.links()["Close a shared plan: Angela Whitfield"] == path
    assert "Devon Okafor asked on" in page.words
    page = Page(client.get(path))
    assert f"Priya Raman ({shown(Program.objects.get(code='T1-DW'))}) has not answered yet Waiting" in page.words
    assert (page.facts()["About"], page.facts()["State"]) == ("Angela Whitfield", "Waiting")
    assert not page.has_id("answer-title")


@pytest.mark.policy("WIS-186")
def test_the_asker_hears_of_the_answer(client):
    request = asked(closing(shared_angela(), planner()), planner())
    posted(client, request, note="See you on Monday.")
    message = told(planner(), "staff-request-answered", request)
    assert message.subject == "Your request was answered: Approved"
    assert "Approved, by Priya Raman. See you on Monday." in message.body
    page = Page(client.get(reverse("requests:request", args=[request.pk])))
    assert "See you on Monday." in page.words
    assert page.facts()["State"].startswith("Approved, ")


def test_the_log_keeps_the_request_and_the_deed_with_their_people(client):
    draft()
    planned = priyas("BC-JSST")
    client.force_login(planner())
    path = reverse("plan:service-remove", args=[angela().pk, planned.pk])
    client.post(client.post(path, {"removal": "unavailable", "note": ""}).url, {"reason": "No money is left."})
    posted(client, newest_request())
    rows = Page(client.get(reverse("plan:log", args=[angela().pk]))).table("Changes to the plan, newest first")
    told = [(row["By"], row["What"], row["Change"]) for row in rows[:3]]
    assert told[0][:2] == ("Devon Okafor", f"Step/service: {planned}")
    assert told[1][0] == "Priya Raman"
    assert "State: from Waiting to Approved" in told[1][2]
    assert told[2][0] == "Devon Okafor"
    assert "No money is left." in told[2][2]


# --- who sees the pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "status"),
    [
        (planner, 200),
        (youth_planner, 200),
        (statewide, 200),
        (administrator, 200),
        (north_planner, 404),
        (lambda: angela().user, 404),
        (lambda: lucia().user, 404),
    ],
)
def test_a_request_opens_for_the_staff_who_see_the_customer(client, by, status):
    request = asked(closing(shared_angela(), planner()), planner())
    client.force_login(by())
    assert client.get(reverse("requests:request", args=[request.pk])).status_code == status
    assert client.get(reverse("requests:list")).status_code == (404 if by().is_customer else 200)
    assert StaffRequest.objects.visible_to(by()).filter(pk=request.pk).exists() == (status == 200)


def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    asked(closing(shared_angela(), planner()), planner())
    for number in range(3):
        customer = co_enrolled()
        asked(question(customer, RequestKind.START_PLAN, planner(), f"plan{number}"), planner())
    client.force_login(statewide())
    with django_assert_max_num_queries(12):
        page = Page(client.get(reverse("requests:list")))
    assert len(page.table("What other planners asked for")) == 4


def test_the_header_leads_staff_to_the_requests(client):
    for by, is_shown in ((planner, True), (statewide, True), (lambda: angela().user, False)):
        client.force_login(by())
        assert ("Requests" in Page(client.get("/", follow=True)).links()) == is_shown
