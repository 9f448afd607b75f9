"""The e-mails of the outbox: what they say, how they are tried again, and that each goes out once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.outbox import ATTEMPTS
from careerplan.messaging.actions import notify
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Notification
from careerplan.messaging.tasks import deliver
from tests import people
from tests.messaging.test_notify import AT, NAMES, TOLD, tell, who_is_told
from tests.rows import write
from tests.servers import refusing_port

MINUTE = timedelta(minutes=1)


@pytest.fixture
def empty_outbox(people):
    """Nothing of the demo people waits."""
    rows = Notification.objects.filter(sent_at=None, given_up_at=None)
    rows.update(sent_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def no_mail_server(settings):
    with refusing_port() as port:
        settings.EMAIL_BACKEND = "careerplan.base.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield


# --- what an e-mail says ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", TOLD)
def test_an_email_carries_no_personal_detail(empty_outbox, settings, kind, language):
    settings.SITE_ADDRESS = "https://careerplan.example.gov:8443"
    person = who_is_told(kind)
    write(person, language=language)
    tell(person, kind=kind, path="/my/messages/")
    assert deliver_next(AT)
    [letter] = mail.outbox
    assert letter.to == [person.email]
    assert (letter.cc, letter.bcc, letter.attachments) == ([], [], [])
    [(html, _kind)] = letter.alternatives
    assert f'<html lang="{language}">' in html
    assert "https://careerplan.example.gov:8443/my/messages/" in letter.body
    assert "%" not in letter.body
    whole = (letter.subject + letter.body + html + str(letter.extra_headers)).replace(person.email, "")
    details = {*NAMES.values(), person.first_name, person.last_name, person.username}
    details -= {NAMES["version"], NAMES["planner"]}  # the planner writes, and says so
    assert [detail for detail in details if detail.lower() in whole.lower()] == []


@pytest.mark.django_db
def test_the_message_id_follows_from_the_row(empty_outbox, settings):
    settings.SITE_ADDRESS = "https://careerplan.example.gov:8443"
    tell(people.angela().user)
    row = Notification.objects.get(key="plan:7")
    deliver_next(AT)
    assert mail.outbox[0].message()["Message-ID"] == f"<notification-{row.pk}@careerplan.example.gov>"


# --- when it goes out -------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_email_is_sent_once_and_the_oldest_first(empty_outbox):
    tell(people.angela().user, key="first")
    tell(people.david().user, key="second")
    assert [deliver_next(AT), deliver_next(AT), deliver_next(AT)] == [True, True, False]
    assert [letter.to for letter in mail.outbox] == [[people.angela().user.email], [people.david().user.email]]
    assert Notification.objects.get(key="first").sent_at == AT


@pytest.mark.django_db
def test_a_failed_email_is_tried_again_after_growing_waits_for_three_days(empty_outbox, no_mail_server):
    tell(people.angela().user)
    at, waits = AT, []
    while deliver_next(at):
        row = Notification.objects.get(key="plan:7")
        if row.given_up_at:
            break
        waits.append((row.available_at - at) // MINUTE)
        at = row.available_at
    assert not deliver_next(at)
    assert waits == [1, 2, 4, 8, 16, 32] + [60] * (ATTEMPTS - 7)
    assert (row.attempts, row.sent_at) == (ATTEMPTS, None)
    assert timedelta(days=2, hours=23) < row.given_up_at - AT < timedelta(days=3, hours=1)
    assert row.last_error.startswith("ConnectionRefusedError")
    assert not deliver_next(at + timedelta(days=365))


@pytest.mark.django_db
def test_a_mail_server_that_comes_back_gets_the_email(empty_outbox, no_mail_server, settings):
    tell(people.angela().user)
    deliver_next(AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    again_at = Notification.objects.get(key="plan:7").available_at
    assert deliver_next(again_at)
    row = Notification.objects.get(key="plan:7")
    assert (row.attempts, row.sent_at, row.given_up_at) == (2, again_at, None)
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_one_address_that_fails_holds_up_nobody_else(empty_outbox, settings):
    settings.EMAIL_BACKEND = "tests.mail.RefusesLucia"
    tell(people.lucia().user, key="first")
    tell(people.angela().user, key="second")
    assert deliver() == 2
    assert [letter.to for letter in mail.outbox] == [[people.angela().user.email]]
    assert "SMTPRecipientsRefused" in Notification.objects.get(key="first").last_error


# --- two who deliver at once ------------------------------------------------------------------


def outbox_of(count):
    """So many e-mails that wait, for one person of their own; whatever else is in the outbox is not there."""
    Notification.objects.all().delete()
    name = {"first_name": "Rosa", "last_name": "Rivera", "role": Role.CUSTOMER}
    person = User.objects.filter(username="rosa").first()
    person = person or User.objects.create_user("rosa", "rosa@careerplan.test", **name)
    for number in range(count):
        key = f"event:{number}"
        notify(person, Notice.GOAL_OFF_TRACK, key=key, names=NAMES, path="/my/", by=None, at=clock.now())


def in_threads(count, work):
    """Runs `work` in threads that begin together, each with a connection of its own; returns what each returned."""
    start, results = threading.Barrier(count), []

    def run():
        start.wait()
        try:
            results.append(work())
        except OperationalError as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_relays_never_send_the_same_email(settings):
    settings.BACKGROUND, settings.EMAIL_BACKEND = "relay", "tests.mail.MeetsAnother"
    outbox_of(12)
    sent = in_threads(2, deliver)
    assert sum(sent) == 12
    assert min(sent) > 0, "both took part"
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == len(mail.outbox) == 12
    assert not Notification.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_an_email_of_a_killed_worker_goes_out_again_under_the_same_message_id(settings):
    settings.BACKGROUND, settings.EMAIL_BACKEND = "relay", "tests.mail.SendsAndDies"
    outbox_of(1)
    [died] = in_threads(1, deliver)
    assert isinstance(died, OperationalError)
    row = Notification.objects.get()
    assert (row.sent_at, row.attempts) == (None, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver() == 0, "somebody may be sending it"
    assert deliver_next(row.available_at)
    first, second = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == second
