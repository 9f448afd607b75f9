"""The tests run on servers of their own (tests/servers.py), and one test process does not disturb another."""

import errno
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from tests import databases, servers
from tests.at_once import waiting
from tests.waiting import LONGEST_WAIT, eventually
from tests.workers import url_of_the_test_database, worker_answers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def worker_number():
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@pytest.mark.django_db
def test_the_database_is_postgresql_and_belongs_to_this_process():
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    assert connection.vendor == "postgresql"
    assert connection.settings_dict["NAME"].startswith("test_")
    assert connection.settings_dict["NAME"].endswith(process)
    assert url_of_the_test_database().endswith(f"/{connection.settings_dict['NAME']}")


@pytest.mark.django_db
def test_who_waits_for_a_lock_in_another_database_is_not_taken_for_one_who_waits_here():
    lock = "SELECT pg_advisory_lock(2026)"
    with ThreadPoolExecutor(1) as thread, in_another_database() as waiter, in_another_database() as holder:
        holder.execute(lock)
        thread.submit(waiter.execute, lock)
        count = f"SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = {waiter.info.backend_pid}"
        eventually(lambda: holder.execute(count).fetchone()[0])
        assert waiting() == 0


def in_another_database():
    known = connection.settings_dict
    server = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    return psycopg.connect(**server, dbname="postgres")


def test_the_queue_is_a_redis_database_of_this_process(worker_number):
    assert urlsplit(settings.CELERY_BROKER_URL).path == f"/{worker_number}"
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        assert client.ping()


def test_files_do_not_go_to_the_folder_of_the_trial():
    assert settings.VAR_DIR != ROOT / "var"
    assert settings.MEDIA_ROOT.is_relative_to(settings.VAR_DIR)


@pytest.mark.django_db(transaction=True)
def test_the_celery_worker_answers_and_sees_the_test_database(celery_worker_process):
    assert worker_answers(LONGEST_WAIT)
    environment = Path(f"/proc/{celery_worker_process.pid}/environ").read_bytes()
    assert f"DATABASE_URL={url_of_the_test_database()}".encode() in environment.split(b"\0")


@pytest.mark.parametrize(
    ("address", "worker", "expected"),
    [
        ("redis://127.0.0.1:6379/0", 0, "redis://127.0.0.1:6379/0"),
        ("redis://127.0.0.1:6379", 1, "redis://127.0.0.1:6379/1"),
        ("redis://:secret@queue:6379/4", 2, "redis://:secret@queue:6379/6"),
    ],
)
def test_each_process_has_a_redis_database_number(address, worker, expected):
    assert servers.with_database_number(address, worker) == expected


@pytest.mark.parametrize(
    ("hour", "zone"),
    [(0, "America/Chicago"), (20, "America/Chicago"), (21, "Pacific/Honolulu"), (23, "Pacific/Honolulu")],
)
@pytest.mark.parametrize("month", [1, 7])
def test_no_midnight_falls_into_a_run(month, hour, zone):
    began = datetime(2026, month, 6, hour, 59, tzinfo=ZoneInfo("America/Chicago"))
    assert servers.zone_without_midnight(began) == zone


def test_a_port_that_refuses_is_nobodys_meanwhile():
    with servers.refusing_port() as port, socket.socket() as other:
        assert other.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED
        with pytest.raises(OSError, match="in use"), socket.socket() as listener:
            listener.bind(("127.0.0.1", port))


def test_a_program_that_ends_at_once_is_reported_with_its_log(tmp_path):
    process = servers.start(["sh", "-c", "echo the reason; exit 3"], folder=tmp_path, log="log")
    with pytest.raises(RuntimeError, match=r"(?s)ended with status 3.*\nthe reason"):
        servers.wait_until(lambda: False, process, tmp_path / "log")


def test_a_program_that_stays_silent_is_stopped(tmp_path):
    process = servers.start(["sleep", str(LONGEST_WAIT)], folder=tmp_path, log="log")
    with pytest.raises(RuntimeError, match="did not answer within 0 s"):
        servers.wait_until(lambda: False, process, tmp_path / "log", seconds=0.1)
    assert process.poll() is not None


@pytest.mark.parametrize(
    ("missing", "package"), [("start_redis", "redis-server"), ("postgresql_programs", "postgresql")]
)
def test_a_missing_program_is_named_with_its_package(missing, package, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(servers.Path, "glob", lambda *_: [])
    start = getattr(servers, missing)
    with pytest.raises(servers.Missing, match=f"install the package '{package}'"):
        start(*([tmp_path / "x"] if missing == "start_redis" else []))


def test_a_database_that_could_not_be_made_ready_is_reported_with_its_log(monkeypatch, tmp_path):
    monkeypatch.setenv("FOLDER_OF_THE_READY_DATABASE", str(tmp_path))
    (tmp_path / databases.HELD).touch()
    (tmp_path / databases.LOG).write_text("...\nthe reason")
    with pytest.raises(RuntimeError, match=r"(?s)could not be made.*\nthe reason"):
        databases.wait_for_the_ready_one()
    (tmp_path / databases.MADE).touch()
    databases.wait_for_the_ready_one()
