"""Search keys compare byte by byte, so that an index serves both prefix search and order."""

from django.db import migrations

from careerplan.base.database import plain_collation


def collate(apps, schema_editor):
    plain_collation(
        schema_editor, "customers_customer", ["name_key", "given_key", "email_key", "username_key"]
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]
    operations = [migrations.RunPython(collate, migrations.RunPython.noop)]
