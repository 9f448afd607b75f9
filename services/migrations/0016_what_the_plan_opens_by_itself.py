"""The writing and reviewing of the plan is opened by the plan; an installation that has the catalog learns it here."""

from django.db import migrations

from careerplan.base.altering import ChangeInBatches

BY_THE_PLAN = ("IC-IEP", "PE-ISSD")


def unmarked(apps):
    return apps.get_model("services", "Service").objects.filter(code__in=BY_THE_PLAN, is_opened_by_system=False)


def mark(apps, services):
    services.update(is_opened_by_system=True)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("services", "0015_service_answers")]
    operations = [ChangeInBatches(unmarked, mark)]
