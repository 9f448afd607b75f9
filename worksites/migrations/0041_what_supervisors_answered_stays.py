"""A question to a supervisor stays, and is answered once; the answers stay as they were given."""

from django.db import migrations

from worksites.evaluations.guards import keep_evaluations, release_evaluations


def keep(apps, schema_editor):
    keep_evaluations(schema_editor)


def release(apps, schema_editor):
    release_evaluations(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("worksites", "0040_supervisors_are_asked"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
