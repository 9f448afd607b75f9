"""Sealed contents, evidence and events are never changed or deleted; a seal may only be voided."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

CHANGEABLE = {
    ("acknowledgments", "Seal"): ["voided_at"],
    ("acknowledgments", "Acknowledgment"): [],
    ("plans", "VersionEvent"): [],
}


def keep(apps, schema_editor):
    for (app, name), changeable in CHANGEABLE.items():
        meta = apps.get_model(app, name)._meta
        columns = [field.column for field in meta.concrete_fields]
        keep_rows(schema_editor, meta.db_table, changeable=changeable, columns=columns)


def release(apps, schema_editor):
    for app, name in CHANGEABLE:
        release_rows(schema_editor, apps.get_model(app, name)._meta.db_table)


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0001_initial"), ("plans", "0001_initial")]
    operations = [migrations.RunPython(keep, release)]
