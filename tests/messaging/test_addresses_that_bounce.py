"""What the mail server says of an address: for good, for now, or of something else than the address."""

import smtplib
import ssl

import pytest
from django.core.mail.backends.locmem import EmailBackend

from careerplan.base.outbox import ATTEMPTS
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.models import Notification
from tests import people
from tests.messaging.test_delivery import empty_outbox  # noqa: F401  # a fixture
from tests.messaging.test_notify import AT, tell
from tests.rows import write
from tests.smtp import mail_server

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
RELAY_IN_WORDS = recipient_refused(550, b"relay not permitted")
NOT_SIGNED_IN = recipient_refused(530, b"Must issue a STARTTLS command first")
SIGN_IN_FOR_MAIL = smtplib.SMTPSenderRefused(530, b"5.7.0 Authentication required", "no-reply@careerplan.test")
SPAM = smtplib.SMTPDataError(554, b"5.7.1 Message rejected as spam")
NO_CERTIFICATE = ssl.SSLCertVerificationError(1, "certificate verify failed: certificate has expired")
NO_TLS = smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server.")
NO_SUCH_NAME = UnicodeError("encoding with 'idna' codec failed (UnicodeError: label empty or too long)")
LATER = smtplib.SMTPDataError(451, b"4.3.0 Try again later")
NO_PASSWORD = smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad credentials")
GONE = ConnectionRefusedError("gone")


@pytest.mark.parametrize(
    ("error", "tries", "bounces"),
    [(NO_SUCH_USER, 1, True), (FULL, ATTEMPTS, True), (NO_LETTER, 1, False)]
    + [(error, ATTEMPTS, False) for error in
       (NO_RELAY, RELAY_IN_WORDS, NO_SENDER, NOT_SIGNED_IN, SIGN_IN_FOR_MAIL, SPAM, NO_CERTIFICATE, NO_TLS,
        NO_SUCH_NAME, LATER, NO_PASSWORD, GONE)],
    ids=["no such user", "mailbox full", "letter refused", "no relay", "no relay in words", "sender refused",
         "not signed in", "sign-in asked for", "taken for spam", "certificate refused", "no TLS", "no such name",
         "letter put off", "password refused", "server down"],
)  # fmt: skip
def test_only_what_is_the_fault_of_the_address_marks_it(server, error, tries, bounces):
    server(error)
    tell(people.angela().user)
    tried, row = delivered_until_given_up()
    assert (tried, bool(row.given_up_at)) == (tries, True)
    user = people.angela().user
    assert (user.email_bounces, user.bounced_email) == (bounces, user.email if bounces else "")


@pytest.mark.parametrize("address", ["angela@-@careerplan.test", "ángela@careerplan.test\n", f"angela@{'x' * 70}.test"])
def test_an_address_that_none_could_send_to_is_given_up_at_once(server, address):
    tell(people.planner())
    write(people.planner(), email=address)
    assert delivered_until_given_up()[0] == 1
    assert Notification.objects.get(key="plan:7").last_error.startswith("Unwritable")


def test_a_sender_that_is_none_loses_no_email(server, settings):
    settings.EMAIL_BACKEND, settings.DEFAULT_FROM_EMAIL = "careerplan.base.smtp.EmailBackend", "careerplan"
    tell(people.angela().user)
    with mail_server() as there:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", there.port
        deliver_next(AT)
    assert Notification.objects.get(key="plan:7").given_up_at is None


def test_the_log_says_why_an_email_was_not_sent_and_to_nobodys_eyes_to_whom(server, caplog):
    server(recipient_refused(550, f"5.1.1 <{ADDRESS}> is not here".encode()))
    tell(people.angela().user)
    deliver_next(AT)
    [record] = caplog.records
    row = Notification.objects.get(key="plan:7")
    assert record.message == "An e-mail was not sent: SMTPRecipientsRefused 550 5.1.1."
    assert (record.event, record.outbox, record.row, vars(record)["try"]) == (
        "email-not-sent", "Notification", row.pk, 1,
    )  # fmt: skip
    assert "angela" not in str(vars(record))


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
