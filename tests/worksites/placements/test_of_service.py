"""A work-experience service has what every service has beside its placement (ILL-112, ILL-126, ILL-141, ILL-145)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from services.actions import change_funding, save_service
from services.credentials.actions import add_credential
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page
from tests.people import planner
from tests.rows import write

pytestmark = pytest.mark.django_db


def page_of(client, row):
    client.force_login(planner())
    return Page(client.get(reverse("plan:service-edit", args=[row.plan.customer_id, row.pk])))


@pytest.fixture
def done():
    """A service whose placement ended."""
    row = placed.started(states.today() - timedelta(days=30), placed.planned_in_the_past())
    row = placed.moved(row, "terminate", ends_on=states.today(), termination_reason="completed")
    return PlannedService.objects.select_related("plan", "service").get(pk=row.planned_id)


def complete(row):
    end = {"status": "complete", "ended_on": states.today()}
    return save_service(row, end, by=row.plan.customer.planner, at=states.now())


@pytest.mark.policy("ILL-141")
def test_the_grantee_is_the_provider_where_no_other_is_entered(client):
    row = placed.service()
    page = page_of(client, row)
    path = reverse("plan:service-edit", args=[row.plan.customer_id, row.pk])
    assert not page.form(path).get("provider")
    assert f"Leave empty when {row.plan.customer.office.grantee.name} provides the service." in page.words


@pytest.mark.policy("ILL-145")
def test_what_was_earned_in_it_is_listed_and_added_there(client, done):
    row = complete(done)
    about = {"earned_on": states.today(), "name": "Forklift operator", "credential_type": "certificate"}
    add_credential(row.plan.customer, **about, service=row, by=row.plan.customer.planner, at=states.now())
    page = page_of(client, row)
    assert "Earned Credentials" in page.words
    assert "Forklift operator" in page.words
    assert reverse("plan:service-credential", args=[row.plan.customer_id, row.pk]) in page.links().values()


@pytest.mark.policy("ILL-112")
def test_a_service_that_needs_a_worksite_is_complete_with_a_placement_alone(done):
    write(done.service, needs_worksite=True)
    row = placed.long_ago(placed.service(), 60)
    started = {"status": "started", "actual_start_on": states.today()}
    row = save_service(row, started, by=row.plan.customer.planner, at=states.now())
    for only_planned in (False, True):
        if only_planned:
            placed.planned(row)
        with pytest.raises(Refusal) as found:
            complete(row)
        assert (found.value.code, found.value.field) == ("placement-missing", "status")
    assert complete(PlannedService.objects.select_related("plan", "service").get(pk=done.pk)).status == "complete"


@pytest.mark.policy("ILL-137")
def test_the_days_are_listed_with_each_placement(client):
    row = placed.started(states.today() - timedelta(days=30), placed.planned_in_the_past())
    assert "30 days in subsidized employment" in page_of(client, row.planned).words


@pytest.mark.policy("ILL-137", "ILL-155")
def test_a_placement_that_has_not_begun_counts_no_days(client):
    under = placed.long_ago(placed.service(), 60)
    row = placed.planned(under, starts_on=states.days_ago(30))
    assert "0 days in subsidized employment" in page_of(client, under).words
    facts = Page(client.get(reverse("placement", args=[row.customer.pk, row.pk]))).facts()
    assert facts["Days In Subsidized Employment"] == "0"


@pytest.mark.policy("ILL-124", "ILL-137")
def test_a_placement_that_ended_under_the_former_funding_is_listed_with_its_days(client):
    row = placed.started(states.days_ago(30), placed.planned_in_the_past())
    row = placed.moved(row, "terminate", ends_on=states.days_ago(10), termination_reason="completed")
    former = PlannedService.objects.select_related("plan", "service", "program").get(pk=row.planned_id)
    other = {"program": former.program, "contract": "Contract 7", "changes_on": states.days_ago(5)}
    page = page_of(client, change_funding(former, **other, by=planner(), at=states.now()))
    assert page.links()[row.job.title] == reverse("placement", args=[row.customer.pk, row.pk])
    assert "20 days in subsidized employment" in page.words
