"""Opening the draft of a large plan that was agreed to before: what changed, with its rules, in few queries."""

import pytest
from django.urls import reverse

from tests import people, states
from tests.pages.test_queries import asked, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_the_draft_of_a_large_review_asks_twenty_three_queries_at_most(client):
    """40 goals, 200 services, 20 barriers and 80 steps more than in the version in force."""
    version = states.reviewed(people.angela())
    client.force_login(people.planner())
    address = reverse("plan:agreement", args=[people.angela().pk])
    few = asked(client, address)
    fill(version.plan, people.planner())
    assert asked(client, address) == few <= 23
