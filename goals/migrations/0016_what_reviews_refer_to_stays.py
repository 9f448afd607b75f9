"""What a release of O*NET said is retired, and neither changed nor deleted: reviews refer to it."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

COLUMNS = {
    "goals_onetoccupation": ["id", "code", "title", "description", "job_zone", "occupation_id", "came_in_id"],
    "goals_onetitem": [
        "id", "code", "kind", "element", "text", "is_core", "importance", "occupation_id", "came_in_id",
    ],
}  # fmt: skip


def keep(apps, schema_editor):
    for table, columns in COLUMNS.items():
        keep_rows(schema_editor, table, changeable=["retired_in_id"], columns=columns)


def release(apps, schema_editor):
    for table in COLUMNS:
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("goals", "0015_releases_of_onet")]
    operations = [migrations.RunPython(keep, release)]
