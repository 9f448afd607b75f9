"""The digest of a day is neither changed nor deleted."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

TABLE = "acknowledgments_daydigest"


def keep(apps, schema_editor):
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0028_digests_of_days")]
    operations = [migrations.RunPython(keep, release)]
