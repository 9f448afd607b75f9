"""The minimum wage that stands beside the form of a placement's wage (ILL-132)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from services.actions import save_service
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page
from tests.people import planner
from tests.rows import write
from worksites.placements.paying import Pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

OF_YOUTH, OF_ADULTS = "Minimum Wage for Placement: $13.00", "Minimum Wage for Placement: $15.00"


@pytest.fixture
def young():
    """Seventeen, with few hours: held against the rate for youth."""
    under = placed.service()
    write(under.plan.customer, birth_date=states.today() - timedelta(days=17 * 365))
    under = PlannedService.objects.select_related("plan__customer").get(pk=under.pk)
    return placed.planned(under, pay=Pay(Decimal("14.00"), Decimal("10.00"), circumstances=["few_hours"]))


def path_of(name, row):
    return reverse(name, args=[row.customer.pk, row.pk])


@pytest.mark.policy("ILL-132")
def test_it_counts_what_is_ticked_from_the_first(client, young):
    client.force_login(planner())
    page = Page(client.get(path_of("placement-wage", young)))
    assert page.form(path_of("placement-wage", young))["circumstances"] == "few_hours"
    assert OF_YOUTH in page.words


@pytest.mark.parametrize(("ticked", "words"), [(["few_hours"], OF_YOUTH), ([], OF_ADULTS)])
def test_it_follows_what_is_ticked(client, young, ticked, words):
    client.force_login(planner())
    path = path_of("placement-wage-minimum", young)
    assert words in Page(client.get(path, {"from_on": "", "circumstances": ticked})).words
    form = path_of("placement-wage", young)
    sent = Page(client.get(form)).form(form) | {"hourly_wage": "1.00", "circumstances": ticked}
    assert words in Page(client.post(form, sent)).words


def test_it_is_asked_of_a_placement_of_a_former_plan_too(client):
    row = placed.moved(placed.planned_in_the_past(), "start", starts_on=states.days_ago(30))
    row = placed.moved(row, "terminate", ends_on=states.days_ago(5), termination_reason="completed")
    service = PlannedService.objects.select_related("plan", "service").get(pk=row.planned_id)
    save_service(service, {"status": "complete", "ended_on": states.days_ago(5)}, by=planner(), at=states.now())
    states.closed(row.customer)
    states.started(row.customer)
    client.force_login(planner())
    (beside,) = Page(client.get(path_of("placement-wage", row))).root.xpath("//*[@id='_minimum']")
    answer = client.get(beside.get("hx-get"), {"from_on": ""})
    assert answer.status_code == 200
    assert OF_ADULTS in Page(answer).words
