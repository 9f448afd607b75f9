"""Details of support stay with the service whose they are, and only a supportive service has them."""

from django.db import migrations

from services.classes.guards import keep_details, release_details


def keep(apps, schema_editor):
    keep_details(schema_editor, "support", ["support"])


def release(apps, schema_editor):
    release_details(schema_editor, "support")


class Migration(migrations.Migration):
    dependencies = [("services", "0019_details_of_support"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
