"""Sending a version: complete, sealed, its paper ordered; the customer is told when the paper is filed."""

import hashlib
import json
from dataclasses import asdict

import pytest
from django.urls import reverse

from acknowledgments.agreement.sealing import SHORT_CODE_LETTERS
from acknowledgments.agreement.sending import Incomplete, send
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.enums import PrintKind
from acknowledgments.models import AcknowledgmentRequest, Paper, Seal
from careerplan.base.refusals import Refusal
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from customers.models import Program
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import david, keisha, lucia, north_planner, planner, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def agreement_path(customer):
    return reverse("plan:agreement", args=[customer().pk])


def click_send(client, customer):
    page = Page(client.get(agreement_path(customer)))
    path = reverse("plan:send", args=[customer().pk])
    filled = page.form(path, "Send Electronic Request for Customer Agreement") | {"reason": states.ALL_THE_SAME}
    return client.post(path, filled, follow=True)


@pytest.mark.policy("ILL-033", "WIS-120")
def test_a_complete_draft_is_sent(client):
    client.force_login(north_planner())
    assert "Nothing is missing. Version 1 can be sent." in Page(client.get(agreement_path(lucia))).words
    page = Page(click_send(client, lucia))
    assert "The plan was sent. We will tell the customer as soon as the form is ready." in page.words
    assert "We are making the form. Then we will tell the customer." in page.words
    version = states.newest(lucia())
    assert (version.state, version.sent_by) == (VersionState.AWAITING, north_planner())
    assert version.sent_at


def test_sending_seals_the_contents_as_they_stand():
    version = states.newest(lucia())
    contents = contents_of(version.plan, version)
    seal = states.sent(version)
    assert seal.contents == contents
    as_said = json.dumps(asdict(contents), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert seal.canonical == as_said
    assert seal.digest == hashlib.sha256(as_said.encode()).hexdigest()
    assert (seal.sealed_by, seal.planner_name, seal.schema) == (north_planner(), "Grace Lindqvist", 2)
    assert len(seal.short_code) == 12
    assert {*seal.short_code} <= {*SHORT_CODE_LETTERS}


@pytest.mark.policy("ILL-034")
def test_the_form_is_ordered_and_the_customer_hears_nothing_yet():
    seal = states.sent(states.newest(lucia()))
    paper = Paper.objects.get(seal=seal)
    assert (paper.kind, paper.rendered_at, paper.attempts) == (PrintKind.TO_SIGN, None, 0)
    request = AcknowledgmentRequest.objects.get(seal=seal)
    assert (request.notified_at, request.withdrawn_at, request.answered_at) == (None, None, None)
    assert not Message.objects.filter(recipient=lucia().user).exists()
    assert not Notification.objects.filter(recipient=lucia().user).exists()


def test_what_changes_afterwards_does_not_change_the_seal():
    seal = states.sent(states.newest(lucia()))
    before = seal.canonical
    customer = lucia()
    customer.phone = "000"
    customer.save()
    seal.refresh_from_db()
    assert seal.canonical == before
    assert seal.contents.about.customer_phone == "847-555-0155"


@pytest.mark.parametrize("customer", [david, keisha])
def test_what_is_missing_is_listed_and_nothing_is_sent(client, customer):
    client.force_login(planner())
    before = everything()
    answer = click_send(client, customer)
    assert answer.status_code == 422
    page = Page(answer)
    summary = page.root.xpath("//*[@data-error-summary]")[0]
    assert summary.get("role") == "alert"
    assert len(summary.xpath(".//li/a")) > 1
    assert changed(before, everything()).keys() <= {type(planner())}


def test_the_refusal_names_all_that_is_missing():
    with pytest.raises(Incomplete) as refused:
        states.sent(states.newest(david()))
    codes = {entry.code for entry in refused.value.missing}
    assert codes == {"ISS-GOAL", "ISS-SHORT-TERM", "ISS-LONG-TERM", "BARRIER", "ACTION-STEP"}


def test_a_customer_without_a_sign_in_cannot_be_asked():
    version = states.written(states.enrolled(with_sign_in=False))
    with pytest.raises(Refusal) as refused:
        states.sent(version)
    assert refused.value.code == "customer-cannot-sign-in"
    assert states.newest(version.plan.customer).state == VersionState.DRAFT


@pytest.mark.policy("WIS-079", "AMB-W16")
def test_in_a_shared_plan_only_one_planner_starts_the_request(client):
    customer = states.enrolled("T1-ADULT", "T1-YOUTH")
    version = states.written(customer)
    write = states.pen(version)
    for role in ("short_employment", "short_education"):
        write.career_goal(role, words="A first step")
    write.career_goal("long_term", "29-1171")
    for service in PlannedService.objects.filter(plan=version.plan):
        save_service(service, {"program": Program.objects.get(code="T1-ADULT")}, by=planner(), at=states.now())
    send(version, reason=states.ALL_THE_SAME, by=planner(), at=states.now())
    with pytest.raises(Refusal) as refused:
        send(version, reason=states.ALL_THE_SAME, by=youth_planner(), at=states.now())
    assert "was already sent and is waiting for the customer" in str(refused.value.sentence)
    assert Seal.objects.filter(version=version).count() == 1
    client.force_login(youth_planner())
    page = Page(client.get(reverse("plan:agreement", args=[customer.pk])))
    assert "Version 1 is waiting for the customer (Devon Okafor sent it on" in page.words
    assert "Send Electronic Request" not in page.words


def test_another_plans_version_is_not_sent_from_here(client):
    client.force_login(planner())
    path = reverse("plan:send", args=[david().pk])
    for key in (states.newest(keisha()).pk, states.newest(lucia()).pk, "", "x", "²", "9" * 30):
        assert client.post(path, {"version": key}).status_code == 404
    assert states.newest(keisha()).state == VersionState.DRAFT
