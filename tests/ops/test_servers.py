"""The tests run on servers of their own (tests/servers.py), and one test process does not disturb another."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection

from tests import servers
from tests.workers import url_of_the_test_database

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


def test_the_queue_is_a_redis_database_of_this_process(worker_number):
    assert urlsplit(settings.CELERY_BROKER_URL).path == f"/{worker_number}"
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        assert client.ping()


def test_files_do_not_go_to_the_folder_of_the_trial():
    assert settings.VAR_DIR != ROOT / "var"
    assert settings.MEDIA_ROOT.is_relative_to(settings.VAR_DIR)


@pytest.mark.django_db(transaction=True)
def test_the_celery_worker_answers_and_sees_the_test_database(celery_worker_process):
    from careerplan.celery import app

    assert app.control.ping(timeout=5, limit=1)
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


def test_a_program_that_ends_at_once_is_reported_with_its_log(tmp_path):
    process = servers.start(["sh", "-c", "echo the reason; exit 3"], folder=tmp_path, log="log")
    with pytest.raises(RuntimeError, match=r"(?s)ended with status 3.*\nthe reason"):
        servers.wait_until(lambda: False, process, tmp_path / "log")


def test_a_program_that_stays_silent_is_stopped(tmp_path):
    process = servers.start(["sleep", "60"], folder=tmp_path, log="log")
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
