"""Signing at the desk with two browsers: the planner's screen shows a code, the customer's phone opens it and signs."""

import pytest
from django.urls import reverse

from acknowledgments.models import Acknowledgment
from careerplan.plans.enums import VersionState
from tests import desk, states
from tests.journeys.browser import PHONE, both_widths, watched_page
from tests.journeys.steps import follow, press, sign_in_by_form, signed_in_page
from tests.people import tyrell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings):
    settings.DEMO_SIGN_IN = True


def waits_for(page, words):
    """The page moved on by itself, and a screen reader hears it."""
    page.get_by_role("status").filter(has_text=words).wait_for(state="attached")


def show_the_code(page):
    page.goto(reverse("plan:agreement", args=[tyrell().pk]))
    press(page, "Sign at the desk")
    waits_for(page, "Waiting for Tyrell to open the plan")
    return page.locator(".desk-letters").inner_text()


def sign_on(page):
    page.get_by_label("I agree with this plan and with signing electronically.").check()
    page.get_by_label("Type your full name").fill("Tyrell Brooks")
    press(page, "Acknowledge my plan")


@pytest.mark.policy("WIS-077", "ILL-035")
def test_a_customer_signs_on_the_own_phone_with_birth_date_and_email(live_server, people, chromium, settings):
    desk.with_birth_date(settings)
    with signed_in_page(chromium, live_server, "planner.youth") as planner:
        letters = show_the_code(planner)
        both_widths(planner, "70-desk-code")
        with watched_page(chromium, live_server.url, viewport=PHONE) as phone:
            phone.goto("/desk/")
            both_widths(phone, "71-desk-letters")
            phone.get_by_label("The six letters").fill(letters)
            press(phone, "Open my plan")
            waits_for(planner, "The plan was opened")
            both_widths(phone, "72-desk-is-this-you")
            for label, value in (("Month", "4"), ("Day", "27"), ("Year", "2007")):
                phone.get_by_label(label, exact=True).fill(value)
            phone.get_by_label("Your e-mail address").fill(tyrell().user.email)
            press(phone, "Yes, open my plan")
            both_widths(phone, "73-desk-is-not-on-file")
            phone.get_by_label("Year", exact=True).fill("2008")
            press(phone, "Yes, open my plan")
            phone.get_by_role("heading", name="Read and acknowledge your plan").wait_for()
            waits_for(planner, "We know that it is Tyrell")
            both_widths(phone, "74-desk-plan")
            phone.goto("/my/")
            phone.get_by_role("heading", name="This screen shows one plan").wait_for()
            both_widths(phone, "75-desk-locked")
            follow(phone, "Back to the plan")
            sign_on(phone)
            phone.get_by_role("heading", name="Thank you. Your plan is signed.").wait_for()
            both_widths(phone, "76-desk-done")
        waits_for(planner, "Tyrell signed. The plan is in force")
        both_widths(planner, "77-desk-signed")
        asks = []
        planner.on("request", lambda request: asks.append(request.url))
        follow(planner, "Go to the agreement")
        assert not [url for url in asks if "shown=" in url]
    version = states.newest(tyrell())
    assert version.state == VersionState.ACTIVE
    assert Acknowledgment.objects.get(version=version).desk_signing.identity == "birth_date_and_email"


def test_a_screen_is_handed_over_and_its_planner_signs_in_again(live_server, people, chromium):
    with signed_in_page(chromium, live_server, "planner.youth") as page:
        show_the_code(page)
        press(page, "Hand over this screen")
        both_widths(page, "78-desk-handed-over")
        page.goto("/today/")
        page.get_by_role("heading", name="This screen shows one plan").wait_for()
        follow(page, "Back to the plan")
        follow(page, "Sign in and open my plan")
        sign_in_by_form(page, "tyrell.brooks")
        page.get_by_role("heading", name="Read and acknowledge your plan").wait_for()
        sign_on(page)
        both_widths(page, "79-desk-done-on-the-screen")
        press(page, "For the career planner: sign in again")
        both_widths(page, "80-desk-sign-in-again")
        sign_in_by_form(page, "planner.youth")
        page.get_by_role("heading", name="Agreement", level=1).wait_for()
        page.goto("/today/")
        page.get_by_role("heading", level=1).wait_for()
        assert page.get_by_text("This screen shows one plan").count() == 0
    assert Acknowledgment.objects.get(version=states.newest(tyrell())).desk_signing.device == "tablet"


def test_other_tabs_of_a_screen_that_is_handed_over_show_nothing_any_more(live_server, people, chromium):
    with signed_in_page(chromium, live_server, "planner.youth") as page:
        other = page.context.new_page()
        other.goto("/today/")
        other.get_by_role("link", name="Keisha Monroe").first.wait_for()
        show_the_code(page)
        press(page, "Hand over this screen")
        page.get_by_role("heading", name="Is this you?").wait_for()
        other.get_by_role("heading", name="This screen shows one plan").wait_for()
        assert "Keisha" not in other.content()


def test_the_desk_works_without_javascript(live_server, people, chromium, settings):
    desk.with_birth_date(settings)
    off = {"java_script_enabled": False}
    with signed_in_page(chromium, live_server, "planner.youth", **off) as planner:
        letters = show_the_code(planner)
        assert planner.locator("meta[http-equiv=refresh]").count() == 1
        with watched_page(chromium, live_server.url, viewport=PHONE, **off) as phone:
            phone.goto(f"/desk/{letters.replace(' ', '')}/")
            press(phone, "Open my plan")
            phone.get_by_role("heading", name="Is this you?").wait_for()
        follow(planner, "Check again")
        assert "The plan was opened" in planner.get_by_role("status").first.inner_text()
