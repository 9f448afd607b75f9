"""The planner's page of the desk: it follows what becomes of a code, and stops where nothing more may come."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from acknowledgments.agreement.declining import decline
from acknowledgments.agreement.sending import recall
from acknowledgments.views.desk import WATCHED_FOR
from careerplan.accounts.middleware import SECONDS_BETWEEN_MARKS
from customers.enums import ContactMethod
from tests import desk, states
from tests.acknowledgments.test_desk_pages import PLAN, plan_address
from tests.markup import Page
from tests.people import tyrell, youth_planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ASKS = {"HX-Request": "true", "X-Asks-By-Itself": "true"}


@pytest.fixture
def planner():
    return desk.planners_browser()


@pytest.fixture
def phone():
    return Client()


def place():
    return reverse("plan:desk", args=[tyrell().pk])


def asked_by_itself(browser, standing):
    return browser.get(place(), {"shown": standing}, headers=ASKS)


def asks_again(page):
    return "hx-trigger" in page.content.decode().partition('id="desk-now"')[2][:400]


def test_the_planners_page_follows_and_stops(planner, phone, settings):
    place = reverse("plan:desk", args=[tyrell().pk])
    desk.with_birth_date(settings)
    assert "Show a code" in planner.get(place).content.decode()
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    asks = {"HX-Request": "true"}
    assert planner.get(place, {"shown": "opened"}, headers=asks).status_code == 204
    page = planner.get(place, {"shown": "waiting"}, headers=asks).content.decode()
    assert "hx-trigger" in page.partition('id="desk-now"')[2][:400]
    phone.post(PLAN, desk.who())
    phone.post(plan_address(), desk.SIGNED)
    page = planner.get(place, {"shown": "confirmed"}, headers=asks).content.decode()
    assert "signed. The plan is in force" in page
    assert "hx-trigger" not in page.partition('id="desk-now"')[2][:400]


def test_sending_leads_to_the_desk(client):
    customer = states.enrolled()
    version = states.written(customer)
    client.force_login(customer.planner)
    posted = {"version": version.pk, "way": "desk", "reason": states.ALL_THE_SAME}
    assert client.post(reverse("plan:send", args=[customer.pk]), posted).url == reverse("plan:desk", args=[customer.pk])
    assert desk.newest().request.seal.version == version
    assert "Waiting for Nora to open the plan" in Page(client.get(reverse("plan:desk", args=[customer.pk]))).words


@pytest.mark.parametrize("standing", ["opened", "confirmed"])
def test_who_reads_for_longer_than_an_hour_is_not_watched_any_more(planner, phone, settings, monkeypatch, standing):
    desk.with_birth_date(settings)
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    if standing == "confirmed":
        phone.post(PLAN, desk.who())
    assert asked_by_itself(planner, standing).status_code == 204
    desk.later(monkeypatch, seconds=(WATCHED_FOR + timedelta(seconds=1)).total_seconds())
    page = asked_by_itself(planner, standing)
    assert page.status_code == 200
    assert not asks_again(page)


def test_a_page_that_asks_by_itself_keeps_no_session_alive(planner, monkeypatch):
    desk.at_desk(planner)
    planner.get(place())
    marked = planner.session["marked"]
    desk.later(monkeypatch, seconds=SECONDS_BETWEEN_MARKS + 10)
    assert asked_by_itself(planner, "waiting").status_code == 204
    assert planner.session["marked"] == marked
    planner.get(place())
    assert planner.session["marked"] > marked


@pytest.mark.parametrize("end", ["recalled", "declined", "signed"])
def test_the_page_leads_to_the_agreement_once_nothing_waits_any_more(planner, end):
    desk.at_desk(planner)
    version, at, by = states.newest(tyrell()), states.now(), youth_planner()
    if end == "recalled":
        recall(version, by=by, at=at)
    elif end == "declined":
        decline(version, contact_on=states.today(), contact_method=ContactMethod.PHONE, note="No.", by=by, at=at)
    else:
        states.acknowledged(desk.asked())
    answer = asked_by_itself(planner, "waiting")
    assert answer.headers["HX-Redirect"] == reverse("plan:agreement", args=[tyrell().pk])
    assert planner.get(place()).url == reverse("plan:agreement", args=[tyrell().pk])
