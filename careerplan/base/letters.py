"""Letters anywhere in a column, found by an index: PostgreSQL's own (`base/indexes.py`), or a table of FTS5 on SQLite.

SQLite's table stands beside that of the rows, is filled by its triggers, and knows every three letters in a row
(tokenizer `trigram`). Where SQLite was built without it, the rows are read.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import OperationalError, connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

# The rows have, of each of these, one of its strings.
Needed = Sequence[Sequence[str]]
MODULE, TOKENIZER = "fts5", "trigram case_sensitive 1"
MISSING = ("no such module", "no such tokenizer")
# Of fewer letters the index knows nothing.
SHORTEST = 3


def index_letters(schema_editor: Any, table: str, column: str) -> None:
    """On SQLite, for the rows that are there and all that come: for a migration. PostgreSQL has a TrigramIndex."""
    if schema_editor.connection.vendor != "sqlite":
        return
    letters = letters_of(table)
    options = f"content='{table}', content_rowid='id', columnsize=0, tokenize='{TOKENIZER}'"
    try:
        schema_editor.execute(f'CREATE VIRTUAL TABLE "{letters}" USING {MODULE}("{column}", {options})', params=None)
    except OperationalError as error:
        if not str(error).startswith(MISSING):
            raise
        return
    add = f'INSERT INTO "{letters}" (rowid, "{column}") VALUES (NEW.id, NEW."{column}");'
    take = f'INSERT INTO "{letters}" ("{letters}", rowid, "{column}") VALUES (\'delete\', OLD.id, OLD."{column}");'
    changed = f'WHEN OLD.id IS NOT NEW.id OR OLD."{column}" IS NOT NEW."{column}"'
    for moment, when, steps in (("insert", "", add), ("update", changed, f"{take} {add}"), ("delete", "", take)):
        schema_editor.execute(
            f'CREATE TRIGGER "{letters}_{moment}" AFTER {moment.upper()} ON "{table}" {when} BEGIN {steps} END',
            params=None,
        )
    schema_editor.execute(f'INSERT INTO "{letters}" ("{letters}") VALUES (\'rebuild\')', params=None)


def forget_letters(schema_editor: Any, table: str) -> None:
    """Take `index_letters` back."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for moment in ("insert", "update", "delete"):
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{letters_of(table)}_{moment}"')
    schema_editor.execute(f'DROP TABLE IF EXISTS "{letters_of(table)}"')


def letters_of(table: str) -> str:
    return f"{table}_by_letters"


def holding(rows: QuerySet, column: str, needed: Needed) -> QuerySet:
    """The rows of which the column has, of each of the `needed`, one of its strings.

    SQLite's index narrows down, and what it finds is looked at as PostgreSQL looks: both find the same.
    """
    letters, asked = letters_of(rows.model._meta.db_table), match_for(needed)
    if asked and has_table(connections[rows.db], letters):
        found = RawSQL(f'SELECT rowid FROM "{letters}" WHERE "{letters}" MATCH %s', [asked])
        rows = rows.filter(pk__in=found)
    each = [reduce(or_, [Q((f"{column}__contains", one)) for one in strings], NOTHING) for strings in needed]
    return rows.filter(reduce(and_, each))


NOTHING = Q(pk__in=[])


def match_for(needed: Needed) -> str:
    """In FTS5's words; "" where the index can't narrow down, since what is needed may be too short for it."""
    long = [strings for strings in needed if strings and all(len(one) >= SHORTEST for one in strings)]
    return " AND ".join(f"({' OR '.join(quoted(one) for one in strings)})" for strings in long)


def quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def has_table(connection: Any, name: str) -> bool:
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [name])
        return cursor.fetchone() is not None
