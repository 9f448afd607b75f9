"""Details stay with the service whose they are, and only a service of the class has them."""

from django.db import migrations

from services.classes.guards import keep_details, release_details


def keep(apps, schema_editor):
    keep_details(schema_editor, "apprenticeship", ["apprenticeship"])


def release(apps, schema_editor):
    release_details(schema_editor, "apprenticeship")


class Migration(migrations.Migration):
    dependencies = [("services", "0012_details_of_services"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
