"""One database that is ready, migrated and with the demo people, and a copy of it for each test process.

To make it takes a core for a minute, to copy it a second. Under pytest-xdist a process of its own makes it while the
workers collect the tests; otherwise the test process does. What a test commits is taken back when it has ended.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from tests import servers
from tests.waiting import LONGEST_WAIT, eventually

ROOT = Path(__file__).resolve().parent.parent
# Of the folder where the one is made: held as long as somebody makes it, there when it is made, what was said.
HELD, MADE, LOG = "held", "made", "log"
# New rows' numbers: six digits, and no two tables' are alike.
FIRST_NUMBER, NUMBERS_OF_A_TABLE = 100_000, 4_000
APART = """
SELECT setval(
    format('%%I.%%I', schemaname, sequencename)::regclass, %s + %s * row_number() OVER (ORDER BY sequencename)
) FROM pg_sequences WHERE schemaname = current_schema()
"""
AT_WORK = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND backend_type = 'client backend' AND state <> 'idle'
"""
# Of one table: how many rows it has, and whether one was written after a transaction.
LOOK = "SELECT '{table}', count(*), coalesce(bool_or(age(xmin) < age('{after}'::xid)), false) FROM \"{table}\""


def on_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def ready() -> str:
    """Its name."""
    return f"test_{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}_ready"


def source() -> str:
    """What this test process's own is a copy of. DATABASE_IS_READY names one that was made before (tests/mutants)."""
    return os.environ.get("DATABASE_IS_READY") or ready()


def remove(database: str) -> None:
    """Whoever is connected to it is cut off."""
    on_server(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def copy(source: str, database: str) -> None:
    """In place of the one that has this name, if any. To the source nobody may be connected."""
    remove(database)
    on_server(f'CREATE DATABASE "{database}" TEMPLATE "{source}"')


# --- after a test that commits ----------------------------------------------------------------


class Copy:
    """The database of this test process: what was written into it, since it was ready, is taken back.

    To empty all tables, and to copy the database again, takes ten times as long. Rows are told by the transaction that
    wrote them, and by their number. Numbers of rows go on: what is kept elsewhere by such a number (a cache, a queue)
    is never another's.
    """

    def __init__(self, source: str) -> None:
        connection.close()
        self.source = source
        with connection.cursor() as cursor:
            self.tables = connection.introspection.table_names(cursor)
            self.after = this_transaction(cursor)
            self.rows = {table: number for table, number, _written in self.look(cursor)}
        connection.close()

    def look(self, cursor: Any) -> list[tuple[str, int, bool]]:
        cursor.execute(" UNION ALL ".join(LOOK.format(table=table, after=self.after) for table in self.tables))
        return cursor.fetchall()

    def take_back(self) -> None:
        """What a page, or a process beside the test, still does is waited for."""
        connection.close()
        eventually(nobody_else_is_at_work)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # past the guards
            found = self.look(cursor)
            written = [table for table, number, changed in found if changed or number != self.rows[table]]
            with psycopg.connect(**connection.get_connection_params() | {"dbname": self.source}) as source:
                for table in written:
                    cursor.execute(f'DELETE FROM "{table}"')
                    copy_rows(table, source.cursor(), cursor)
            self.after = this_transaction(cursor)
        connection.close()


def copy_rows(table: str, source: Any, target: Any) -> None:
    with source.copy(f'COPY "{table}" TO STDOUT') as told, target.copy(f'COPY "{table}" FROM STDIN') as heard:
        for block in told:
            heard.write(block)


def this_transaction(cursor: Any) -> str:
    cursor.execute("SELECT pg_current_xact_id()::xid::text")
    return cursor.fetchone()[0]


def nobody_else_is_at_work() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK)
        return cursor.fetchone()[0] == 0


# --- made beside the test processes -----------------------------------------------------------


def folder_of_the_ready_one() -> Path:
    return Path(os.environ["FOLDER_OF_THE_READY_DATABASE"])


def begin_to_make(redis_url: str) -> subprocess.Popen:
    """Begins the process. `redis_url`: a queue of its own, which nobody reads."""
    folder = Path(f"{os.environ['VAR_DIR']}-ready")
    folder.mkdir()
    os.environ["FOLDER_OF_THE_READY_DATABASE"] = str(folder)
    ready_url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{ready()}"))
    with (folder / HELD).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # the process inherits it, and leaves it however it ends
        return servers.start(
            [sys.executable, "-m", "tests.databases"],
            folder=folder,
            log=LOG,
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": ready_url, "REDIS_URL": redis_url, "VAR_DIR": str(folder)},
            pass_fds=[held.fileno()],
        )


def wait_for_the_ready_one() -> None:
    """Raises RuntimeError with the end of its log where it could not be made."""
    folder = folder_of_the_ready_one()
    with (folder / HELD).open() as held:
        fcntl.flock(held, fcntl.LOCK_SH)
    if not (folder / MADE).exists():
        last_lines = "\n".join((folder / LOG).read_text(errors="replace").splitlines()[-20:])
        raise RuntimeError(f"The tests' database could not be made. The end of the log:\n{last_lines}")


def take_a_copy() -> None:
    """For this test process, with the files of the demo people."""
    wait_for_the_ready_one()
    database = connection.creation._get_test_db_name()
    copy(ready(), database)
    settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"] = connection.settings_dict["NAME"] = database
    shutil.copytree(folder_of_the_ready_one() / "uploads", settings.MEDIA_ROOT, dirs_exist_ok=True)


def give_the_copy_back() -> None:
    connection.close()
    remove(connection.settings_dict["NAME"])


# --- made by whoever needs it -----------------------------------------------------------------


def keep_a_copy() -> None:
    """Of the one that this test process has made for itself."""
    connection.close()
    copy(connection.settings_dict["NAME"], ready())


def be_patient() -> None:
    """For a page the database takes seconds at most, and ends what takes longer; on a busy machine a test may hold a
    lock, or compute between two questions, for longer than that. A paper may take long, too. All else that the product
    says to the server stays."""
    from acknowledgments.paper.renderer import renderer

    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    patient = " ".join(f"-c {limit}={LONGEST_WAIT}s" for limit in limits)
    options = connection.settings_dict["OPTIONS"]
    options["options"] = f"{options.get('options', '')} {patient}"
    renderer.seconds = LONGEST_WAIT


def seed() -> None:
    from django.core.management import call_command

    call_command("seed_reference", verbosity=0)
    call_command("seed_demo", verbosity=0)
    number_apart()


def number_apart() -> None:
    """What a test adds has a number that is nobody's hours, days or place in a list, and no other table's either: what
    takes one for the other is wrong every time, not once in a hundred runs."""
    with connection.cursor() as cursor:
        cursor.execute(APART, [FIRST_NUMBER, NUMBERS_OF_A_TABLE])


def make() -> None:
    import django
    from django.core.management import call_command

    database = connection.settings_dict["NAME"]
    remove(database)
    on_server(f'CREATE DATABASE "{database}"')
    django.setup()
    be_patient()
    call_command("migrate", verbosity=0)
    seed()
    Path(os.environ["VAR_DIR"], MADE).touch()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    make()
