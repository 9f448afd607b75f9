"""What is being typed is kept with a fresh token; where it can't be, the page says so, and why."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from careerplan.base.models import FormDraft
from customers.models import CaseNote
from tests.journeys.browser import sign_in
from tests.journeys.steps import sign_in_by_form
from tests.people import angela, planner, youth_planner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def notes(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto(reverse("customers:case-notes", args=[angela().pk]))
    page.locator("#add-note > summary").click()
    return page


def types(page, text):
    page.locator("textarea[name=text]").fill(text)
    return page.locator("[data-draft-status]")


def signs_in_elsewhere(page, live_server, user):
    page.context.clear_cookies()
    if user:
        sign_in(page, live_server, user)


def test_a_draft_is_kept_and_saved_after_a_new_sign_in(notes, live_server):
    signs_in_elsewhere(notes, live_server, planner())
    expect(types(notes, "She found a room.")).to_contain_text("Draft saved at")
    assert "She+found+a+room." in FormDraft.objects.get(user=planner()).data
    notes.get_by_label("Subject").fill("Room")
    notes.locator("select[name=contact_method]").select_option("phone")
    notes.get_by_role("button", name="Save case note").click()
    expect(notes.get_by_text("She found a room.").first).to_be_visible()
    assert CaseNote.objects.filter(text="She found a room.").count() == 1


@pytest.mark.parametrize(
    ("who", "why"),
    [(None, "you are signed out"), (youth_planner, "someone else has signed in")],
)
def test_a_draft_that_is_not_kept_says_why(notes, live_server, who, why):
    signs_in_elsewhere(notes, live_server, who and who())
    expect(types(notes, "She found a room.")).to_contain_text(why)
    assert not FormDraft.objects.exists()


def test_without_a_connection_the_page_says_so(notes):
    notes.context.set_offline(True)
    expect(types(notes, "She found a room.")).to_contain_text("there is no connection")


def test_what_was_saved_too_late_comes_back_after_signing_in(notes, settings):
    settings.DEMO_SIGN_IN = True
    notes.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    types(notes, "She found a room.")
    notes.get_by_role("button", name="Save case note").click()
    expect(notes.get_by_text("We kept what you typed")).to_be_visible()
    sign_in_by_form(notes, planner().username)
    expect(notes.locator("textarea[name=text]")).to_have_value("She found a room.")


def test_who_is_signed_out_meanwhile_is_led_to_sign_in_and_not_left_with_a_dead_button(notes):
    notes.context.clear_cookies()
    notes.locator("[data-session-extend]").dispatch_event("click")
    notes.wait_for_url("**/accounts/login/**")
