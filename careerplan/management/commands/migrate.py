"""`manage.py migrate`: Django's, without the limits that a page's statements have.

How long a migration takes depends on the rows. How long it waits for a table that people use stays limited: while it
waits, so does every page that asks for the table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

from careerplan.base import fresh

# Options that ask for less than to take every step.
PARTLY = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")
LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with without_limits(connections[options["database"]]):
            try:
                if takes_all_steps(options) and fresh.is_empty(connections[options["database"]]):
                    fresh.make_tables(connections[options["database"]])
                super().handle(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                raise CommandError(
                    "Somebody was using a table for too long. This step was taken back, and the product goes on as it "
                    "was. Run migrate again: it goes on with this step."
                ) from error


def takes_all_steps(options: dict[str, Any]) -> bool:
    return not any(options[name] for name in PARTLY)


@contextmanager
def without_limits(connection: Any) -> Iterator[None]:
    """On PostgreSQL, for this connection, until it is done."""
    if connection.vendor != "postgresql":
        yield
        return
    tell(connection, "SET {} = 0")
    try:
        yield
    finally:
        if connection.is_usable():
            tell(connection, "RESET {}")


def tell(connection: Any, sentence: str) -> None:
    with connection.cursor() as cursor:
        for limit in LIMITS:
            cursor.execute(sentence.format(limit))
