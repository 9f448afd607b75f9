"""A planned service cannot stand under another plan's goal."""

from django.db import migrations

from careerplan.base.database import same_plan


def guard(apps, schema_editor):
    same_plan(schema_editor, "services_plannedservice", "goal_id", "goals_goal")


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial"), ("goals", "0002_goals_of_the_same_plan")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
