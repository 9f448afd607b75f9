"""Indexes by which the digest of a day finds its rows. On PostgreSQL they are made beside the work that goes on."""

from django.db import migrations, models

INDEXES = {
    "seal": models.Index(fields=["sealed_at"], name="seals_by_time"),
    "acknowledgment": models.Index(fields=["acknowledged_at"], name="agreements_by_time"),
    "evidencedocument": models.Index(fields=["filed_at"], name="evidence_by_time"),
}


def make(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        if on_postgresql:
            cursor.execute("SET statement_timeout = 0")
        for name, index in INDEXES.items():
            meta = apps.get_model("acknowledgments", name)._meta
            column = meta.get_field(index.fields[0]).column
            if on_postgresql:  # one that was broken off is there, and serves nothing
                cursor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{index.name}"')
            beside = "CONCURRENTLY" if on_postgresql else ""
            cursor.execute(f'CREATE INDEX {beside} "{index.name}" ON "{meta.db_table}" ("{column}")')
        if on_postgresql:
            cursor.execute("RESET statement_timeout")


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for index in INDEXES.values():
            cursor.execute(f'DROP INDEX IF EXISTS "{index.name}"')


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("acknowledgments", "0024_a_seal_keeps_its_place")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex(model_name=name, index=index) for name, index in INDEXES.items()],
            database_operations=[migrations.RunPython(make, remove)],
        )
    ]
