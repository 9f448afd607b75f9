"""Placements, their wages and their history stay; a job has no more placements than openings."""

from django.db import migrations

from worksites.guards import keep_placements, release_placements


def keep(apps, schema_editor):
    keep_placements(schema_editor)


def release(apps, schema_editor):
    release_placements(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("worksites", "0002_employers_jobs_and_placements"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
