"""Sends what waits in the outbox: letters about signing in before all others, since somebody waits for them."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction

from careerplan.accounts.actions import note_arrival, note_bounce
from careerplan.accounts.letters import sign_in_letter
from careerplan.accounts.models import SignInLetter, User
from careerplan.base.outbox import Letter, Outgoing, kind_of, refuse_unwritable, refuses_address
from careerplan.messaging.letters import email_for
from careerplan.messaging.models import Notification, TextMessage
from careerplan.messaging.texts import text_for

logger = logging.getLogger(__name__)

# Each outbox, and how its e-mail or text message is written.
OUTBOXES: list[tuple[Any, Callable[[Any], Letter]]] = [
    (SignInLetter, sign_in_letter),
    (Notification, email_for),
    (TextMessage, text_for),
]


def register(model: Any, write: Callable[[Any], Letter]) -> None:
    """An outbox of who stands above; its e-mails leave after those of the product's own."""
    OUTBOXES.append((model, write))


def deliver_next(at: datetime) -> bool:
    """Send the e-mail that waits longest; False when none waits. Two workers never take the same one."""
    for model, write in OUTBOXES:
        row = model.objects.claim_next(at)
        if row is not None:
            deliver_one(row, write, at)
            return True
    return False


def deliver_one(row: Any, write: Callable[[Any], Letter], at: datetime) -> None:
    """No transaction is open while the mail server is spoken to."""
    if row.recipient is not None and not row.recipient.is_active:
        row.give_up_switched_off(at)
        return
    if row.has_passed:
        row.settle(at)
        return
    if row.not_before(at) > at:
        row.put_off(row.not_before(at))
        return
    letter, began = None, time.monotonic()
    try:
        letter = write(row)
        refuse_unwritable(letter)
        letter.send()
    except Exception as error:  # whatever the mail server says: kept with the row and tried again
        note_failure(row, letter, error, at + timedelta(seconds=int(time.monotonic() - began)))
    else:
        note_sent(row, letter, at)


def note_sent(row: Outgoing, letter: Letter, at: datetime) -> None:
    """Marked by itself: whatever becomes of the rest, it is not sent again."""
    row.mark_sent(at)
    note_of_person(row, letter, note_arrival, at)


def note_failure(row: Outgoing, letter: Letter | None, error: Exception, at: datetime) -> None:
    """The log names no address, and nothing that the server said, which may hold it."""
    facts = {"event": "email-not-sent", "outbox": type(row).__name__, "row": row.pk, "try": row.attempts}
    logger.warning("An e-mail was not sent: %s.", kind_of(error), extra=facts)
    if row.mark_failed(error, at) and refuses_address(error):
        note_of_person(row, letter, note_bounce, at)


def note_of_person(row: Outgoing, letter: Letter | None, note: Callable[..., None], at: datetime) -> None:
    """What it says of the address; a person's row that somebody holds keeps no e-mail waiting."""
    try:
        with transaction.atomic():
            person = addressee(row, letter)
            if person is not None:
                note(person, at=at)
    except DatabaseError:
        logger.exception("What the mail server said of an address could not be noted.")


def addressee(row: Any, letter: Letter | None) -> User | None:
    """The person whose address it went to, as it is now; None where it was another address."""
    if letter is None or row.recipient_id is None:
        return None
    person: User | None = User.objects.filter(pk=row.recipient_id, email__in=letter.to).first()
    return person
