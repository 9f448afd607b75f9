"""Services that started before the gate was kept keep their start, and the catalog learns the two assessments."""

from django.db import migrations

STEPS = {"BC-INIT": "initial", "IC-COMP": "comprehensive"}


def mark(apps, schema_editor):
    planned = apps.get_model("services", "PlannedService").objects
    planned.filter(actual_start_on__isnull=False).update(gate_exemption="before")
    for code, step in STEPS.items():
        apps.get_model("services", "Service").objects.filter(code=code).update(assessment_step=step)


class Migration(migrations.Migration):
    dependencies = [("services", "0003_the_gate")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
