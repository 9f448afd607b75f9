"""A planned service answers barriers of its own plan only, and stands under a goal of its own plan.

SQLite makes a table anew when its columns change and forgets the table's triggers: they are set again.
"""

from django.db import migrations

from careerplan.base.database import drop_same_plan, same_plan, same_plan_link

PLANNED, LINKS = "services_plannedservice", "services_plannedservice_barriers"


def guard(apps, schema_editor):
    drop_same_plan(schema_editor, PLANNED, "goal_id")
    same_plan(schema_editor, PLANNED, "goal_id", "goals_goal")
    same_plan_link(schema_editor, LINKS, ("plannedservice_id", PLANNED), ("barrier_id", "plans_barrier"))


class Migration(migrations.Migration):
    dependencies = [("services", "0005_a_service_starts_once_agreed")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
