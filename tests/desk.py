"""Signing at the desk, for tests: Tyrell's version waits, and his planner sits opposite."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from acknowledgments.agreement.signing import acknowledge
from acknowledgments.desk import actions
from acknowledgments.desk.codes import code_of
from acknowledgments.models import DeskSigning
from careerplan.base import clock
from tests import states
from tests.people import tyrell, youth_planner
from tests.rows import write

BORN = {"born_month": "4", "born_day": "27", "born_year": "2008"}
SIGNED = {"agrees": "on", "typed_name": "Tyrell Brooks"}


def asked():
    return states.request_for(states.newest(tyrell()))


def planners_browser():
    browser = Client()
    browser.force_login(youth_planner())
    return browser


def at_desk(browser, *, customer=None):
    """A code is shown beside the planner's session."""
    response = browser.post(reverse("plan:desk-code", args=[(customer or tyrell()).pk]))
    assert response.url == reverse("plan:desk", args=[(customer or tyrell()).pk])
    return newest()


def newest():
    return DeskSigning.objects.with_all().order_by("-pk").first()


def letters(desk):
    return code_of(desk.seed, desk.session_key)


def typed(browser, code):
    return browser.post(reverse("desk:code"), {"code": code})


def with_birth_date(settings):
    """The agency takes birth date and e-mail; Tyrell's is on file."""
    settings.DESK_SIGNING = "birth_date_and_email"
    write(tyrell(), birth_date="2008-04-27")


def who(**values):
    return BORN | {"email": tyrell().user.email} | values


def later(monkeypatch, **passed):
    """All clocks of the product go on."""
    moment = clock.now() + timedelta(**passed)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def signed_on_screen():
    """Tyrell signed on the screen that his planner handed over."""
    row = actions.hand_over(asked(), by=youth_planner(), at=states.now())
    row = actions.confirm_sign_in(row, by=tyrell().user, at=states.now())
    evidence = {"typed_name": "Tyrell Brooks", "ip_address": None, "user_agent": "", "by": tyrell().user}
    acknowledge(asked(), **evidence, desk=row, at=states.now())
    return newest()
