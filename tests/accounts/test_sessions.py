"""How long a session lasts, and how it remembers a person's time zone and language."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careerplan.accounts.middleware import LONGEST_SESSION_SECONDS, SECONDS_BETWEEN_MARKS
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.messaging.models import Message
from tests import people
from tests.accounts.test_sign_in import SIGN_IN
from tests.waiting import eventually

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

PAGE = "/customers/"


@pytest.fixture
def signed_in(client):
    client.force_login(people.planner())
    client.get(PAGE)
    return client


def remember(client, **values):
    session = client.session
    session.update(values)
    session.save()


def seconds_ago(seconds):
    return int(clock.now().timestamp()) - seconds


def ended(client):
    response = client.get(PAGE)
    return response.status_code == 302 and response.url.startswith(SIGN_IN)


# --- the end of a session ---------------------------------------------------------------------


def test_thirty_minutes_are_the_longest_idle_time(settings):
    assert settings.SESSION_COOKIE_AGE == 30 * 60


def test_a_session_ends_after_idle_time(client, settings):
    settings.DEMO_SIGN_IN = True
    client.post(SIGN_IN, {"login": "planner", "password": settings.DEMO_PASSWORD})
    assert not ended(client)
    settings.SESSION_COOKIE_AGE = 1
    client.post("/session/extend/")
    eventually(lambda: ended(client))


def test_the_cookie_goes_with_the_browser(client, settings):
    settings.DEMO_SIGN_IN = True
    response = client.post(SIGN_IN, {"login": "planner", "password": settings.DEMO_PASSWORD})
    cookie = response.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


def test_no_session_is_longer_than_twelve_hours(signed_in):
    assert LONGEST_SESSION_SECONDS == 12 * 60 * 60
    remember(signed_in, begun=seconds_ago(LONGEST_SESSION_SECONDS - 60), marked=seconds_ago(5))
    assert not ended(signed_in)
    remember(signed_in, begun=seconds_ago(LONGEST_SESSION_SECONDS + 1))
    assert ended(signed_in)


def test_asking_for_more_time_does_not_pass_the_twelve_hours(signed_in):
    remember(signed_in, begun=seconds_ago(LONGEST_SESSION_SECONDS + 1))
    assert signed_in.post("/session/extend/").url.startswith(SIGN_IN)


def test_using_the_pages_starts_the_idle_time_again_at_most_once_a_minute(signed_in):
    longer_ago = seconds_ago(SECONDS_BETWEEN_MARKS + 1)
    remember(signed_in, marked=longer_ago)
    assert writes_session(signed_in)
    assert signed_in.session["marked"] > longer_ago
    assert not writes_session(signed_in)


def writes_session(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    return any('"django_session"' in query["sql"] and "UPDATE" in query["sql"] for query in queries)


def test_asking_for_more_time_starts_the_idle_time_again(signed_in):
    with CaptureQueriesContext(connection) as queries:
        assert signed_in.post("/session/extend/").status_code == 204
    assert any('UPDATE "django_session"' in query["sql"] for query in queries)


# --- time zone and language -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "words"),
    [("", "Jan. 5, 2026, 11:30 p.m."), ("America/Los_Angeles", "9:30 p.m."), ("Pacific/Honolulu", "7:30 p.m.")],
)
def test_times_are_shown_in_the_persons_own_zone(client, settings, zone, words):
    settings.TIME_ZONE = "America/Chicago"
    user = people.angela().user
    user.time_zone = zone
    record(user, by=None, at=clock.now())
    sent_at = datetime(2026, 1, 6, 5, 30, tzinfo=UTC)
    Message.objects.create(
        recipient=user, kind="message", written_subject="Bus pass", written_body="It is here.", sent_at=sent_at
    )
    client.force_login(user)
    assert words in client.get("/my/messages/").content.decode()
    assert timezone.get_current_timezone_name() == "America/Chicago"


def test_the_pages_speak_the_persons_language_unless_another_was_chosen(client):
    client.force_login(people.lucia().user)
    assert '<html lang="es">' in client.get("/my/").content.decode()
    client.post("/language/", {"language": "en", "next": "/my/"})
    assert '<html lang="en">' in client.get("/my/").content.decode()
