"""The mark under which a plan is put back without a draft serves the version that the customer declines, and no other.

No transaction ends with the mark set (plans/0004), so that it is enough to say when it is taken back.
"""

from django.db import migrations

from careerplan.base.database import allow, refuse

PLANS, VERSIONS = "plans_employmentplan", "plans_planversion"
PUT_BACK = "a_plan_is_put_back_as_its_version_ends"
ENDS = "a_version_that_is_put_back_is_not_completed"

STILL_WAITS = f"EXISTS (SELECT 1 FROM \"{VERSIONS}\" version WHERE version.plan_id = NEW.id AND version.state = 'awaiting')"
MARKED = f'EXISTS (SELECT 1 FROM "{PLANS}" plan WHERE plan.id = NEW.plan_id AND plan.restoring_id IS NOT NULL)'


def guard(apps, schema_editor):
    early = f"OLD.restoring_id IS NOT NULL AND NEW.restoring_id IS NULL AND {STILL_WAITS}"
    refuse(schema_editor, PLANS, PUT_BACK, moment="UPDATE", of=["restoring_id"], when=early)
    another = f"OLD.state = 'awaiting' AND NEW.state NOT IN ('awaiting', 'not_completed') AND {MARKED}"
    refuse(schema_editor, VERSIONS, ENDS, moment="UPDATE", of=["state"], when=another)


def lift(apps, schema_editor):
    allow(schema_editor, PLANS, PUT_BACK)
    allow(schema_editor, VERSIONS, ENDS)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0014_enrollments_are_kept")]
    operations = [migrations.RunPython(guard, lift)]
