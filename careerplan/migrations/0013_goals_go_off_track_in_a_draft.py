"""A goal goes off track while a draft is open, for the customer to agree; in a closed plan its status stays."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse
from careerplan.plans.guards import may_change

GOALS, PLANS = "goals_goal", "plans_employmentplan"
OFF_TRACK = "a_goal_goes_off_track_in_a_draft"
CLOSED = "a_goal_of_a_closed_plan_keeps_its_status"

IN_CLOSED_PLAN = f"EXISTS (SELECT 1 FROM \"{PLANS}\" plan WHERE plan.id = NEW.plan_id AND plan.state = 'closed')"


def guard(apps, schema_editor):
    changes = differs("status")
    goes = f"{changes} AND NEW.status = 'off_track' AND NOT {may_change('NEW.plan_id')}"
    refuse(schema_editor, GOALS, OFF_TRACK, moment="UPDATE", of=["status"], when=goes)
    refuse(schema_editor, GOALS, CLOSED, moment="UPDATE", of=["status"], when=f"{changes} AND {IN_CLOSED_PLAN}")


def lift(apps, schema_editor):
    allow(schema_editor, GOALS, OFF_TRACK)
    allow(schema_editor, GOALS, CLOSED)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0012_what_a_version_says_stays")]
    operations = [migrations.RunPython(guard, lift)]
