"""The customer's overview says where things stand: the plan, next dates, last contact, open requests, unread words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.dates import in_text
from careerplan.messaging.actions import send_message
from careerplan.pages.standing import next_dates
from customers.actions import add_case_note
from tests import states
from tests.markup import Page, words_of
from tests.people import angela, david, henrik, north_planner, planner, tyrell, youth_planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def sections(client, customer, by=planner):
    """The words of each card, by its heading."""
    client.force_login(by())
    page = Page(client.get(reverse("customers:overview", args=[customer.pk])))
    cards = page.root.xpath("//main//section[contains(@class, 'card')]")
    return page, {words_of(card.find(".//h2")): words_of(card) for card in cards}


def test_no_address_stands_there_but_where_things_stand(client):
    page, cards = sections(client, angela())
    assert [words_of(head) for head in page.root.iter("h1")] == ["Where things stand"]
    assert list(cards) == ["Next dates", "Last contact", "Open requests", "Messages", "Profile", "Programs"]
    assert angela().street not in page.words


@pytest.mark.policy("ILL-011", "ILL-014")
def test_from_the_list_over_the_customer_to_the_career_plan(client):
    client.force_login(planner())
    listed = Page(client.get(reverse("customers:list"))).links()["Whitfield, Angela"]
    assert listed == reverse("customers:overview", args=[angela().pk])
    plan = Page(client.get(listed)).links()["Career Plan"]
    page = Page(client.get(plan))
    heads = [words_of(head) for head in page.root.xpath("//main//h2")]
    assert heads[:4] == [
        "Latest Customer Goal/Plan Agreement", "Accomplishments", "Assessments", "Desired Career Path",
    ]  # fmt: skip


def test_the_next_review_is_among_the_next_dates(client):
    active = states.newest(angela())
    _page, cards = sections(client, angela())
    assert f"Review the plan with the customer DWD 12.7.8{in_text(active.next_review_on)}" in cards["Next dates"]


@pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
def test_a_date_is_late_from_the_day_after(days, is_late):
    active = states.newest(angela())
    on = active.next_review_on + timedelta(days=days)
    [row] = [row for row in next_dates(angela().pk, on=on) if row.due.code == "next-review"]
    assert (row.due.due_on, row.is_late) == (active.next_review_on, is_late)


def sent_on_paper(version):
    states.sent(version, electronic=False)
    version.refresh_from_db()
    return version


def test_a_signed_paper_is_due(client):
    version = states.agreed_on_paper(sent_on_paper(states.written(henrik())))
    page, cards = sections(client, henrik(), north_planner)
    assert "Upload the signed plan or the e-mail" in cards["Next dates"]
    assert page.links()["Upload the signed plan or the e-mail"] == reverse(
        "plan:evidence-add", args=[henrik().pk, version.pk]
    )


def test_without_a_plan_one_is_started_from_here(client):
    page, cards = sections(client, henrik(), north_planner)
    assert page.form(reverse("plan:start", args=[henrik().pk]), "Start the plan") == {}
    assert "Begin the first plan" in cards["Next dates"]


def test_the_last_contact_is_told(client):
    assert "No contact is written down yet." in sections(client, henrik(), north_planner)[1]["Last contact"]
    add_case_note(
        david(), subject="Called about the class", text="-", contact_on=states.today(), contact_method="phone",
        by=planner(), at=states.now(),
    )  # fmt: skip
    assert "Called about the class Devon Okafor" in sections(client, david())[1]["Last contact"]
    add_case_note(
        david(), subject="Nobody answered", text="-", contact_on=None, contact_method="none", by=planner(),
        at=states.now(),
    )  # fmt: skip
    assert "Nobody answered" not in sections(client, david())[1]["Last contact"]


def test_what_waits_for_the_customer_and_for_colleagues_is_an_open_request(client):
    assert "has been waiting for the customer since" in sections(client, tyrell(), youth_planner)[1]["Open requests"]
    assert "Nothing is waiting for an answer." in sections(client, david())[1]["Open requests"]


def test_unread_messages_are_counted_each_way(client):
    assert "No message is unread." in sections(client, david())[1]["Messages"]
    for subject in ("One", "Two"):
        send_message(david().user, subject=subject, body="-", path="", by=planner(), at=states.now())
    send_message(planner(), subject="Back", body="-", path="", by=david().user, at=states.now())
    words = sections(client, david())[1]["Messages"]
    assert "1 message from the customer is unread." in words
    assert "The customer has not read 2 messages." in words
