"""A mail server as slow as in production: .venv/bin/python -m pytest benchmarks/faults/slow_mail.py

The relations of `tests/messaging/test_slow_mail_servers.py`, with the seconds of the settings: 20 for an answer of the
mail server, 30 until PostgreSQL ends an idle transaction. Takes a minute and a half.
"""

import pytest
from django.db import connection
from django.utils import timezone

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
        settings.EMAIL_TIMEOUT = 20
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
