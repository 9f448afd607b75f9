"""A real worker that is killed while it sends, and one whose queue goes away and returns: no e-mail is lost.

SIGKILL, as the kernel does where memory is short, or Docker after the time to end.
"""

import contextlib
import os
import re
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from careerplan.base import clock
from careerplan.base.background import Breaker
from careerplan.base.outbox import CLAIM
from careerplan.celery import app
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.models import Notification
from careerplan.plans.enums import VersionState
from tests import servers, states
from tests.messaging.test_background import use_redis_at
from tests.messaging.test_delivery import outbox_of
from tests.waiting import LONGEST_WAIT, eventually
from tests.workers import worker_answers

DELIVER = "careerplan.messaging.tasks.deliver"
# The product's own scheduler, asking each second for what it asks each minute.
SCHEDULER = """
from careerplan.celery import app
of = ("tasks.deliver", "tasks.make_papers")
beats = {name: entry for name, entry in app.conf.beat_schedule.items() if entry["task"].endswith(of)}
app.conf.beat_schedule = {name: entry | {"schedule": 1} for name, entry in beats.items()}
app.Beat(schedule="schedule", loglevel="INFO").run()
"""


def queue():
    return contextlib.closing(redis.from_url(os.environ["REDIS_URL"]))


def taken(worker):
    """The ids of the tasks that it was given, in order."""
    return re.findall(rf"Task {DELIVER}\[([-0-9a-f]+)\] received", worker.log.read_text())


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def as_if_the_claim_had_ended():
    Notification.objects.filter(sent_at=None).update(available_at=clock.now())


def message_ids(server):
    return [re.search(r"^Message-ID: (.*)$", letter, re.MULTILINE)[1] for letter in server.whole_letters]


def test_a_task_is_done_with_when_it_has_ended_and_no_worker_hoards_them():
    """What the next test sees a worker do; without one of them it would wait in vain."""
    conf = app.conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (True, True, 1)


def test_a_worker_that_is_killed_as_it_sends_loses_no_email_and_no_task(server, worker):
    first = worker()
    eventually(lambda: worker_answers(5))
    outbox_of(1)  # asks for the task
    eventually(lambda: len(server.whole_letters) == 1)
    for _task in range(2):
        app.send_task(DELIVER)
    with queue() as there:
        eventually(lambda: there.llen("mail") + there.hlen("unacked") == 3)
        assert (there.llen("mail"), there.hlen("unacked")) == (2, 1), "it takes no more than it works on"

    # Its child: the task goes back into the queue at once, and finds the e-mail claimed.
    [task] = taken(first)
    os.kill(children(first)[0], signal.SIGKILL)
    eventually(lambda: taken(first).count(task) == 2)
    eventually(lambda: len(set(taken(first))) == 3)
    assert Notification.objects.get().sent_at is None

    # The claim ends, and then all of it is killed as it sends once more.
    as_if_the_claim_had_ended()
    app.send_task(DELIVER)
    eventually(lambda: len(server.whole_letters) == 2)
    os.killpg(first.pid, signal.SIGKILL)

    # Another one goes on.
    server.goes_on.set()
    worker()
    as_if_the_claim_had_ended()
    app.send_task(DELIVER)
    row = eventually(lambda: Notification.objects.exclude(sent_at=None).first())
    assert (row.attempts, row.given_up_at) == (3, None)
    assert len(server.whole_letters) == 3, "one for each kill, and the last"
    assert len(set(message_ids(server))) == 1


@pytest.mark.parametrize(("held_at", "whole"), [("EHLO", 1), ("QUIT", 2)], ids=["before", "after"])
def test_a_worker_killed_before_or_after_it_hands_an_email_over_loses_none(server, worker, held_at, whole):
    """After: the server has confirmed the letter, and the worker has not noted it yet."""
    arrived = threading.Event()
    server.before = {held_at: lambda: arrived.set() or server.goes_on.wait()}
    first = worker()
    outbox_of(1)
    assert arrived.wait(LONGEST_WAIT)
    assert (len(server.letters), Notification.objects.get().sent_at) == (whole - 1, None)
    os.killpg(first.pid, signal.SIGKILL)
    server.goes_on.set()
    worker()
    as_if_the_claim_had_ended()
    app.send_task(DELIVER)
    eventually(lambda: Notification.objects.exclude(sent_at=None).exists())
    assert len(server.letters) == whole
    assert len(set(message_ids(server))) == 1


def test_a_server_that_says_not_now_for_more_than_an_hour_gets_each_email_once(server, worker):
    """As long as it waits between its tries, so long the clock goes on."""
    server.goes_on.set()
    server.answers = {"RCPT": "450 4.2.1 Not now"}
    outbox_of(1)
    worker()
    waited, tries = timedelta(0), 0
    while waited < timedelta(hours=1):
        began = clock.now()
        row = tried_once_more()
        tries += 1
        waited += row.available_at - began
    assert (server.letters, row.given_up_at, tries) == ([], None, 6)
    server.answers = {}
    as_if_the_claim_had_ended()
    app.send_task(DELIVER)
    eventually(lambda: Notification.objects.exclude(sent_at=None).exists())
    assert len(server.letters) == 1


def tried_once_more():
    """The e-mail, once the worker has noted what became of it; whichever task it was that tried."""
    Notification.objects.update(available_at=clock.now(), last_error="")
    app.send_task(DELIVER)
    return eventually(lambda: Notification.objects.exclude(last_error="").first())


def test_a_plan_that_is_sent_while_the_queue_is_away_reaches_its_customer(
    server, worker, people, tmp_path, pytestconfig, settings, monkeypatch
):
    """By the page's own action; its form, its message and its e-mail come once the queue is back, by the sweep."""
    server.goes_on.set()
    there, address = servers.start_redis(tmp_path / "redis")
    ours = {"REDIS_URL": address, "PYTHONPATH": str(pytestconfig.rootpath)}
    running = [there]
    monkeypatch.setattr(Breaker, "resting_until", 0.0)
    try:
        worker(REDIS_URL=address, VAR_DIR=str(settings.VAR_DIR))
        running.append(
            servers.start([sys.executable, "-c", SCHEDULER], folder=tmp_path, log="beat", env=os.environ | ours)
        )
        servers.stop(there)
        use_redis_at(address, settings)
        version = states.sent(states.draft()).version
        assert version.state == VersionState.AWAITING
        assert Breaker.is_open()  # the queue was asked, and was away
        there = servers.start(there.args, folder=tmp_path / "redis", log="log of the second")
        running.append(there)
        eventually(lambda: Notification.objects.filter(recipient=version.plan.customer.user).exclude(sent_at=None))
        to = version.plan.customer.user.email
        assert [letter.count(f"To: {to}") for letter in server.letters if to in letter] == [1]
    finally:
        app.set_current()
        for process in reversed(running):
            servers.stop(process)


def test_a_queue_that_returns_finds_worker_and_scheduler_at_work(server, worker, tmp_path, pytestconfig):
    """Both live on; what came while it was away is done by the sweep, which nobody has to start."""
    Notification.objects.all().delete()
    server.goes_on.set()
    there, address = servers.start_redis(tmp_path / "redis")
    ours = {"REDIS_URL": address, "PYTHONPATH": str(pytestconfig.rootpath)}
    running = [there]
    try:
        first = worker(REDIS_URL=address)
        scheduler = servers.start([sys.executable, "-c", SCHEDULER], folder=tmp_path, log="beat", env=os.environ | ours)
        running.append(scheduler)
        eventually(lambda: taken(first))
        servers.stop(there)
        outbox_of(1)
        there = servers.start(there.args, folder=tmp_path / "redis", log="log of the second")
        running.append(there)
        eventually(lambda: Notification.objects.exclude(sent_at=None).exists())
        assert (first.poll(), scheduler.poll()) == (None, None)
        assert len(server.letters) == 1
    finally:
        for process in reversed(running):
            servers.stop(process)


def test_an_emptied_queue_poison_in_it_and_two_schedulers_lose_and_double_nothing(
    server, worker, tmp_path, pytestconfig
):
    """Somebody starts a second scheduler, another product writes into our Redis, and an administrator empties it."""
    server.goes_on.set()
    there, address = servers.start_redis(tmp_path / "redis")
    ours = {"REDIS_URL": address, "PYTHONPATH": str(pytestconfig.rootpath)}
    running = [there]
    try:
        first = worker(REDIS_URL=address)
        eventually(lambda: " ready." in first.log.read_text())
        with contextlib.closing(redis.from_url(address)) as database, app.connection_for_write(address) as ours_too:
            for name, arguments in (("nobody.knows.this", ()), (DELIVER, (1, 2, 3)), (DELIVER, ({"a": ["b"]},))):
                app.send_task(name, args=arguments, queue="mail", connection=ours_too)
            outbox_of(20)
            app.send_task(DELIVER, queue="mail", connection=ours_too)
            eventually(lambda: len(server.letters) == 20)
            database.flushall()
        for each in ("one", "two"):
            (tmp_path / each).mkdir()
            beat = servers.start(
                [sys.executable, "-c", SCHEDULER], folder=tmp_path / each, log="beat", env=os.environ | ours
            )
            running.append(beat)
        outbox_of(20)
        eventually(lambda: not Notification.objects.filter(sent_at=None).exists())
        assert [each.poll() for each in (first, *running)] == [None] * 4
        assert len(set(message_ids(server))) == len(server.letters) == 40
    finally:
        for process in reversed(running):
            servers.stop(process)


def test_a_thousand_at_once_leave_once_each(server, worker):
    server.goes_on.set()
    outbox_of(1000)
    worker()
    app.send_task(DELIVER)
    eventually(lambda: not Notification.objects.filter(sent_at=None).exists())
    assert len(set(message_ids(server))) == len(server.letters) == 1000


@pytest.mark.django_db
def test_a_clock_that_is_set_back_delays_and_loses_nothing(settings):
    """By an hour, as somebody mends it: what was to leave now leaves when it is now once more."""
    outbox_of(1)
    row = Notification.objects.get()
    assert not deliver_next(row.available_at - timedelta(hours=1))
    assert deliver_next(row.available_at)
    outbox_of(1)
    row = Notification.objects.get()
    Notification.objects.claim_next(row.available_at)
    assert not deliver_next(row.available_at - timedelta(hours=1))
    assert deliver_next(row.available_at + CLAIM)
    assert Notification.objects.get().sent_at
