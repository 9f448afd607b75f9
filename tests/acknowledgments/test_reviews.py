"""A review that needs no acknowledgment, and the closed door where the rules ask for the customer."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.reviews import AcknowledgmentNeeded, review_without_customer
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.sealed_text import canonical_json
from acknowledgments.models import Acknowledgment, Paper, Seal
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import open_review
from careerplan.plans.enums import VersionState
from customers.models import CaseNote, Customer
from goals.steps import remove_step, save_step
from services.actions import save_service
from tests import states
from tests.markup import Page
from tests.people import lucia

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(people):
    return User.objects.get(email="planner@careerplan.test")


@pytest.fixture
def draft(planner):
    """Angela's plan is active; a review of it was opened now."""
    angela = Customer.objects.get(email="angela.whitfield@careerplan.test")
    return open_review(angela.plans.get(), by=planner, at=clock.now())


def entry(**values):
    return {"text": "Reviewed by phone.", "contact_on": timezone.localdate(), "contact_method": "phone", **values}


def record(draft, planner, **values):
    return review_without_customer(draft, **entry(**values), by=planner, at=clock.now())


def add_step(draft, planner):
    goal = draft.plan.goals.in_plan().first()
    values = {"text": "Visit two employers", "goal": goal, "who": "customer", "due_on": None, "done_on": None}
    return save_step(draft.plan, None, values, by=planner, at=clock.now())


@pytest.mark.policy("WIS-099", "WIS-100", "WIS-102", "WIS-103", "WIS-149", "WIS-151", "WIS-152", "AMB-W2", "AMB-W12")
def test_a_review_without_changes_is_recorded_by_the_planner(draft, planner):
    former = draft.plan.versions.active().get()
    evidence = record(draft, planner)
    draft.refresh_from_db()
    former.refresh_from_db()
    assert draft.state == VersionState.ACTIVE
    assert former.state == VersionState.SUPERSEDED
    assert draft.approved_on == timezone.localdate()
    assert draft.next_review_on == timezone.localdate() + timedelta(days=90)
    assert (evidence.method, evidence.signer, evidence.request) == ("not_required", planner, None)
    assert evidence.case_note.text == "Reviewed by phone."
    assert CaseNote.objects.filter(customer=draft.plan.customer, pk=evidence.case_note_id).exists()
    assert Paper.objects.get(seal=evidence.seal).kind == "agreed"


@pytest.mark.policy("WIS-140")
def test_removing_an_action_step_needs_nobody(draft, planner):
    step = draft.plan.action_steps.in_plan().first()
    remove_step(step, reason="Done otherwise", by=planner, at=clock.now())
    record(draft, planner)
    assert draft.plan.versions.active().get().pk == draft.pk


@pytest.mark.policy("WIS-101", "WIS-128", "WIS-148")
def test_an_added_step_closes_the_door_with_its_citation(draft, planner):
    service = draft.plan.services.in_plan().first()
    save_service(service, {"notes": "She likes it."}, by=planner, at=clock.now())  # asks nobody, and comes first
    add_step(draft, planner)
    with pytest.raises(AcknowledgmentNeeded) as refused:
        record(draft, planner)
    assert "An action step was added. (DWD 12.7.8, IEP acknowledgment (7))" in refused.value.sentence
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT
    assert not Acknowledgment.objects.filter(version=draft).exists()


@pytest.mark.policy("WIS-040", "WIS-076", "WIS-077", "WIS-155", "ILL-074")
@pytest.mark.parametrize("rules", ["wisconsin", "illinois", "both"])
@pytest.mark.parametrize("explores", [True, False])
def test_a_first_plan_cannot_be_put_in_force_by_staff(people, client, settings, rules, explores):
    settings.ACKNOWLEDGMENT_RULES = rules
    version = states.newest(lucia()) if explores else states.draft()
    assert contents_of(version.plan, version).explores is explores
    customer, by = version.plan.customer, version.plan.customer.planner
    with pytest.raises(Refusal) as refused:
        record(version, by)
    assert refused.value.code == "acknowledgment-needed"
    client.force_login(by)
    door = reverse("plan:review-without-customer", args=[customer.pk])
    page = Page(client.get(reverse("plan:agreement", args=[customer.pk])))
    assert door not in page.links().values()
    assert "Not possible now: the customer has not acknowledged a version yet." in page.words
    assert client.post(door, entry() | {"not_required": "on"}).status_code in {409, 422}
    version.refresh_from_db()
    assert (version.state, version.approved_on) == (VersionState.DRAFT, None)


@pytest.mark.policy("WIS-040", "WIS-076")
@pytest.mark.parametrize("explores", [True, False])
def test_a_first_plan_is_in_force_once_both_have_acknowledged_it(people, client, explores):
    version = states.newest(lucia()) if explores else states.draft()
    customer = version.plan.customer
    request = states.told(states.sent(version))
    version.refresh_from_db()
    assert (version.state, version.approved_on) == (VersionState.AWAITING, None)
    assert states.acknowledged(request).state == VersionState.ACTIVE
    client.force_login(customer.planner)
    shown = Page(client.get(reverse("plan:version", args=[customer.pk, version.pk]))).facts()
    assert str(customer.planner) in shown["Sealed"]
    assert shown["Acknowledged by"].startswith(f"{customer} (")


@pytest.mark.policy("WIS-077", "WIS-155")
@pytest.mark.parametrize("rules", ["wisconsin", "illinois", "both"])
def test_nor_can_the_next_where_nobody_ever_agreed_to_one(people, settings, rules):
    """The first draft was deleted; the plan is written again in version 2."""
    settings.ACKNOWLEDGMENT_RULES = rules
    version = states.draft()
    states.deleted(version)
    version = written_again(states.reviewed(version.plan.customer))
    assert version.number == 2
    with pytest.raises(AcknowledgmentNeeded) as refused:
        record(version, version.plan.customer.planner)
    assert [row.rule.code for row in refused.value.decision.requirements if row.change is None] == ["INITIAL-PLAN"]


def written_again(version):
    write = states.pen(version)
    write.career_goal("employment", "31-1131")
    write.barrier("TRAN", "No car.")
    goal = write.goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    write.initial_assessment(goal)
    write.step("Hand in the health form", goal, in_days=5)
    return version


@pytest.mark.policy("WIS-143", "WIS-144", "WIS-150")
@pytest.mark.parametrize("days", [-1, 1])
def test_the_contact_lies_between_the_created_date_and_today(draft, planner, days):
    with pytest.raises(Refusal) as refused:
        record(draft, planner, contact_on=timezone.localdate() + timedelta(days=days))
    assert refused.value.code == "contact-outside-review"


@pytest.mark.policy("WIS-101", "WIS-148")
def test_the_page_offers_the_door_that_is_open(draft, planner, client):
    client.force_login(planner)
    address = reverse("plan:agreement", args=[draft.plan.customer_id])
    door = reverse("plan:review-without-customer", args=[draft.plan.customer_id])
    assert door in client.get(address).content.decode()
    add_step(draft, planner)
    page = client.get(address).content.decode()
    assert door not in page
    assert "DWD 12.7.8, IEP acknowledgment (7)" in page


@pytest.mark.policy("WIS-099")
def test_the_planner_records_the_review_on_the_page(draft, planner, client):
    client.force_login(planner)
    door = reverse("plan:review-without-customer", args=[draft.plan.customer_id])
    assert client.get(door).status_code == 200
    posted = client.post(door, entry() | {"not_required": ""})
    assert posted.status_code == 422
    assert client.post(door, entry() | {"not_required": "on"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == VersionState.ACTIVE


@pytest.mark.policy("AMB-W10")
def test_the_decision_is_stored_with_the_version_and_can_be_explained(draft, planner):
    add_step(draft, planner)
    seal = states.sent(draft)
    out = StringIO()
    call_command("explain_version", draft.pk, stdout=out)
    told = json.loads(out.getvalue())
    assert told["seals"][-1]["decision"] == seal.decision
    assert told["seals"][-1]["digest_is_of_the_contents"] is True
    assert seal.decision["acknowledgment_needed"] is True
    assert [row["rule"] for row in seal.decision["changes"] if row["needs_acknowledgment"]] == ["WI-IEP-ACK-7"]


def test_two_files_can_be_compared_outside_the_web(draft, planner, tmp_path):
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(Seal.objects.valid().get(version__plan=draft.plan, version__state="active").canonical)
    add_step(draft, planner)
    after.write_text(canonical_json(contents_of(draft.plan, draft)))
    out = StringIO()
    call_command("compare_contents", str(before), str(after), rules="wisconsin", plan_type="IEP", stdout=out)
    told = json.loads(out.getvalue())
    assert told["acknowledgment_needed"] is True
    asked = [(row["kind"], row["what"], row["rule"]) for row in told["changes"] if row["needs_acknowledgment"]]
    assert asked == [("added", "action_step", "WI-IEP-ACK-7")]


def test_versions_are_compared_side_by_side(draft, planner, client):
    former = draft.plan.versions.active().get()
    add_step(draft, planner)
    states.sent(draft)
    client.force_login(planner)
    address = reverse("plan:versions-compared", args=[draft.plan.customer_id])
    page = client.get(address, {"before": former.pk, "after": draft.pk}).content.decode()
    assert "Visit two employers" in page
