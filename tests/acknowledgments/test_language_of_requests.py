"""What staff ask each other is read in the reader's language, as it stood when it was asked."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from acknowledgments.agreement.declining import note_unable
from acknowledgments.models import StaffRequest
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from tests import states
from tests.markup import Page
from tests.people import lucia, planner, statewide, youth_planner
from tests.rows import date_back, write
from tests.shared_plans import priyas, shared_angela

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client):
    """Her planner, who reads Spanish, asks Priya to end a service."""
    customer = shared_angela()
    service = priyas("TR-OST")
    write(planner(), language="es")
    client.force_login(planner())
    day = timezone.localdate()
    url = reverse("plan:ask", args=[customer.pk, "end_service"])
    url += f"?service={service.pk}&status=terminated&ended_on={day}"
    assert "Terminado" in Page(client.get(url)).words
    assert client.post(url, {"reason": "Ya no va a clase"}).status_code == 302
    return StaffRequest.objects.latest("id")


def pages_of(client, person, asked):
    client.force_login(person)
    addresses = [reverse("requests:request", args=[asked.pk]), reverse("requests:list")]
    return [Page(client.get(address)).words for address in addresses]


def test_each_reads_it_in_the_own_language(client, asked):
    for words in pages_of(client, youth_planner(), asked):
        assert "Terminated" in words
        assert "Terminado" not in words
    for words in pages_of(client, planner(), asked):
        assert "Terminado" in words


def test_so_are_the_messages_about_it(client, asked):
    told = Message.objects.filter(kind=Notice.STAFF_REQUEST_ASKED, recipient=youth_planner()).latest("id")
    for language, word in (("en", "Terminated"), ("es", "Terminado")):
        with translation.override(language):
            assert word in told.body
            assert word in told.body_on_pages
            assert told.body.endswith(": Ya no va a clase")


def test_a_request_of_a_former_release_is_read_as_it_was_kept(client, asked):
    date_back(asked, what_in=None)
    for words in pages_of(client, youth_planner(), asked):
        assert asked.what in words


def test_it_says_what_stood_there_when_it_was_asked(client, asked):
    """What was done since is not what was asked for."""
    before = asked.what_in["en"]
    write(priyas("TR-OST").service, plain_english="Another name")
    assert before in pages_of(client, youth_planner(), asked)[0]


def test_why_an_agreement_could_not_be_had_is_read_in_the_readers_language(client):
    version = states.told(states.sent(states.newest(lucia()))).seal.version
    with translation.override("es"):
        by = version.plan.customer.planner
        note_unable(version, reason="no_answer", **states.contact(note="Llamé"), by=by, at=states.now())
    client.force_login(statewide())
    address = reverse("plan:version", args=[version.plan.customer_id, version.pk])
    [english] = [event.told_note for event in version.events.filter(name="unable")]
    assert english in Page(client.get(address)).words
    with translation.override("es"):
        [spanish] = [event.told_note for event in version.events.filter(name="unable")]
    assert spanish != english
    write(statewide(), language="es")
    assert spanish in Page(client.get(address)).words
