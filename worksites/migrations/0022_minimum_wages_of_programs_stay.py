"""What programs set as their minimum wages stays, with its history, and one holds a day."""

from django.db import migrations

from worksites.wages.guards import keep_program_minimums, release_program_minimums


def keep(apps, schema_editor):
    keep_program_minimums(schema_editor)


def release(apps, schema_editor):
    release_program_minimums(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("worksites", "0021_columns_of_minimum_wages"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
