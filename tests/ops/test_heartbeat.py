"""The proof that work is done behind the pages, and what administrators read where it is not."""

import os
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models.functions import Now
from django.urls import reverse

from careerplan.base.health import heartbeat, limits
from careerplan.base.models import Heartbeat
from careerplan.celery import app
from careerplan.management.commands.relay import look_after_itself
from tests import people as cast
from tests import servers
from tests.waiting import eventually
from tests.workers import eventually_or_swept

NOT_MADE = "E-mails and IEP/ISS forms are not being made"

# The product's own scheduler, asking each second for what it asks each minute.
SCHEDULER = """
from careerplan.celery import app
beats = {name: entry for name, entry in app.conf.beat_schedule.items() if entry["task"].endswith(".beat")}
app.conf.beat_schedule = {name: entry | {"schedule": 1} for name, entry in beats.items()}
app.Beat(schedule="schedule", loglevel="INFO").run()
"""


def last_seen(ago):
    Heartbeat.objects.update_or_create(name=heartbeat.BACKGROUND, defaults={"beat_at": Now() - ago})


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["customers:list", "system", "admin:index", "admin:accounts_user_changelist"])
@pytest.mark.parametrize(
    ("ago", "is_told"),
    [(None, True), (limits.LAST_BEAT + timedelta(seconds=30), True), (limits.LAST_BEAT / 2, False)],
    ids=["never", "too long ago", "lately"],
)
def test_every_page_of_an_administrator_says_when_nothing_is_done(client, people, page, ago, is_told):
    if ago:
        last_seen(ago)
    client.force_login(cast.administrator())
    said = client.get(reverse(page)).content.decode()
    assert (f'role="alert"><p>{NOT_MADE}' in said) == is_told


def test_it_says_so_when_docs_promise_it():
    """The other tests stay green with any limit."""
    page = (settings.BASE_DIR / "docs/operations.md").read_text()
    assert "after 5 minutes every page of an administrator says since when" in page
    assert timedelta(minutes=5) == limits.LAST_BEAT


@pytest.mark.django_db
@pytest.mark.parametrize("person", [cast.planner, cast.statewide])
def test_nobody_else_is_troubled_or_waits_for_it(client, people, person, django_assert_max_num_queries):
    client.force_login(person())
    assert NOT_MADE not in client.get(reverse("customers:list")).content.decode()


@pytest.mark.django_db
def test_the_moment_is_the_databases_and_not_the_web_servers(monkeypatch):
    """A web server whose clock is an hour wrong sees neither a dead worker live nor a living one dead."""
    heartbeat.beat()
    monkeypatch.setattr("django.utils.timezone.now", lambda: 1 / 0)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert heartbeat.said_of_background() == ""


@pytest.mark.django_db
def test_a_relay_beats_looks_and_clears_away_each_at_its_time(monkeypatch):
    done = []
    monkeypatch.setattr("careerplan.base.health.alarm.watch", lambda at: done.append("watch"))
    monkeypatch.setattr("careerplan.base.health.tidying.tidy", lambda at: done.append("tidy"))
    look_after_itself()
    look_after_itself()
    assert done == ["watch", "tidy"]
    assert heartbeat.said_of_background() == ""
    Heartbeat.objects.update(beat_at=Now() - timedelta(minutes=6))
    look_after_itself()
    assert done == ["watch", "tidy", "watch"]
    assert heartbeat.last_beat().age < timedelta(minutes=1)


def test_the_scheduler_asks_for_tasks_that_exist(settings):
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"careerplan.base.tasks.beat", "careerplan.base.tasks.watch", "careerplan.base.tasks.tidy"} <= asked
    app.loader.import_default_modules()
    assert asked <= set(app.tasks)


def test_a_worker_whose_clock_is_half_an_hour_wrong_does_what_it_is_asked(settings):
    """Celery compares the scheduler's clock, which says until when a task is wanted, with the worker's."""
    wanted = [entry.get("options", {}).get("expires") for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert [seconds for seconds in wanted if seconds is not None and seconds < 30 * 60] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "is_ill"),
    [(None, True), (timedelta(minutes=6), True), (timedelta(minutes=4), False)],
    ids=["never", "too long ago", "lately"],
)
def test_a_container_asks_whether_emails_are_worked_on(ago, is_ill):
    """In minutes: what administrators are told after five."""
    Heartbeat.objects.all().delete()
    heartbeat.beat()
    if ago:
        Heartbeat.objects.create(name=heartbeat.MAIL, beat_at=Now() - ago)
    if not is_ill:
        call_command("heartbeat", heartbeat.MAIL)
        return
    with pytest.raises(SystemExit):
        call_command("heartbeat", heartbeat.MAIL)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_the_beat(celery_worker_process):
    app.send_task("careerplan.base.tasks.beat")
    assert eventually_or_swept(lambda: heartbeat.last_beat())


@pytest.fixture
def start_scheduler(celery_worker_process, tmp_path, pytestconfig):
    running = []

    def start():
        environment = {**os.environ, "PYTHONPATH": str(pytestconfig.rootpath)}
        running.append(servers.start([sys.executable, "-c", SCHEDULER], folder=tmp_path, log="beat", env=environment))
        return running[-1]

    yield start
    for process in running:
        servers.stop(process)


@pytest.mark.django_db(transaction=True)
def test_a_scheduler_that_is_killed_is_told_of_until_another_one_works(start_scheduler, monkeypatch):
    monkeypatch.setattr(heartbeat, "LAST_BEAT", timedelta(seconds=10))
    scheduler = start_scheduler()
    eventually(heartbeat.last_beat)
    first = heartbeat.last_beat().beat_at
    eventually(lambda: heartbeat.last_beat().beat_at > first)
    assert heartbeat.said_of_background() == ""
    scheduler.kill()
    eventually(lambda: heartbeat.said_of_background().startswith(NOT_MADE))
    start_scheduler()
    eventually(lambda: not heartbeat.said_of_background())
