"""E-mails that wait to be sent: each is claimed, sent outside every transaction, and marked.

A claim counts the attempt and puts the next one off before anything is sent. So no transaction waits for a mail server,
a worker that is killed leaves an e-mail that is tried again, and one that can't be sent is tried a limited number of
times. A second delivery after a kill carries the same Message-ID, so that mail programs show it once.
"""

import re
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Protocol

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.db import models, transaction
from django.db.models import F, Q

from careerplan.base.smtp import LONGEST_SECONDS, NotConfirmed

HANGS_AFTER = timedelta(days=1)
# How long one attempt may take, and a minute.
CLAIM = timedelta(seconds=LONGEST_SECONDS + 60)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# After 1, 2, 4 ... minutes, then every hour: three days.
ATTEMPTS = 78
# An e-mail that the server has and did not confirm is given to it once more, and then no more.
UNCONFIRMED_WAIT = timedelta(hours=1)
PERMANENT = 500
# We have to sign in first (RFC 4954), or do so in another order.
NOT_SIGNED_IN = {503, 530, 534, 535, 538}
ENHANCED_CODE = re.compile(rb"[245]\.(\d{1,3}\.\d{1,3})\b")
# Of enhanced codes (RFC 3463): the sender's address, the mail system, the protocol, a policy.
OURS = re.compile(rb"1\.[78]$|[357]\.")
# Words of servers that give no such code.
WORDS_OF_OURS = re.compile(rb"relay|authent|sender|polic|block|spam|denied|helo|\btls\b", re.IGNORECASE)
# Why an e-mail was not sent, for the administrator's list and for what planners are told.
SWITCHED_OFF = "The sign-in is switched off."
# What an e-mail that had not left yet was to tell of has passed: it is not sent, and nobody misses it.
SETTLED = "What it tells of has passed."
UNCONFIRMED = "The mail server took it and did not confirm it."


class Letter(Protocol):
    """What an outbox sends: an e-mail, or a text message."""

    # Addresses of e-mails; none of a text message.
    @property
    def to(self) -> Any: ...

    def recipients(self) -> list[str]: ...

    def send(self) -> Any: ...


class Unwritable(Exception):
    """The address is none to which any server could send."""


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
        anew = {"given_up_at": None, "attempts": 0, "last_error": "", "unconfirmed_at": None}
        return given_up.update(**anew, created_at=at, available_at=at)

    def claim_next(self, at: datetime) -> Any:
        """The e-mail that waits longest, its attempt counted; None when none waits. Two workers never take the same."""
        with transaction.atomic():
            row = self.waiting(at).select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return None
            row.claim(at)
        return row


class Outgoing(models.Model):
    """What is known of an e-mail on its way."""

    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # When the mail server first had the whole of it and did not say what becomes of it.
    unconfirmed_at = models.DateTimeField(null=True)
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

    def not_before(self, at: datetime) -> datetime:
        """`at`, or when it may leave first."""
        return at

    def put_off(self, until: datetime) -> None:
        """It may not leave now, and is tried then."""
        self.mark({"available_at": until}, given_up_at=None)

    def hangs(self, at: datetime) -> bool:
        """Neither sent nor given up for longer than a day."""
        return self.sent_at is None and self.given_up_at is None and self.created_at < at - HANGS_AFTER

    def claim(self, at: datetime) -> None:
        """Of a locked row: the attempt is counted, and the next one put off."""
        self.attempts += 1
        self.available_at = at + CLAIM
        self.save(update_fields=["attempts", "available_at"])

    def mark(self, values: dict[str, Any], **where: Any) -> bool:
        """Write what became of this attempt; False where it took so long that another one was begun."""
        mine = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts, **where)
        return bool(mine.update(**values))

    def mark_sent(self, at: datetime) -> bool:
        """It has left, also where what it was to tell of has passed meanwhile."""
        return self.mark({"sent_at": at, "given_up_at": None, "last_error": ""})

    def mark_unconfirmed(self, at: datetime) -> None:
        """Once more after an hour; then it is given up, and staff hear of it: it may have arrived, or not.

        Rather one that is missed, and stands on the dashboard, than the same e-mail again and again.
        """
        if self.unconfirmed_at is None:
            again = {"unconfirmed_at": at, "last_error": UNCONFIRMED, "available_at": at + UNCONFIRMED_WAIT}
            self.mark(again, given_up_at=None)
        else:
            self.mark({"given_up_at": at, "last_error": UNCONFIRMED}, given_up_at=None)

    def mark_failed(self, error: Exception, at: datetime) -> bool:
        """Try again after 1, 2, 4 ... minutes, an hour at most; whether it is given up: after `ATTEMPTS`, or at once
        where the answer is final. The administrator sees it, and staff are told (customers/undelivered.py)."""
        if isinstance(error, NotConfirmed):
            self.mark_unconfirmed(at)
            return False
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


def refuse_unwritable(letter: Letter) -> None:
    """Raises Unwritable. Whatever else can't be written is a fault of ours that somebody mends."""
    try:
        for address in letter.recipients():
            if not address.isprintable():
                raise ValueError("The address holds signs that can't be seen.")
            sanitize_address(address, settings.DEFAULT_CHARSET).encode("ascii")
    except ValueError as error:
        raise Unwritable(str(error)) from error


def concerns_us(code: int, words: bytes) -> bool:
    """The server refuses us, our settings or our sender, whatever the address or the letter."""
    enhanced = ENHANCED_CODE.match(words)
    if code in NOT_SIGNED_IN:
        return True
    return bool(OURS.match(enhanced[1]) if enhanced else WORDS_OF_OURS.search(words))


def refuses_address(error: Exception) -> bool:
    """It is the recipient's address that is refused, and not the sender, the letter, or a server that is down."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return not any(concerns_us(code, bytes(words)) for code, words in error.recipients.values())


def is_final(error: Exception) -> bool:
    """A refusal of this address or letter with a permanent code, 5xx (RFC 5321, 4.2.1), which will not change.

    Everything else concerns all e-mails, and somebody mends it: TLS and its certificates, the sign-in, the sender, a
    server that is not there. What is lost by such a fault would be lost by hundreds.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return refuses_address(error) and all(code >= PERMANENT for code, _words in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= PERMANENT and not concerns_us(error.smtp_code, as_bytes(error.smtp_error))
    return isinstance(error, Unwritable)


def as_bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def kind_of(error: Exception) -> str:
    """For the log: the kind and the codes. What a server says may hold the address."""
    said: list[tuple[int, bytes]] = []
    if isinstance(error, SMTPRecipientsRefused):
        said = [(code, bytes(words)) for code, words in error.recipients.values()]
    elif isinstance(error, SMTPResponseException):
        said = [(error.smtp_code, as_bytes(error.smtp_error))]
    return " ".join([type(error).__name__, *(codes_of(code, words) for code, words in said)])


def codes_of(code: int, words: bytes) -> str:
    enhanced = ENHANCED_CODE.match(words)
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)
