"""The Worksites tab: the customer's work-experience services."""

import pytest
from django.urls import reverse

from services.actions import remove_service
from services.models import PlannedService
from tests import states
from tests.markup import Page, words_of
from tests.people import angela, david, duke, lucia, north_planner, planner

pytestmark = pytest.mark.django_db


def listed(client, customer):
    page = Page(client.get(reverse("customer-worksites", args=[customer().pk])))
    return [words_of(row) for row in page.root.xpath("//main//ul[@class='step-list']/li")], page.words


def test_the_work_experience_of_the_plan_is_listed(client):
    client.force_login(planner())
    rows, _words = listed(client, duke)
    assert len(rows) == 1
    assert rows[0].startswith(
        "Start of a lasting job through the program Start Permanent Employment as Part of the Program"
    )
    assert "Start permanent employment as a teacher assistant · 05/15/2020 · 40 hours a week" in rows[0]
    assert rows[0].endswith("Planned")


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
