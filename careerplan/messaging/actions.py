"""Telling people: a dashboard message at once, and an e-mail through the outbox (`delivery.py` sends it)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.dates import day_of
from careerplan.base.outbox import SETTLED
from careerplan.messaging import texts
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact
from careerplan.messaging.inbox import readable_by
from careerplan.messaging.kinds import kind_of
from careerplan.messaging.leaving import DAILY_EMAIL_AT, leaves_daily, next_at, text_message_leaves_at
from careerplan.messaging.models import Message, Notification, TextMessage
from careerplan.messaging.wording import names_of


def notify(
    recipient: User, kind: Notice, *, key: str, names: Mapping[str, Fact], path: str, by: User | None, at: datetime
) -> Message | None:
    """Tell of an event, in the caller's transaction; None where `key` was told before. `names`: as `notice` says."""
    return put_up(notice(recipient, kind, names=names, path=path, by=by, at=at), key)


def notice(
    recipient: User, kind: Notice, *, names: Mapping[str, Fact], path: str, by: User | None, at: datetime
) -> Message:
    """What tells of an event, to be put up.

    `names`: what the kind's words name (`wording.py`). It is kept as it is now; the words are made as they are read.
    """
    assert kind_of(kind).goes_to.takes(recipient), f"{kind} is not for {recipient.role}."
    facts = {name: names[name] for name in sorted(names_of(kind))}
    return Message(recipient=recipient, sender=by, kind=kind, facts=facts, path=path, sent_at=at)


def send_message(
    recipient: User,
    *,
    subject: str,
    body: str,
    written_in: str = "",
    path: str,
    thread: Message | None = None,
    by: User,
    at: datetime,
) -> Message | None:
    """A message that a person wrote to another: it stays as written, in its language ("": nobody said).

    `thread`: the first message of what it answers.
    """
    key = f"message:{by.pk}:{recipient.pk}:{at.isoformat()}"
    written = {"written_subject": subject, "written_body": body, "written_in": written_in}
    message = Message(
        recipient=recipient, sender=by, kind=Notice.MESSAGE, path=path, thread=thread, sent_at=at, **written
    )
    return put_up(message, key)


def put_up(message: Message, key: str) -> Message | None:
    """The message stands on the dashboard, and its e-mail in the outbox; None where `key` was told before."""
    return put_up_all({key: message}).get(key)


@transaction.atomic
def put_up_all(messages: Mapping[str, Message]) -> dict[str, Message]:
    """As `put_up`, of several messages by their keys. Returns those that are new. Four queries, however many."""
    told = set(Notification.objects.filter(key__in=messages).values_list("key", flat=True))
    new = {key: message for key, message in messages.items() if key not in told}
    if new:
        Message.objects.bulk_create(new.values())
        Notification.objects.bulk_create(email_of(message, message.recipient, key) for key, message in new.items())
        put_up_texts(new.values())
        transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return new


def email_of(message: Message, recipient: User, key: str) -> Notification:
    """It leaves at once, or with the day's others, as who gets it chose; it waits since it may leave."""
    at, daily = message.sent_at, leaves_daily(recipient, message.kind)
    if daily:
        at = next_at(recipient, DAILY_EMAIL_AT, at)
    return Notification(key=key, recipient=recipient, message=message, created_at=at, available_at=at, daily=daily)


def put_up_texts(messages: Iterable[Message]) -> None:
    """A text message to each customer who agreed to them: that something waits. One a day, however much it is."""
    if not texts.are_sent():
        return
    rows = {}
    for message in messages:
        person = message.recipient
        if person.is_customer and person.text_messages_to and kind_of(message.kind).in_text_message:
            at = text_message_leaves_at(person, message.sent_at)
            key = f"{person.pk}:{day_of(at).isoformat()}"
            row = TextMessage(key=key, recipient=person, message=message, created_at=at, available_at=at)
            row.number = person.text_messages_to
            rows[key] = row
    if not rows:
        return
    # One that has not left yet tells of what is newest, also where what it was to tell of has passed.
    unsent = TextMessage.objects.filter(Q(given_up_at=None) | Q(last_error=SETTLED), key__in=rows, sent_at=None)
    for known in unsent:
        row = rows[known.key]
        anew = {"message": row.message, "number": row.number, "given_up_at": None, "last_error": ""}
        known.mark(anew | {"available_at": row.available_at})
    TextMessage.objects.bulk_create(rows.values(), ignore_conflicts=True)


def tell_also(message: Message, people: Iterable[User]) -> None:
    """An e-mail of this message goes to these people, too; it stands on the dashboard of its recipient alone."""
    Notification.objects.bulk_create(email_of(message, person, f"also:{message.pk}:{person.pk}") for person in people)


def mark_read(message: Message, *, by: User, at: datetime) -> None:
    """By who got it, or reads for who got it today; for anybody else nothing happens."""
    mark_all_read(Message.objects.filter(pk=message.pk), by=by, at=at)
    message.refresh_from_db(fields=["read_at"])


def mark_all_read(rows: QuerySet[Message], *, by: User, at: datetime) -> int:
    """Those of the rows that the person got, or reads for a colleague, and that nobody has read; returns how many."""
    unread = Message.objects.filter(readable_by(by, on=day_of(at)), pk__in=rows.values("pk"), sent_at__lte=at)
    keys = list(unread.unread().values_list("pk", flat=True))
    return Message.objects.filter(pk__in=keys, read_at=None).update(read_at=at)


def settle(path: str, *, kind: Notice | None = None, at: datetime) -> None:
    """Nothing waits at this address any more: the messages that lead there are no news, whoever opened them or not.

    `kind`: of these messages alone.
    """
    rows = Message.objects.filter(path=path)
    settle_rows(rows if kind is None else rows.filter(kind=kind), at=at)


def settle_for(recipient: User, path: str, *, kind: Notice | None = None, at: datetime) -> None:
    """As `settle`, for one person alone: what waits at this address waits for somebody else now, or has passed."""
    rows = Message.objects.filter(recipient=recipient, path=path)
    settle_rows(rows if kind is None else rows.filter(kind=kind), at=at)


def settle_rows(rows: QuerySet[Message], *, at: datetime) -> None:
    """What these messages tell of has passed, or is done; an e-mail that has not left yet never does."""
    keys = list(rows.filter(sent_at__lte=at).values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys, read_at=None).update(read_at=at)
    waiting = Notification.objects.filter(message__in=keys, sent_at=None, given_up_at=None)
    waiting.update(given_up_at=at, last_error=SETTLED)
