"""The trial: one command that needs no server, and the relay that does what a queue would."""

import os
import signal
import socket
import sqlite3
import sys
import urllib.request
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from careerplan.demo.cast import TYRELL
from careerplan.management.commands import relay, trial
from careerplan.messaging.models import Notification
from tests import servers
from tests.demo import walking
from tests.waiting import LONGEST_WAIT


def test_it_says_how_to_start_it():
    with pytest.raises(CommandError, match="make run"):
        call_command("trial")


def test_a_port_in_use_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind((trial.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"make run PORT={port + 1}"):
            trial.refuse_taken(port)


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_the_relay_sends_what_waits(mailoutbox):
    waiting = Notification.objects.filter(recipient__username=TYRELL, sent_at=None)
    assert waiting.exists()
    relay.sweep_once()
    assert not waiting.exists()
    assert any("tyrell.brooks@careerplan.test" in mail.to for mail in mailoutbox)


@pytest.mark.django_db
def test_a_sweep_that_fails_is_logged_and_ends_nothing(monkeypatch, caplog):
    def fail():
        raise OSError("disk full")

    monkeypatch.setattr(relay, "sweep", fail)
    assert relay.sweep_once() == 0
    assert "disk full" in caplog.text


def answers(port):
    try:
        with urllib.request.urlopen(f"http://{trial.HOST}:{port}/healthz/", timeout=servers.LOOK_SECONDS) as response:
            return response.status == 200
    except OSError:
        return False


def guards_missing_in(path):
    """Of PostgreSQL's triggers but for those at commit, and against emptying a table at once, which SQLite can't; what
    joins barriers to goals and services is one there and two here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND NOT tgdeferrable")
        joins = {f"{table}_barriers_of_the_same_plan" for table in ("services_plannedservice", "goals_goal")}
        guards = {name for (name,) in cursor.fetchall()} - joins
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    missing = guards - {name[:63] for (name,) in names}
    return {name for name in missing if not name.endswith("_no_truncate")}


@pytest.fixture
def started_trial(tmp_path):
    """The process, begun in an empty folder, and its port."""
    port = servers.free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "TESTING"}
    }
    environment |= {"TRIAL": "1", "PORT": str(port), "VAR_DIR": str(tmp_path / "var")}
    command = [sys.executable, "manage.py", "trial"]
    process = servers.start(command, folder=tmp_path, log="out", cwd=settings.BASE_DIR, env=environment)
    yield process, port
    servers.stop(process)


@pytest.mark.django_db
def test_it_starts_with_demo_people_and_ends_with_its_children(started_trial, tmp_path):
    process, port = started_trial
    servers.wait_until(lambda: answers(port), process, tmp_path / "out")
    address = f"http://{trial.HOST}:{port}"
    # SQLite answers some queries of PostgreSQL with an error: enrolling a customer was one.
    failing = [found for name in ("planner", "statewide", "admin") for found in walking.that_fail(address, name)]
    process.send_signal(signal.SIGTERM)
    code = process.wait(LONGEST_WAIT)
    told = (tmp_path / "out").read_text()
    assert code == 0, told
    assert f"http://127.0.0.1:{port}" in told
    assert "planner.north@careerplan.test     Grace Lindqvist" in told
    assert not answers(port)
    assert failing == []
    assert guards_missing_in(tmp_path / "var" / "trial.sqlite3") == set()
