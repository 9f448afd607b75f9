"""/healthz/ and /readyz/: what a load balancer is told, and what of it nobody else learns."""

import os
import signal
import socket

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from careerplan.base.health import asking, probes
from tests import servers
from tests.ops.live import fetch, gunicorn
from tests.waiting import eventually

ALL_WELL = {"status": "ready", "not_ready": [], "database": "ok", "queue": "ok", "migrations": "ok"}


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    """No answer of another test is given again."""
    monkeypatch.setattr(asking, "KEPT_SECONDS", -1)
    monkeypatch.setattr(probes, "_migrated", set())


def test_alive_asks_neither_database_nor_session_nor_name(client, settings):
    """This test has no database. A cookie of a session is not looked at, and neither is the name in the address."""
    settings.SECURE_SSL_REDIRECT = True
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    answer = client.get(reverse("healthz"), HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.cookies == {}
    assert client.post(reverse("healthz")).status_code == 405


@pytest.mark.django_db
def test_ready_says_so_without_https_and_to_strangers(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(reverse("readyz"), HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.json()) == (200, ALL_WELL)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_queue_that_is_stopped_frozen_and_started_again(client, settings, tmp_path):
    process, settings.CELERY_BROKER_URL = servers.start_redis(tmp_path / "redis")
    try:
        assert client.get(reverse("readyz")).json() == ALL_WELL
        os.kill(process.pid, signal.SIGSTOP)
        frozen = client.get(reverse("readyz"))
        os.kill(process.pid, signal.SIGCONT)
        assert (frozen.status_code, frozen.json()["not_ready"], frozen.json()["queue"]) == (503, ["queue"], "no answer")
        eventually(lambda: client.get(reverse("readyz")).json() == ALL_WELL)
    finally:
        servers.stop(process)
    stopped = client.get(reverse("readyz"))
    assert (stopped.status_code, stopped.json()["not_ready"]) == (503, ["queue"])


@pytest.mark.django_db
def test_where_a_relay_works_there_is_no_queue_to_be_ready(client, settings):
    settings.BACKGROUND = "relay"
    assert client.get(reverse("readyz")).json() == {name: ALL_WELL[name] for name in ALL_WELL if name != "queue"}


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_is_missing(client):
    applied = MigrationRecorder.Migration.objects.filter(app="base").latest("name")
    values = {"app": applied.app, "name": applied.name, "applied": applied.applied}
    applied.delete()
    try:
        answer = client.get(reverse("readyz"))
        assert (answer.status_code, answer.json()["not_ready"]) == (503, ["migrations"])
        assert answer.json()["migrations"] == "missing"
    finally:
        MigrationRecorder.Migration.objects.create(**values)
    assert client.get(reverse("readyz")).json() == ALL_WELL


def test_that_migrations_are_applied_is_asked_once(django_assert_num_queries, db):
    probes.migrations_are_applied()
    with django_assert_num_queries(0):
        probes.migrations_are_applied()


def test_a_database_that_takes_connections_and_says_nothing(tmp_path):
    """Alive at once, not ready within the limit, whoever asks how often; and the answer names no server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        silent = f"postgres://careerplan:secret@127.0.0.1:{port}/careerplan"
        with gunicorn(tmp_path, DATABASE_URL=silent) as (address, _log):
            for _time in range(2):  # the second does not begin another wait
                status, _headers, words = fetch(f"{address}/readyz/")
                assert status == 503
                assert '"database": "no answer"' in words
                assert not {"secret", str(port), "127.0.0.1"} & set(words.replace('"', " ").split())
            assert fetch(f"{address}/healthz/")[0] == 200
