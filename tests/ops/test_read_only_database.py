"""A database that answers and takes nothing: another server took over, or somebody told it so."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.health import alarm, asking
from careerplan.base.tasks import watch
from careerplan.management.commands import relay
from tests.ops.live import mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def read_only(monkeypatch):
    """For every connection, those that are made from now on and this one."""
    monkeypatch.setattr(asking, "KEPT_SECONDS", -1)
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        cursor.execute("SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")


@pytest.fixture
def letters(settings, tmp_path):
    settings.ALARM_ADDRESS, settings.VAR_DIR = ["duty@agency.test"], tmp_path
    with mailbox(settings) as server:
        yield server.letters


def test_it_is_not_ready(client, read_only):
    answer = client.get(reverse("readyz"))
    assert (answer.status_code, answer.json()["not_ready"]) == (503, ["database"])
    assert answer.json()["database"] == "read only"


def test_the_doctor_says_so_and_tells_once(read_only, letters, capsys):
    for _time in range(2):
        with pytest.raises(SystemExit):
            call_command("doctor", alarm=True)
    assert "WRONG  Database: Can only be read: nothing can be saved." in capsys.readouterr().out
    [letter] = letters
    assert "Can only be read" in letter


@pytest.mark.parametrize("look", [watch, relay.look_after_itself], ids=["worker", "relay"])
def test_who_looks_by_itself_tells_of_it(read_only, letters, look, monkeypatch):
    monkeypatch.setattr(relay.Away, "next_look", 0.0)
    look()
    [letter] = letters
    assert "Can only be read" in letter


def test_one_that_turns_while_it_is_looked_at_is_told_of_all_the_same(read_only, letters, monkeypatch):
    """The question is answered well, and then the rows of the alarm can't be written."""
    monkeypatch.setattr("careerplan.base.health.servers.ask", lambda *_: AnsweredWell())
    [news] = alarm.watch(clock.now())
    assert "Nothing can be written" in news.finding.says
    assert len(letters) == 1


class AnsweredWell:
    def result(self, seconds):
        return None
