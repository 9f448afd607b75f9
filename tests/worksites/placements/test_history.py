"""The status history says who entered each of its lines and when, and what was said with it (ILL-154, AMB-I5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import placed, states
from tests.markup import Page
from tests.people import planner, youth_planner
from tests.states import days_ago
from worksites.placements.correcting import save_placement
from worksites.placements.moving import move_placement
from worksites.placements.policy import Hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    """Added and started ten days ago, by the customer's planner."""
    then = states.now() - timedelta(days=10)
    row = placed.planned(placed.long_ago(placed.service(), 60), on=then)
    return placed.moved(row, "start", starts_on=days_ago(30), on=then)


def history_of(client, row):
    client.force_login(planner())
    return Page(client.get(reverse("placement", args=[row.customer.pk, row.pk]))).table("Status history")


@pytest.mark.policy("ILL-154")
def test_each_line_names_who_updated_the_placement_and_the_day(client, begun):
    another, now, row = youth_planner(), states.now(), begun
    for left, back in ((25, 22), (15, 10)):
        held = {"inactive_on": days_ago(left), "returned_on": days_ago(back)}
        move_placement(row, "hold", held, by=another, at=now)
        row = placed.moved(placed.reread(row), "return", returned_on=days_ago(back))
    (former,) = row.former_holds.all()
    holds = {former.pk: Hold(days_ago(25), days_ago(21))}
    save_placement(row, {"position_type": "full_time"}, former_holds=holds, by=another, at=now)
    own, others = f"{days_ago(10):%m/%d/%Y}", f"{states.today():%m/%d/%Y}"
    found = [(line["Updated Date"], line["Updated By"]) for line in history_of(client, row)]
    assert found == [
        (own, str(planner())), (own, str(planner())),  # added, and started
        (others, str(another)), (others, str(planner())),  # put on hold, and back
        (others, str(another)), (others, str(planner())),
        (others, str(another)),  # the first hold was corrected
    ]  # fmt: skip


@pytest.mark.policy("ILL-154", "AMB-I5")
def test_another_reason_is_typed_in_words_and_stands_in_the_history(client, begun):
    client.force_login(planner())
    path = reverse("placement-move", args=[begun.customer.pk, begun.pk, "terminate"])
    words = "The shop closed for the winter."
    reason = {"termination_reason": "other", "words": words}
    assert client.post(path, Page(client.get(path)).form(path) | reason).status_code == 302
    assert history_of(client, begun)[-1]["Status"] == f"Terminated Other {words}"
