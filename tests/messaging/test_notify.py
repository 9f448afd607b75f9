"""Telling people: a dashboard message and an outbox row, in the transaction of what they tell of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from careerplan.messaging.actions import mark_read, notify, send_message
from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds import kind_of
from careerplan.messaging.models import Message, Notification
from careerplan.messaging.wording import names_of
from tests import people
from tests.rows import constraints_of, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
NAMES = {"planner": "Devon Okafor", "customer": "Angela Whitfield", "version": "7", "goal": "Learn how to drive"}
NAMES |= {"at": "March 2, 2026", "action": "Close a shared plan", "reason": "We talked about it.", "answer": "Refused"}
NAMES |= {
    "remedy": "We ask the school.",
    "note": "Wait for May.",
    "email": "angela@old.test",
    "former": "Thea Holm",
    "successor": "Omar Reyes",
}
NAMES |= {"office": "Fairview Career Center", "what": "Customers (3)", "person": "Rosa Rivera", "number": "eleven"}
NAMES |= {"worksite": "Marlow Warehouse"}
NAMES |= {"service": "Bus pass", "amount": "$60.00"}
NAMES |= {"occupation": "Nursing Assistants", "step": "Call the college", "word": "The bus goes there."}
# What a person writes to another has no words of ours.
TOLD = [kind for kind in Notice if kind != Notice.MESSAGE]


def tell(recipient, key="plan:7", *, kind=None, at=AT, path="/my/"):
    kind = kind or (Notice.GOAL_OFF_TRACK if recipient.is_customer else Notice.PLAN_ACKNOWLEDGED)
    return notify(recipient, kind, key=key, names=NAMES, path=path, by=people.planner(), at=at)


def who_is_told(kind):
    """Somebody whom messages of this kind go to."""
    angela = people.angela().user
    return angela if kind_of(kind).goes_to.takes(angela) else people.youth_planner()


def test_a_message_and_an_outbox_row_are_written():
    angela = people.angela().user
    message = tell(angela)
    assert (message.recipient, message.sender, message.sent_at, message.read_at) == (angela, people.planner(), AT, None)
    assert message.subject == "Let's get your goal back on track"
    assert '"Learn how to drive" is marked off track' in message.body
    row = Notification.objects.get(key="plan:7")
    assert (row.recipient, row.message, row.created_at, row.available_at) == (angela, message, AT, AT)
    assert (row.attempts, row.sent_at, row.given_up_at) == (0, None, None)


def test_delivery_is_asked_for_when_the_transaction_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        tell(people.angela().user)
    assert len(callbacks) == 1


def test_all_of_it_is_taken_back_with_the_change_that_caused_it(django_capture_on_commit_callbacks):
    count = Message.objects.count()

    @transaction.atomic
    def change_that_fails():
        tell(people.angela().user)
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert Message.objects.count() == count
    assert not Notification.objects.filter(key="plan:7").exists()
    assert callbacks == []


def test_the_same_event_is_told_once():
    first = tell(people.angela().user)
    assert tell(people.angela().user, at=AT + timedelta(days=1)) is None
    assert Message.objects.filter(kind=first.kind, sent_at=first.sent_at).count() == 1


def test_the_database_keeps_an_event_from_being_told_twice():
    message = tell(people.angela().user)
    again = {"recipient": people.angela().user, "message": message, "created_at": AT, "available_at": AT}
    refuses("messaging_notification_key", lambda: Notification.objects.create(key="plan:7", **again))


def test_two_messages_of_one_person_to_another_are_two_events():
    for minutes in (0, 1):
        at = AT + timedelta(minutes=minutes)
        send_message(people.planner(), subject="Hello", body="?", path="/", by=people.angela().user, at=at)
    assert Notification.objects.filter(recipient=people.planner(), message__written_subject="Hello").count() == 2


def test_what_a_person_wrote_is_kept_to_the_letter():
    words = {"subject": "100% done, %s and %(goal)s", "body": "Line 1\nLine 2: 50% off"}
    message = send_message(people.planner(), **words, path="/", by=people.angela().user, at=AT)
    assert (message.subject, message.body) == (words["subject"], words["body"])


def test_a_message_is_seen_by_the_two_it_concerns():
    message = tell(people.angela().user)
    for user, count in (
        (people.angela().user, 1),
        (people.planner(), 1),
        (people.david().user, 0),
        (people.statewide(), 0),
    ):
        assert Message.objects.visible_to(user).filter(pk=message.pk).count() == count, user


def test_a_message_is_read_by_its_recipient_and_once():
    message = tell(people.angela().user)
    mark_read(message, by=people.planner(), at=AT + timedelta(hours=1))
    assert message.read_at is None
    mark_read(message, by=people.angela().user, at=AT + timedelta(hours=2))
    mark_read(message, by=people.angela().user, at=AT + timedelta(hours=3))
    assert Message.objects.get(pk=message.pk).read_at == AT + timedelta(hours=2)


@pytest.mark.parametrize("language", ["en", "es", "hmn", ""])
@pytest.mark.parametrize("kind", TOLD)
def test_every_kind_has_its_words_in_every_language(kind, language):
    message = tell(who_is_told(kind), kind=kind)
    with translation.override(language):
        subject, body = message.subject, message.body
        named = names_of(kind)
    assert subject
    assert body
    assert "%(" not in subject + body
    assert {name for name, value in NAMES.items() if value in subject + body} == named


@pytest.mark.parametrize(
    ("name", "break_it"),
    [
        ("a_message_is_read_after_sending", lambda row: write(row.message, read_at=AT - timedelta(seconds=1))),
        ("a_message_is_written_or_told", lambda row: write(row.message, written_subject="Said twice")),
        ("a_message_is_written_or_told", lambda row: write(row.message, facts=None)),
        ("a_notification_ends_one_way", lambda row: write(row, sent_at=AT, given_up_at=AT)),
    ],
)
def test_the_database_refuses(name, break_it):
    assert name in constraints_of("messaging")
    row = Notification.objects.get(message=tell(people.angela().user))
    refuses(name, lambda: break_it(row))
