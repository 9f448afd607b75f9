"""My work: what customers read of their own placements on the first page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from tests import placed, states
from tests.markup import Page, words_of
from tests.people import angela
from tests.worksites.follow_ups.done import DAY, placement_since

pytestmark = pytest.mark.django_db


def section(client, customer):
    client.force_login(customer.user)
    page = Page(client.get(reverse("my:dashboard")))
    return [words_of(card) for card in page.root.xpath("//section[@id='my-work']//li")], page


@pytest.mark.policy("ILL-010")
def test_the_customer_reads_where_with_whom_since_when_and_for_what_pay(client):
    row = placement_since(9)
    (card,), page = section(client, row.customer)
    place = row.job.worksite
    assert card.startswith(f"{row.job.title} You have worked here since {date_format(row.starts_on)}.")
    assert f"Employer {place.employer.name}" in card
    assert f"Where you work {place.name} 1 Main Street, Marlow, IL 62799" in card
    assert "Your supervisor Rosa Marsh 217-555-0177" in card
    assert "Hours 40 hours a week" in card
    assert "You are paid $15.00 an hour." in card
    assert "So far the program has helped to pay for 9 days of this job." in card
    assert page.links()["217-555-0177"] == "tel:217-555-0177"
    assert "10.00" not in card


def test_what_is_planned_says_when_it_starts(client):
    start = states.today() + 10 * DAY
    row = placed.planned(starts_on=start)
    (card,), _page = section(client, row.customer)
    assert f"You are to start on {date_format(start)}." in card
    assert "So far" not in card


def test_a_planned_start_that_is_past_is_told_so(client):
    for days, begins in ((0, "You are to start on"), (1, "You were to start on")):
        start = states.today() - days * DAY
        row = placed.planned(starts_on=start)
        (card,), _page = section(client, row.customer)
        assert f"{begins} {date_format(start)}." in card
        assert ("If you work here already, tell your planner." in card) == (days == 1)


def test_a_return_that_is_past_is_told_so(client):
    for days, goes in ((0, "You are to go back on"), (-5, "You are to go back on"), (1, "You were to go back on")):
        back = states.today() - days * DAY
        held = {"inactive_on": states.today() - 15 * DAY, "returned_on": back}
        row = placed.moved(placement_since(20), "hold", **held)
        (card,), _page = section(client, row.customer)
        assert f"Your work has been on hold since {date_format(row.inactive_on)}. {goes} {date_format(back)}." in card
        assert ("If you work again, tell your planner." in card) == (days == 1)


def test_without_a_start_date_the_planner_will_tell_it(client):
    (card,), _page = section(client, placed.planned().customer)
    assert "Your planner will tell you the day on which you start." in card


def test_a_hold_is_told_and_its_days_do_not_count(client):
    row = placed.moved(placement_since(20), "hold", inactive_on=states.today() - 15 * DAY)
    (card,), _page = section(client, row.customer)
    assert f"Your work has been on hold since {date_format(row.inactive_on)}." in card
    assert "helped to pay for 5 days" in card


def test_former_holds_do_not_count_either(client):
    row = placed.moved(placement_since(20), "hold", inactive_on=states.today() - 15 * DAY)
    row = placed.moved(row, "return", returned_on=states.today() - 10 * DAY)
    row = placed.moved(row, "hold", inactive_on=states.today() - 4 * DAY)
    (card,), _page = section(client, row.customer)
    assert row.days_in_subsidized(states.today()) == 11
    assert "helped to pay for 11 days" in card


def test_what_ended_or_was_taken_back_is_not_shown(client):
    row = placement_since(9)
    placed.moved(row, "terminate", ends_on=states.today(), termination_reason="quit")
    assert section(client, row.customer)[0] == []
    row = placed.planned()
    placed.moved(row, "withdraw", words="Not needed")
    assert section(client, row.customer)[0] == []


def test_before_the_customer_agreed_to_the_service_nothing_is_told_of_it(client):
    version = states.draft()
    service = states.pen(version).service(
        "WE-EXP", version.plan.goals.in_plan().first(), planned_start_on=states.today()
    )
    row = placed.planned(service)
    assert section(client, row.customer)[0] == []
    states.signed(version)
    assert len(section(client, row.customer)[0]) == 1


def test_nobody_elses_work_is_shown(client):
    placement_since(9)
    assert section(client, angela())[0] == []


def asked(client):
    client.get(reverse("my:dashboard"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("my:dashboard"))
    return len(queries)


def test_the_page_asks_as_much_of_several_placements_as_of_none(client):
    service = placed.service()
    client.force_login(service.plan.customer.user)
    none = asked(client)
    for _each in range(5):
        placed.planned(service)
    assert asked(client) == none <= 12
    assert len(section(client, service.plan.customer)[0]) == 5
