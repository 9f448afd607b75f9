"""A message about a plan is no news any more once what it asks for is done, by whichever button."""

import pytest

from acknowledgments.agreement.sending import recall
from careerplan.messaging.models import Message
from tests import states
from tests.people import lucia, north_planner, tyrell

pytestmark = pytest.mark.django_db


def asked(customer):
    return Message.objects.get(recipient=customer.user, kind="acknowledgment-requested")


def waiting():
    """Told, and not opened."""
    return states.told(states.sent(states.newest(lucia())))


def test_the_message_is_new_until_the_plan_is_acknowledged_from_the_dashboard():
    request = waiting()
    assert asked(lucia()).read_at is None
    states.acknowledged(request)
    assert asked(lucia()).read_at is not None


def test_so_is_one_about_a_version_that_was_taken_back():
    request = waiting()
    recall(request.seal.version, by=north_planner(), at=states.now())
    assert asked(lucia()).read_at is not None
    taken_back = Message.objects.get(recipient=lucia().user, kind="request-withdrawn")
    assert taken_back.read_at is None


def test_so_is_one_about_a_version_to_which_the_customer_agreed_on_paper():
    states.agreed_on_paper(waiting().seal.version)
    assert asked(lucia()).read_at is not None


def test_so_is_one_about_a_version_that_the_customer_did_not_want():
    states.not_completed(waiting().seal.version)
    assert asked(lucia()).read_at is not None


def test_the_messages_of_another_customer_stay_new():
    tyrells = Message.objects.filter(recipient=tyrell().user, read_at=None).count()
    states.acknowledged(waiting())
    assert Message.objects.filter(recipient=tyrell().user, read_at=None).count() == tyrells
