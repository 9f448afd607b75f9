"""A database of the former release takes every migration that came since, and is then as a new one is made at once.

In a new database the guards come last (base/fresh.py); in one that is there they stand in the way of what changes their
tables.
"""

import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.ops.former_release import GONE, LET_THROUGH, LET_THROUGH_EVERYWHERE, columns_in, faults, write_once_more
from tests.ops.schema import schema

# The last migration of each app in the former release. Moves on with each release.
RELEASED = {
    "accounts": "0006_when_a_sign_in_was_set_up",
    "acknowledgments": "0022_what_is_asked_in_each_language",
    "base": "0002_forms_that_were_saved",
    "careerplan": "0020_who_leaves_hands_over_and_an_email_has_one_home",
    "customers": "0014_words_of_today",
    "goals": "0010_words",
    "messaging": "0008_switched_off_and_without_a_planner",
    "plans": "0012_language_of_notes",
    "services": "0009_words",
    "worksites": "0001_initial",
}
# Apps whose first migration came since: the former release knows nothing of them.
NEW_APPS = {"reports", "imports"}
TO_FORMER = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
released = {released!r}
others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in {new!r} and node[0] not in released]
executor.migrate([*released.items(), *others])
"""
TO_TODAY = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
GUARDS = (
    "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal ORDER BY 1, 2"
)


@pytest.fixture
def former(db):
    """The address of an empty database beside that of the tests."""
    server, name = os.environ["DATABASE_URL"].rsplit("/", 1)
    name = f"{connection.settings_dict['NAME']}_former"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def guards_in(cursor):
    cursor.execute(GUARDS)
    return cursor.fetchall()


def run(code, address):
    environment = os.environ | {"DATABASE_URL": address}
    code = code.replace("{released!r}", repr(RELEASED)).replace("{new!r}", repr(NEW_APPS))
    command = [sys.executable, "-W", "ignore", "-c", code]
    result = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr[-3000:]


def guards_of(address):
    with psycopg.connect(address) as there, there.cursor() as cursor:
        return guards_in(cursor)


@pytest.mark.usefixtures("people")
def test_a_database_of_the_former_release_becomes_one_of_today_and_the_former_release_writes_on(former):
    run(TO_FORMER, former)
    columns, guards = columns_in(former), guards_of(former)
    run(TO_TODAY, former)
    with psycopg.connect(former) as there, connection.cursor() as here:
        assert schema(there.cursor()) ^ schema(here) == set()
    assert sorted(faults(columns, columns_in(former))) == []
    there = {table for table, _column in columns}
    new = set(guards_of(former)) - set(guards)
    came = {f"{table}.{name}" for table, name, _definition in new if table in there}
    came = {name for name in came if not name.endswith(LET_THROUGH_EVERYWHERE)}
    assert came == set(LET_THROUGH), "say in LET_THROUGH why what the former release writes passes it"
    written = write_once_more(former, [key for key in columns if f"{key[0]}.{key[1]}" not in GONE])
    assert written["customers_customer"] >= 8
    assert sum(count > 0 for count in written.values()) > 40


def test_the_guard_sees_what_stops_the_former_release():
    before = {("t", "id"): (False, True, "int8"), ("t", "a"): (True, False, "text"), ("t", "b"): (False, False, "date")}
    after = {
        ("t", "id"): (False, True, "int8"),
        ("t", "a"): (False, False, "text"),
        ("t", "b"): (False, False, "timestamptz"),
        ("t", "c"): (False, False, "text"),
        ("t", "d"): (False, True, "text"),
        ("new", "e"): (False, False, "text"),
    }
    found = ["t.a could be null", "t.b was date and is timestamptz", "t.c came, is not null and has no default"]
    assert sorted(faults(before, after)) == found
    assert list(faults({("t", "gone"): (True, False, "text")}, {})) == ["t.gone is gone"]
