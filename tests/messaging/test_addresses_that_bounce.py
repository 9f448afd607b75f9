"""What the mail server says of an address: for good, for now, or of something else than the address."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from careerplan.base.outbox import ATTEMPTS
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.models import Notification
from tests import people
from tests.messaging.test_delivery import empty_outbox  # noqa: F401  # a fixture
from tests.messaging.test_notify import AT, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_outbox")]

ADDRESS = "angela.whitfield@careerplan.test"


def recipient_refused(code, words):
    return smtplib.SMTPRecipientsRefused({ADDRESS: (code, words)})


class Answers(EmailBackend):
    """A mail server that answers so."""

    error: Exception | None = None

    def send_messages(self, letters):
        if self.error:
            raise self.error
        return super().send_messages(letters)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Answers"
    return lambda error: monkeypatch.setattr(Answers, "error", error)


def delivered_until_given_up():
    at, tries = AT, 0
    while deliver_next(at):
        row = Notification.objects.get(key="plan:7")
        at, tries = row.available_at, tries + 1
    return tries, Notification.objects.get(key="plan:7")


NO_SUCH_USER = recipient_refused(550, b"5.1.1 No such user here")
FULL = recipient_refused(452, b"4.2.2 The mailbox is full")
NO_RELAY = recipient_refused(554, b"5.7.1 Relay access denied")
NO_SENDER = smtplib.SMTPSenderRefused(550, b"5.1.8 Bad sender", "no-reply@careerplan.test")
NO_LETTER = smtplib.SMTPDataError(554, b"5.6.0 Message refused")
UNWRITABLE = smtplib.SMTPNotSupportedError("SMTPUTF8 not supported by server")
LATER = smtplib.SMTPDataError(451, b"4.3.0 Try again later")
NO_PASSWORD = smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad credentials")
GONE = ConnectionRefusedError("gone")


@pytest.mark.parametrize(
    ("error", "tries", "bounces"),
    [(NO_SUCH_USER, 1, True), (FULL, ATTEMPTS, True), (NO_RELAY, 1, False), (NO_SENDER, 1, False),
     (NO_LETTER, 1, False), (UNWRITABLE, 1, False), (LATER, ATTEMPTS, False), (NO_PASSWORD, ATTEMPTS, False),
     (GONE, ATTEMPTS, False)],
    ids=["no such user", "mailbox full", "no relay", "sender refused", "letter refused", "letter that can't be written",
         "letter put off", "password refused", "server down"],
)  # fmt: skip
def test_only_what_is_the_fault_of_the_address_marks_it(server, error, tries, bounces):
    server(error)
    tell(people.angela().user)
    tried, row = delivered_until_given_up()
    assert (tried, bool(row.given_up_at)) == (tries, True)
    user = people.angela().user
    assert (user.email_bounces, user.bounced_email) == (bounces, user.email if bounces else "")


def test_the_history_says_since_when_an_address_bounces(server):
    server(NO_SUCH_USER)
    tell(people.angela().user)
    deliver_next(AT)
    user = people.angela().user
    entry = type(user).history.filter(id=user.pk).latest("history_id")
    assert (entry.history_date, entry.history_user, entry.history_change_reason) == (AT, None, "e-mail came back")


def test_an_email_that_arrives_clears_the_mark(server):
    server(NO_SUCH_USER)
    tell(people.angela().user, key="first")
    deliver_next(AT)
    assert people.angela().user.email_bounces
    server(None)
    tell(people.angela().user, key="second")
    deliver_next(AT)
    assert not people.angela().user.email_bounces
