"""A database whose processes stand still holds no page: what waits for it is told to try again."""

import contextlib
import os
import signal
from http import HTTPStatus

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from careerplan.base.patience import longest, patience
from tests import people as cast
from tests.markup import Page

SECONDS = 1


@contextlib.contextmanager
def standing_still(there):
    """The server's process for this connection neither answers nor ends."""
    with there.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.fixture
def other(db):
    other = connection.copy()
    other.connect()
    yield other
    other.close()


def test_an_answer_that_does_not_come_ends_the_connection(other):
    with standing_still(other), patience(SECONDS), pytest.raises(OperationalError, match="does not answer"):
        other.cursor().execute("SELECT 1")
    assert other.connection.closed


def test_work_behind_the_pages_waits_for_as_long_as_it_takes(other):
    assert longest.get() is None
    other.cursor().execute(f"SELECT pg_sleep({SECONDS / 10})")
    with patience(SECONDS * 60):
        other.cursor().execute(f"SELECT pg_sleep({SECONDS / 10})")


def test_a_kept_connection_that_stands_still_is_not_usable(other, monkeypatch):
    monkeypatch.setattr("careerplan.base.postgresql.base.FIRST_QUESTION_SECONDS", SECONDS)
    assert other.is_usable()
    with standing_still(other):
        assert not other.is_usable()


@pytest.mark.django_db(transaction=True)
def test_a_page_says_to_try_again(people, settings):
    settings.DATABASE_ANSWER_SECONDS = SECONDS
    client = Client(raise_request_exception=False)
    client.force_login(cast.planner())
    address = reverse("customers:list")
    try:
        with standing_still(connection):
            answer = client.get(address)
            assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            assert "CareerPlan can't reach its data" in Page(answer).words
    finally:
        connection.close()
    assert client.get(address).status_code == HTTPStatus.OK


def test_a_page_has_patience_for_longer_than_the_servers_own_limit(settings):
    assert settings.DATABASE_ANSWER_SECONDS * 1000 > settings.DATABASE_STATEMENT_TIMEOUT_MS
