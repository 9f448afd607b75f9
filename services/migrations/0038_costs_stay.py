"""Costs stay with their service and their budget, go from stage to stage once, and are never deleted."""

from django.db import migrations

from services.costs.guards import keep_costs, release_costs


def keep(apps, schema_editor):
    keep_costs(schema_editor)


def release(apps, schema_editor):
    release_costs(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("services", "0037_costs_and_budgets"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
