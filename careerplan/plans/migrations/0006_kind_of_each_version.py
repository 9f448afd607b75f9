"""Until now a plan kept the kind that it began with: so did its versions."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_over(apps, schema_editor):
    plans = apps.get_model("plans", "EmploymentPlan").objects.filter(pk=OuterRef("plan"))
    apps.get_model("plans", "PlanVersion").objects.update(plan_type=Subquery(plans.values("plan_type")[:1]))


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_rewordings_and_kinds_of_versions")]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True)]
