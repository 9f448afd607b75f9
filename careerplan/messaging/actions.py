"""Telling people: a dashboard message at once, and an e-mail through the outbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import QuerySet

from careerplan.accounts.actions import note_arrival, note_bounce
from careerplan.accounts.models import User
from careerplan.messaging.background import nudge
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact
from careerplan.messaging.letters import email_for
from careerplan.messaging.models import SETTLED, SWITCHED_OFF, Message, Notification
from careerplan.messaging.wording import names_of

ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
PERMANENT = 500


def notify(
    recipient: User, kind: Notice, *, key: str, names: Mapping[str, Fact], path: str, by: User | None, at: datetime
) -> Message | None:
    """Tell of an event, in the caller's transaction; None where `key` was told before.

    `names`: what the kind's words name (`wording.py`). It is kept as it is now; the words are made as they are read.
    """
    facts = {name: names[name] for name in sorted(names_of(kind))}
    return put_up(Message(recipient=recipient, sender=by, kind=kind, facts=facts, path=path, sent_at=at), key)


def send_message(
    recipient: User, *, subject: str, body: str, written_in: str = "", path: str, by: User, at: datetime
) -> Message | None:
    """A message that a person wrote to another: it stays as written, in its language ("": nobody said)."""
    key = f"message:{by.pk}:{recipient.pk}:{at.isoformat()}"
    written = {"written_subject": subject, "written_body": body, "written_in": written_in}
    return put_up(Message(recipient=recipient, sender=by, kind=Notice.MESSAGE, path=path, sent_at=at, **written), key)


@transaction.atomic
def put_up(message: Message, key: str) -> Message | None:
    """The message stands on the dashboard, and its e-mail in the outbox; None where `key` was told before."""
    if Notification.objects.filter(key=key).exists():
        return None
    message.save()
    at = message.sent_at
    Notification.objects.create(key=key, recipient=message.recipient, message=message, created_at=at, available_at=at)
    transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
    return message


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


def deliver_next(at: datetime) -> bool:
    """Send the oldest waiting e-mail; False when none waits. Two workers never take the same one.

    The lock is held while sending: a worker that is killed leaves the row waiting for the next sweep. A second
    delivery after such a kill carries the same Message-ID, so that mail programs show it once.
    """
    with transaction.atomic():
        row = (
            Notification.objects.waiting(at)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("recipient", "message__sender")
            .first()
        )
        if row is None:
            return False
        if not row.recipient.is_active:
            give_up_switched_off(row, at)
            return True
        try:
            email_for(row).send()
        except Exception as error:  # whatever the mail server says: kept with the row and tried again
            put_off(row, error, at)
        else:
            row.sent_at = at
            row.save(update_fields=["sent_at"])
            note_arrival(row.recipient, at=at)
    return True


def give_up_switched_off(row: Notification, at: datetime) -> None:
    """Who can't sign in can't read what the e-mail leads to; it goes out once the sign-in is switched on again."""
    row.last_error, row.given_up_at = SWITCHED_OFF, at
    row.save(update_fields=["last_error", "given_up_at"])


def put_off(row: Notification, error: Exception, at: datetime) -> None:
    """Try again after 1, 2, 4 ... minutes; give up after `ATTEMPTS`, or at once where there is no such address.

    The administrator sees it, and staff are told (customers/undelivered.py).
    """
    row.attempts += 1
    gives_up = row.attempts >= ATTEMPTS or refuses_for_good(error)
    if gives_up and refuses_address(error):
        note_bounce(row.recipient, at=at)
    row.last_error = f"{type(error).__name__}: {error}"[:300]
    row.available_at = at + FIRST_WAIT * 2 ** (row.attempts - 1)
    row.given_up_at = at if gives_up else None
    row.save(update_fields=["attempts", "last_error", "available_at", "given_up_at"])


def refuses_address(error: Exception) -> bool:
    """It is the recipient's address that is refused, and not the sender, the letter, or a server that is down.

    Enhanced codes 5.7.x and 4.7.x say that a policy of the server is the reason (RFC 3463): that may be our fault.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return not any(b".7." in bytes(answer[1])[:6] for answer in error.recipients.values())


def refuses_for_good(error: Exception) -> bool:
    """A refusal of the address with a permanent code, 5xx (RFC 5321, 4.2.1): the next try would say the same."""
    if not isinstance(error, SMTPRecipientsRefused) or not refuses_address(error):
        return False
    return all(answer[0] >= PERMANENT for answer in error.recipients.values())
