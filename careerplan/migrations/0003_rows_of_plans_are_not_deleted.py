"""Plans, their versions and items, and case notes are never deleted: an item is removed, a draft is marked as deleted."""

from django.db import migrations

from careerplan.base.database import refuse_deletion, release_rows

TABLES = (
    "customers_casenote",
    "plans_employmentplan",
    "plans_planversion",
    "plans_legacyplan",
    "plans_barrier",
    "goals_careergoal",
    "goals_goal",
    "goals_actionstep",
    "services_plannedservice",
)


def keep(apps, schema_editor):
    for table in TABLES:
        refuse_deletion(schema_editor, table)


def release(apps, schema_editor):
    for table in TABLES:
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0002_keep_history_of_legacy_plans_and_requests"),
        ("customers", "0002_plain_collation_of_search_keys"),
        ("plans", "0003_legacy_plans_and_reasons"),
        ("goals", "0004_keep_history_of_occupations"),
        ("services", "0006_barriers_of_the_same_plan"),
    ]
    operations = [migrations.RunPython(keep, release)]
