"""How an item ended with its plan is never changed or deleted, nor its history."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

TABLES = ("plans_itemending", "plans_historicalitemending")


def keep(apps, schema_editor):
    for table in TABLES:
        keep_rows(schema_editor, table)


def release(apps, schema_editor):
    for table in TABLES:
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_endings_of_items")]
    operations = [migrations.RunPython(keep, release)]
