"""A service that ended while it stands in a draft stays there, says so, and is pointed out before the draft is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.rules.completeness import warnings_about
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import david, planner
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(people):
    pen = states.pen(states.newest(david()))
    return pen.service("SS-LEGL", planned_start_on=pen.in_days(5))


def ends(days):
    write(Service.objects.get(code="SS-LEGL"), offered_until=states.today() + timedelta(days=days))


def advised():
    version = states.newest(david())
    return [one.item for one in warnings_about(contents_of(version.plan, version)) if one.code == "SERVICE-ENDED"]


@pytest.mark.parametrize(("days", "named"), [(-1, True), (4, True), (5, False), (60, False)])
def test_a_planned_start_after_the_last_day_is_pointed_out(planned, days, named):
    ends(days)
    assert bool(advised()) is named
    assert PlannedService.objects.in_plan().filter(pk=planned.pk).exists()


def test_what_is_switched_off_is_pointed_out(planned):
    assert advised() == []
    write(Service.objects.get(code="SS-LEGL"), is_active=False)
    assert advised() == ["Support - Legal Aid"]


def test_what_has_begun_is_not(planned):
    ends(-1)
    write(planned, status="started", actual_start_on=states.today(), gate_exemption="not_gated")
    assert advised() == []


def test_its_line_and_its_page_say_it(client, planned):
    client.force_login(planner())
    ends(-1)
    page = Page(client.get(reverse("plan:service-edit", args=[david().pk, planned.pk])))
    assert "Offered until" in page.words
    write(Service.objects.get(code="SS-LEGL"), is_active=False)
    assert "No longer offered" in Page(client.get(reverse("plan:services", args=[david().pk]))).words
