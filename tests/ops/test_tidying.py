"""What has ended is cleared away by night, so many rows at a time, and nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerplan.accounts.models import SignInLetter
from careerplan.accounts.telling import send_reset_link
from careerplan.base import clock, drafts, once
from careerplan.base.health import tidying
from careerplan.base.models import FormDraft, FormPost
from careerplan.base.tasks import tidy
from tests import people as cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
DAY = timedelta(days=1)


@pytest.fixture
def ended_and_living():
    """Of each kind three that have ended, and one that has not."""
    at, person = clock.now(), cast.planner()
    for model in (Session, FormDraft, FormPost):
        model.objects.all().delete()
    for number in range(4):
        living = number == 3
        Session.objects.create(session_key=str(number), session_data="", expire_date=at + (DAY if living else -DAY))
        saved_at = at - drafts.KEPT_FOR + (DAY if living else -DAY)
        FormDraft.objects.create(user=person, path=f"/{number}/", data="a=b", saved_at=saved_at)
        posted_at = at - once.KEPT_FOR + (DAY if living else -DAY)
        FormPost.objects.create(key=uuid.UUID(int=number), user=person, typed="x", posted_at=posted_at)


def left():
    return Session.objects.get().pk, FormDraft.objects.get().path, FormPost.objects.get().pk.int


def test_what_has_ended_goes_and_what_lives_stays(ended_and_living):
    assert tidy() == 9
    assert left() == ("3", "/3/", 3)


def test_it_goes_a_few_rows_at_a_time(ended_and_living, monkeypatch):
    monkeypatch.setattr(tidying, "ROWS_AT_A_TIME", 2)
    with CaptureQueriesContext(connection) as queries:
        tidy()
    deletions = [query["sql"] for query in queries if query["sql"].startswith("DELETE")]
    assert len(deletions) == 6  # two and one, of each kind
    assert left() == ("3", "/3/", 3)


def test_one_that_fails_keeps_no_other(ended_and_living, monkeypatch, caplog):
    monkeypatch.setitem(tidying._registered, "sessions", lambda at: 1 / 0)
    gone = tidying.tidy(clock.now())
    gone = {what: number for what, number in gone.items() if "imports" not in what and "feeds" not in what}
    kept = {"letters": 0, "letters to supervisors": 0, "reminders": 0}
    assert gone == {"drafts": 3, "forms that were saved": 3} | kept
    assert "What has ended could not be cleared away: sessions." in caplog.messages


def test_emails_about_signing_in_are_kept_for_thirty_days(people):
    now = clock.now()
    for days in (29, 31):
        send_reset_link(cast.planner(), by=None, at=now - timedelta(days=days))
    assert tidying.tidy(now)["letters"] == 1
    assert SignInLetter.objects.get().created_at > now - timedelta(days=30)
