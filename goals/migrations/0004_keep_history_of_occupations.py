"""The history of occupations is kept like every other."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

TABLE = "goals_historicaloccupation"


def keep(apps, schema_editor):
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("goals", "0003_occupations_have_a_history"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
