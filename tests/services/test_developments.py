"""The development or review of the plan as a service record, made and closed by the system with the version's dates."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.sending import Contact, send
from careerplan.base import clock
from careerplan.plans.actions import open_review
from tests import people, states
from tests.markup import Page
from tests.plans_in_force import iep, iss

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def records(client, customer):
    client.force_login(people.statewide())
    page = Page(client.get(reverse("plan:services", args=[customer.pk])))
    return page.table("Development and review of the plan")


@pytest.mark.policy("WIS-088", "WIS-089", "WIS-135", "WIS-136", "AMB-W24")
def test_each_version_is_a_service_record_with_its_dates(client):
    states.reviewed(people.angela())
    first, second = records(client, people.angela())
    version = states.plan_of(people.angela()).versions.get(number=1)
    opened, closed = f"{version.created_on:%m/%d/%Y}", f"{version.approved_on:%m/%d/%Y}"
    assert (first["Service"], first["Opened"], first["Closed"]) == ("IEP Development or Review", opened, closed)
    today = f"{timezone.localdate():%m/%d/%Y}"
    assert (second["Version"], second["Opened"], second["Closed"]) == ("Version 2", today, "-")


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        pytest.param(iep, "IEP", marks=pytest.mark.policy("WIS-135", "WIS-136")),
        pytest.param(iss, "ISS", marks=pytest.mark.policy("WIS-167", "AMB-W13")),
    ],
)
def test_the_service_of_a_review_opens_with_its_version_and_closes_with_the_agreement(client, plan, name):
    """Opened five days ago, sent three days ago, signed the day before yesterday, recorded today."""
    now, customer = clock.now(), plan()
    by = customer.planner
    version = open_review(states.plan_of(customer), by=by, at=now - timedelta(days=5))
    sent_at = now - timedelta(days=3)
    talk = Contact(timezone.localdate(sent_at), "phone", "We went through it.")
    send(version, electronic=False, reason="Plain need.", contact=talk, by=by, at=sent_at)
    signed_on = timezone.localdate(now - timedelta(days=2))
    states.agreed_on_paper(version, on=signed_on)
    record = records(client, customer)[-1]
    assert (record["Service"], record["Version"]) == (f"{name} Development or Review", "Version 2")
    assert (record["Opened"], record["Closed"]) == (
        f"{timezone.localdate(now - timedelta(days=5)):%m/%d/%Y}", f"{signed_on:%m/%d/%Y}",
    )  # fmt: skip


@pytest.mark.policy("WIS-167", "AMB-W13")
def test_for_youth_it_is_the_iss_that_is_developed(client):
    assert [row["Service"] for row in records(client, people.tyrell())] == ["ISS Development or Review"]


@pytest.mark.policy("WIS-095")
def test_a_version_that_the_customer_declined_did_not_complete_the_service(client):
    states.not_completed(states.newest(people.tyrell()))
    assert "Did Not Complete This Service" in records(client, people.tyrell())[0]["Closed"]


def test_a_deleted_draft_leaves_no_service_record(client):
    states.deleted(states.reviewed(people.angela()))
    assert [row["Version"] for row in records(client, people.angela())] == ["Version 1"]
