"""Sealed decisions are kept as they are, like the contents beside them."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows


def keep(apps, schema_editor):
    meta = apps.get_model("acknowledgments", "Seal")._meta
    release_rows(schema_editor, meta.db_table)
    columns = [field.column for field in meta.concrete_fields]
    keep_rows(schema_editor, meta.db_table, changeable=["voided_at"], columns=columns)


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0003_decisions_and_reviews_without_the_customer")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
