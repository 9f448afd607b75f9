"""The trial's SQLite finds titles by their letters from an index, as PostgreSQL does (`base/letters.py`)."""

from django.db import migrations

from careerplan.base.letters import forget_letters, index_letters

TABLES = ("goals_occupationtitle", "goals_onettitle")


def index(apps, schema_editor):
    for table in TABLES:
        index_letters(schema_editor, table, "search_key")


def forget(apps, schema_editor):
    for table in TABLES:
        forget_letters(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("goals", "0027_what_was_said_and_decided_stays")]
    operations = [migrations.RunPython(index, forget)]
