"""An uploaded agreement of a worksite stays as it is."""

from django.db import migrations

from worksites.guards import keep_agreements, release_agreements


def keep(apps, schema_editor):
    keep_agreements(schema_editor)


def release(apps, schema_editor):
    release_agreements(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("worksites", "0010_agreements_of_worksites")]
    operations = [migrations.RunPython(keep, release)]
