"""The minimum wage that stands beside the form of a placement's wage, and that the wage is held against (ILL-132)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from services.actions import change_funding, save_service
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page
from tests.people import lucia, planner
from tests.rows import write
from tests.wages import program_minimum
from worksites.placements.paying import Pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

OF_YOUTH, OF_ADULTS = "Minimum Wage for Placement: $13.00", "Minimum Wage for Placement: $15.00"
OF_PROGRAM = "Minimum Wage for Placement: $18.00"


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


@pytest.mark.policy("ILL-132", "AMB-I9")
def test_what_the_program_asks_in_the_customers_region_is_shown_and_held_against(client):
    under, job = placed.service(), placed.job(hourly_wage=Decimal("17.99"))
    since, region = states.today() + timedelta(days=10), under.plan.customer.office.region
    program_minimum(under.program, "18.00", since, region=region)
    program_minimum(under.program, "19.00", since, region=lucia().office.region)
    client.force_login(planner())
    args = [under.plan.customer_id, under.pk, job.pk]
    path, beside = reverse("plan:placement-add", args=args), reverse("plan:placement-minimum", args=args)
    assert OF_ADULTS in Page(client.get(beside, {"starts_on": states.today().isoformat()})).words
    assert OF_PROGRAM in Page(client.get(beside, {"starts_on": since.isoformat()})).words
    sent = Page(client.get(path)).form(path) | {"position_type": "full_time", "starts_on": since.isoformat()}
    refused = Page(client.post(path, sent))
    assert OF_PROGRAM in refused.words
    assert f"The minimum wage is $18.00 ({under.program.name}). Enter an hourly wage" in refused.words
    client.post(path, sent | {"hourly_wage": "18.00"})
    assert under.placements.get().wage.minimum_wage == Decimal("18.00")


@pytest.mark.policy("ILL-132", "AMB-I9")
def test_each_day_counts_the_program_that_paid_it(client):
    row = placed.moved(placed.planned_in_the_past(), "start", starts_on=states.days_ago(30))
    program_minimum(row.planned.program, "18.00", states.days_ago(200))
    other = {"program": None, "contract": "Contract 7", "changes_on": states.days_ago(10)}
    change_funding(row.planned, **other, by=planner(), at=states.now())
    client.force_login(planner())
    path, beside = path_of("placement-wage", row), path_of("placement-wage-minimum", row)
    form = Page(client.get(path)).form(path) | {"hourly_wage": "17.50"}
    former, latter = ({"from_on": states.days_ago(days).isoformat()} for days in (11, 10))
    assert OF_PROGRAM in Page(client.get(beside, former)).words
    assert OF_ADULTS in Page(client.get(beside, latter)).words
    assert OF_PROGRAM in Page(client.post(path, form | former)).words
    assert client.post(path, form | latter).status_code == 302
    paid = {wage.from_on: (wage.hourly_wage, wage.minimum_wage) for wage in placed.reread(row).wages.all()}
    assert paid == {
        states.days_ago(30): (Decimal("15.00"), Decimal("15.00")),
        states.days_ago(10): (Decimal("17.50"), Decimal("15.00")),
    }
