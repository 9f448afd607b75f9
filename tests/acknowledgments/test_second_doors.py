"""Raw SQL makes nothing that the actions refuse, on PostgreSQL and on the trial's SQLite: a second door is a door."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3._functions import register as as_the_product_does

from acknowledgments.models import Acknowledgment, Seal
from careerplan.plans.models import PlanVersion
from tests import doors, doors_of_services, states
from tests.once_a_run import once_a_run
from tests.people import angela, lucia, tyrell
from tests.rows import copy, refuses, write

DOORS = doors.DOORS | doors_of_services.DOORS
DOOR_NUMBERS = [(name, number) for name, doors in DOORS.items() for number in range(len(doors))]

AS_THE_TRIAL_DOES = """
import gc, os
gc.set_threshold(20_000, 20, 20)  # migrating makes and leaves thousands of classes
os.environ["DJANGO_SETTINGS_MODULE"] = "careerplan.settings"
import django
django.setup()
from django.core.management import call_command
for command in ("migrate", "seed_reference", "seed_demo"):
    call_command(command, verbosity=0)
"""


@pytest.fixture(scope="session")
def trial(tmp_path_factory):
    """The trial's database with the demo people."""
    return once_a_run(tmp_path_factory, "trial", make_trial) / "trial.sqlite3"


def make_trial(folder):
    folder.mkdir()
    left_out = {"DATABASE_URL", "REDIS_URL", "TESTING"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"TRIAL": "1", "VAR_DIR": str(folder)}
    command = [sys.executable, "-W", "ignore", "-c", AS_THE_TRIAL_DOES]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("name", "number"), DOOR_NUMBERS)
def test_postgresql_refuses(name, number):
    *before, last = DOORS[name][number]
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        refuses(name, lambda: cursor.execute(last))
        connection.set_rollback(True)  # what came before need not fit by itself


@pytest.mark.parametrize(("name", "number"), DOOR_NUMBERS)
def test_sqlite_refuses(trial, tmp_path, name, number):
    shutil.copy(trial, tmp_path / "copy.sqlite3")
    *before, last = DOORS[name][number]
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        as_the_product_does(database)  # checks of columns call functions of Django
        for statement in before:
            database.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match=name):
            database.execute(last)


# --- when the transaction ends: on PostgreSQL -------------------------------------------------


def valid_seal(customer):
    return Seal.objects.valid().get(version=states.newest(customer))


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_version_that_waits_keeps_its_seal():
    refuses("a_version_has_its_seal_while_it_waits", lambda: write(valid_seal(tyrell()), voided_at=states.now()))


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_draft_keeps_no_valid_seal():
    sealed = {"version": states.newest(lucia()), "short_code": "AAAAAAAAAAAA"}
    refuses("a_version_has_its_seal_while_it_waits", lambda: copy(valid_seal(angela()), **sealed))
    copy(valid_seal(angela()), **sealed, voided_at=states.now())


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_no_plan_is_left_without_the_successor_of_a_superseded_version():
    first = states.newest(angela())
    seal = states.sent(states.reviewed(angela()), electronic=False)
    paper = {"method": "paper", "agreed_on": states.today(), "request": None}
    evidence = {"version": seal.version, "seal": seal, "digest": seal.digest, **paper}
    copy(Acknowledgment.objects.get(version=first), **evidence)
    superseded = {"state": "superseded", "superseded_at": states.now()}
    refuses("a_version_superseded_has_its_successor", lambda: write(first, **superseded))
    assert PlanVersion.objects.active().get(plan=first.plan_id) == first
