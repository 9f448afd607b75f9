"""Whether the database still has every guard, switched on and refusing.

`guards.txt` lists the triggers, one a line with its table; a test compares it with what the migrations make. A trigger
that is there and does nothing is no guard: it must be enabled for every session, and its function must refuse.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from acknowledgments.proof.wrong import Kind, Wrong

LIST = Path(__file__).with_name("guards.txt")
FOUND = """
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A'), p.prosrc LIKE '%%RAISE EXCEPTION%%'
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def expected() -> list[tuple[str, str]]:
    """(table, trigger) of every guard."""
    pairs = (line.split() for line in LIST.read_text().splitlines() if line and not line.startswith("#"))
    return [(table, trigger) for table, trigger in pairs]


def found() -> dict[tuple[str, str], tuple[bool, bool]]:
    """(table, trigger) -> whether it is switched on, and whether its function refuses anything."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [])
        return {(table, trigger): (on, refuses) for table, trigger, on, refuses in cursor.fetchall()}


def wrong_guards() -> Iterator[Wrong]:
    """On PostgreSQL alone: the trial's SQLite names its triggers otherwise, and switches none off."""
    if connection.vendor != "postgresql":
        return
    there = found()
    for table, trigger in expected():
        on, refuses = there.get((table, trigger), (False, False))
        where = f"Guard {trigger} of the table {table}"
        if (table, trigger) not in there:
            yield Wrong(Kind.GUARD, f"{where} is missing.")
        elif not on:
            yield Wrong(Kind.GUARD, f"{where} is switched off.")
        elif not refuses:
            yield Wrong(Kind.GUARD, f"{where} refuses nothing any more.")
