"""Whether the database still has every guard, switched on and as the migrations made it, and nothing beside them.

`guards.txt` lists them, one a line: table, guard, and the digest of what it does. Triggers stand under their name (when
one fires, on which columns, under which condition, and the text of its function); constraints and unique indexes of the
tables that have triggers stand under what they are about, since Django gives some of them other names in a database
that was upgraded. `manage.py verify --list-guards` prints such a list of the database at hand; a test compares the one
that is kept with what the migrations make.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from acknowledgments.proof.wrong import Kind, Wrong

LIST = Path(__file__).with_name("guards.txt")
# Of a digest, so many letters: enough for what nobody can choose freely, and a line that is read.
LETTERS = 16
HERE = "c.relnamespace = current_schema()::regnamespace"
GUARDED = f"""
SELECT DISTINCT t.tgrelid FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND {HERE}
"""
TRIGGERS = f"""
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A'), pg_get_triggerdef(t.oid, true), l.lanname, p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_language l ON l.oid = p.prolang
WHERE NOT t.tgisinternal AND {HERE} ORDER BY c.relname, t.tgname
"""
# Without NOT NULL, which is a constraint since PostgreSQL 18. A reference is looked after by triggers of its own, on
# both of its tables; somebody may have switched off one of them.
CONSTRAINTS = f"""
SELECT c.relname, k.conname, k.contype, pg_get_constraintdef(k.oid),
  (SELECT string_agg(a.attname, ',' ORDER BY n) FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, n)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
  NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled NOT IN ('O', 'A'))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conrelid IN ({GUARDED}) ORDER BY 1, 2
"""
INDEXES = f"""
SELECT c.relname, i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid AND x.indisready AND x.indislive
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
WHERE x.indisunique AND x.indrelid IN ({GUARDED})
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY 1, 2
"""
# What no migration of ours makes on any table: it writes something else, or shows other rows.
BESIDE = f"""
SELECT c.relname, 'Rule ' || r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.oid IN ({GUARDED})
UNION SELECT c.relname, 'Policy ' || p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.oid IN ({GUARDED})
UNION SELECT c.relname, 'Row-level security' FROM pg_class c WHERE c.relrowsecurity AND c.oid IN ({GUARDED})
UNION SELECT c.relname, 'Child table ' || h.inhrelid::regclass FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhparent
WHERE c.oid IN ({GUARDED})
ORDER BY 1, 2
"""
KINDS = {"p": "key", "u": "unique", "c": "check", "f": "reference", "x": "exclusion"}
# Before a constraint's or an index's own words; a trigger has none.
MARK = ":"
# Names that Django and PostgreSQL make.
MADE_UP = re.compile(r"_[0-9a-f]{8}(_|$)|_check[0-9]*$")


class Guard(NamedTuple):
    table: str
    name: str
    digest: str

    def __str__(self) -> str:
        return " ".join(self)


def expected() -> list[Guard]:
    return [Guard(*line.split()) for line in LIST.read_text().splitlines() if line and not line.startswith("#")]


def found() -> dict[Guard, bool]:
    """Each guard of the database, and whether it is switched on for every session."""
    triggers = {Guard(table, name, digest_of(*does)): on for table, name, on, *does in ask(TRIGGERS)}
    return dict(sorted((triggers | constraints() | unique_indexes()).items()))


def constraints() -> dict[Guard, bool]:
    rows = ask(CONSTRAINTS)
    return {
        Guard(table, label(KINDS[kind], name, columns, kind == "c"), digest_of(says)): on
        for table, name, kind, says, columns, on in rows
    }


def unique_indexes() -> dict[Guard, bool]:
    """By all that is said after the name."""
    return {
        Guard(table, label("unique", name, "", True), digest_of(says.partition(" USING ")[2])): on
        for table, name, says, on in ask(INDEXES)
    }


def label(kind: str, name: str, columns: str | None, named: bool) -> str:
    """By its name where somebody gave it one, else by its columns."""
    return f"{kind}{MARK}{name if named and not MADE_UP.search(name) else columns or ''}"


def ask(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def digest_of(*does: str) -> str:
    """Of a definition, and a function's language and text, however the lines are broken."""
    return hashlib.sha256("\n".join(" ".join(part.split()) for part in does).encode()).hexdigest()[:LETTERS]


def wrong_guards() -> Iterator[Wrong]:
    """On PostgreSQL alone: the trial's SQLite names its triggers otherwise, and switches none off."""
    if connection.vendor != "postgresql":
        return
    there = found()
    yield from missing_or_changed(expected(), there)
    yield from not_ours(expected(), there)
    for table, name in ask(BESIDE):
        yield Wrong(Kind.GUARD, f"{name} of the table {table} is not one of ours.")


def missing_or_changed(listed: Iterable[Guard], there: dict[Guard, bool]) -> Iterator[Wrong]:
    others = {guard[:2] for guard in there}
    for guard in listed:
        where = described(guard)
        if guard[:2] not in others:
            yield Wrong(Kind.GUARD, f"{where} is missing.")
            continue
        if guard not in there:
            yield Wrong(Kind.GUARD, f"{where} is not the one that the migrations made.")
        if not all(on for one, on in there.items() if one[:2] == guard[:2]):
            yield Wrong(Kind.GUARD, f"{where} is switched off.")


def not_ours(listed: Iterable[Guard], there: dict[Guard, bool]) -> Iterator[Wrong]:
    """Triggers of guarded tables. One more constraint lets nothing through that was refused before."""
    ours = {guard[:2] for guard in listed}
    guarded = {guard.table for guard in listed}
    for guard in there:
        if MARK not in guard.name and guard.table in guarded and guard[:2] not in ours:
            yield Wrong(Kind.GUARD, f"Trigger {guard.name} of the table {guard.table} is not one of ours.")


def described(guard: Guard) -> str:
    kind, mark, name = guard.name.partition(MARK)
    what = f"Guard {guard.name}" if not mark else f"{kind.capitalize()} {name}"
    return f"{what} of the table {guard.table}"
