"""The writing and reviewing of the plan is opened by the plan; an installation that has the catalog learns it here."""

from django.db import migrations

BY_THE_PLAN = ("IC-IEP", "PE-ISSD")


def mark(apps, schema_editor):
    apps.get_model("services", "Service").objects.filter(code__in=BY_THE_PLAN).update(is_opened_by_system=True)


class Migration(migrations.Migration):
    dependencies = [("services", "0015_service_answers")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
