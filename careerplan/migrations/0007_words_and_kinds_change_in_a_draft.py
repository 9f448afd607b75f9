"""The planner's word about a changed text, and the kind of the plan, change in a draft alone, as what they belong to."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse
from careerplan.plans.guards import REMOVAL, change_in_a_draft

BOUND = {
    "plans_barrier": ("category_id", "description", "rewording", "removal"),
    "goals_actionstep": ("goal_id", "text", "rewording"),
}
PLAN = ("plan_type", "barriers_comment", "comment_rewording", "no_services_reason", "no_supportive_services")
VERSIONS, KEEPS_ITS_KIND = "plans_planversion", "a_version_keeps_its_kind"


def guard(apps, schema_editor):
    change_in_a_draft(schema_editor, "plans_employmentplan", PLAN, plan="id")
    for table, columns in BOUND.items():
        change_in_a_draft(schema_editor, table, (*columns, *REMOVAL))
    when = f"{differs('plan_type')} AND OLD.state <> 'draft'"
    refuse(schema_editor, VERSIONS, KEEPS_ITS_KIND, moment="UPDATE", of=["plan_type"], when=when)


def lift(apps, schema_editor):
    allow(schema_editor, VERSIONS, KEEPS_ITS_KIND)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0006_items_stay_in_their_plan"),
        ("plans", "0007_a_version_has_its_kind"),
        ("goals", "0007_a_step_is_done_once_agreed"),
    ]
    operations = [migrations.RunPython(guard, lift)]
