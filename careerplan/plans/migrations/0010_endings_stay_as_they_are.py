"""How an item ended with its plan is never changed or deleted."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows


def keep(apps, schema_editor):
    keep_rows(schema_editor, apps.get_model("plans", "ItemEnding")._meta.db_table)


def release(apps, schema_editor):
    release_rows(schema_editor, apps.get_model("plans", "ItemEnding")._meta.db_table)


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_endings_of_items")]
    operations = [migrations.RunPython(keep, release)]
