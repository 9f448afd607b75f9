"""Telling people: a dashboard message at once, and an e-mail through the outbox (`delivery.py` sends it)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.outbox import SETTLED
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact
from careerplan.messaging.models import Message, Notification
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
    facts = {name: names[name] for name in sorted(names_of(kind))}
    return Message(recipient=recipient, sender=by, kind=kind, facts=facts, path=path, sent_at=at)


def send_message(
    recipient: User, *, subject: str, body: str, written_in: str = "", path: str, by: User, at: datetime
) -> Message | None:
    """A message that a person wrote to another: it stays as written, in its language ("": nobody said)."""
    key = f"message:{by.pk}:{recipient.pk}:{at.isoformat()}"
    written = {"written_subject": subject, "written_body": body, "written_in": written_in}
    return put_up(Message(recipient=recipient, sender=by, kind=Notice.MESSAGE, path=path, sent_at=at, **written), key)


def put_up(message: Message, key: str) -> Message | None:
    """The message stands on the dashboard, and its e-mail in the outbox; None where `key` was told before."""
    return put_up_all({key: message}).get(key)


@transaction.atomic
def put_up_all(messages: Mapping[str, Message]) -> dict[str, Message]:
    """As `put_up`, of several messages by their keys. Returns those that are new. Three queries, however many."""
    told = set(Notification.objects.filter(key__in=messages).values_list("key", flat=True))
    new = {key: message for key, message in messages.items() if key not in told}
    if new:
        Message.objects.bulk_create(new.values())
        Notification.objects.bulk_create(email_of(message, key) for key, message in new.items())
        transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return new


def email_of(message: Message, key: str) -> Notification:
    at = message.sent_at
    return Notification(key=key, recipient=message.recipient, message=message, created_at=at, available_at=at)


def mark_read(message: Message, *, by: User, at: datetime) -> None:
    if message.recipient_id == by.pk and message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])


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
