"""Monitoring of co-enrolled customers: one plan, one active version."""

import pytest
from django.urls import reverse

from careerplan.reports.counts import co_enrolled
from careerplan.reports.tasks import count
from services.actions import save_service
from tests import people, states
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def agreed():
    """A co-enrolled customer whose shared plan is in force."""
    customer = states.enrolled("T1-ADULT", "T1-DW")
    version = states.written(customer)
    for service in version.plan.services.all():
        program = customer.enrollments.first().program
        save_service(service, {"program": program}, by=customer.planner, at=states.now())
    states.acknowledged(states.told(states.sent(version)))
    return customer


@pytest.mark.policy("WIS-192", "WIS-193")
def test_monitors_find_one_plan_and_one_active_version_of_each_co_enrolled_customer(client):
    customer = agreed()
    count()
    client.force_login(people.statewide())
    page = Page(client.get(reverse("reports:shared-plans")))
    rows = {row["Customer"]: row for row in page.table("Co-enrolled customers, the first 100")}
    one = {"Programs": "2", "Open plans": "1", "Active versions": "1"}
    assert rows[str(customer)] | one == rows[str(customer)]
    assert rows["Keisha Monroe"]["Active versions"] == "0"
    assert "3 customers are enrolled in two or more programs. Of these, 1 have one open plan" in page.words
    assert list(rows).index("Keisha Monroe") < list(rows).index(str(customer))


def test_who_is_in_one_program_only_is_not_listed():
    listed = set(co_enrolled().values_list("user__username", flat=True))
    assert listed == {people.keisha().user.username, people.duke().user.username}
