"""Not Complete: the customer does not want to acknowledge a version."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.models import Seal
from careerplan.plans.enums import Outcome, OutcomeReason, PlanState, VersionState
from customers.models import CaseNote
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, planner, tyrell

pytestmark = pytest.mark.django_db

NOTE = "He called: he would rather work first."


def mark(client, customer, **values):
    client.force_login(customer.planner)
    posted = {"note": NOTE, "contact_on": timezone.localdate().isoformat(), "contact_method": "phone"} | values
    return client.post(reverse("plan:not-completed", args=[customer.pk]), posted, follow=True)


@pytest.mark.policy("WIS-094")
def test_the_page_of_a_sent_plan_leads_to_not_complete(client):
    client.force_login(tyrell().planner)
    page = Page(client.get(reverse("plan:agreement", args=[tyrell().pk])))
    path = page.links()["Not Complete"]
    assert path == reverse("plan:not-completed", args=[tyrell().pk])
    assert Page(client.get(path)).form(path, "Mark Not Complete").keys() >= {"note", "contact_on", "contact_method"}


@pytest.mark.policy("WIS-091", "WIS-095", "WIS-096", "WIS-097", "WIS-098", "AMB-W22")
@pytest.mark.parametrize("customer", [lucia, tyrell])
def test_the_first_version_ends_the_plan_and_a_new_one_may_be_started(client, customer):
    page = Page(mark(client, customer()))
    assert "The version was marked as not completed." in page.words
    version = states.newest(customer())
    assert version.state == VersionState.NOT_COMPLETED
    note = version.not_completed_note
    assert (note.text, note.customer, note.contact_method) == (NOTE, customer(), "phone")
    assert note.subject == "Version 1 was not acknowledged"
    plan = version.plan
    assert (plan.state, plan.outcome, plan.outcome_reason) == (
        PlanState.CLOSED,
        Outcome.NOT_COMPLETED,
        OutcomeReason.REFUSED,
    )
    services = Page(client.get(reverse("plan:services", args=[customer().pk])))
    record = services.table("Development and review of the plan")[0]
    assert record["Closed"].endswith("Did Not Complete This Service")
    start = reverse("plan:start", args=[customer().pk])
    assert page.form(start, "Start a new plan") == {}
    client.post(start)
    assert states.plan_of(customer()) != plan
    assert states.newest(customer()).is_draft


def test_a_later_version_leaves_the_active_one_in_force(client):
    states.reviewed(angela())
    mark(client, angela())
    plan = states.plan_of(angela())
    assert plan.is_open
    assert list(plan.versions.order_by("number").values_list("state", flat=True)) == ["active", "not_completed"]


def test_what_a_declined_draft_said_is_kept_and_can_be_read(client):
    version = states.reviewed(angela())
    states.pen(version).goal("Start a business", "CAREER_PLAN")
    before = contents_of(version.plan, version)
    mark(client, angela())
    kept = Seal.objects.get(version=version)
    assert kept.voided_at
    assert kept.contents == before
    page = Page(client.get(reverse("plan:version", args=[angela().pk, version.pk])))
    assert "Start a business" in page.words


@pytest.mark.policy("WIS-096", "WIS-097")
@pytest.mark.parametrize("field", ["note", "contact_on", "contact_method"])
def test_without_the_case_note_the_version_stays_as_it_is(client, field):
    notes = CaseNote.objects.count()
    answer = mark(client, tyrell(), **{field: " "})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert states.newest(tyrell()).state == VersionState.AWAITING
    assert CaseNote.objects.count() == notes


@pytest.mark.policy("WIS-077")
def test_the_customer_is_no_longer_asked(client):
    key = states.request_for(states.newest(tyrell())).key
    mark(client, tyrell())
    client.force_login(tyrell().user)
    assert "Read and acknowledge" not in Page(client.get("/my/")).words
    assert client.get(f"/my/acknowledge/{key}/").status_code == 409
    client.post(f"/my/acknowledge/{key}/", {"agrees": "on", "typed_name": "Tyrell Brooks"})
    assert states.newest(tyrell()).state == VersionState.NOT_COMPLETED


def test_where_no_version_is_open_there_is_nothing_to_mark(client):
    client.force_login(planner())
    path = reverse("plan:not-completed", args=[angela().pk])
    assert client.get(path, follow=True).redirect_chain == [(f"/customers/{angela().pk}/plan/", 302)]
