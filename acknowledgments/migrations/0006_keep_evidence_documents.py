"""Agreements and their documents are never changed or deleted.

SQLite makes a table anew when its columns change and forgets the table's triggers: they are set again.
"""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

AGAIN = (("acknowledgments", "Acknowledgment"), ("plans", "VersionEvent"))
NEW = (("acknowledgments", "EvidenceDocument"), ("acknowledgments", "UncollectedAgreement"))


def keep(apps, schema_editor):
    for app, name in AGAIN:
        release_rows(schema_editor, apps.get_model(app, name)._meta.db_table)
    for app, name in AGAIN + NEW:
        keep_rows(schema_editor, apps.get_model(app, name)._meta.db_table)


def release(apps, schema_editor):
    for app, name in NEW:
        release_rows(schema_editor, apps.get_model(app, name)._meta.db_table)


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0005_ways_of_agreement_and_staff_requests"),
        ("plans", "0003_legacy_plans_and_reasons"),
    ]
    operations = [migrations.RunPython(keep, release)]
