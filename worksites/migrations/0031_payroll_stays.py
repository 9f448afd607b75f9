"""Rows of payroll stay as they are; periods of a placement don't overlap; a file is withdrawn once."""

from django.db import migrations

from worksites.payroll.guards import keep_payroll, release_payroll


def keep(apps, schema_editor):
    keep_payroll(schema_editor)


def release(apps, schema_editor):
    release_payroll(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("worksites", "0030_payroll")]
    operations = [migrations.RunPython(keep, release)]
