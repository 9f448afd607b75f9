"""What local policy said, and until when, is kept."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

TABLE = "customers_historicallocalinterval"


def keep(apps, schema_editor):
    release_rows(schema_editor, TABLE)  # a new installation may have kept it with all others
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("customers", "0019_local_policy_and_saved_views"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
