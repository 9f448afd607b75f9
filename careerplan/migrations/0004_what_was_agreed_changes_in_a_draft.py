"""What the customer agreed to changes only while a draft is open, and so does what stands in the plan."""

from django.db import migrations

from careerplan.plans.guards import REMOVAL, change_at_any_time, change_in_a_draft, enter_in_a_draft

PLANS = "plans_employmentplan"
# The bound columns of each table.
PLAN = ("barriers_comment", "no_services_reason", "no_supportive_services")
ITEMS = {
    "plans_barrier": ("category_id", "description", "removal"),
    "goals_careergoal": ("occupation_id", "explores", "words"),
    "goals_goal": ("statement", "category_id", "term"),
    "goals_actionstep": ("goal_id", "text"),
    "services_plannedservice": ("service_id", "goal_id", "removal"),
}
# The same service goes on under other funding: recorded at any time while the plan is open (12.7.5, Services).
GOES_ON = """NEW.continuation = 'funding' AND EXISTS (
  SELECT 1 FROM "services_plannedservice" former JOIN "plans_employmentplan" plan ON plan.id = former.plan_id
  WHERE former.id = NEW.continues_id AND former.plan_id = NEW.plan_id AND former.service_id = NEW.service_id
    AND former.goal_id IS NOT DISTINCT FROM NEW.goal_id AND former.removed_at IS NULL AND plan.state = 'open')"""
ENTERED_FREELY = {"services_plannedservice": GOES_ON}


def guard(apps, schema_editor):
    change_in_a_draft(schema_editor, PLANS, PLAN, plan="id")
    for table, bound in ITEMS.items():
        change_in_a_draft(schema_editor, table, (*bound, *REMOVAL))
        enter_in_a_draft(schema_editor, table, unless=ENTERED_FREELY.get(table, ""))


def lift(apps, schema_editor):
    for table in (PLANS, *ITEMS):
        change_at_any_time(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0003_rows_of_plans_are_not_deleted"),
        ("plans", "0004_plans_being_restored"),
    ]
    operations = [migrations.RunPython(guard, lift)]
