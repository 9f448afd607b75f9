"""The order in which a release writes the tasks that have no rating: kept as all else that it said."""

from django.db import migrations, models

from careerplan.base.database import keep_rows, release_rows

ITEMS = "goals_onetitem"
FORMER = ["id", "code", "kind", "element", "text", "is_core", "importance", "occupation_id", "came_in_id"]


def keep(apps, schema_editor):
    release_rows(schema_editor, ITEMS)
    keep_rows(schema_editor, ITEMS, changeable=["retired_in_id"], columns=[*FORMER, "place"])


def keep_the_former(apps, schema_editor):
    release_rows(schema_editor, ITEMS)
    keep_rows(schema_editor, ITEMS, changeable=["retired_in_id"], columns=FORMER)


class Migration(migrations.Migration):
    dependencies = [("goals", "0025_what_belongs_to_one_plan_or_customer")]
    operations = [
        migrations.AddField(
            "onetitem",
            "place",
            models.PositiveSmallIntegerField(null=True, verbose_name="place of a task without a rating"),
        ),
        migrations.RunPython(keep, keep_the_former),
    ]
