"""The Worksites tab: the customer's placements, and the work-experience services that have none (ILL-124)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.actions import change_funding, remove_service
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import administrator, angela, david, duke, lucia, north_planner, planner
from tests.worksites.follow_ups.done import placement_since
from worksites.models import Placement
from worksites.placements.correcting import save_placement

pytestmark = pytest.mark.django_db


def listed(client, customer):
    page = Page(client.get(reverse("customer-worksites", args=[customer().pk])))
    return [
        words_of(row) for row in page.root.xpath("//main//ul[@class='step-list'][not(ancestor::section)]/li")
    ], page.words


def without_placement(customer):
    row = placed.reread(Placement.objects.get(planned__plan__customer=customer))
    placed.moved(row, "withdraw", words="Another was chosen.")


def test_the_work_experience_of_the_plan_is_listed(client):
    without_placement(duke())
    client.force_login(planner())
    rows, _words = listed(client, duke)
    assert len(rows) == 1
    assert rows[0].startswith(
        "Start of a lasting job through the program Start Permanent Employment as Part of the Program"
    )
    assert "Start permanent employment as a teacher assistant · 05/15/2020 · 40 hours a week" in rows[0]
    assert "40 hours a weekPlanned Add to a worksite" in rows[0]


def test_other_services_are_not_listed(client):
    client.force_login(planner())
    rows, words = listed(client, angela)
    assert rows == []
    assert "No work-experience service is in the plan." in words


def test_a_service_without_a_goal_says_so(client):
    client.force_login(north_planner())
    states.pen(states.newest(lucia())).service("WE-INT")
    rows, _words = listed(client, lucia)
    assert any("Internship" in row and "Not assigned to a goal yet" in row for row in rows)


def test_a_removed_service_leaves_the_tab(client):
    client.force_login(north_planner())
    service = PlannedService.objects.select_related("plan").get(plan__customer=lucia(), service__code="WE-EXP")
    remove_service(service, removal="unavailable", by=north_planner(), at=states.now())
    assert listed(client, lucia)[0] == []


def test_another_regions_planner_finds_nothing(client):
    client.force_login(north_planner())
    assert client.get(reverse("customer-worksites", args=[david().pk])).status_code == 404


def tab(client, customer, by=planner):
    client.force_login(by())
    return Page(client.get(reverse("customer-worksites", args=[customer.pk])))


@pytest.mark.policy("ILL-124", "ILL-137", "ILL-140")
def test_the_placements_of_all_plans_are_listed_with_their_days(client):
    row = placement_since(9)
    place = row.job.worksite
    page = tab(client, row.customer)
    (line,) = page.table("Placements")
    assert line["Job"].startswith(row.job.title)
    assert (line["Employer"], line["Worksite"]) == (place.employer.name, place.name)
    assert (line["Start Date"], line["End Date"]) == (f"{row.starts_on:%m/%d/%Y}", "-")
    assert (line["Days In Subsidized Employment"], line["Status"]) == ("9", "Started (Open)")
    assert page.links()[row.job.title] == reverse("placement", args=[row.customer.pk, row.pk])
    assert "without a placement" not in page.words
    by = row.customer.planner
    save_placement(row, {"subsidy_ends_on": states.days_ago(4)}, by=by, at=states.now())
    placed.moved(row, "terminate", ends_on=states.days_ago(2), termination_reason="completed")
    states.closed(row.customer)
    (line,) = tab(client, row.customer).table("Placements")
    assert (line["End Date"], line["Status"]) == (f"{states.days_ago(2):%m/%d/%Y}", "Terminated")
    assert line["Days In Subsidized Employment"] == "5"


def test_a_placement_that_was_taken_back_is_not_listed_and_its_service_waits_again(client):
    row = placed.planned()
    placed.moved(row, "withdraw", words="Not needed")
    page = tab(client, row.customer)
    assert "Days In Subsidized Employment" not in page.words
    assert "Work-experience services without a placement" in page.words


@pytest.mark.policy("ILL-124")
def test_a_service_without_a_placement_leads_to_the_worksites(client):
    service = placed.service()
    address = reverse("plan:placement-choose", args=[service.plan.customer_id, service.pk])
    assert address in tab(client, service.plan.customer).links().values()
    assert address not in tab(client, service.plan.customer, by=administrator).links().values()


def test_a_service_that_goes_on_under_other_funding_waits_for_no_placement(client):
    """Its placement went along."""
    row = placement_since(9)
    other = {"program": None, "contract": "Contract 7", "changes_on": states.days_ago(3)}
    change_funding(row.planned, **other, by=row.customer.planner, at=states.now())
    page = tab(client, row.customer)
    assert len(page.table("Placements")) == 1
    assert "without a placement" not in page.words


def test_of_a_closed_plan_nobody_is_added_to_a_worksite(client):
    service = placed.service()
    states.closed(service.plan.customer)
    page = tab(client, service.plan.customer)
    assert not [path for path in page.links().values() if "placement" in path]


@pytest.mark.policy("ILL-124")
def test_the_tools_of_the_plan_say_how_many_placements_there_are(client):
    row = placed.planned()
    client.force_login(planner())
    page = Page(client.get(reverse("plan:overview", args=[row.customer.pk])))
    address = reverse("customer-worksites", args=[row.customer.pk])
    assert page.links()["Worksite Information (1)"] == address


def asked(client, name, customer):
    address = reverse(name, args=[customer.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["customer-worksites", "plan:overview"])
def test_the_pages_ask_as_much_of_many_placements_as_of_one(client, name):
    client.force_login(planner())
    service = placed.service()
    placed.planned(service)
    few = asked(client, name, service.plan.customer)
    for _each in range(6):
        placed.planned(service)
    assert asked(client, name, service.plan.customer) == few <= 12
