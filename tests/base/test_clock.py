"""Times that are kept come from the database's clock, whatever the clock of the machine says."""

import re
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from acknowledgments.filing.making import make_paper
from acknowledgments.models import Acknowledgment
from careerplan.base import clock
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from tests import states
from tests.markup import Page

ROOT = Path(__file__).resolve().parents[2]
THREE_MINUTES = 180
NEARLY = timedelta(seconds=20)

pytestmark = pytest.mark.django_db


@contextmanager
def machine(seconds):
    """A process of a machine whose clock is ahead by so many seconds (behind, where they are negative)."""
    true_time, true_now = time.time, timezone.now
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(time, "time", lambda: true_time() + seconds)
        patched.setattr(timezone, "now", lambda: true_now() + timedelta(seconds=seconds))
        patched.setattr(clock, "CLOCK", clock.Clock())
        yield


def time_of_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("seconds", [-THREE_MINUTES, 0, THREE_MINUTES])
def test_it_is_the_databases_whatever_the_machine_says(seconds):
    with machine(seconds):
        before, told, after = time_of_the_database(), clock.now(), time_of_the_database()
        assert before - timedelta(milliseconds=50) < told < after + timedelta(milliseconds=50)
        assert told.tzinfo is UTC
        assert abs(clock.seconds_ahead() + seconds) < 5


def test_a_clock_that_is_set_meanwhile_changes_nothing(monkeypatch):
    with machine(0):
        clock.now()
        true_time = time.time
        monkeypatch.setattr(time, "time", lambda: true_time() + 3600)
        assert abs(clock.now() - time_of_the_database()) < NEARLY
        monkeypatch.setattr(clock, "ask", lambda: None)  # also while the database can't be asked
        assert abs(clock.now() - time_of_the_database()) < NEARLY


def test_the_database_is_asked_again_after_a_minute(monkeypatch):
    with machine(0):
        clock.now()
        asked = []
        monkeypatch.setattr(clock, "ask", lambda: asked.append(1))
        clock.now()
        assert not asked
        true_steady, true_time = time.monotonic, time.time
        monkeypatch.setattr(time, "monotonic", lambda: true_steady() + clock.SECONDS_BETWEEN_MEASURES)
        monkeypatch.setattr(time, "time", lambda: true_time() + clock.SECONDS_BETWEEN_MEASURES)
        clock.now()
        assert asked


def test_time_does_not_go_back_by_what_two_measures_differ(monkeypatch):
    with machine(0):
        first = clock.now()
        measure = clock.CLOCK.measure
        clock.CLOCK.measure = clock.Measure(measure.database - 0.5, measure.steady, measure.machine)
        assert clock.now() >= first
        clock.CLOCK.measure = clock.Measure(measure.database - 30, measure.steady, measure.machine)
        assert clock.now() < first  # the database's clock was set


def test_asking_is_no_query_and_waits_for_none():
    with machine(0), CaptureQueriesContext(connection) as queries:
        clock.now()
    assert len(queries) == 0


def test_a_transaction_that_failed_is_left_alone():
    with machine(0), transaction.atomic():
        point = transaction.savepoint()
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert clock.ask() is None
        clock.now()
        transaction.savepoint_rollback(point)
        assert clock.ask()


def test_where_no_database_answers_the_time_is_the_machines(monkeypatch):
    monkeypatch.setattr(clock, "ask", lambda: None)
    with machine(THREE_MINUTES):
        assert abs(clock.now() - datetime.now(UTC) - timedelta(seconds=THREE_MINUTES)) < NEARLY


def test_threads_share_it():
    with machine(0):
        clock.now()
        told = []
        thread = threading.Thread(target=lambda: told.append(clock.now()))
        thread.start()
        thread.join()
        assert told[0] >= clock.now() - NEARLY


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(("planners", "customers"), [(THREE_MINUTES, -THREE_MINUTES), (-THREE_MINUTES, THREE_MINUTES)])
def test_a_plan_is_sent_by_one_server_and_signed_by_another(people, planners, customers):
    """Whichever of the two is behind: no page fails, and the acknowledgment is kept from after its seal."""
    customer = states.enrolled()
    version = states.written(customer)
    agreement = reverse("plan:agreement", args=[customer.pk])
    with machine(planners):
        client, send = signed_in(customer.planner), reverse("plan:send", args=[customer.pk])
        filled = Page(client.get(agreement)).form(send) | {"reason": states.ALL_THE_SAME, "version": version.pk}
        assert client.post(send, filled).status_code == 302
        seal = states.newest(customer).seals.get()
        assert make_paper(states.paper_of(customer).pk, at=clock.now())
        message = reverse("customers:messages", args=[customer.pk])
        assert client.post(message, {"subject": "News", "body": "See the plan.", "language": "en"}).status_code == 302
    with machine(customers):
        client = signed_in(customer.user)
        for row in Message.objects.filter(recipient=customer.user):
            assert client.post(reverse("my:message-read", args=[row.pk])).status_code in {200, 204, 302}
        path = reverse("my:acknowledge", args=[states.request_for(version).key])
        assert client.post(path + "opened/").status_code == 204
        assert client.post(path, {"typed_name": str(customer), "agrees": "on"}).status_code == 302
    kept = Acknowledgment.objects.get(version=version)
    assert states.newest(customer).state == VersionState.ACTIVE
    assert seal.sealed_at < kept.acknowledged_at < clock.now() < seal.sealed_at + NEARLY * 6
    read = Message.objects.filter(recipient=customer.user, read_at__isnull=False)
    assert read
    assert all(row.read_at >= row.sent_at for row in read)


def test_nothing_asks_for_the_day_of_the_machine():
    """Ruff refuses `timezone.now`; `localdate()` of nothing is the same in other words."""
    rooms = ("careerplan", "customers", "goals", "services", "worksites", "acknowledgments")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    asking = re.compile(r"\b(localdate|localtime)\(\)|\bdate\.today\(|\bdatetime\.(utc)?now\(")
    assert [str(path) for path in files if asking.search(path.read_text())] == []
