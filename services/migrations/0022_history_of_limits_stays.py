"""What a limit of support said, and what a kind of support was called, stays as it was; a limit is ended, not deleted."""

from django.db import migrations

from careerplan.base.database import keep_rows, refuse_deletion, release_rows

HISTORY = ("services_historicalsupportlimit", "services_historicalsupporttype")
LIMITS = "services_supportlimit"


def keep(apps, schema_editor):
    for table in HISTORY:
        release_rows(schema_editor, table)  # a new installation may have kept it with all others
        keep_rows(schema_editor, table)
    refuse_deletion(schema_editor, LIMITS)


def release(apps, schema_editor):
    for table in (*HISTORY, LIMITS):
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("services", "0021_limits_of_support"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
