"""Two whole journeys in each way of reading: 320 px wide, in forced colours, without a script, in Spanish."""

import contextlib
from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from careerplan.plans.enums import VersionState
from tests import people, states
from tests.journeys.browser import (
    NARROW,
    PHONE,
    assert_accessible,
    assert_no_sideways_scrolling,
    save_picture,
    sign_in,
    watched_page,
)
from tests.journeys.steps import follow, press, said

pytestmark = pytest.mark.django_db(transaction=True)

# The way, the browser's options, and the language of its reader.
WAYS = [
    ("320 px", {"viewport": NARROW}, "en"),
    ("forced colours", {"viewport": PHONE, "forced_colors": "active"}, "en"),
    ("without a script", {"viewport": PHONE, "java_script_enabled": False}, "en"),
    ("in Spanish", {}, "es"),
]
Say = Callable[[str], str]


@contextlib.contextmanager
def reading(chromium, live_server, user, way, options, language) -> Iterator[tuple]:
    """The person's browser, and how the product says a sentence to this reader."""
    with (
        translation.override(language),
        watched_page(chromium, live_server.url, **options) as page,
        told_with(way),
    ):
        sign_in(page, live_server, user)
        page.goto("/")
        if language == "es":
            press(page, "Español")
        yield page, lambda words: str(translation.gettext(words))


@contextlib.contextmanager
def told_with(way: str) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        error.add_note(f"Reading {way}.")
        raise


def look(page, name: str, way: str) -> None:
    save_picture(page, f"60-{way}-{name}")
    assert_no_sideways_scrolling(page)
    if way != "without a script":  # axe is one
        assert_accessible(page)


@pytest.mark.usefixtures("staff_and_lists")
def test_a_customer_reads_and_signs(chromium, live_server):
    for way, options, language in WAYS:
        customer = states.enrolled()
        asked = states.told(states.sent(states.written(customer)))
        with reading(chromium, live_server, customer.user, way, options, language) as (page, say):
            look(page, "my-plan", way)
            follow(page, say("Read and acknowledge"))
            press(page, say("Acknowledge my plan"))
            assert say("There is a problem") in page.locator("[data-error-summary]").inner_text()
            assert page.locator("#error-summary-title").bounding_box()["y"] >= 0
            look(page, "refused", way)
            page.get_by_label(say("I agree with this plan and with signing electronically.")).check()
            page.get_by_label(say("Type your full name")).fill(str(customer))
            press(page, say("Acknowledge my plan"))
            assert page.get_by_role("heading", name=say("Thank you. Your plan is acknowledged.")).is_visible()
            look(page, "acknowledged", way)
            follow(page, say("Go to my plan"))
            look(page, "my-plan-in-force", way)
        assert states.newest(customer).state == VersionState.ACTIVE
        assert asked.seal.version_id == states.newest(customer).pk


@pytest.mark.usefixtures("staff_and_lists")
def test_a_planner_writes_a_goal(chromium, live_server):
    customer = states.enrolled()
    states.written(customer)
    for way, options, language in WAYS:
        with reading(chromium, live_server, people.planner(), way, options, language) as (page, say):
            page.goto(f"/customers/{customer.pk}/plan/goals/")
            look(page, "goals", way)
            follow(page, say("Add Goal Statement"))
            press(page, say("Save goal"))
            assert page.title().startswith(say("Error:"))
            look(page, "goal-refused", way)
            page.get_by_label(say("Goal statement")).fill(f"Learn to drive: {way}")
            page.get_by_label(say("Category")).select_option(index=1)
            page.get_by_label(say("Short Term Goal")).check()
            press(page, say("Save goal"))
            assert say("The goal was saved.") in said(page)
            page.goto(f"/customers/{customer.pk}/plan/")
            look(page, "plan", way)
    assert customer.plans.get().goals.in_plan().filter(statement__startswith="Learn to drive").count() == len(WAYS)
