"""The history of legacy plans and staff requests is kept, too; and that of tables that SQLite made anew."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

CHANGED = (
    ("plans", "HistoricalEmploymentPlan"),
    ("plans", "HistoricalLegacyPlan"),
    ("services", "HistoricalService"),
    ("services", "HistoricalPlannedService"),
    ("acknowledgments", "HistoricalStaffRequest"),
)


def keep(apps, schema_editor):
    for app, name in CHANGED:
        table = apps.get_model(app, name)._meta.db_table
        release_rows(schema_editor, table)
        keep_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0001_keep_history_rows"),
        ("plans", "0003_legacy_plans_and_reasons"),
        ("services", "0005_a_service_starts_once_agreed"),
        ("acknowledgments", "0005_ways_of_agreement_and_staff_requests"),
    ]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
