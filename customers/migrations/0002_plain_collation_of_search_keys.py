"""Search keys compare byte by byte, so that an index serves both prefix search and order."""

from django.db import migrations

from careerplan.base.database import plain_collation


TABLE = "customers_customer"


def collate(apps, schema_editor):
    keys = ["name_key", "given_key", "email_key", "username_key"]
    # A new database is made with the columns of today, and `given_key` went away (base/fresh.py).
    with schema_editor.connection.cursor() as cursor:
        there = {column.name for column in schema_editor.connection.introspection.get_table_description(cursor, TABLE)}
    plain_collation(schema_editor, TABLE, [key for key in keys if key in there])


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]
    operations = [migrations.RunPython(collate, migrations.RunPython.noop)]
