"""Which tables grow with the state, and whose key each of their columns holds: read from the database and the models.

Nothing here lists tables: one that a later release adds grows with the others, and a column of which nobody knows
whether it holds a key stops the benchmark (`Unknown`) before it counts anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

# What a copy adds to a key, for each copy before it.
STEP = 10_000_000
PEOPLE, OFFICES, AREAS = "accounts_user", "accounts_office", ("accounts_region", "accounts_grantee")
# Whoever changed a row of a list does not make the list grow.
WHO_DID_IT = "history_user_id"
# Keys of which neither the database nor a model's relation knows the table; None: of several tables.
OTHER_KEYS: dict[str, str | None] = {
    "about_customer_id": "customers_customer",
    "about_plan_id": "plans_employmentplan",
    "about_key": None,
    "row_key": None,
    "item": None,
    "item_id": None,
    "found": None,
}
# Numbers in eight bytes that are no keys.
NO_KEYS = {"bytes", "byte_count", "import_number", "size", "place", "row_version"}


class Unknown(Exception):
    """A column that is to be named in `OTHER_KEYS` or `NO_KEYS`."""


@dataclass(frozen=True)
class Column:
    name: str
    kind: str  # as information_schema says it
    longest: int | None


@dataclass(frozen=True)
class Table:
    """`keys`: the table whose key each column holds, its own among them. `areas`: it grows with the areas alone."""

    name: str
    columns: tuple[Column, ...]
    keys: dict[str, str | None]
    unique: tuple[frozenset[str], ...]
    areas: bool = False


def growing_tables(cursor: Any) -> dict[str, Table]:
    """By name, in any order."""
    columns, keys, unique = columns_of(cursor), foreign_keys(cursor), unique_columns(cursor)
    for table, column in primary_keys(cursor):
        keys.setdefault(table, {}).setdefault(column, table)
    history = keys_of_models(keys)
    growing = reached(keys, [PEOPLE, OFFICES], history)
    with_areas = reached(keys, AREAS, history) - growing
    tables = {}
    for name in sorted(growing | with_areas):
        known = keys[name] | {
            column.name: OTHER_KEYS[column.name] for column in columns[name] if asked(column, keys[name])
        }
        check(name, columns[name], known)
        tables[name] = Table(name, columns[name], known, unique.get(name, ()), name in with_areas)
    return tables


def asked(column: Column, keys: dict[str, str | None]) -> bool:
    return column.name in OTHER_KEYS and column.name not in keys and column.kind == "bigint"


def check(table: str, columns: Iterable[Column], keys: dict[str, str | None]) -> None:
    for column in columns:
        if column.kind == "bigint" and column.name not in keys and column.name not in NO_KEYS:
            raise Unknown(f"Does {table}.{column.name} hold a key? Say it in {__file__}.")


def reached(keys: dict[str, dict[str, str | None]], roots: Iterable[str], history: dict[str, str]) -> set[str]:
    """The roots, every table with a row that names one of them, however far, and the history of each."""
    found = set(roots)
    while True:
        more = {
            table
            for table, columns in keys.items()
            if table not in history
            and any(parent in found for column, parent in columns.items() if column != WHO_DID_IT and parent != table)
        }
        more |= {table for table, base in history.items() if base in found}
        if more <= found:
            return found
        found |= more


def keys_of_models(keys: dict[str, dict[str, str | None]]) -> dict[str, str]:
    """Adds what models say and the database does not know, as of history; gives the table of each history."""
    history = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        own = keys.setdefault(table, {})
        for field in model._meta.concrete_fields:
            if field.is_relation and field.remote_field is not None:
                own.setdefault(field.column, field.remote_field.model._meta.db_table)
        tracked = getattr(model, "instance_type", None)
        if tracked is not None:
            history[table] = tracked._meta.db_table
            own[tracked._meta.pk.column] = tracked._meta.db_table
    return history


def columns_of(cursor: Any) -> dict[str, tuple[Column, ...]]:
    cursor.execute(
        "SELECT table_name, column_name, data_type, character_maximum_length FROM information_schema.columns "
        "JOIN information_schema.tables USING (table_schema, table_name) "
        "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' "
        "ORDER BY table_name, ordinal_position"
    )
    found: dict[str, list[Column]] = {}
    for table, *column in cursor.fetchall():
        found.setdefault(table, []).append(Column(*column))
    return {table: tuple(columns) for table, columns in found.items()}


def foreign_keys(cursor: Any) -> dict[str, dict[str, str | None]]:
    """Of every table; where a key has two columns, of that which holds the other table's own key."""
    cursor.execute(
        "SELECT conrelid::regclass::text, attname, confrelid::regclass::text FROM pg_constraint "
        "CROSS JOIN LATERAL unnest(conkey, confkey) AS pair(here, there) "
        "JOIN pg_attribute ON attrelid = conrelid AND attnum = here "
        "WHERE contype = 'f' AND connamespace = 'public'::regnamespace "
        "AND EXISTS (SELECT 1 FROM pg_index WHERE indrelid = confrelid AND indisprimary AND there = ANY (indkey))"
    )
    found: dict[str, dict[str, str | None]] = {}
    for table, column, parent in cursor.fetchall():
        found.setdefault(table, {})[column] = parent
    return found


def primary_keys(cursor: Any) -> list[tuple[str, str]]:
    """(table, column), of keys that are numbers."""
    cursor.execute(
        "SELECT indrelid::regclass::text, attname FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) "
        "WHERE indisprimary AND relnamespace = 'public'::regnamespace "
        "AND atttypid IN ('bigint'::regtype, 'int'::regtype)"
    )
    return cursor.fetchall()


def unique_columns(cursor: Any) -> dict[str, tuple[frozenset[str], ...]]:
    """Of each table the columns of each unique index, those within expressions, too."""
    cursor.execute(
        "SELECT indrelid::regclass::text, indexrelid, attname FROM pg_index "
        "JOIN pg_class ON pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace "
        "JOIN pg_attribute ON attrelid = indrelid AND (attnum = ANY (indkey) OR EXISTS (SELECT 1 FROM pg_depend "
        "WHERE classid = 'pg_class'::regclass AND objid = indexrelid AND refobjid = indrelid AND refobjsubid = attnum "
        "AND indexprs IS NOT NULL)) WHERE indisunique AND attnum > 0"
    )
    found: dict[str, dict[int, set[str]]] = {}
    for table, index, column in cursor.fetchall():
        found.setdefault(table, {}).setdefault(index, set()).add(column)
    return {table: tuple(map(frozenset, indexes.values())) for table, indexes in found.items()}
