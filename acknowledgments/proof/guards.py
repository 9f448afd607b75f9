"""Whether the database still has every guard, switched on and as the migrations made it.

`guards.txt` lists the triggers, one a line: table, trigger, and the digest of what it does (when it fires, on which
columns, under which condition, and the text of its function). `manage.py verify --list-guards` prints such a list of
the database at hand; a test compares the one that is kept with what the migrations make.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from acknowledgments.proof.wrong import Kind, Wrong

LIST = Path(__file__).with_name("guards.txt")
# Of a digest, so many letters: enough for what nobody can choose freely, and a line that is read.
LETTERS = 16
FOUND = """
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A'), pg_get_triggerdef(t.oid, true), l.lanname, p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_language l ON l.oid = p.prolang
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, t.tgname
"""


class Guard(NamedTuple):
    table: str
    trigger: str
    digest: str

    def __str__(self) -> str:
        return " ".join(self)


def expected() -> list[Guard]:
    return [Guard(*line.split()) for line in LIST.read_text().splitlines() if line and not line.startswith("#")]


def found() -> dict[Guard, bool]:
    """Each guard of the database, and whether it is switched on for every session."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [])
        return {Guard(table, name, digest_of(*does)): on for table, name, on, *does in cursor.fetchall()}


def digest_of(*does: str) -> str:
    """Of a trigger's definition, and its function's language and text, however the lines are broken."""
    return hashlib.sha256("\n".join(" ".join(part.split()) for part in does).encode()).hexdigest()[:LETTERS]


def wrong_guards() -> Iterator[Wrong]:
    """On PostgreSQL alone: the trial's SQLite names its triggers otherwise, and switches none off."""
    if connection.vendor != "postgresql":
        return
    there = {guard[:2]: (guard.digest, on) for guard, on in found().items()}
    for table, trigger, digest in expected():
        where = f"Guard {trigger} of the table {table}"
        if (table, trigger) not in there:
            yield Wrong(Kind.GUARD, f"{where} is missing.")
            continue
        does, on = there[table, trigger]
        if not on:
            yield Wrong(Kind.GUARD, f"{where} is switched off.")
        if does != digest:
            yield Wrong(Kind.GUARD, f"{where} is not the one that the migrations made.")
