"""My help in dollars: what the customer reads of promises and payments."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from careerplan.base.history import record
from services.actions import add_service, save_service
from services.costs import own
from services.costs.actions import void
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, planner
from tests.services.costs.money import care, entered, free, promised, settled
from tests.services.funding import service_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(angela().user)
    return client


def words(client):
    return Page(client.get(reverse("my:dashboard"))).words


@pytest.mark.policy("ILL-005")
def test_the_customer_reads_what_is_promised_what_is_paid_and_until_when(client):
    until = date_format(service_of(angela(), "TR-OST").planned_end_on, "DATE_FORMAT")
    told = words(client)
    assert "The program promised $2,970.00 for you. $680.00 of it is paid." in told
    assert f"Promised $1,480.00 Paid so far $600.00 $880.00 is still there for you until {until}." in told


def test_what_is_only_planned_or_was_voided_is_no_promise(client):
    before = words(client)
    entered("77.00")
    void(promised(entered("88.00")), reason="x", by=planner(), at=states.now())
    assert words(client) == before


def test_what_is_promised_of_a_service_that_was_never_provided_is_not_there_for_the_customer(client):
    assert "Promised $1,250.00" in words(client)
    values = {"status": "never_provided", "never_provided_reason": "unavailable"}
    save_service(care(), values, by=planner(), at=states.now())
    told = words(client)
    assert "Promised $1,250.00" not in told
    assert "The program promised $1,720.00 for you. $680.00 of it is paid." in told
    assert "Total planned help in dollars: $240.00" in told
    client.force_login(planner())
    page = Page(client.get(reverse("plan:service-edit", args=[angela().pk, care().pk]))).words
    assert "$1,250.00 is still promised for this service. Void it under Costs" in page


def test_what_is_all_paid_says_so(client):
    search = service_of(angela(), "BC-JSST")
    settled(promised(entered("15.00", service=search, paid_from=free())))
    assert "Promised $15.00 Paid so far $15.00 All of it is paid." in words(client)


def test_the_last_day_of_several_promises_is_told(client):
    late = states.today() + timedelta(days=300)
    promised(entered("10.00"), until_on=late)
    assert f"until {date_format(late, 'DATE_FORMAT')}." in words(client)


def test_a_promise_whose_day_has_passed_is_not_said_to_be_there(client, monkeypatch):
    today = states.today()
    promised(entered("10.00", service=service_of(angela(), "BC-JSST"), paid_from=free()), until_on=today)
    assert f"$10.00 is still there for you until {date_format(today, 'DATE_FORMAT')}." in words(client)
    monkeypatch.setattr(own, "day_of", lambda _at: today + timedelta(days=1))
    told = words(client)
    assert f"$10.00 was promised until {date_format(today, 'DATE_FORMAT')}. Ask your career planner" in told
    assert "$10.00 is still there" not in told


def test_of_a_service_that_waits_in_a_draft_nothing_is_told(client):
    states.reviewed(angela())
    before = words(client)
    clothes = add_service(
        care().plan, Service.objects.get(code="SS-CLOT"), goal=care().goal, by=planner(), at=states.now()
    )
    promised(entered("180.00", service=PlannedService.objects.get(pk=clothes.pk)))
    assert words(client) == before


def test_who_has_no_promise_has_no_such_part(client):
    client.force_login(lucia().user)
    assert "My help in dollars" not in words(client)


def test_it_is_said_in_spanish(client):
    user = angela().user
    user.language = "es"
    record(user, by=None, at=states.now())
    client.force_login(user)
    told = words(client)
    assert "Mi ayuda en dólares" in told
    assert "El programa le prometió $2,970.00. De eso ya se pagaron $680.00." in told
