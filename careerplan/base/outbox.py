"""E-mails that wait to be sent: each is claimed, sent outside every transaction, and marked.

A claim counts the attempt and puts the next one off before anything is sent. So no transaction waits for a mail server,
a worker that is killed leaves an e-mail that is tried again, and one that can't be sent is tried a limited number of
times. A second delivery after a kill carries the same Message-ID, so that mail programs show it once.
"""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

HANGS_AFTER = timedelta(days=1)
# How long one attempt may take: each answer of the server in EMAIL_TIMEOUT, and there are about ten.
CLAIM = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# After 1, 2, 4 ... minutes, then every hour: three days.
ATTEMPTS = 78
PERMANENT = 500
# Why an e-mail was not sent, for the administrator's list and for what planners are told.
SWITCHED_OFF = "The sign-in is switched off."
# What an e-mail that had not left yet was to tell of has passed: it is not sent, and nobody misses it.
SETTLED = "What it tells of has passed."


class OutgoingQuerySet(models.QuerySet):
    def waiting(self, at: datetime) -> Any:
        rows = self.filter(sent_at__isnull=True, given_up_at__isnull=True, available_at__lte=at)
        return rows.order_by("available_at", "id")

    def undelivered(self, at: datetime) -> Any:
        """Given up, or waiting for longer than a day."""
        rows = self.filter(Q(given_up_at__isnull=False) | Q(created_at__lt=at - HANGS_AFTER), sent_at__isnull=True)
        return rows.exclude(last_error=SETTLED)

    def unreported(self, at: datetime) -> Any:
        """Undelivered, and not yet told of; what hung is told of once more when it is given up."""
        return self.undelivered(at).filter(Q(reported_at__isnull=True) | Q(given_up_at__gt=F("reported_at")))

    def try_again(self, at: datetime) -> int:
        """Those that were given up are tried as at first; how many."""
        given_up = self.filter(given_up_at__isnull=False)
        return given_up.update(given_up_at=None, attempts=0, last_error="", created_at=at, available_at=at)

    def claim_next(self, at: datetime) -> Any:
        """The e-mail that waits longest, its attempt counted; None when none waits. Two workers never take the same."""
        with transaction.atomic():
            row = self.waiting(at).select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return None
            row.attempts += 1
            row.available_at = at + CLAIM
            row.save(update_fields=["attempts", "available_at"])
        return row


class Outgoing(models.Model):
    """What is known of an e-mail on its way."""

    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # When staff were told that it does not arrive (customers/undelivered.py).
    reported_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def was_switched_off(self) -> bool:
        """Given up since the sign-in was off, whatever the mail server would have said."""
        return self.given_up_at is not None and self.last_error == SWITCHED_OFF

    @property
    def was_settled(self) -> bool:
        return self.given_up_at is not None and self.last_error == SETTLED

    @property
    def has_passed(self) -> bool:
        """Whether what it would say is not for that address any more."""
        return False

    def hangs(self, at: datetime) -> bool:
        """Neither sent nor given up for longer than a day."""
        return self.sent_at is None and self.given_up_at is None and self.created_at < at - HANGS_AFTER

    def mark(self, values: dict[str, Any], **where: Any) -> bool:
        """Write what became of this attempt; False where it took so long that another one was begun."""
        mine = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts, **where)
        return bool(mine.update(**values))

    def mark_sent(self, at: datetime) -> bool:
        """It has left, also where what it was to tell of has passed meanwhile."""
        return self.mark({"sent_at": at, "given_up_at": None, "last_error": ""})

    def mark_failed(self, error: Exception, at: datetime) -> bool:
        """Try again after 1, 2, 4 ... minutes, an hour at most; whether it is given up: after `ATTEMPTS`, or at once
        where the answer is final. The administrator sees it, and staff are told (customers/undelivered.py)."""
        gives_up = self.attempts >= ATTEMPTS or is_final(error)
        wait = min(FIRST_WAIT * 2 ** min(self.attempts - 1, 10), LONGEST_WAIT)
        text = f"{type(error).__name__}: {error}"[:300]
        if not gives_up:
            self.mark({"last_error": text, "available_at": at + wait}, given_up_at=None)
            return False
        return self.mark({"last_error": text, "given_up_at": at}, given_up_at=None)

    def settle(self, at: datetime) -> None:
        """It never leaves, and nobody misses it."""
        self.mark({"last_error": SETTLED, "given_up_at": at}, given_up_at=None)

    def give_up_switched_off(self, at: datetime) -> None:
        """Who can't sign in can't read what the e-mail leads to; it goes out once the sign-in is switched on again."""
        self.mark({"last_error": SWITCHED_OFF, "given_up_at": at}, given_up_at=None)


def refuses_address(error: Exception) -> bool:
    """It is the recipient's address that is refused, and not the sender, the letter, or a server that is down.

    Enhanced codes 5.7.x and 4.7.x say that a policy of the server is the reason (RFC 3463): that may be our fault.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return not any(b".7." in bytes(answer[1])[:6] for answer in error.recipients.values())


def is_final(error: Exception) -> bool:
    """A refusal of this letter with a permanent code, 5xx (RFC 5321, 4.2.1): the next try would say the same.

    What the server says before the letter (the greeting, the password) concerns all of them, and somebody mends it.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(answer[0] >= PERMANENT for answer in error.recipients.values())
    if isinstance(error, SMTPSenderRefused | SMTPDataError):
        return error.smtp_code >= PERMANENT
    # An address or a letter that can't be written for this server; it was not asked.
    return isinstance(error, SMTPNotSupportedError | ValueError)
