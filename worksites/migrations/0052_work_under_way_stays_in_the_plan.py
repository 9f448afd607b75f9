"""A service stays in the plan while a placement under it is under way, and none begins under one that left."""

from django.db import migrations

from worksites.placements.guards import keep_work_in_the_plan, release_work_in_the_plan


def keep(apps, schema_editor):
    keep_work_in_the_plan(schema_editor)


def release(apps, schema_editor):
    release_work_in_the_plan(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0043_payments_and_codes_stay"),
        ("worksites", "0051_a_corrected_hold_says_what_was_and_is"),
    ]
    operations = [migrations.RunPython(keep, release)]
