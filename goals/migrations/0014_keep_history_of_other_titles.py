"""The history of other titles is kept like every other."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

TABLE = "goals_historicaloccupationtitle"


def keep(apps, schema_editor):
    release_rows(schema_editor, TABLE)  # a new installation may have kept it with all others
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("goals", "0013_other_titles_of_occupations"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
