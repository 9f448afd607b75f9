"""Who signed is told so: what was signed, when, and where to find it; by e-mail without personal detail."""

import pytest
from django.urls import reverse
from django.utils import translation

from acknowledgments.agreement import signing
from acknowledgments.models import Acknowledgment
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.letters import email_for
from careerplan.messaging.models import Message, Notification
from tests import states
from tests.people import lucia

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def asked():
    return states.told(states.sent(states.newest(lucia())))


def confirmations():
    return Message.objects.filter(recipient=lucia().user, kind=Notice.PLAN_SIGNED)


def test_who_signed_is_told_what_and_when(asked):
    states.acknowledged(asked)
    message, evidence = confirmations().get(), Acknowledgment.objects.get(request=asked)
    assert message.facts["at"] == {"at": evidence.acknowledged_at.isoformat()}
    assert (message.path, message.sender) == (reverse("my:dashboard"), None)
    with translation.override("en"):
        assert message.body.startswith("You signed version 1 of your plan (")
        assert "download it as a PDF" in message.body
        assert asked.seal.planner_name in message.body


def test_the_letter_confirms_it_and_names_neither_person_nor_plan(asked):
    states.acknowledged(asked)
    letter = email_for(Notification.objects.get(message=confirmations().get()))
    assert letter.subject == "Su firma se recibió en CareerPlan"
    for detail in (lucia().first_name, lucia().last_name, str(asked.seal.version), "version 1", "versión 1"):
        assert detail not in letter.subject + letter.body


def test_nobody_is_told_of_a_signature_that_was_refused(asked):
    with pytest.raises(Refusal):
        signing.acknowledge(
            asked, typed_name="Somebody Else", ip_address=None, user_agent="", by=lucia().user, at=clock.now()
        )
    assert not confirmations().exists()


def test_a_signature_is_confirmed_once(asked):
    states.acknowledged(asked)
    with pytest.raises(Refusal):
        states.acknowledged(asked)
    assert confirmations().count() == 1
