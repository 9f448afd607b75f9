"""The calendar of what is due: under a secret address, without a session, and without a name of anybody."""

import logging
import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from careerplan.base import clock
from careerplan.base.logs import JsonFormatter, plain
from careerplan.pages.today import calendar
from careerplan.pages.today.views import customers_of
from careerplan.pages.today.work import work_of
from careerplan.plans.deadlines import NEXT_REVIEW
from customers.calendar_feeds import digest_of, end_feed, make_feed
from customers.handing_over import switch_off
from customers.models import CalendarFeed, Customer
from customers.staffing import switch_on
from tests import people, states
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
MOST_QUERIES = 6
WAS = {"": False, "on": True}  # as a box is ticked, and what it means


def address(person=people.planner):
    return reverse("calendar-feed", args=[make_feed(by=person(), at=clock.now())])


def read(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def test_a_calendar_program_reads_whole_days_with_how_many_it_is_of():
    feed = read(address())
    events = feed.walk("VEVENT")
    assert events
    for event in events:
        assert type(event.decoded("dtstart")) is date
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event.decoded("dtstart") >= states.today()
        assert event["url"].endswith(reverse("today"))
    assert len({event["uid"] for event in events}) == len(events)
    [late] = [event for event in events if re.search(r"^\d+ things? (is|are) overdue$", event["summary"])]
    reader = people.planner()
    work = work_of(customers_of(reader, {}), on=states.today())
    assert any(item.due.deadline.late_only for item in work.overdue)
    assert late["summary"].split()[0] == str(len(work.overdue))  # as Today says


@pytest.mark.policy("WIS-080")
def test_the_day_of_a_review_is_in_it_and_moves_under_the_same_name(monkeypatch):
    version = states.signed(states.draft())
    path = address()
    due = [event for event in read(path).walk("VEVENT") if event.decoded("dtstart") == version.next_review_on]
    assert str(NEXT_REVIEW.what) in " ".join(event["summary"] for event in due)
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(calendar.clock, "now", lambda: tomorrow)
    again = [event for event in read(path).walk("VEVENT") if event.decoded("dtstart") == version.next_review_on]
    assert [event["uid"] for event in again] == [event["uid"] for event in due]


def test_it_names_nobody_and_no_key_of_a_customer():
    text = Client().get(address()).content.decode()
    for customer in Customer.objects.all():
        for word in {customer.first_name, customer.last_name, customer.state_id, customer.email} - {""}:
            assert not re.search(rf"\b{re.escape(word)}\b", text), word
    assert "/customers/" not in text
    assert people.planner().last_name not in text


def test_it_needs_no_session_makes_none_and_is_kept_by_nobody(client):
    before = Session.objects.count()
    answer = client.get(address())
    assert Session.objects.count() == before
    assert not answer.cookies
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_it_costs_few_questions_however_many_customers():
    for _number in range(5):
        states.started(states.enrolled())
    path = address()
    Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        Client().get(path)
    assert len(asked) <= MOST_QUERIES, [query["sql"][:150] for query in asked]


def test_what_did_not_change_is_not_sent_again():
    path = address()
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_secret_is_kept_nowhere_and_shown_once(client):
    client.force_login(people.planner())
    page = client.post(reverse("calendar-make"))
    [secret] = re.findall(r"/today/calendar/([\w-]{40,})\.ics", page.content.decode())
    assert CalendarFeed.objects.get().digest == digest_of(secret) != secret
    assert secret not in client.get(reverse("calendar")).content.decode()
    assert Client().get(reverse("calendar-feed", args=[secret])).status_code == 200


def test_renewing_and_switching_off_end_the_former_address(client):
    client.force_login(people.planner())
    first = address()
    second = address()
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    client.post(reverse("calendar-end"))
    assert Client().get(second).status_code == 404
    third = address()
    assert [Client().get(path).status_code for path in (first, second, third)] == [404, 404, 200]
    assert end_feed(by=people.planner(), at=clock.now())
    assert not end_feed(by=people.planner(), at=clock.now())


@pytest.mark.parametrize("values", [{"is_active": False}, {"role": "customer"}])
def test_who_does_not_work_here_any_more_has_none(values):
    path = address(people.statewide)
    write(people.statewide(), **values)
    assert Client().get(path).status_code == 404
    assert Client().get("/today/calendar/nobodys.ics").status_code == 404
    assert Client().get(f"/today/calendar/{'a' * 2000}.ics").status_code == 404


def test_who_comes_back_makes_a_new_one():
    path, at = address(people.statewide), clock.now()
    switch_off(people.statewide(), by=people.administrator(), at=at)
    switch_on(people.statewide(), by=people.administrator(), at=at)
    assert Client().get(path).status_code == 404
    assert Client().get(address(people.statewide)).status_code == 200


@pytest.mark.parametrize("values", [{"is_active": ""}, {"role": "customer"}], ids=str)
def test_who_leaves_by_the_administration_has_none_after_coming_back(client, values):
    path, person = address(people.statewide), people.statewide()
    client.force_login(people.administrator())
    page = reverse("admin:accounts_user_change", args=[person.pk])
    for said in (values, {"is_active": "on", "role": "statewide"}):
        form = client.get(page).context["adminform"].form
        known = {name: form.initial.get(name) or "" for name in form.fields} | {"is_active": "on"}
        scopes = {"scopes-TOTAL_FORMS": 0, "scopes-INITIAL_FORMS": 0}
        assert client.post(page, known | scopes | said).status_code == 302
        person.refresh_from_db()
        assert [str(getattr(person, name)) for name in said] == [str(WAS.get(one, one)) for one in said.values()]
    assert (person.is_active, person.is_customer) == (True, False)
    assert Client().get(path).status_code == 404


def test_it_speaks_the_persons_language():
    write(people.planner(), language="es")
    assert "Entre para ver de quién se trata" in Client().get(address()).content.decode().replace("\r\n ", "")


def test_more_customers_than_a_page_shows_are_said_and_not_counted(monkeypatch):
    monkeypatch.setattr(calendar, "customers_of", lambda *_of: None)
    [event] = read(address()).walk("VEVENT")
    assert "Open Today" in event["summary"]


def test_no_log_has_the_secret(caplog):
    secret = "a-secret-of-a-calendar_123"
    assert plain(f"Not Found: /today/calendar/{secret}.ics") == "Not Found: /today/calendar/'…'"
    with caplog.at_level(logging.INFO):
        Client().get(f"/today/calendar/{secret}.ics")
    assert secret not in "".join(JsonFormatter().format(record) for record in caplog.records)
