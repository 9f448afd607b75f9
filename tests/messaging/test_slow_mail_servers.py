"""A mail server that is slow, away or unwilling: nothing waits for it, nothing is lost, nothing goes out twice.

The seconds are a tenth of those of production: 2 for `EMAIL_TIMEOUT`, 3 until PostgreSQL ends an idle transaction.
"""

import email
import threading
import time
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings as configured
from django.core import mail
from django.db import OperationalError, connection
from django.urls import reverse

from careerplan.accounts.actions import save_person
from careerplan.accounts.models import SignInLetter
from careerplan.accounts.telling import tell_of_new_password
from careerplan.base import clock
from careerplan.base.outbox import CLAIM, UNCONFIRMED, UNCONFIRMED_WAIT
from careerplan.base.smtp import FOR_LETTER, SECONDS, UNTIL_LETTER, EmailBackend
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.models import Notification
from careerplan.messaging.tasks import deliver
from tests import people
from tests.messaging.test_delivery import outbox_of
from tests.proxy import certify
from tests.servers import refusing_port
from tests.smtp import mail_server
from tests.waiting import eventually
from tests.workers import url_of_the_test_database

SMTP = "careerplan.base.smtp.EmailBackend"


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.BACKGROUND = "relay"
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 2
        yield server


@pytest.fixture
def impatient_database(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '3s'")
    yield
    connection.close()


def idle_transactions():
    """Sessions of this database that hold a transaction open and do nothing."""
    with psycopg.connect(url_of_the_test_database()) as other:
        query = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%%' AND datname = %s"
        return other.execute(query, [connection.settings_dict["NAME"]]).fetchone()[0]


def test_a_server_that_takes_longer_than_a_transaction_may_gets_each_email_once(server, impatient_database):
    outbox_of(1)
    server.takes({"MAIL": 1.6, ".": 1.6})
    assert deliver() == 1
    assert deliver() == 0
    row = Notification.objects.get()
    assert (len(server.letters), row.attempts, bool(row.sent_at)) == (1, 1, True)


def test_no_transaction_is_open_while_the_server_is_spoken_to(server, impatient_database):
    outbox_of(1)
    seen = []
    server.before = {command: lambda: seen.append(idle_transactions()) for command in ("EHLO", "RCPT", ".")}
    deliver()
    assert seen == [0, 0, 0]


def test_a_server_that_is_too_slow_is_tried_again_later_and_holds_up_no_other_email(server, impatient_database):
    outbox_of(2)
    pauses = [2.5]
    server.before = {"RCPT": lambda: time.sleep(pauses.pop()) if pauses else None}
    at = clock.now()
    assert [deliver_next(at), deliver_next(at), deliver_next(at)] == [True, True, False]
    first, second = Notification.objects.order_by("id")
    assert (first.sent_at, first.attempts, first.given_up_at) == (None, 1, None)
    assert "timed out" in first.last_error
    assert first.available_at > at
    assert second.sent_at
    assert len(server.letters) == 1
    assert deliver_next(first.available_at)
    assert len(server.letters) == 2


# --- servers that keep us waiting -------------------------------------------------------------


def test_a_server_that_is_slow_after_the_letter_gets_it_once(server, transactional_db):
    """As 25 seconds in production: longer than any other answer may take."""
    outbox_of(1)
    server.takes({".": 2.5})
    assert deliver() == 1
    row = Notification.objects.get()
    assert (len(server.letters), row.attempts, bool(row.sent_at), row.last_error) == (1, 1, True, "")


@pytest.fixture
def short_times(settings, monkeypatch):
    """3 seconds until the letter has left, and 2 for the answer to it."""
    settings.EMAIL_TIMEOUT = 1
    monkeypatch.setattr("careerplan.base.smtp.UNTIL_LETTER", 3)
    monkeypatch.setattr("careerplan.base.smtp.FOR_LETTER", 2)


def hang_up():
    raise ConnectionResetError


@pytest.fixture(params=["no answer", "hangs up", "nonsense"])
def unconfirming(request, server, short_times):
    """A server that takes each letter and never says so."""
    if request.param == "nonsense":
        server.answers = {".": "taken"}
    else:
        server.before = {".": hang_up if request.param == "hangs up" else lambda: time.sleep(2.5)}
    return server


def test_a_letter_that_is_never_confirmed_goes_out_twice_and_is_then_told_of(unconfirming, transactional_db):
    outbox_of(1)
    at = clock.now()
    assert deliver_next(at)
    row = Notification.objects.get()
    assert (row.sent_at, row.given_up_at, row.last_error) == (None, None, UNCONFIRMED)
    assert UNCONFIRMED_WAIT <= row.available_at - at < UNCONFIRMED_WAIT + timedelta(minutes=1)
    assert deliver_next(row.available_at)
    row.refresh_from_db()
    assert (row.sent_at, bool(row.given_up_at), row.last_error) == (None, True, UNCONFIRMED)
    assert row in Notification.objects.unreported(at + timedelta(days=1))
    assert not deliver_next(at + timedelta(days=365))
    assert len(unconfirming.whole_letters) == 2
    assert len({message_id(letter) for letter in unconfirming.whole_letters}) == 1


def test_a_letter_that_is_confirmed_the_second_time_was_sent(unconfirming, transactional_db):
    outbox_of(1)
    assert deliver_next(clock.now())
    unconfirming.before, unconfirming.answers = {}, {}
    assert deliver_next(Notification.objects.get().available_at)
    row = Notification.objects.get()
    assert (bool(row.sent_at), row.last_error, row.attempts) == (True, "", 2)


def message_id(letter):
    return email.message_from_string(letter)["Message-ID"]


@pytest.mark.parametrize("leave", ["hangs up", "is slow", "says more than anybody reads"])
def test_how_a_server_takes_leave_fails_no_email(server, transactional_db, short_times, leave):
    outbox_of(1)
    server.before = {"hangs up": {"QUIT": hang_up}, "is slow": {"QUIT": lambda: time.sleep(1.5)}}.get(leave, {})
    server.answers = {"QUIT": "x" * 9000} if leave.startswith("says") else {}
    assert deliver() == 1
    assert (len(server.letters), bool(Notification.objects.get().sent_at)) == (1, True)


@pytest.fixture
def speaks_tls(server, settings, tmp_path):
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST = True, "localhost"
    certify(tmp_path)
    server.certificate = tmp_path
    return server


@pytest.mark.parametrize("where", ["", "MAIL"], ids=["greeting", "in TLS"])
def test_a_server_that_drips_is_left_and_the_email_tried_again(
    speaks_tls, transactional_db, settings, short_times, monkeypatch, where
):
    """A byte in less than the time for an answer, without end: no time for one answer ends it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(speaks_tls.certificate / "fullchain.pem"))
    outbox_of(1)
    speaks_tls.before = {where: lambda: setattr(speaks_tls, "drips", 0.5)}
    speaks_tls.answers = {where: "250-" + "x" * 40}
    at = clock.now()
    assert deliver_next(at)
    assert clock.now() - at < timedelta(seconds=60)
    row = Notification.objects.get()
    assert (row.sent_at, row.given_up_at, row.last_error) == (
        None, None, "SMTPServerDisconnected: The conversation took too long.",
    )  # fmt: skip
    speaks_tls.drips, speaks_tls.before, speaks_tls.answers = 0, {}, {}
    assert deliver_next(row.available_at)
    assert len(speaks_tls.letters) == 1


def the_line_is_closed():
    """And its timer with it, whose thread ends when it comes to its turn."""
    return not any(isinstance(thread, threading.Timer) for thread in threading.enumerate())


def test_a_certificate_that_is_not_trusted_loses_no_email(speaks_tls, transactional_db, monkeypatch):
    outbox_of(1)
    assert deliver_next(clock.now())
    row = Notification.objects.get()
    assert (row.sent_at, row.given_up_at) == (None, None)
    assert row.last_error.startswith("SSLCertVerificationError")
    eventually(the_line_is_closed)
    monkeypatch.setenv("SSL_CERT_FILE", str(speaks_tls.certificate / "fullchain.pem"))  # somebody mended it
    assert deliver_next(row.available_at)
    assert len(speaks_tls.letters) == 1


def test_a_server_without_tls_loses_no_email_and_reads_none(server, transactional_db, settings):
    settings.EMAIL_USE_TLS = True
    outbox_of(1)
    assert deliver_next(clock.now())
    row = Notification.objects.get()
    assert (row.sent_at, row.given_up_at, server.whole_letters) == (None, None, [])


def test_a_claim_lasts_longer_than_any_conversation():
    assert timedelta(seconds=(UNTIL_LETTER + FOR_LETTER) * SECONDS) < CLAIM
    assert EmailBackend().timeout == SECONDS, "settings say nothing else"
    assert FOR_LETTER * SECONDS >= 120


# --- a worker that is gone, a server that is away ---------------------------------------------


def test_an_email_whose_sender_was_killed_is_tried_again_when_its_claim_has_ended(server, transactional_db):
    outbox_of(1)
    at = clock.now()
    assert Notification.objects.claim_next(at)  # and then the worker is gone
    assert not deliver_next(at)
    assert not deliver_next(at + CLAIM - timedelta(seconds=1))
    assert deliver_next(at + CLAIM)
    assert (len(server.letters), Notification.objects.get().attempts) == (1, 2)


def test_an_outage_of_a_night_loses_nothing(server, transactional_db, settings):
    outbox_of(3)
    at = clock.now()
    with refusing_port() as port:
        settings.EMAIL_PORT = port
        morning = at + timedelta(hours=12)
        while at < morning:
            deliver_next(at)
            at = Notification.objects.filter(sent_at=None).order_by("available_at").first().available_at
    assert not Notification.objects.exclude(given_up_at=None).exists()
    settings.EMAIL_PORT = server.port
    latest = morning + timedelta(hours=1)
    while deliver_next(latest):
        pass
    assert len(server.letters) == 3


def test_what_passed_while_an_email_left_is_marked_as_sent(server, transactional_db):
    outbox_of(1)
    row = Notification.objects.get()
    server.before = {".": lambda: settle(row.pk)}
    deliver()
    row.refresh_from_db()
    assert (bool(row.sent_at), row.given_up_at) == (True, None)


def test_what_left_is_not_sent_again_whatever_becomes_of_the_rest(server, transactional_db, monkeypatch):
    outbox_of(2)

    def locked(*_values, **_options):
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr("careerplan.messaging.delivery.note_arrival", locked)
    assert deliver() == 2
    assert len(server.letters) == 2
    assert not Notification.objects.filter(sent_at=None).exists()


def settle(key):
    with psycopg.connect(url_of_the_test_database()) as other:
        other.execute(
            "UPDATE messaging_notification SET given_up_at = now(), last_error = 'What it tells of has passed.' "
            "WHERE id = %s",
            [key],
        )


# --- signing in -------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_no_page_of_signing_in_speaks_to_a_mail_server(server, client):
    email = people.angela().user.email
    for address in (email, "nobody@careerplan.test"):
        assert client.post(reverse("account_reset_password"), {"email": address}).status_code == 302
    client.force_login(people.administrator())
    values = {"action": "send_reset_links", "_selected_action": [people.angela().user.pk]}
    client.post(reverse("admin:accounts_user_changelist"), values)
    client.force_login(people.planner())
    client.post(reverse("customers:reset-password", args=[people.angela().pk]))
    assert server.conversations == 0
    letters = SignInLetter.objects.order_by("id").values_list("kind", "address")
    assert list(letters) == [
        ("reset-link", email), ("unknown-address", "nobody@careerplan.test"), ("reset-link", email),
        ("reset-link", email),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_the_link_leads_to_this_site_whatever_address_the_browser_named(client, settings):
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = ["*"], "https://careerplan.example.gov"
    Notification.objects.all().delete()
    headers = {"Host": "evil.example:666", "X-Forwarded-Host": "evil.example"}
    client.post(reverse("account_reset_password"), {"email": people.angela().user.email}, headers=headers)
    deliver()
    [letter] = mail.outbox
    assert "https://careerplan.example.gov/accounts/password/reset/key/" in letter.body
    assert "evil" not in letter.body


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_the_outbox_holds_no_link(client):
    client.post(reverse("account_reset_password"), {"email": people.angela().user.email})
    [row] = SignInLetter.objects.values()
    assert "/key/" not in str(row)
    assert configured.SITE_ADDRESS not in str(row)


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("again", [False, True], ids=["while it waits", "tried again by an administrator"])
def test_no_link_goes_to_an_address_that_is_another_by_now(client, settings, again):
    person = people.angela().user
    client.post(reverse("account_reset_password"), {"email": person.email})
    if again:
        settings.EMAIL_BACKEND = "tests.mail.RefusesEverybody"
        deliver()
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person.refresh_from_db()
    person.email = "angela@elsewhere.test"
    save_person(person, by=people.administrator(), at=clock.now())
    SignInLetter.objects.try_again(clock.now())
    deliver()
    assert [letter.to for letter in mail.outbox if "/password/reset/key/" in letter.body] == []
    assert SignInLetter.objects.get(kind="reset-link").was_settled


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_link_that_waits_never_leaves_once_a_password_was_set(client):
    person = people.angela().user
    client.post(reverse("account_reset_password"), {"email": person.email})
    tell_of_new_password(person, at=clock.now())
    deliver()
    assert [letter.body for letter in mail.outbox if "/password/reset/key/" in letter.body] == []
