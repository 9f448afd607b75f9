"""The proof that work is done behind the pages, and what administrators read where it is not."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from careerplan.base.health import heartbeat, limits
from careerplan.base.models import Heartbeat
from careerplan.celery import app
from careerplan.management.commands.relay import look_after_itself
from tests import people as cast
from tests.workers import eventually_or_swept

NOT_MADE = "E-mails and IEP/ISS forms are not being made"


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


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_the_beat(celery_worker_process):
    app.send_task("careerplan.base.tasks.beat")
    assert eventually_or_swept(lambda: heartbeat.last_beat())
