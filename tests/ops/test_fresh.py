"""An empty database gets its tables at once. That they are those of the migrations: test_upgrade.py."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, migrations

from careerplan.base import fresh
from careerplan.base.altering import ChangeInBatches
from careerplan.management.commands import migrate

# All tables are there, and most guards.
BROKEN_OFF = """
import django
django.setup()
from django.core.management import call_command
from careerplan.base import fresh
whole = fresh.functions_of
def broken(steps):
    for number, one in enumerate(whole(steps)):
        if number == 60:
            raise RuntimeError("the power went out")
        yield one
fresh.functions_of = broken
call_command("migrate", verbosity=0)
"""


@pytest.fixture
def empty(db):
    """The address of an empty database beside that of the tests."""
    server, name = os.environ["DATABASE_URL"].rsplit("/", 1)
    name = f"{connection.settings_dict['NAME']}_empty"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_one_that_is_cut_off_leaves_it_empty(empty):
    command = [sys.executable, "-W", "ignore", "-c", BROKEN_OFF]
    environment = os.environ | {"DATABASE_URL": empty}
    ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "the power went out" in ended.stderr
    with psycopg.connect(empty) as there:
        tables = there.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        assert tables.fetchone() == (0,)


@pytest.mark.django_db
def test_one_with_tables_takes_the_steps_that_it_lacks(monkeypatch):
    monkeypatch.setattr(fresh, "make_tables", lambda _connection: pytest.fail("its tables were made once more"))
    assert not fresh.is_empty(connection)
    call_command("migrate", verbosity=0)


@pytest.mark.parametrize("option", migrate.PARTLY)
def test_who_asks_for_less_than_all_steps_gets_djangos_way(option):
    nothing = dict.fromkeys(migrate.PARTLY, False) | {"app_label": None}
    assert migrate.takes_all_steps(nothing)
    assert not migrate.takes_all_steps(nothing | {option: "accounts"})


def test_functions_come_in_their_order_with_the_models_of_their_time_and_none_that_changes_rows():
    def guard(_apps, _editor):
        pass

    def keep(_apps, _editor):
        pass

    first, second = migrations.Migration("0001", "customers"), migrations.Migration("0002", "customers")
    first.operations = [migrations.CreateModel("Card", fields=[]), migrations.RunPython(guard)]
    second.operations = [
        migrations.RunPython(keep, elidable=True),
        ChangeInBatches(lambda apps: apps, keep),
        migrations.CreateModel("Stamp", fields=[]),
        migrations.RunPython(keep),
    ]
    found = [
        (operation.code, sorted(models.all_models["customers"]))
        for operation, models in fresh.functions_of([first, second])
    ]
    assert found == [(guard, ["card"]), (keep, ["card", "stamp"])]
