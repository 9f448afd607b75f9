"""Planned services of versions that came into force before the gate was kept: they may start, too, from the first."""

import json

from django.db import migrations


def authorise(apps, schema_editor):
    planned = apps.get_model("services", "PlannedService").objects
    seals = apps.get_model("acknowledgments", "Seal").objects.filter(voided_at=None, version__state__in=["active", "superseded"])
    seals = seals.select_related("version").order_by("version__plan_id", "version__number")
    for seal in seals.iterator(chunk_size=500):
        listed = [service["id"] for service in json.loads(seal.canonical)["services"]]
        rows = planned.filter(plan=seal.version.plan_id, pk__in=listed, authorised_in=None)
        rows.update(authorised_in=seal.version, authorised_on=seal.version.approved_on)


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0006_keep_evidence_documents"),
        ("services", "0006_barriers_of_the_same_plan"),
    ]
    operations = [migrations.RunPython(authorise, migrations.RunPython.noop, elidable=True)]
