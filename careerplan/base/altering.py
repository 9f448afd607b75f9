"""Changes of tables in migrations: beside the triggers that guard them (base/database.py), and beside people at work.

A table that is there already gets its indexes, constraints and derived values by the operations of this module, each
in a migration with `atomic = False`; `tests/ops/test_migrations.py` looks for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.operations import CreateExtension
from django.db import DatabaseError, NotSupportedError, migrations, transaction
from django.db.models import QuerySet

# Of a table, without those that PostgreSQL made for foreign keys.
TRIGGERS = (
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY tgname"
)


class AlterGuardedField(migrations.AlterField):
    """As AlterField, of a column that triggers name: PostgreSQL changes none of those. They stand again after it."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":  # SQLite's editor sees to it (base/sqlite)
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(TRIGGERS, [f'"{table}"'])
            guards = cursor.fetchall()
        for name, _definition in guards:
            schema_editor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        for _name, definition in guards:
            schema_editor.execute(definition, params=None)


class BesideTheProduct:
    """Of a change that goes on while people work: it runs outside a transaction, and may be begun again."""

    atomic = False

    def may_begin(self, schema_editor: Any) -> bool:
        """False on SQLite, which has one writer and does it in the plain way.

        Raises NotSupportedError where the migration is one transaction.
        """
        if schema_editor.connection.vendor != "postgresql":
            return False
        if schema_editor.connection.in_atomic_block:
            raise NotSupportedError("This migration needs `atomic = False`: its change runs outside a transaction.")
        return True


class AddIndexBeside(BesideTheProduct, migrations.AddIndex):
    """As AddIndex, CONCURRENTLY. One that a run left behind half-made is made anew, one that is ready stays."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if not self.may_begin(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        with patient(schema_editor):
            if not is_ready(schema_editor, self.index.name):
                schema_editor.add_index(model, self.index, concurrently=True)


class AddConstraintBeside(BesideTheProduct, migrations.AddConstraint):
    """As AddConstraint: a check holds for new rows at once and is validated after it, a unique one gets its index
    CONCURRENTLY before it stands."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if not self.may_begin(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        table, name = f'"{model._meta.db_table}"', self.constraint.name
        sql = str(self.constraint.create_sql(model, schema_editor))
        with patient(schema_editor):
            if sql.startswith("CREATE UNIQUE INDEX "):
                if not is_ready(schema_editor, name):
                    schema_editor.execute(sql.replace("UNIQUE INDEX ", "UNIQUE INDEX CONCURRENTLY ", 1), params=None)
                return
            if self.has(schema_editor, table):
                return
            if " UNIQUE (" in sql:
                if not is_ready(schema_editor, name):
                    columns = sql.partition(" UNIQUE ")[2]
                    schema_editor.execute(
                        f'CREATE UNIQUE INDEX CONCURRENTLY "{name}" ON {table} {columns}', params=None
                    )
                using = f'UNIQUE USING INDEX "{name}"'
                schema_editor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {using}', params=None)
                return
        schema_editor.execute(f"{sql} NOT VALID", params=None)
        schema_editor.execute(f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"', params=None)

    def has(self, schema_editor: Any, table: str) -> bool:
        """Whether it stands and was validated; one that was not is dropped, and made anew."""
        name = self.constraint.name
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(CONSTRAINT, [name, table])
            found = cursor.fetchone()
        if found == (False,):
            schema_editor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        return bool(found == (True,))


class MakeExtension(CreateExtension):
    """As CreateExtension, of one that the owner of the database may make ("trusted"); on SQLite nothing.

    Raises NotSupportedError where the server has it not, or the account may not make it.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except DatabaseError as error:
            raise NotSupportedError(
                f"The extension {self.name} can't be made: {str(error).splitlines()[0]} Let the server's superuser run "
                f"CREATE EXTENSION {self.name} in this database (it comes with PostgreSQL, in some systems in the "
                "package postgresql-contrib), then migrate again."
            ) from error


CONSTRAINT = "SELECT convalidated FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass"
INDEX = "SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass(%s)"


def is_ready(schema_editor: Any, name: str) -> bool:
    """Whether the index stands; what a run that was cut off left of it is dropped."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(INDEX, [f'"{name}"'])
        found = cursor.fetchone()
    if found == (False,):
        schema_editor.execute(f'DROP INDEX CONCURRENTLY "{name}"')
    return bool(found == (True,))


@contextmanager
def patient(schema_editor: Any) -> Iterator[None]:
    """What is made CONCURRENTLY waits for whoever is at work, and nobody waits for it: without a limit of waiting."""
    schema_editor.execute("SET lock_timeout = 0")
    try:
        yield
    finally:
        schema_editor.execute("RESET lock_timeout")


BATCH = 2000


class ChangeInBatches(BesideTheProduct, migrations.RunPython):
    """Change many rows of one model, `size` at a time, each batch kept as it is done (`in_batches`).

    `rows` is given `apps` and says which rows are still to be changed: so a run that was cut off goes on where it was.
    `change` is given `apps` and those of a batch.
    """

    def __init__(
        self, rows: Callable[[Any], QuerySet], change: Callable[[Any, QuerySet], object], *, size: int = BATCH
    ):
        def run(apps: Any, schema_editor: Any) -> None:
            self.may_begin(schema_editor)
            in_batches(rows(apps), lambda batch: change(apps, batch), size=size)

        super().__init__(run, migrations.RunPython.noop, atomic=False, elidable=True)


def in_batches(rows: QuerySet, change: Callable[[QuerySet], object], *, size: int = BATCH) -> int:
    """Give the rows to `change` in the order of their keys, `size` at a time, each batch in a transaction of its own.

    Returns how many batches there were. No lock is held for longer than a batch.
    """
    last, count = 0, 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        with transaction.atomic():
            change(rows.filter(pk__gt=last, pk__lte=keys[-1]))
        last, count = keys[-1], count + 1
    return count
