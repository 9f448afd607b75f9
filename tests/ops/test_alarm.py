"""The alarm: told once an hour at most, once when it is over, once by however many workers, past the outbox."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as configured
from django.core.management import call_command

from careerplan.base import health
from careerplan.base.health import Check, Finding, alarm
from careerplan.base.models import Alarm
from careerplan.base.tasks import watch
from careerplan.messaging.models import Notification
from tests.at_once import all_at_once
from tests.ops.live import mailbox
from tests.servers import refusing_port

AT = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Thing:
    """Something that can be out of bounds."""

    is_wrong = False
    code = "thing"

    def look(self, at):
        return Finding(self.is_wrong, "It hangs." if self.is_wrong else "It works.")


@pytest.fixture
def thing(monkeypatch, settings, tmp_path):
    """The one thing that is looked at."""
    made = Thing()
    monkeypatch.setattr(health, "_registered", {"thing": Check("thing", "The thing", made.look)})
    settings.ALARM_ADDRESS, settings.VAR_DIR = ["duty@agency.test"], tmp_path
    return made


@pytest.fixture
def server(settings):
    with mailbox(settings) as made:
        yield made


def told(server):
    """What was told until now, letter by letter."""
    return [
        [line[:5].strip() for line in letter.splitlines() if line.startswith(("WRONG ", "OVER "))]
        for letter in server.letters
    ]


@pytest.mark.django_db
def test_it_is_told_once_an_hour_and_once_when_it_is_over(thing, server):
    alarm.watch(AT)
    assert server.letters == []
    thing.is_wrong = True
    for minutes in (0, 5, 59, 60, 65):
        alarm.watch(AT + minutes * MINUTE)
    assert told(server) == [["WRONG"], ["WRONG"]]
    assert Alarm.objects.get().wrong_since == AT
    thing.is_wrong = False
    for minutes in (70, 75):
        alarm.watch(AT + minutes * MINUTE)
    assert told(server) == [["WRONG"], ["WRONG"], ["OVER"]]
    thing.is_wrong = True
    alarm.watch(AT + 80 * MINUTE)
    assert told(server)[3:] == [["WRONG"]]
    assert Alarm.objects.get().wrong_since == AT + 80 * MINUTE


@pytest.mark.django_db
def test_it_goes_to_the_address_and_not_through_the_outbox(thing, server, caplog):
    thing.is_wrong = True
    before = Notification.objects.count()
    assert watch() == 1
    assert Notification.objects.count() == before
    [letter] = server.letters
    assert "To: duty@agency.test" in letter
    assert "Subject: CareerPlan: The thing: out of bounds" in letter
    assert "WRONG  The thing: It hangs." in letter
    assert "thing: It hangs." in caplog.messages


@pytest.mark.django_db
def test_what_could_not_be_told_is_told_the_next_time(thing, settings, caplog):
    thing.is_wrong = True
    with refusing_port() as port:
        settings.EMAIL_BACKEND = "careerplan.base.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert alarm.watch(AT) == []
    with mailbox(settings, refuses=True):
        assert alarm.watch(AT + MINUTE) == []
    assert [message for message in caplog.messages if message.startswith("The alarm could not be sent")] != []
    assert Alarm.objects.get().told_at is None
    with mailbox(settings) as server:
        alarm.watch(AT + 2 * MINUTE)
        assert told(server) == [["WRONG"]]
    thing.is_wrong = False
    with mailbox(settings, refuses=True):
        alarm.watch(AT + 3 * MINUTE)
    with mailbox(settings) as server:
        alarm.watch(AT + 4 * MINUTE)
        assert told(server) == [["OVER"]]


@pytest.mark.django_db
def test_without_an_address_it_is_kept_and_logged_and_nobody_is_written_to(thing, server, settings, caplog):
    settings.ALARM_ADDRESS, thing.is_wrong = [], True
    alarm.watch(AT)
    assert server.letters == []
    assert Alarm.objects.get().wrong_since == AT
    assert caplog.messages == ["thing: It hangs."]


@pytest.mark.django_db
def test_the_doctor_tells_where_cron_asks_it_to(thing, server, capsys):
    thing.is_wrong = True
    for _time in range(2):
        with pytest.raises(SystemExit):
            call_command("doctor", alarm=True)
    with pytest.raises(SystemExit):
        call_command("doctor")
    assert told(server) == [["WRONG"]]


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(thing, server):
    """They come to the row at the same moment."""
    Alarm.objects.create(check_code=thing.code, looked_at=AT)
    thing.is_wrong = True
    all_at_once(Alarm.objects.all(), *[lambda: alarm.watch(AT)] * 3)
    assert told(server) == [["WRONG"]]


def test_without_a_database_it_is_told_once_an_hour_all_the_same(monkeypatch, thing, server, settings):
    """This test has no database."""
    monkeypatch.setitem(health._registered, "database", Check("database", "Database", thing.look, reads_database=False))
    thing.is_wrong = True
    for minutes in (0, 5, 59, 60):
        alarm.watch(AT + minutes * MINUTE)
    assert told(server) == [["WRONG"], ["WRONG"]]
    assert "Database" in server.letters[0]


@pytest.mark.django_db
def test_when_the_database_is_back_that_is_told_once(monkeypatch, thing, server, settings):
    monkeypatch.setitem(health._registered, "database", Check("database", "Database", thing.look, reads_database=False))
    thing.is_wrong = True
    alarm.watch(AT)
    thing.is_wrong = False
    with mailbox(settings, refuses=True):
        alarm.watch(AT + MINUTE)
    configured.EMAIL_PORT = server.server_address[1]
    for minutes in (2, 7):
        alarm.watch(AT + minutes * MINUTE)
    assert told(server) == [["WRONG"], ["OVER"]]
