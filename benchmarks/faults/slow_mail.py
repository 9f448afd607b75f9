"""A mail server as slow as in production: .venv/bin/python -m pytest benchmarks/faults/slow_mail.py

The relations of `tests/messaging/test_slow_mail_servers.py`, with the seconds of production: 20 for an answer of the
mail server, 180 for that to the whole letter, 120 until it has left, 30 until PostgreSQL ends an idle transaction.
Takes eight minutes.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from careerplan.base.outbox import CLAIM, UNCONFIRMED
from careerplan.base.smtp import SECONDS, UNTIL_LETTER
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.models import Notification
from tests.messaging.test_delivery import outbox_of
from tests.messaging.test_slow_mail_servers import SMTP
from tests.smtp import mail_server


@pytest.fixture
def server(settings, transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '30s'")
    with mail_server() as server:
        settings.BACKGROUND = "relay"
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", server.port
        assert not getattr(settings, "EMAIL_TIMEOUT", None), "as in production, it is careerplan/base/smtp.py that says"
        yield server
    connection.close()


def test_16_and_16_seconds(server):
    outbox_of(1)
    server.takes({"MAIL": 16, ".": 16})
    assert deliver_next(timezone.now())
    assert not deliver_next(timezone.now())
    assert (len(server.letters), bool(Notification.objects.get().sent_at)) == (1, True)


def test_25_seconds(server):
    outbox_of(2)
    server.takes({"RCPT": 25})
    assert deliver_next(timezone.now())
    server.before = {}
    assert deliver_next(timezone.now())
    first, second = Notification.objects.order_by("id")
    assert (first.sent_at, first.attempts) == (None, 1)
    assert second.sent_at
    assert deliver_next(first.available_at)
    assert len(server.letters) == 2


def test_25_seconds_after_the_letter(server):
    outbox_of(1)
    server.takes({".": 25})
    assert deliver_next(timezone.now())
    assert not deliver_next(timezone.now() + timedelta(days=1))
    assert (len(server.letters), bool(Notification.objects.get().sent_at)) == (1, True)


def test_longer_after_the_letter_than_anybody_waits(server):
    outbox_of(1)
    server.takes({".": 200})
    assert deliver_next(timezone.now())
    row = Notification.objects.get()
    assert (row.sent_at, row.last_error) == (None, UNCONFIRMED)
    server.before = {}
    assert deliver_next(row.available_at)
    assert (len(server.letters), bool(Notification.objects.get().sent_at)) == (2, True)


def test_a_greeting_of_a_byte_each_15_seconds(server):
    outbox_of(1)
    server.drips = 15
    at = timezone.now()
    assert deliver_next(at)
    assert timezone.now() - at < timedelta(seconds=UNTIL_LETTER * SECONDS + 20) < CLAIM
    server.drips = 0
    assert deliver_next(Notification.objects.get().available_at)
    assert len(server.letters) == 1
