"""Recalling a version that is with the customer."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.signing import acknowledge
from acknowledgments.models import AcknowledgmentRequest, Seal
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from tests import states
from tests.markup import Page
from tests.people import tyrell, youth_planner

pytestmark = pytest.mark.django_db


def recall(client):
    client.force_login(youth_planner())
    page = Page(client.get(reverse("plan:agreement", args=[tyrell().pk])))
    path = reverse("plan:recall", args=[tyrell().pk])
    return client.post(path, page.form(path, "Recall"), follow=True)


def test_the_version_is_a_draft_again_and_its_seal_is_void(client):
    page = Page(recall(client))
    assert "The version was recalled. The customer can no longer acknowledge it." in page.words
    version = states.newest(tyrell())
    assert (version.state, version.sent_at, version.sent_by) == (VersionState.DRAFT, None, None)
    request = states.request_for(version)
    assert request.withdrawn_at
    assert request.seal.voided_at
    assert not Seal.objects.valid().filter(version=version).exists()


def test_the_customer_is_told(client):
    recall(client)
    message = Message.objects.get(recipient=tyrell().user, kind=Notice.REQUEST_WITHDRAWN)
    assert "Priya Raman has taken back version 1 of your plan." in message.body
    assert Notification.objects.filter(message=message, sent_at=None).exists()


def test_who_was_not_told_of_the_request_hears_of_no_recall():
    version = states.draft()
    states.sent(version)
    states.recalled(version)
    customer = version.plan.customer.user
    assert not Message.objects.filter(recipient=customer, kind=Notice.REQUEST_WITHDRAWN).exists()


def test_the_dashboard_no_longer_asks(client):
    client.force_login(tyrell().user)
    assert "Read and acknowledge" in Page(client.get("/my/")).words
    recall(client)
    client.force_login(tyrell().user)
    assert "Read and acknowledge" not in Page(client.get("/my/")).words


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_link_that_was_open_says_what_happened(client, method):
    request = states.request_for(states.newest(tyrell()))
    recall(client)
    client.force_login(tyrell().user)
    path = reverse("my:acknowledge", args=[request.key])
    answer = getattr(client, method)(path, {"agrees": "on", "typed_name": "Tyrell Brooks"})
    assert answer.status_code == 409
    assert (
        "Your planner took this version back to change it. You will get a message when it is ready again."
        in Page(answer).words
    )
    assert states.newest(tyrell()).state == VersionState.DRAFT


def test_the_old_request_signs_nothing_after_the_version_was_sent_again():
    old = states.request_for(states.newest(tyrell()))
    states.recalled(states.newest(tyrell()))
    new = states.told(states.sent(states.newest(tyrell())))
    assert new.key != old.key
    with pytest.raises(Refusal) as refused:
        states.acknowledged(old)
    assert refused.value.code == "request-withdrawn"
    assert states.newest(tyrell()).state == VersionState.AWAITING
    assert Seal.objects.valid().filter(version=states.newest(tyrell())).count() == 1
    assert states.acknowledged(new).state == VersionState.ACTIVE


def test_before_the_form_is_filed_nothing_can_be_signed():
    states.recalled(states.newest(tyrell()))
    seal = states.sent(states.newest(tyrell()))
    request = AcknowledgmentRequest.objects.get(seal=seal)
    name = {"typed_name": "Tyrell Brooks", "ip_address": None, "user_agent": ""}
    with pytest.raises(Refusal) as refused:
        acknowledge(request, **name, by=tyrell().user, at=states.now())
    assert refused.value.code == "not-ready"
