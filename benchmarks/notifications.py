"""Ten thousand e-mails through Redis and one worker: .venv/bin/python -m pytest benchmarks/notifications.py -s

Beside them, in the same run, with the same worker and by the same Redis: as many empty tasks, which is what Celery
costs by itself. The mail server is that of the tests, on the same machine. NUMBER says how many.
"""

import os
import time

import pytest
from celery import current_app
from django.utils import timezone

from careerplan.celery import app
from careerplan.messaging.actions import notice, put_up_all
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Notification
from tests import servers
from tests.messaging.test_delivery import outbox_of
from tests.messaging.test_notify import NAMES
from tests.smtp import mail_server
from tests.waiting import eventually
from tests.workers import queue_is_quiet, start_worker

NUMBER = int(os.environ.get("NUMBER", "10000"))
# An e-mail costs at most so many empty tasks: a conversation with a mail server, five questions, and its words.
MOST_EMPTY_TASKS = 40


@pytest.fixture
def server(transactional_db, tmp_path, pytestconfig):
    """And a worker that speaks to it."""
    app.control.purge()
    with mail_server() as server:
        mailing = {"DJANGO_SETTINGS_MODULE": "benchmarks.notifying_settings", "MAIL_SERVER_PORT": str(server.port)}
        worker = start_worker(tmp_path, pytestconfig.rootpath, **mailing)
        try:
            yield server
        finally:
            servers.stop(worker)
            app.control.purge()


def test_emails_beside_empty_tasks(server):
    current_app.send_task("benchmarks.empty.empty", queue="celery")
    eventually(queue_is_quiet)
    began = time.perf_counter()
    for _each in range(NUMBER):
        current_app.send_task("benchmarks.empty.empty", queue="celery")
    eventually(queue_is_quiet)
    empty = time.perf_counter() - began

    outbox_of(1)
    person, at = Notification.objects.get().recipient, timezone.now()
    Notification.objects.all().delete()
    began = time.perf_counter()
    put_up_all({
        f"event:{number}": notice(person, Notice.GOAL_OFF_TRACK, names=NAMES, path="/my/", by=None, at=at)
        for number in range(NUMBER)
    })  # fmt: skip
    app.send_task("careerplan.messaging.tasks.deliver")
    eventually(lambda: not Notification.objects.filter(sent_at=None).exists())
    sent = time.perf_counter() - began
    print(
        f"\n{NUMBER} empty tasks: {empty:.1f} s, {NUMBER / empty:.0f} a second."
        f"\n{NUMBER} e-mails: {sent:.1f} s, {NUMBER / sent:.0f} a second: {sent / empty:.1f} empty tasks each."
    )
    assert len(server.letters) == NUMBER
    assert sent / empty <= MOST_EMPTY_TASKS
