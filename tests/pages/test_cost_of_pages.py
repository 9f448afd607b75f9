"""What a page and a post cost, counted and not timed: questions of posts, and steps of Python for a row of a table."""

import sys

import pytest
from django.urls import reverse
from django.utils import timezone

from benchmarks.pages import savings
from careerplan.base.history import record_all
from careerplan.plans.pages import newest_plan
from services.models import PlannedService, Service
from tests import people as cast

pytestmark = pytest.mark.django_db

# Without those that begin and end transactions.
MOST_QUERIES = {
    "send a first version": 22,
    "send a review": 24,
    "record a review without the customer": 25,
    "Update/Review": 12,
    "save a goal": 18,
    "add a service": 12,
    "a customer acknowledges a first version": 25,
    "a customer acknowledges a review": 22,
    "a customer does not agree": 19,
    "a customer asks": 15,
    "take a version back": 20,
    "mark a review as not completed": 41,
    "record an agreement on paper": 24,
    "a case note": 7,
    "a message": 9,
}
# Calls of Python functions for one row with two addresses, two names, four days and a pill.
MOST_STEPS_OF_A_ROW = 520


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
    record_all(rows, by=cast.planner(), at=timezone.now())


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
