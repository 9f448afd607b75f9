"""An item stays in its plan, a planned service the entry of the catalog that it is, a career goal in its role."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse

FIXED = {
    "plans_barrier": ("plan_id",),
    "goals_careergoal": ("plan_id", "role"),
    "goals_goal": ("plan_id",),
    "goals_actionstep": ("plan_id",),
    "services_plannedservice": ("plan_id", "service_id", "continues_id", "continuation"),
}


def stays(table):
    return f"{table}_stays_what_it_is"


def guard(apps, schema_editor):
    for table, columns in FIXED.items():
        refuse(schema_editor, table, stays(table), moment="UPDATE", of=columns, when=differs(*columns))


def lift(apps, schema_editor):
    for table in FIXED:
        allow(schema_editor, table, stays(table))


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0005_what_moves_once")]
    operations = [migrations.RunPython(guard, lift)]
