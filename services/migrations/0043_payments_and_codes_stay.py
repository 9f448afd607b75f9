"""Who was paid stays as it was said; codes of sources are corrected and never deleted, and their history stays."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows
from services.costs.guards import keep_payee, release_payee

CODES, HISTORY = "services_feedcode", "services_historicalfeedcode"
KEPT = ("id", "source_id", "code", "row_version")


def keep(apps, schema_editor):
    release_rows(schema_editor, HISTORY)  # a new installation may have kept it with all others
    keep_rows(schema_editor, HISTORY)
    keep_rows(schema_editor, CODES, changeable=["row_version"], columns=KEPT)
    keep_payee(schema_editor)


def release(apps, schema_editor):
    release_payee(schema_editor)
    for table in (HISTORY, CODES):
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("services", "0042_payments_are_costs"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
