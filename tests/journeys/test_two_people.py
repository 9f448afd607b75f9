"""Two people at once, and two clicks at once: one success and one clear sentence, and nothing typed is lost."""

import contextlib

import pytest

from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from goals.models import Goal
from tests.journeys.browser import both_widths, sign_in, watched_page
from tests.journeys.steps import SEND, follow, in_one_line, press, said, say_why, search_services
from tests.people import david, lucia, north_planner, planner, tyrell, youth_planner

pytestmark = pytest.mark.django_db(transaction=True)


@contextlib.contextmanager
def browser_of(user, chromium, live_server, **options):
    with watched_page(chromium, live_server.url, **options) as page:
        sign_in(page, live_server, user)
        yield page


def test_a_stale_tab_shows_both_texts_and_overwrites_nothing(chromium, live_server, people):
    goal = Goal.objects.get(plan__customer=david(), statement="Learn how to drive")
    address = f"/customers/{david().pk}/plan/goals/{goal.pk}/edit/"
    with (
        browser_of(planner(), chromium, live_server) as mine,
        browser_of(youth_planner(), chromium, live_server) as theirs,
    ):
        for page, text in ((mine, "Get a driver license by June"), (theirs, "Pass the road test")):
            page.goto(address)
            page.get_by_label("Goal statement").fill(text)
        press(theirs, "Save goal")
        press(mine, "Save goal")
        notice = mine.get_by_role("alert").filter(has_text="Someone else changed this in the meantime")
        words = in_one_line(notice.inner_text())
        assert "What you entered Get a driver license by June" in words
        assert "What is saved now Pass the road test" in words
        assert mine.get_by_label("Goal statement").input_value() == "Get a driver license by June"
        both_widths(mine, "40-two-texts")
        goal.refresh_from_db()
        assert goal.statement == "Pass the road test"
        press(mine, "Save goal")
        assert "The goal was saved." in said(mine)
    goal.refresh_from_db()
    assert goal.statement == "Get a driver license by June"


def test_a_recall_while_the_customer_reads_is_told_in_a_sentence(chromium, live_server, people):
    asked = AcknowledgmentRequest.objects.get(seal__version__plan__customer=tyrell())
    with (
        browser_of(youth_planner(), chromium, live_server) as planners,
        browser_of(tyrell().user, chromium, live_server) as tyrells,
    ):
        tyrells.goto(f"/my/acknowledge/{asked.key}/")
        tyrells.get_by_label("I agree with this plan").check()
        tyrells.get_by_label("Type your full name").fill("Tyrell Brooks")
        planners.goto(f"/customers/{tyrell().pk}/plan/agreement/")
        press(planners, "Recall")
        assert "The version was recalled." in said(planners)
        press(tyrells, "Acknowledge my plan")
        assert "Your planner took this version back to change it." in tyrells.locator("#main").inner_text()
        both_widths(tyrells, "41-recalled-meanwhile")
        follow(tyrells, "Go back")
        assert "Your plan was taken back to be changed" in tyrells.locator("#main").inner_text()
    assert not Acknowledgment.objects.filter(version__plan__customer=tyrell()).exists()


def test_a_dialog_says_that_the_plan_was_sent_meanwhile(chromium, live_server, people):
    with (
        browser_of(north_planner(), chromium, live_server) as mine,
        browser_of(north_planner(), chromium, live_server) as other_tab,
    ):
        mine.goto(f"/customers/{lucia().pk}/plan/services/")
        mine.get_by_role("link", name="Add Step/Service").click()
        dialog = mine.get_by_role("dialog", name="Add Step/Service")
        search_services(dialog, "deeper")
        other_tab.goto(f"/customers/{lucia().pk}/plan/agreement/")
        say_why(other_tab)
        press(other_tab, SEND)
        dialog.get_by_role("button", name="Add In-depth career advice one on one").click()
        dialog.get_by_text("Version 1 is with the customer. Recall it first, then change it.").wait_for()


def test_two_clicks_and_a_second_tab_send_one_version(chromium, live_server, people):
    with browser_of(north_planner(), chromium, live_server) as page:
        page.goto(f"/customers/{lucia().pk}/plan/agreement/")
        second_tab = page.context.new_page()
        second_tab.goto(page.url)
        for tab in (page, second_tab):
            say_why(tab)
        with page.expect_navigation():
            page.get_by_role("button", name=SEND).dblclick()
        assert "The plan was sent." in said(page)
        press(second_tab, SEND)
        assert "Version 1 was already sent and is waiting for the customer." in second_tab.locator("#main").inner_text()
    assert Seal.objects.filter(version__plan__customer=lucia()).count() == 1


def test_two_clicks_and_a_second_tab_acknowledge_once(chromium, live_server, people):
    asked = AcknowledgmentRequest.objects.get(seal__version__plan__customer=tyrell())
    with browser_of(tyrell().user, chromium, live_server) as page:
        second_tab = page.context.new_page()
        for tab in (page, second_tab):
            tab.goto(f"/my/acknowledge/{asked.key}/")
            tab.get_by_label("I agree with this plan").check()
            tab.get_by_label("Type your full name").fill("Tyrell Brooks")
        with page.expect_navigation():
            page.get_by_role("button", name="Acknowledge my plan").dblclick()
        press(second_tab, "Acknowledge my plan")
        for tab in (page, second_tab):
            assert tab.get_by_role("heading", name="Thank you. Your plan is acknowledged.").is_visible()
    assert Acknowledgment.objects.filter(version__plan__customer=tyrell()).count() == 1
