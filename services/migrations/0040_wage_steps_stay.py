"""Wage steps stay at their place in the schedule, and rise in it."""

from django.db import migrations

from services.classes.apprenticeship.guards import keep_wage_steps, release_wage_steps


def keep(apps, schema_editor):
    keep_wage_steps(schema_editor)


def release(apps, schema_editor):
    release_wage_steps(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("services", "0039_wage_steps"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
