"""Action steps of versions that came into force before the gate was kept for them: they may be done, too."""

import json

from django.db import migrations


def authorise(apps, schema_editor):
    steps = apps.get_model("goals", "ActionStep").objects
    seals = apps.get_model("acknowledgments", "Seal").objects.filter(voided_at=None, version__state__in=["active", "superseded"])
    seals = seals.select_related("version").order_by("version__plan_id", "version__number")
    for seal in seals.iterator(chunk_size=500):
        listed = [step["id"] for step in json.loads(seal.canonical)["action_steps"]]
        rows = steps.filter(plan=seal.version.plan_id, pk__in=listed, authorised_in=None)
        rows.update(authorised_in=seal.version, authorised_on=seal.version.approved_on)


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0008_nothing_in_force_without_evidence"),
        ("goals", "0007_a_step_is_done_once_agreed"),
    ]
    operations = [migrations.RunPython(authorise, migrations.RunPython.noop, elidable=True)]
