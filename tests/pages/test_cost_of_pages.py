"""What a page and a post cost, counted and not timed: questions of posts, and steps of Python for a row of a table."""

import sys

import pytest
from django.urls import reverse
from django.utils import timezone

from benchmarks.pages import savings
from careerplan.base import clock
from careerplan.base.history import record_all
from careerplan.pages import log
from careerplan.plans.pages import newest_plan
from customers.actions import add_case_note
from services.models import PlannedService, Service
from tests import people as cast

pytestmark = pytest.mark.django_db

# Without those that begin and end transactions.
MOST_QUERIES = {
    "send a first version": 24,
    "send a review": 26,
    "record a review without the customer": 27,
    "Update/Review": 11,
    "save a goal": 21,
    "add a service": 11,
    "save a service": 18,
    "begin a service": 25,
    "a customer acknowledges a first version": 25,
    "a customer acknowledges a review": 22,
    "a customer does not agree": 19,
    "a customer asks": 15,
    "take a version back": 20,
    "mark a review as not completed": 41,
    "record an agreement on paper": 24,
    "a case note": 7,
    "a message": 10,
}
# Calls of Python functions for one row with two addresses, two names, four days, a pill, a tick for what is done with
# several and a menu of its moves; a sixth of them are the check of the draft, which the list beside the steps shows.
MOST_STEPS_OF_A_ROW = 820
# The same for an entry of the log with four changes, and for a case note.
MOST_STEPS_OF_AN_ENTRY, MOST_STEPS_OF_A_NOTE = 520, 380
# Calls for a whole page of the demo people, most of which is its frame: SQL that is made anew, a field that goes
# through its attributes by tags, or words that are all looked up and of which one is shown, would be dearer.
MOST_STEPS = {
    # With the filters of the list, what is done with several at once, and what other systems say.
    "plan:services": 22_000,
    "plan:log": 32_000,
    "plan:versions": 9_000,
    "plan:agreement": 11_000,
    "customers:case-notes": 17_500,
    # With the help in dollars.
    "my:dashboard": 39_000,
}


def test_what_people_post_asks_a_fixed_number_of_questions(people):
    asked = {saving.name: saving.queries for saving in savings()}
    assert asked.keys() == MOST_QUERIES.keys()
    assert {name: number for name, number in asked.items() if number > MOST_QUERIES[name]} == {}


def steps_of(act):
    """How many Python functions are called: the same on every machine."""
    steps = 0

    def count(_frame, event, _argument):
        nonlocal steps
        steps += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return steps


def add_services(plan, goal, number):
    catalog = list(Service.objects.order_by("pk")[:20])
    rows = [
        PlannedService(plan=plan, service=catalog[place % 20], goal=goal, planned_start_on=timezone.localdate())
        for place in range(number)
    ]
    record_all(rows, by=cast.planner(), at=clock.now())


def test_a_row_of_services_costs_a_fixed_number_of_steps(client, people):
    david = cast.david()
    plan = newest_plan(david)
    goal = plan.goals.earliest("pk")
    client.force_login(cast.planner())
    address = reverse("plan:services", args=[david.pk])
    steps = []
    for _turn in range(2):
        add_services(plan, goal, 100)
        client.get(address)  # what is read once a process
        steps.append(steps_of(lambda: client.get(address)))
    assert (steps[1] - steps[0]) / 100 < MOST_STEPS_OF_A_ROW


@pytest.mark.parametrize("name", MOST_STEPS)
def test_a_page_costs_at_most_so_many_steps(client, people, name):
    mine = name == "my:dashboard"
    client.force_login(cast.angela().user if mine else cast.planner())
    address = reverse(name) if mine else reverse(name, args=[cast.angela().pk])
    client.get(address)  # what is read once a process
    assert steps_of(lambda: client.get(address)) < MOST_STEPS[name]


def test_a_case_note_costs_a_fixed_number_of_steps(client, people):
    angela = cast.angela()
    client.force_login(cast.planner())
    address = reverse("customers:case-notes", args=[angela.pk])
    steps = []
    for _turn in range(2):
        for number in range(8):
            add_case_note(
                angela,
                subject=f"Call {number}",
                text="We talked.",
                contact_on=timezone.localdate(),
                contact_method="phone",
                by=cast.planner(),
                at=clock.now(),
            )
        client.get(address)
        steps.append(steps_of(lambda: client.get(address)))
    assert (steps[1] - steps[0]) / 8 < MOST_STEPS_OF_A_NOTE


def test_an_entry_of_the_log_costs_a_fixed_number_of_steps(client, people, monkeypatch):
    client.force_login(cast.planner())
    address = reverse("plan:log", args=[cast.angela().pk])
    steps = []
    for rows in (5, 25):
        monkeypatch.setattr(log, "LOG_ROWS", rows)
        client.get(address)
        steps.append(steps_of(lambda: client.get(address)))
    assert (steps[1] - steps[0]) / 20 < MOST_STEPS_OF_AN_ENTRY
