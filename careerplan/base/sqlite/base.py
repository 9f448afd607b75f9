"""Django's SQLite with three things more: triggers outlive a change of their tables, files go with their transaction,
and words are searched as `base/folded.py` reads them.

SQLite can't change most of a table in place: Django makes a new one and drops the old one, and with it its triggers.
And a new table doesn't get its name while a trigger of another table still speaks of the dropped one.
"""

from typing import Any

from django.db.backends.sqlite3 import base, schema

from careerplan.base.files import GoesWithTransaction
from careerplan.base.folded import folded

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"


class SchemaEditor(schema.DatabaseSchemaEditor):
    def _remake_table(self, *args: Any, **options: Any) -> None:
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(TRIGGERS).fetchall()
        for name, _sql in triggers:
            self.execute(f'DROP TRIGGER "{name}"')
        super()._remake_table(*args, **options)  # type: ignore[misc]  # the stubs don't know it
        for _name, sql in triggers:
            self.execute(sql, params=None)


class DatabaseWrapper(GoesWithTransaction, base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        made.create_function("careerplan_folded", 1, folded, deterministic=True)
        return made
