"""An action step can't stand under another plan's goal."""

from django.db import migrations

from careerplan.base.database import same_plan


def guard(apps, schema_editor):
    same_plan(schema_editor, "goals_actionstep", "goal_id", "goals_goal")


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
