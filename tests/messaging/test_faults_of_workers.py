"""What unwilling mail servers and clocks that jump do to a real worker: no e-mail is lost, and none comes twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from careerplan.base import clock
from careerplan.celery import app
from careerplan.messaging.actions import notify
from careerplan.messaging.choices import choose
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Notification
from tests import people, servers
from tests.messaging.test_delivery import outbox_of
from tests.messaging.test_killed_workers import DELIVER, as_if_the_claim_had_ended, message_ids
from tests.messaging.test_notify import NAMES
from tests.waiting import eventually
from tests.workers import url_of_the_test_database

HOUR = timedelta(hours=1)
# What the product asks the time of, found before the database's own.
CLOCK = """
CREATE SCHEMA another_clock;
CREATE TABLE another_clock.ahead (of_it interval NOT NULL);
INSERT INTO another_clock.ahead VALUES (interval '0');
CREATE FUNCTION another_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
AS 'SELECT pg_catalog.clock_timestamp() + of_it FROM another_clock.ahead';
"""


@pytest.fixture
def at_once(server):
    """The mail server answers without being let go."""
    server.goes_on.set()
    return server


@pytest.fixture
def worker_at(at_once, worker):
    """Sets the clock of the database by so much, and starts a worker that reads it; the one before has ended."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
    address = url_of_the_test_database()
    address += ("&" if "?" in address else "?") + "options=-csearch_path%3Danother_clock,pg_catalog,public"
    running = []

    def start(ahead):
        while running:
            servers.stop(running.pop())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE another_clock.ahead SET of_it = %s", [ahead])
        running.append(worker(DATABASE_URL=address))

    yield start
    while running:
        servers.stop(running.pop())
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA another_clock CASCADE")


def waiting():
    return set(Notification.objects.filter(sent_at=None).values_list("key", flat=True))


def leaves(row_key, at):
    Notification.objects.filter(key=row_key).update(available_at=at, created_at=at)


def test_a_slow_server_gets_each_email_once(at_once, worker):
    at_once.takes({"": 1, "MAIL": 1, ".": 2})
    outbox_of(2)
    worker()
    app.send_task(DELIVER)
    eventually(lambda: not waiting())
    assert len(set(message_ids(at_once))) == len(at_once.letters) == 2


@pytest.mark.parametrize("refusal", [{"": "554 5.3.2 No"}, {".": "554 5.7.1 Spam"}])
def test_a_server_that_refuses_gets_the_email_when_it_is_mended(at_once, worker, refusal):
    at_once.answers = refusal
    outbox_of(1)
    worker()
    app.send_task(DELIVER)
    [code] = {answer[:3] for answer in refusal.values()}
    row = eventually(lambda: Notification.objects.filter(attempts=1, last_error__contains=code).first())
    assert (row.sent_at, row.given_up_at, at_once.letters) == (None, None, [])
    at_once.answers = {}
    as_if_the_claim_had_ended()
    app.send_task(DELIVER)
    eventually(lambda: not waiting())
    assert len(at_once.letters) == 1


def test_a_clock_that_is_set_back_an_hour_delays_and_loses_nothing(at_once, worker_at):
    outbox_of(3)
    now = clock.now()
    for key, at in (("event:0", now), ("event:1", now + timedelta(seconds=1)), ("event:2", now - HOUR)):
        leaves(key, at)
    Notification.objects.filter(key="event:2").update(given_up_at=now)  # it comes after the clock was set
    worker_at(timedelta(0))
    leaves("event:1", now + timedelta(minutes=5))
    app.send_task(DELIVER)
    eventually(lambda: waiting() == {"event:1", "event:2"})

    worker_at(-HOUR)
    Notification.objects.filter(key="event:2").update(given_up_at=None)
    app.send_task(DELIVER)
    eventually(lambda: waiting() == {"event:1"})
    assert len(at_once.letters) == 2, "what was put up before leaves when it is that hour once more"

    worker_at(timedelta(minutes=6))
    app.send_task(DELIVER)
    eventually(lambda: not waiting())
    assert len(set(message_ids(at_once))) == len(at_once.letters) == 3


@pytest.mark.parametrize(
    ("evening", "leaves_at"),
    [
        pytest.param(datetime(2027, 3, 14, 2, tzinfo=UTC), datetime(2027, 3, 14, 11, 30, tzinfo=UTC), id="spring"),
        pytest.param(datetime(2027, 11, 7, 2, tzinfo=UTC), datetime(2027, 11, 7, 12, 30, tzinfo=UTC), id="autumn"),
    ],
)
def test_the_days_email_leaves_at_its_hour_where_the_clocks_change_by_night(
    at_once, worker_at, settings, evening, leaves_at
):
    """Half past six in Chicago, whichever time is in force."""
    settings.TIME_ZONE = "America/Chicago"
    Notification.objects.all().delete()
    planner = choose(people.planner(), emails_daily=True, by=people.planner(), at=evening)
    notify(planner, Notice.PLAN_ACKNOWLEDGED, key="daily", names=NAMES, path="/my/", by=None, at=evening)
    other = people.youth_planner()
    notify(other, Notice.PLAN_ACKNOWLEDGED, key="at once", names=NAMES, path="/my/", by=None, at=evening)

    worker_at(leaves_at - timedelta(minutes=30) - clock.now())
    app.send_task(DELIVER)
    eventually(lambda: waiting() == {"daily"})
    worker_at(leaves_at + timedelta(seconds=1) - clock.now())
    app.send_task(DELIVER)
    eventually(lambda: not waiting())
    assert len(set(message_ids(at_once))) == len(at_once.letters) == 2
