"""A customer on a phone asks about an item and says no to the plan; the planner answers; Done on the dashboard."""

import pytest

from acknowledgments.models import ItemQuestion
from careerplan.demo.cast import TYRELL
from goals.models import ActionStep
from tests import states
from tests.journeys.browser import PHONE, assert_no_sideways_scrolling, both_widths, sign_in
from tests.journeys.steps import follow, press, said, signed_in_page
from tests.people import tyrell, youth_planner

GOAL = "Earn the high school equivalency diploma"
LINE = "Your question, or what you do not want"
QUESTION, ANSWER = "Is there an evening class?", "Yes, on Tuesdays."


def ask(page, about: str, text: str) -> None:
    """Open the line under the item, with the keyboard alone, and send it."""
    summary = page.locator("[id^=about-goal-] summary", has_text=f"Ask about this, or say no: {about}")
    summary.focus()
    page.keyboard.press("Enter")
    line = page.locator("[id^=about-goal-] details", has_text=about).get_by_label(LINE)
    line.fill(text)
    with page.expect_navigation():
        line.press("Enter")


@pytest.mark.django_db(transaction=True)
def test_a_customer_asks_and_says_no_without_javascript_and_the_planner_answers(
    chromium, live_server, people, settings
):
    settings.DEMO_SIGN_IN = True
    with signed_in_page(chromium, live_server, TYRELL, java_script_enabled=False, viewport=PHONE) as page:
        page.goto(states.request_for(states.newest(tyrell())).path)
        ask(page, GOAL, QUESTION)
        assert "We told your planner." in said(page)
        assert "#about-goal-" in page.url
        assert f"You asked: {QUESTION}" in page.locator("#contents").inner_text()
        assert_no_sideways_scrolling(page)
        follow(page, "I do not agree")
        page.get_by_label("Why you do not agree").fill("I want to work outdoors.")
        press(page, "Tell my planner that I do not agree")
        assert "I want to work outdoors." in page.locator("#disagreed").inner_text()
    with signed_in_page(chromium, live_server, "planner.youth", java_script_enabled=False) as page:
        page.goto(f"/customers/{tyrell().pk}/plan/agreement/")
        page.get_by_label(f"Your answer: {QUESTION}").fill(ANSWER)
        press(page, "Send the answer")
        assert ANSWER in page.locator("#questions").inner_text()
    assert ItemQuestion.objects.get().answer == ANSWER


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_questions_and_of_today_are_accessible_and_fit(page, live_server, people):
    request = states.request_for(states.newest(tyrell()))
    sign_in(page, live_server, tyrell().user)
    page.goto(request.path)
    ask(page, GOAL, QUESTION)
    page.locator("[id^=about-goal-] summary", has_text=GOAL).click()
    both_widths(page, "ask")
    page.goto(f"{request.path}disagree/")
    both_widths(page, "disagree")
    states.acknowledged(request)
    page.goto("/my/")
    page.get_by_role("button", name="I have done this").first.click()
    page.get_by_text("The step is done now.").wait_for()
    assert ActionStep.objects.filter(plan__customer=tyrell(), done_on__isnull=False).count() == 1
    both_widths(page, "today")
    sign_in(page, live_server, youth_planner())
    page.goto(f"/customers/{tyrell().pk}/plan/versions/{states.newest(tyrell()).pk}/")
    both_widths(page, "version")
    page.goto("/requests/")
    both_widths(page, "requests")
