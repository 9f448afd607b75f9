"""The link of a seal is set as it is sealed, and stays, like the contents beside it."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows


def about_seals(apps):
    return apps.get_model("acknowledgments", "Seal")._meta


def keep(apps, schema_editor):
    meta = about_seals(apps)
    release_rows(schema_editor, meta.db_table)
    columns = [field.column for field in meta.concrete_fields]
    keep_rows(schema_editor, meta.db_table, changeable=["voided_at"], columns=columns)


def as_before(apps, schema_editor):
    """Without the column, which the migration before this one takes away: no guard may name it then."""
    meta = about_seals(apps)
    release_rows(schema_editor, meta.db_table)
    columns = [field.column for field in meta.concrete_fields if field.column != "chain_digest"]
    keep_rows(schema_editor, meta.db_table, changeable=["voided_at"], columns=columns)


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0025_each_seal_carries_the_one_before")]
    operations = [migrations.RunPython(keep, as_before)]
