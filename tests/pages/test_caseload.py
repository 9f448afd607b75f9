"""The caseload: a line for each customer, filters that stay in the address, pages there and back, views, a file."""

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base.csv_cells import safe_cell
from careerplan.base.history import record_all
from careerplan.messaging.actions import send_message
from careerplan.pages.caseload.facts import Standing, read_facts
from careerplan.pages.caseload.lists import LINES
from customers.models import Customer, Enrollment, Program, SavedView
from customers.saved_views import LIMIT
from goals.actions import save_goal
from goals.models import Goal
from tests import people, states
from tests.goal_statuses import OFF_TRACK
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

LIST = "/customers/"


@pytest.fixture
def planner(client):
    client.force_login(people.planner())
    return client


def shown(client, query="", path=LIST):
    return [str(customer) for customer in client.get(path + query).context["page"].rows]


def standing(customer):
    return read_facts([customer.pk], people.planner(), on=states.today())[customer.pk].standing


# --- the line -------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-011")
def test_a_line_says_name_program_state_next_date_who_has_to_act_and_what_is_unread(planner):
    angela = people.angela()
    send_message(people.planner(), subject="Hello", body="-", path="", by=angela.user, at=states.now())
    lines = {str(line.customer): line for line in planner.get(LIST).context["page"].lines}
    line = lines["Angela Whitfield"]
    assert (line.facts.standing, line.facts.unread, line.waits_for) == (Standing.IN_FORCE, 2, "You")
    words = planner.get(LIST).content.decode()
    for said in ("Whitfield, Angela", "WIOA Title I Adult", "In force", "Planned service not started", ">2<"):
        assert said in words


def test_the_state_of_the_plan_follows_the_plan():
    customer = states.enrolled()
    assert standing(customer) == Standing.NONE
    version = states.written(customer)
    assert standing(customer) == Standing.DRAFT
    version = states.sent(version, electronic=False).version
    assert standing(customer) == Standing.WITH_CUSTOMER
    version = states.agreed_on_paper(version)
    assert standing(customer) == Standing.IN_FORCE
    date_back(version, **passed_on(states.today() - timedelta(days=1)))
    assert standing(customer) == Standing.OVERDUE
    date_back(version, next_review_on=states.today() + timedelta(days=9))
    states.reviewed(customer)
    assert standing(customer) == Standing.CHANGING
    assert standing(states.closed(states.in_force().plan.customer).customer) == Standing.NONE


def passed_on(day):
    """A version whose review was due on this day."""
    then = day - timedelta(days=90)
    return {"next_review_on": day, "approved_on": then, "created_on": then}


# --- whose, which, in which order -----------------------------------------------------------------


def test_a_planner_begins_with_the_own_customers_by_what_is_due_next(planner):
    days = [line.facts.next.in_order[0] for line in planner.get(LIST).context["page"].lines]
    assert len(days) == 5
    assert days == sorted(days)


def test_who_has_no_customers_begins_with_all_of_them_by_name(client):
    client.force_login(people.statewide())
    names = shown(client)
    assert len(names) == Customer.objects.count()
    assert names == [str(row) for row in Customer.objects.order_by("name_key")]


def test_ones_own_are_those_of_ones_programs_too(client):
    client.force_login(people.youth_planner())
    assert "Keisha Monroe" in shown(client)


FILTERS = {
    "?plan=draft": {"David Kruse", "Jennifer Philips", "Duke Lasley", "Keisha Monroe"},
    "?plan=in-force": {"Angela Whitfield"},
    "?plan=none": set(),
    "?program=T1-YOUTH": {"David Kruse", "Keisha Monroe"},
    "?waits=customer": set(),
    "?due=overdue": {"Duke Lasley", "David Kruse", "Angela Whitfield", "Keisha Monroe"},
    "?due=off-track": set(),
    "?status=exited": set(),
}


@pytest.mark.parametrize("query", FILTERS)
def test_filters_narrow_the_list(planner, query):
    assert set(shown(planner, query)) == FILTERS[query]


def test_a_plan_that_waits_is_found_by_who_has_to_act(client):
    customer = states.enrolled()
    states.told(states.sent(states.written(customer)))
    client.force_login(people.planner())
    assert shown(client, "?waits=customer") == [str(customer)]
    assert shown(client, "?waits=staff&plan=sent") == []


def test_a_customer_whose_goal_is_off_track_is_found(client):
    customer = states.in_force().plan.customer
    states.reviewed(customer)
    goal = Goal.objects.filter(plan__customer=customer)[0]
    save_goal(goal.plan, goal, OFF_TRACK, by=customer.planner, at=states.now())
    client.force_login(people.planner())
    assert shown(client, "?due=off-track") == [str(customer)]


@pytest.mark.parametrize(
    "query", ["?plan=made-up", "?office=x", "?waits=1", "?due=%27", "?order=random", "?show=theirs", "?program=%00"]
)
def test_what_no_list_knows_is_not_asked_for(planner, query):
    assert planner.get(LIST + query).status_code in {200, 400}


def test_filters_and_order_stay_in_the_links(planner):
    add_customers(LINES + 5)
    page = planner.get(f"{LIST}?program=T1-ADULT&order=name").context["page"]
    kept = parse_qs(urlsplit(page.next_url).query)
    assert (kept["program"], kept["order"]) == (["T1-ADULT"], ["name"])


def test_customers_of_other_offices_stay_out_whatever_is_chosen(planner):
    for query in ("?show=all", "?show=all&plan=draft", f"?office={people.lucia().office_id}", "?q=herrera"):
        assert "Lucía Herrera" not in shown(planner, query)


# --- pages ----------------------------------------------------------------------------------------


def add_customers(number, first="Ada"):
    """Of David's office and planner, in the Adult program."""
    david, program = people.david(), Program.objects.get(code="T1-ADULT")
    common = {"first_name": first, "office": david.office, "planner": david.planner}
    more = [Customer(last_name=f"Larsen{at:04}", state_id=f"{first}-{at}", **common) for at in range(number)]
    for customer in more:
        customer.set_keys()
    record_all(more, by=None, at=states.now())
    begun = {"program": program, "begun_on": states.today(), "status": "enrolled"}
    record_all([Enrollment(customer=customer, **begun) for customer in more], by=None, at=states.now())
    return more


@pytest.mark.parametrize("query", ["?order=name", "?order=next", "?show=all&order=name", "?q=larsen", "?due=soon"])
def test_next_and_previous_lead_through_the_list_and_back(planner, query):
    add_customers(2 * LINES + 7)
    there, page = [], planner.get(LIST + query).context["page"]
    assert page.previous_url is None
    while True:
        there.append([row.pk for row in page.rows])
        if page.next_url is None:
            break
        page = planner.get(page.next_url).context["page"]
    assert [len(keys) for keys in there[:-1]] == [LINES] * (len(there) - 1)
    flat = [key for keys in there for key in keys]
    assert len(flat) == len(set(flat)) >= 2 * LINES + 7
    back = []
    while page.previous_url:
        page = planner.get(page.previous_url).context["page"]
        back.append([row.pk for row in page.rows])
    assert back[::-1] == there[:-1]


@pytest.mark.parametrize("query", ["", "?show=all", "?q=larsen", "?plan=none"])
def test_many_customers_ask_as_many_questions_as_few(planner, query):
    planner.get(LIST)
    add_customers(3)
    few = asked(planner, query)
    add_customers(60, first="Bea")
    assert asked(planner, query) == few <= 14


def asked(client, query):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST + query).status_code == 200
    return len(queries)


def test_too_many_to_read_their_dates_is_said_and_nothing_wrong_is_shown(client, monkeypatch):
    monkeypatch.setattr("careerplan.pages.caseload.lists.AT_HAND", 3)
    client.force_login(people.statewide())
    page = client.get(f"{LIST}?due=overdue")
    assert page.context["page"].rows == []
    assert "too many customers to look at all their dates" in page.content.decode()
    assert len(shown(client, "?order=next")) == Customer.objects.count()
    assert client.get(reverse("customers:csv")).status_code == 422


# --- views and files ------------------------------------------------------------------------------


def test_a_view_is_saved_shown_and_removed(planner):
    page = planner.get(reverse("customers:view-save") + "?show=mine&plan=draft&order=name")
    query = page.context["form"]["query"].value()
    planner.post(reverse("customers:view-save"), {"name": "My drafts", "query": query})
    view = SavedView.objects.get(user=people.planner())
    page = planner.get(f"{LIST}?{view.query}")
    assert "My drafts" in page.content.decode()
    assert {str(row) for row in page.context["page"].rows} == FILTERS["?plan=draft"]
    planner.post(reverse("customers:view-remove", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_view_is_of_one_person_alone(planner, client):
    view = SavedView.objects.create(user=people.north_planner(), name="Mine", query="plan=draft")
    assert "Mine</a>" not in planner.get(LIST).content.decode()
    assert planner.post(reverse("customers:view-remove", args=[view.pk])).status_code == 404


@pytest.mark.parametrize("gone", ["program=CLOSED", "office=999999", "office={other}"])
def test_a_view_of_a_program_or_an_office_that_is_gone_narrows_nothing_and_can_be_removed(planner, gone):
    query = "show=mine&" + gone.format(other=people.lucia().office_id)
    view = SavedView.objects.create(user=people.planner(), name="Of last year", query=query)
    page = planner.get(f"{LIST}?{query}")
    assert shown(planner, f"?{query}") == shown(planner, "?show=mine") != []
    assert reverse("customers:view-remove", args=[view.pk]) in page.content.decode()


def test_two_views_of_one_name_and_more_than_enough_are_refused_in_words(planner):
    for number in range(LIMIT):
        SavedView.objects.create(user=people.planner(), name=f"View {number}", query="plan=draft")
    values = {"query": "plan=draft"}
    page = planner.post(reverse("customers:view-save"), values | {"name": "One more"})
    assert "Remove one first." in page.content.decode()
    SavedView.objects.filter(name="View 3").delete()
    page = planner.post(reverse("customers:view-save"), values | {"name": "View 4"})
    assert "You already have a view with this name." in page.content.decode()


def test_the_file_has_what_the_list_shows_on_all_its_pages(planner):
    add_customers(LINES + 3)
    answer = planner.get(reverse("customers:csv") + "?program=T1-ADULT")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")  # by which Excel knows the letters of a name
    assert rows[0][:4] == ["Name", "Participant ID", "Program", "Plan"]
    assert len(rows) - 1 >= LINES + 3
    angela = next(row for row in rows if row[0] == "Whitfield, Angela")
    assert angela[3] == "In force"


def test_the_file_of_an_empty_list_is_empty(planner):
    """It held everybody, whatever the dates of each were to be."""
    query = "?show=mine&program=T1-ADULT&plan=sent&due=off-track"
    assert shown(planner, query) == []
    answer = planner.get(reverse("customers:csv") + query)
    assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) == 1


@pytest.mark.parametrize(
    ("typed", "safe"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-2", "'-2"), ("+1", "'+1"), ("Ada", "Ada"), ("", "")]
)
def test_what_was_typed_is_no_formula_in_the_file(typed, safe):
    assert safe_cell(typed) == safe
