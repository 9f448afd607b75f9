"""A browser that holds one plan: how long, in which language, whose account it is lent, and what ends the holding."""

import pytest
from django.test import Client
from django.urls import reverse

from acknowledgments.models import Acknowledgment
from careerplan.accounts.models import User
from careerplan.base.models import FormDraft
from careerplan.base.private import CLEARED
from tests import desk, states
from tests.acknowledgments.test_desk_pages import BACK, CODE, DONE, PLAN, opened_with_birth_date, plan_address, sign_in
from tests.markup import Page
from tests.people import lucia, tyrell, youth_planner
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def planner():
    return desk.planners_browser()


@pytest.fixture
def phone():
    return Client()


def signed_in(phone, planner, settings):
    """The customer typed the code on a phone of his own and signed in there."""
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    sign_in(phone, settings, "tyrell.brooks")
    assert phone.get(PLAN).url == plan_address()
    assert phone.get(plan_address()).status_code == 200


def handed_over(browser):
    return browser.post(reverse("plan:hand-over", args=[tyrell().pk]))


def choose(browser, language):
    return browser.post(reverse("set_language"), {"language": language, "next": PLAN})


def said_to_the_planner():
    return Page(desk.planners_browser().get(reverse("plan:desk", args=[tyrell().pk]))).words


# --- how long ---------------------------------------------------------------------------------


def test_who_works_on_the_own_phone_signs_at_the_desk_however_long_it_takes(planner, phone, settings, monkeypatch):
    signed_in(phone, planner, settings)
    desk.later(monkeypatch, minutes=14)
    assert phone.get(plan_address()).status_code == 200
    desk.later(monkeypatch, minutes=14)
    assert phone.post(plan_address(), desk.SIGNED).status_code == 302
    assert desk.newest().acknowledgment == Acknowledgment.objects.get(version=states.newest(tyrell()))


def test_nobody_signs_without_the_desk_by_being_late(planner, phone, settings, monkeypatch):
    """Nor after what a page sends by itself, as a draft of what is typed."""
    signed_in(phone, planner, settings)
    desk.later(monkeypatch, minutes=16)
    phone.post(f"{reverse('draft_keep')}?form={plan_address()}", {"agrees": "on"})
    phone.get(reverse("session_token"))
    answer = phone.post(plan_address(), desk.SIGNED)
    assert answer.status_code == 409
    assert "Ask your career planner for a new code." in answer.content.decode()
    assert not Acknowledgment.objects.filter(version=states.newest(tyrell())).exists()
    assert desk.newest().end == "over"
    assert phone.post(plan_address(), desk.SIGNED).status_code == 409
    assert phone.get(plan_address()).status_code == 200
    assert phone.post(plan_address(), desk.SIGNED).status_code == 302  # the own sign-in alone
    assert desk.newest().acknowledgment is None


@pytest.mark.parametrize("ending", [states.recalled, states.not_completed])
def test_a_version_that_waits_no_more_says_so_and_not_that_the_page_is_closed(planner, phone, settings, ending):
    signed_in(phone, planner, settings)
    address = plan_address()
    ending(states.newest(tyrell()))
    answer = phone.post(address, desk.SIGNED)
    assert answer.status_code == 409
    assert "for a new code" not in answer.content.decode()


# --- what ends it -----------------------------------------------------------------------------


def test_an_idle_phone_of_ones_own_is_waited_for_no_more(planner, phone, settings, monkeypatch):
    signed_in(phone, planner, settings)
    desk.later(monkeypatch, minutes=16)
    assert phone.get(plan_address()).status_code == 200
    assert desk.newest().end == "over"
    assert "This code does not work any more" in said_to_the_planner()


def test_an_idle_phone_that_was_locked_is_waited_for_no_more(planner, phone, settings, monkeypatch):
    opened_with_birth_date(phone, planner, settings)
    desk.later(monkeypatch, minutes=16)
    assert phone.get(plan_address()).status_code == 403
    assert desk.newest().end == "over"


def test_an_idle_screen_is_waited_for_no_more(planner, monkeypatch):
    handed_over(planner)
    desk.later(monkeypatch, minutes=16)
    assert planner.get(PLAN).status_code == 403
    assert desk.newest().end == "over"


def test_a_screen_that_its_planner_takes_back_by_signing_in_is_waited_for_no_more(planner, settings):
    handed_over(planner)
    sign_in(planner, settings, "planner.youth")
    assert planner.get(PLAN).url == reverse("plan:agreement", args=[tyrell().pk])
    assert desk.newest().end == "left"


def test_a_phone_on_which_somebody_else_signs_in_is_waited_for_no_more(planner, phone, settings):
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    sign_in(phone, settings, lucia().user.username)
    assert phone.get(PLAN).status_code == 403
    assert desk.newest().end == "left"


# --- in which language ------------------------------------------------------------------------


def test_a_customer_without_a_sign_in_signs_in_the_language_of_the_button(planner, phone, settings):
    opened_with_birth_date(phone, planner, settings)
    assert Page(phone.get(plan_address())).root.get("lang") == "en"
    choose(phone, "es")
    assert Page(phone.get(plan_address())).root.get("lang") == "es"
    phone.post(plan_address(), desk.SIGNED)
    assert desk.newest().acknowledgment.language == "es"
    assert User.objects.get(pk=tyrell().user.pk).language == "en"


def test_a_screen_that_is_handed_over_speaks_the_customers_language(planner, settings):
    desk.with_birth_date(settings)
    write(tyrell().user, language="es")
    choose(planner, "en")
    handed_over(planner)
    assert Page(planner.get(PLAN)).root.get("lang") == "es"
    planner.post(PLAN, desk.who())
    assert Page(planner.get(plan_address())).root.get("lang") == "es"


@pytest.mark.parametrize("back", [True, False])
def test_what_a_customer_chose_on_the_screen_is_not_the_planners(planner, settings, back):
    handed_over(planner)
    choose(planner, "es")
    if back:
        planner.post(BACK)
    sign_in(planner, settings, "planner.youth")
    assert User.objects.get(pk=youth_planner().pk).language == "en"
    assert Page(planner.get("/today/", follow=True)).root.get("lang") == "en"


def test_what_a_customer_chose_on_the_screen_is_the_customers(planner, settings):
    handed_over(planner)
    choose(planner, "es")
    sign_in(planner, settings, "tyrell.brooks")
    assert User.objects.get(pk=tyrell().user.pk).language == "es"


# --- whose account is lent --------------------------------------------------------------------


@pytest.mark.parametrize("change", ["off", "gone"])
def test_a_sign_in_that_is_switched_off_or_gone_is_lent_to_nobody(planner, phone, settings, change):
    opened_with_birth_date(phone, planner, settings)
    address, version = plan_address(), states.newest(tyrell())
    if change == "off":
        write(tyrell().user, is_active=False)
    else:
        write(tyrell(), user=None)
    answer = phone.post(address, desk.SIGNED)
    assert answer.status_code == 403
    assert "This plan is closed" in answer.content.decode()
    assert not Acknowledgment.objects.filter(version=version).exists()
    assert desk.newest().end == "over"
    assert phone.get(PLAN).url == CODE


def test_drafts_are_kept_of_the_forms_of_this_plan_alone(planner, phone, settings):
    opened_with_birth_date(phone, planner, settings)
    own, other = reverse("my:disagree", args=[desk.asked().key]), "/my/messages/"
    assert phone.post(f"{reverse('draft_keep')}?form={own}", {"text": "Not yet."}).status_code == 200
    assert phone.post(f"{reverse('draft_keep')}?form={other}", {"text": "Not yet."}).status_code == 403
    assert [row.path for row in FormDraft.objects.filter(user=tyrell().user)] == [own]
    FormDraft.objects.update(path=other)
    assert phone.post(reverse("draft_drop"), {"form": other}).status_code == 403
    assert FormDraft.objects.count() == 1
    FormDraft.objects.update(path=own)
    assert phone.post(reverse("draft_drop"), {"form": own}).status_code == 302
    assert not FormDraft.objects.exists()


# --- what stays in the browser ----------------------------------------------------------------


def test_nothing_of_the_plan_stays_in_a_browser_that_was_confirmed_by_birth_date(planner, phone, settings):
    answer = opened_with_birth_date(phone, planner, settings)
    assert "Clear-Site-Data" not in answer.headers
    assert "Clear-Site-Data" not in phone.get(plan_address()).headers
    assert phone.post(plan_address(), desk.SIGNED).headers["Clear-Site-Data"] == CLEARED
    assert "Clear-Site-Data" not in phone.get(DONE).headers


def test_nothing_of_the_plan_stays_in_a_screen_that_was_handed_over(planner, settings):
    desk.with_birth_date(settings)
    assert handed_over(planner).headers["Clear-Site-Data"] == CLEARED  # of the planner
    planner.post(PLAN, desk.who())
    assert planner.post(plan_address(), desk.SIGNED).headers["Clear-Site-Data"] == CLEARED
