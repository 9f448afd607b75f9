"""Action steps that were done before the product kept the gate say so."""

from django.db import migrations


def exempt(apps, schema_editor):
    apps.get_model("goals", "ActionStep").objects.filter(done_on__isnull=False).update(gate_exemption="before")


class Migration(migrations.Migration):
    dependencies = [("goals", "0005_action_steps_wait")]
    operations = [migrations.RunPython(exempt, migrations.RunPython.noop, elidable=True)]
