"""Hours attended stay with their service and day, a week and a day within it are not both there, and the days of a
service go round them."""

from django.db import migrations

from services.attendance.guards import keep_attendance, release_attendance


def keep(apps, schema_editor):
    keep_attendance(schema_editor)


def release(apps, schema_editor):
    release_attendance(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("services", "0034_attendance"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
