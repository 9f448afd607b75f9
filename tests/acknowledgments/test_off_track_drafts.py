"""A goal goes off track with the customer's agreement: when the draft ends without it, so does the status (ILL-075)."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.drafts import recover_draft
from goals.actions import save_goal
from goals.models import Goal
from tests import states
from tests.goal_statuses import OFF_TRACK, going
from tests.markup import Page
from tests.people import planner, statewide

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("people"),
    pytest.mark.policy("ILL-075", "AMB-I7"),
]


def goal_of(customer):
    return Goal.objects.select_related("plan__customer").get(plan=states.plan_of(customer))


def set_status(customer, status):
    goal = goal_of(customer)
    save_goal(goal.plan, goal, going(status), by=planner(), at=states.now())


@pytest.fixture
def customer():
    return states.in_force().plan.customer


@pytest.mark.parametrize("before", ["not_started", "on_track", "complete"])
@pytest.mark.parametrize("end", [states.deleted, states.not_completed])
def test_the_status_goes_back_with_the_draft(customer, before, end):
    if before != "not_started":
        set_status(customer, before)
    set_status(customer, "off_track")
    version = states.newest(customer)
    assert states.decided(version).needs_acknowledgment
    end(version)
    assert goal_of(customer).status == before


def test_it_goes_back_also_when_the_version_that_waits_is_declined(customer):
    set_status(customer, "on_track")
    set_status(customer, "off_track")
    states.not_completed(states.sent(states.newest(customer), electronic=False).version)
    assert goal_of(customer).status == "on_track"
    assert not states.decided(states.reviewed(customer)).needs_acknowledgment


def test_it_comes_forth_again_with_the_recovered_draft(customer):
    set_status(customer, "off_track")
    states.deleted(states.newest(customer))
    recover_draft(states.newest(customer), by=statewide(), at=states.now())
    assert goal_of(customer).status == "off_track"
    assert "IL-ACK-2" in states.rules_of(states.newest(customer)).values()


def test_what_was_agreed_to_as_off_track_stays_so(customer):
    set_status(customer, "off_track")
    states.signed(states.newest(customer))
    states.deleted(states.reviewed(customer))
    assert goal_of(customer).status == "off_track"


def test_what_came_back_on_track_since_the_agreement_stays_so(customer):
    set_status(customer, "off_track")
    states.signed(states.newest(customer))
    set_status(customer, "on_track")
    states.deleted(states.reviewed(customer))
    assert goal_of(customer).status == "on_track"


def test_the_page_that_deletes_the_draft_puts_the_status_back(client, customer):
    set_status(customer, "off_track")
    client.force_login(planner())
    path = reverse("plan:draft-delete", args=[customer.pk])
    assert client.post(path, {"reason": "It was the other goal."}).status_code == 302
    rows = Page(client.get(reverse("plan:goals", args=[customer.pk]))).table("Goal statements")
    assert "Off Track" not in {row["Status"] for row in rows}


# --- each time anew ------------------------------------------------------------------------------


def agreed_as_off_track(customer):
    """Version 2 is in force with the goal off track, and it was on track since."""
    set_status(customer, "off_track")
    states.signed(states.newest(customer))
    set_status(customer, "on_track")


def test_once_more_off_track_asks_once_more(customer):
    agreed_as_off_track(customer)
    set_status(customer, "off_track")
    version = states.newest(customer)
    assert (version.number, version.state) == (3, "draft")
    assert "IL-ACK-2" in states.rules_of(version).values()


def test_it_is_on_track_again_when_that_draft_is_deleted_and_forth_when_it_is_recovered(customer):
    agreed_as_off_track(customer)
    set_status(customer, "off_track")
    states.deleted(states.newest(customer))
    assert goal_of(customer).status == "on_track"
    assert not states.decided(states.reviewed(customer)).needs_acknowledgment
    states.deleted(states.newest(customer))
    set_status(customer, "off_track")
    states.deleted(states.newest(customer))
    recover_draft(states.newest(customer), by=statewide(), at=states.now())
    assert goal_of(customer).status == "off_track"
    assert "IL-ACK-2" in states.rules_of(states.newest(customer)).values()


def test_a_recovered_draft_does_not_take_back_that_an_agreed_goal_is_on_track_again(customer):
    set_status(customer, "off_track")
    states.signed(states.newest(customer))
    states.deleted(states.reviewed(customer))
    set_status(customer, "on_track")
    recover_draft(states.newest(customer), by=statewide(), at=states.now())
    assert goal_of(customer).status == "on_track"


def test_what_was_agreed_to_once_asks_for_nothing_in_the_next_review(customer):
    set_status(customer, "off_track")
    states.signed(states.newest(customer))
    assert not states.decided(states.reviewed(customer)).needs_acknowledgment


def test_the_pages_ask_once_more_and_say_so(client, customer):
    agreed_as_off_track(customer)
    client.force_login(planner())
    path = reverse("plan:goal-edit", args=[customer.pk, goal_of(customer).pk])
    assert client.post(path, Page(client.get(path)).form(path) | OFF_TRACK).status_code == 302
    words = Page(client.get(reverse("plan:agreement", args=[customer.pk]))).words
    assert "This version needs the customer's acknowledgment." in words
    assert "times off track: 1 → 2" in words
