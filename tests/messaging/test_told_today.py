"""Messages are kept as kind and facts, and told in the language of who reads them, on the day of reading."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from acknowledgments.enums import RequestState
from careerplan.messaging import facts, wording
from careerplan.messaging.actions import notify, send_message
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from tests import people
from tests.markup import Page
from tests.messaging.test_notify import AT, NAMES, TOLD, tell, who_is_told
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ENGLISH, SPANISH = "Let's get your goal back on track", "Volvamos a poner su meta en buen camino"


def inbox_of(client, user):
    client.force_login(user)
    return Page(client.get(reverse("my:messages"))).words


def test_an_old_message_is_read_in_the_language_of_today(client):
    angela = people.angela().user
    tell(angela)
    assert ENGLISH in inbox_of(client, angela)
    write(angela, language="es")
    words = inbox_of(client, angela)
    assert ENGLISH not in words
    assert SPANISH in words
    assert "Learn how to drive" in words  # what was typed stays as typed


def test_each_of_two_readers_is_told_in_the_own_language():
    """The planner looks at what the customer was told."""
    message = tell(people.lucia().user)
    with translation.override("es"):
        assert message.subject == SPANISH
    with translation.override("en"):
        assert message.subject == ENGLISH


def test_names_stay_as_they_were():
    message = tell(people.angela().user)
    write(people.planner(), last_name="Okafor-Reed")
    assert "Devon Okafor would like" in Message.objects.get(pk=message.pk).body


@pytest.mark.parametrize("kind", TOLD)
def test_nothing_is_kept_that_the_words_do_not_say(kind):
    message = Message.objects.get(pk=tell(who_is_told(kind), kind=kind).pk)
    assert set(message.facts) == wording.names_of(kind)
    assert (message.written_subject, message.written_body) == ("", "")


# What the customer is asked about, as it stands in the plan: on the page behind the sign-in, and in no e-mail.
OF_THE_PLAN = {Notice.AMOUNT_ASKED: {"service", "amount"}}


@pytest.mark.parametrize("kind", TOLD)
def test_no_kind_names_what_a_message_has_no_use_for(kind):
    """Names, and what the event itself is; never what identifies a person, or tells of health or income."""
    useful = {
        "planner",
        "customer",
        "former",
        "successor",
        "office",
        "email",
        "version",
        "goal",
        "step",
        "occupation",
        "action",
        "what",
        "number",
        "person",
        "worksite",
    }
    words = {"reason", "remedy", "answer", "note", "at", "word"}
    assert wording.names_of(kind) <= useful | words | OF_THE_PLAN.get(kind, set())


def test_the_two_languages_name_the_same():
    for kind in TOLD:
        with translation.override("es"):
            in_spanish = wording.names_of(kind)
        with translation.override("en"):
            assert wording.names_of(kind) == in_spanish, kind


def test_an_event_without_what_its_words_name_is_refused():
    with pytest.raises(KeyError):
        notify(people.angela().user, Notice.GOAL_OFF_TRACK, key="-", names={"goal": "-"}, path="", by=None, at=AT)


def test_what_a_person_wrote_is_the_same_in_every_language():
    words = {"subject": "Message", "body": "Plan %(goal)s"}
    message = send_message(people.planner(), **words, path="/", by=people.angela().user, at=AT)
    with translation.override("es"):
        assert (message.subject, message.body) == ("Message", "Plan %(goal)s")


def test_a_message_of_a_former_release_stays_as_it_was_written():
    angela = people.angela().user
    message = Message.objects.create(
        recipient=angela, kind=Notice.GOAL_OFF_TRACK, written_subject=ENGLISH, written_body="50% of it", sent_at=AT
    )
    with translation.override("es"):
        assert (message.subject, message.body) == (ENGLISH, "50% of it")


def test_what_a_former_release_did_not_keep_leaves_a_gap_and_the_page_is_read(client):
    angela = people.angela().user
    Message.objects.create(recipient=angela, kind=Notice.GOAL_OFF_TRACK, facts={"goal": "Drive"}, sent_at=AT)
    assert "… would like to work with you" in inbox_of(client, angela)


# --- facts that each reader is told in the own words ------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("en", "March 2, 2026, 9 a.m."), ("es", "2 de marzo de 2026, 9:00 a.m.")]
)
def test_a_moment(language, words):
    fact = facts.moment(datetime(2026, 3, 2, 15, tzinfo=UTC))
    with translation.override(language), timezone.override("America/Chicago"):
        assert facts.in_words(fact) == words


@pytest.mark.parametrize(("language", "words"), [("en", "Refused"), ("es", "Rechazada")])
def test_a_choice(language, words):
    fact = facts.choice(RequestState.REFUSED)
    with translation.override(language):
        assert facts.in_words(fact) == words


@pytest.mark.parametrize(("language", "words"), [("en", "yes, Customers (3)"), ("es", "sí, Clientes (3)")])
def test_words_of_the_product(language, words):
    with translation.override("es"):  # whoever writes it
        fact = [facts.word("yes"), facts.word("Customers", 3)]
    with translation.override(language):
        assert facts.in_words(fact) == words


def test_a_choice_that_is_offered_no_more_is_told_as_its_code():
    assert facts.in_words({"of": "RequestState", "code": "put-off"}) == "put-off"
    assert facts.in_words({"of": "Gone", "code": "put-off"}) == "put-off"


def test_facts_are_the_same_once_they_were_kept():
    names = NAMES | {"at": facts.moment(AT), "what": [facts.word("Customers", 3)]}
    for kind in (Notice.PLAN_SIGNED, Notice.WORK_HANDED_OVER):
        message = notify(who_is_told(kind), kind, key=kind, names=names, path="", by=None, at=AT)
        kept = Message.objects.get(pk=message.pk)
        assert (kept.subject, kept.body) == (message.subject, message.body)
