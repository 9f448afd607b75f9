"""People are found by the beginning of their name."""

from django.db import migrations, models

from careerplan.base.database import plain_collation


def collate(apps, schema_editor):
    plain_collation(schema_editor, "accounts_user", ["search_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_emails_about_signing_in")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="search_key",
            field=models.CharField(db_default="", default="", editable=False, max_length=310),
        ),
        migrations.RunPython(collate, migrations.RunPython.noop),
    ]
