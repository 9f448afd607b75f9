"""The form of a goal in a browser: characters are counted as the database does, and a status asks for what it needs."""

import pytest
from django.urls import reverse

from tests.journeys.browser import both_widths, sign_in
from tests.people import david, planner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto(reverse("plan:goal-add", args=[david().pk]))
    return page


@pytest.mark.policy("ILL-077")
def test_a_character_that_javascript_holds_in_two_halves_counts_as_one(form):
    form.get_by_label("Goal statement").fill("😀" * 143 + "é")
    assert form.locator("#id_statement_counter").inner_text() == "0 characters left"


@pytest.mark.policy("ILL-086", "ILL-088")
def test_a_status_shows_what_it_asks_for_and_no_other_does(form):
    reason, verified = form.get_by_label("Why it is off track"), form.get_by_label("How you verified it")
    assert not reason.is_visible()
    form.get_by_label("Status").select_option("off_track")
    assert reason.is_visible()
    assert not verified.is_visible()
    form.get_by_label("Status").select_option("complete")
    assert verified.is_visible()
    assert not reason.is_visible()
    both_widths(form, "71-goal-form")
