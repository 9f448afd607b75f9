"""What only the database can give, written for PostgreSQL and for the trial's SQLite: guards, and many rows at once.

Migrations use the guards; a test lists every table that must have one.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION careerplan_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are kept as they are', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def keep_rows(schema_editor: Any, table: str, *, changeable: Sequence[str] = (), columns: Sequence[str] = ()) -> None:
    """Refuse DELETE, TRUNCATE, and UPDATE of the columns but for the `changeable` ones (`columns`: all of them)."""
    fixed = [column for column in columns if column not in changeable]
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_FUNCTION, params=None)
        condition = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in fixed)
        when = f"WHEN ({condition})" if changeable else ""
        schema_editor.execute(
            f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" FOR EACH ROW {when} '
            "EXECUTE FUNCTION careerplan_refuse()"
        )
    else:
        refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept as they are'); END"
        condition = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in fixed)
        when = f"WHEN {condition}" if changeable else ""
        schema_editor.execute(f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" {when} {refuse}')
    refuse_deletion(schema_editor, table)


def refuse_deletion(schema_editor: Any, table: str) -> None:
    """Refuse DELETE and TRUNCATE, whatever may be changed."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_FUNCTION, params=None)
        schema_editor.execute(
            f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" FOR EACH ROW '
            "EXECUTE FUNCTION careerplan_refuse()"
        )
        refuse_emptying(schema_editor, table)
        return
    schema_editor.execute(
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept as they are'); END"
    )


def refuse_emptying(schema_editor: Any, table: str) -> None:
    """Refuse TRUNCATE, which no guard of rows sees. SQLite has none: its DELETE is refused row by row."""
    if schema_editor.connection.vendor != "postgresql":
        return
    name = f"{table}_no_truncate"
    drop_trigger(schema_editor, table, name)
    schema_editor.execute(
        f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION careerplan_refuse()'
    )


def release_rows(schema_editor: Any, table: str) -> None:
    """Take `keep_rows` and `refuse_deletion` back (for a migration's reverse)."""
    for name in ("no_update", "no_delete", "no_truncate"):
        drop_trigger(schema_editor, table, f"{table}_{name}")


def same_plan(schema_editor: Any, table: str, column: str, parent: str) -> None:
    """A row's `column` names a row of `parent` with the same plan_id: no goal of another customer's plan.

    `parent` has a unique constraint on (id, plan_id).
    """
    name = f"{table}_{column}_of_the_same_plan"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ("{column}", plan_id) '
            f'REFERENCES "{parent}" (id, plan_id) DEFERRABLE INITIALLY DEFERRED'
        )
        return
    for moment in ("INSERT", f'UPDATE OF "{column}", plan_id'):
        suffix = moment.split()[0].lower()
        schema_editor.execute(
            f'CREATE TRIGGER "{name}_{suffix}" BEFORE {moment} ON "{table}" WHEN NEW."{column}" IS NOT NULL AND NOT '
            f'EXISTS (SELECT 1 FROM "{parent}" WHERE id = NEW."{column}" AND plan_id = NEW.plan_id) '
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )


def same_plan_link(schema_editor: Any, table: str, first: tuple[str, str], second: tuple[str, str]) -> None:
    """Rows of a link table join two rows of the same plan. `first`, `second`: (column, table it names)."""
    plans = [f'(SELECT plan_id FROM "{parent}" WHERE id = NEW."{column}")' for column, parent in (first, second)]
    name = f"{table}_of_the_same_plan"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {plans[0]} IS DISTINCT FROM {plans[1]} THEN "
            f"RAISE EXCEPTION '{name}' USING ERRCODE = 'foreign_key_violation'; END IF; RETURN NEW; END $$",
            params=None,
        )
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        schema_editor.execute(
            f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
        )
        return
    for moment in ("INSERT", "UPDATE"):
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}_{moment.lower()}"')
        schema_editor.execute(
            f'CREATE TRIGGER "{name}_{moment.lower()}" BEFORE {moment} ON "{table}" '
            f"WHEN {plans[0]} IS NOT {plans[1]} BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )


def drop_same_plan(schema_editor: Any, table: str, column: str) -> None:
    """Take `same_plan` back."""
    name = f"{table}_{column}_of_the_same_plan"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
        return
    for moment in ("insert", "update"):
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}_{moment}"')


def refuse(schema_editor: Any, table: str, name: str, *, moment: str, when: str, of: Sequence[str] = ()) -> None:
    """Refuse an INSERT, or an UPDATE `of` these columns, of a row of which `when` is true, in the words of `name`.

    `when`: SQL that both databases read, over NEW and OLD. AFTER the row is written, so that what the table's own
    constraints refuse is refused in their name. Called again, it replaces what stood before. PostgreSQL alters no type
    of a column that a trigger names: such a migration calls `allow` before, and `refuse` again.
    """
    trigger = f"{name}_{moment.lower()}"
    columns = " OF " + ", ".join(f'"{column}"' for column in of) if of else ""
    drop_trigger(schema_editor, table, trigger)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {when} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'restrict_violation'; END IF; "
            "RETURN NULL; END $$",
            params=None,
        )
        schema_editor.execute(
            f'CREATE TRIGGER "{trigger}" AFTER {moment}{columns} ON "{table}" FOR EACH ROW '
            f'EXECUTE FUNCTION "{trigger}"()'
        )
        return
    # In SQLite's words.
    when = when.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")
    schema_editor.execute(
        f'CREATE TRIGGER "{trigger}" AFTER {moment}{columns} ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        params=None,
    )


def refuse_at_commit(schema_editor: Any, table: str, name: str, *, moments: str, when: str) -> None:
    """As `refuse`, when the transaction ends, for what is true only once all of it is written. On PostgreSQL alone.

    SQLite has no such triggers: what must hold there, too, is held on one of the writings, by `refuse`. `moments`: as
    "INSERT OR UPDATE OF voided_at". `when` reads the tables as they are in the end; of NEW only what stays, as keys do.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    trigger = f"{name}_at_commit"
    drop_trigger(schema_editor, table, trigger)
    schema_editor.execute(
        f'CREATE OR REPLACE FUNCTION "{trigger}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF {when} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN NULL; END $$",
        params=None,
    )
    schema_editor.execute(
        f'CREATE CONSTRAINT TRIGGER "{trigger}" AFTER {moments} ON "{table}" DEFERRABLE INITIALLY DEFERRED '
        f'FOR EACH ROW EXECUTE FUNCTION "{trigger}"()'
    )


def allow(schema_editor: Any, table: str, name: str) -> None:
    """Take `refuse` and `refuse_at_commit` back, for every moment."""
    for moment in ("insert", "update", "at_commit"):
        drop_trigger(schema_editor, table, f"{name}_{moment}")
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP FUNCTION IF EXISTS "{name}_{moment}"()')


def drop_trigger(schema_editor: Any, table: str, trigger: str) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f'DROP TRIGGER IF EXISTS "{trigger}"' + (f' ON "{table}"' if on_postgresql else ""))


def differs(*columns: str) -> str:
    """SQL: one of the columns was changed."""
    return "(" + " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns) + ")"


def changed_again(*columns: str) -> str:
    """SQL: one of the columns was changed that had a value already."""
    return "(" + " OR ".join(f'OLD."{column}" IS NOT NULL AND {differs(column)}' for column in columns) + ")"


def older_than(schema_editor: Any, column: str, *, hours: int) -> str:
    """SQL: the moment of the column lies so many hours back or more."""
    if schema_editor.connection.vendor == "postgresql":
        return f"({column} <= CURRENT_TIMESTAMP - INTERVAL '{hours} hours')"
    return f"({column} <= datetime('now', '-{hours} hours'))"


def says_no(schema_editor: Any, column: str, key: str) -> str:
    """SQL: the JSON of the column says false of the key (nothing is not false)."""
    if schema_editor.connection.vendor == "postgresql":
        return f"({column} ->> '{key}') = 'false'"
    return f"json_type({column}, '$.{key}') = 'false'"


def plain_collation(schema_editor: Any, table: str, columns: Sequence[str]) -> None:
    """Compare the columns byte by byte, so that one index serves prefix search and order (docs/performance.md)."""
    if schema_editor.connection.vendor == "postgresql":
        for column in columns:
            schema_editor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE varchar(310) COLLATE "C"')


def without_time_limit(apps: Any, schema_editor: Any) -> None:
    """For a migration: the limit of a page's statements is not that of an upgrade, which takes what the rows take."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET LOCAL statement_timeout = 0")


def allow_seconds(seconds: int) -> None:
    """The statements of this transaction may take so long: of work behind the pages, which nobody waits for."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [seconds * 1000])


def insert_quickly(rows: Sequence[models.Model], *, batch_size: int) -> None:
    """Insert many new rows of one model whose keys nobody needs to know: by COPY on PostgreSQL, twice as fast."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        type(rows[0])._base_manager.bulk_create(rows, batch_size=batch_size)
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields])


def update_quickly(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of many rows of one model, without history: several times faster than `bulk_update`."""
    connection = connections[DEFAULT_DB_ALIAS]
    meta = rows[0]._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    columns = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{meta.db_table}" SET {columns} WHERE id = %s', values)
