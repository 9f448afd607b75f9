"""Changes of a table's columns beside the triggers that guard it (base/database.py)."""

from typing import Any

from django.db import migrations

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
