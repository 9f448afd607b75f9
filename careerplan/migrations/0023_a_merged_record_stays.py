"""A record that was merged leads to one that goes on, has nothing open, and stays as it is; its open programs go along."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse, refuse_at_commit

CUSTOMERS, ENROLLMENTS, PLANS = "customers_customer", "customers_enrollment", "plans_employmentplan"

ONCE = "a_record_is_merged_once"
NO_CHAIN = "a_merged_record_leads_to_one_that_goes_on"
NO_PLAN = "a_merged_record_has_no_open_plan"
NO_PROGRAM = "a_merged_record_has_no_open_program"
NONE_OPENED = "a_plan_is_not_opened_in_a_merged_record"
NONE_BEGUN = "a_program_does_not_begin_in_a_merged_record"
STAYS = "an_enrollment_stays_its_customers"  # of 0014

MERGES = f"NEW.merged_into_id IS NOT NULL AND {differs('merged_into_id')}"
CHAIN = f"""(
  EXISTS (SELECT 1 FROM "{CUSTOMERS}" kept WHERE kept.id = NEW.merged_into_id AND kept.merged_into_id IS NOT NULL)
  OR EXISTS (SELECT 1 FROM "{CUSTOMERS}" former WHERE former.merged_into_id = NEW.id))"""
OPEN_PLAN = f"""EXISTS (SELECT 1 FROM "{PLANS}" plan WHERE plan.customer_id = NEW.id AND plan.state = 'open')"""
OPEN_PROGRAM = f"""EXISTS (
  SELECT 1 FROM "{CUSTOMERS}" customer JOIN "{ENROLLMENTS}" program ON program.customer_id = customer.id
  WHERE customer.id = NEW.id AND customer.merged_into_id IS NOT NULL AND program.exited_on IS NULL)"""
OF_A_MERGED = f"""EXISTS (
  SELECT 1 FROM "{CUSTOMERS}" customer WHERE customer.id = NEW.customer_id AND customer.merged_into_id IS NOT NULL)"""
GOES_ALONG = f"""EXISTS (
  SELECT 1 FROM "{CUSTOMERS}" former WHERE former.id = OLD.customer_id
  AND former.merged_into_id = NEW.customer_id AND NEW.exited_on IS NULL)"""


def guard(apps, schema_editor):
    again = f"OLD.merged_into_id IS NOT NULL AND {differs('merged_into_id', 'merged_at', 'merged_by_id', 'merge_reason')}"
    columns = ["merged_into_id", "merged_at", "merged_by_id", "merge_reason"]
    refuse(schema_editor, CUSTOMERS, ONCE, moment="UPDATE", of=columns, when=again)
    refuse(schema_editor, CUSTOMERS, NO_CHAIN, moment="INSERT", when=f"NEW.merged_into_id IS NOT NULL AND {CHAIN}")
    refuse(schema_editor, CUSTOMERS, NO_CHAIN, moment="UPDATE", of=["merged_into_id"], when=f"{MERGES} AND {CHAIN}")
    refuse(schema_editor, CUSTOMERS, NO_PLAN, moment="UPDATE", of=["merged_into_id"], when=f"{MERGES} AND {OPEN_PLAN}")
    opened = f"NEW.state = 'open' AND {OF_A_MERGED}"
    refuse(schema_editor, PLANS, NONE_OPENED, moment="INSERT", when=opened)
    refuse(schema_editor, PLANS, NONE_OPENED, moment="UPDATE", of=["state", "customer_id"], when=opened)
    # The record is merged first, and its open programs go along after it.
    refuse_at_commit(schema_editor, CUSTOMERS, NO_PROGRAM, moments="UPDATE OF merged_into_id", when=OPEN_PROGRAM)
    begun = f"NEW.exited_on IS NULL AND {OF_A_MERGED}"
    refuse(schema_editor, ENROLLMENTS, NONE_BEGUN, moment="INSERT", when=begun)
    refuse(schema_editor, ENROLLMENTS, NONE_BEGUN, moment="UPDATE", of=["exited_on", "customer_id"], when=begun)
    moves = f"{differs('customer_id')} AND NOT {GOES_ALONG}"
    refuse(schema_editor, ENROLLMENTS, STAYS, moment="UPDATE", of=["customer_id"], when=moves)


def lift(apps, schema_editor):
    for table, name in (
        (CUSTOMERS, ONCE),
        (CUSTOMERS, NO_CHAIN),
        (CUSTOMERS, NO_PLAN),
        (PLANS, NONE_OPENED),
        (CUSTOMERS, NO_PROGRAM),
        (ENROLLMENTS, NONE_BEGUN),
    ):
        allow(schema_editor, table, name)
    moves = differs("customer_id")
    refuse(schema_editor, ENROLLMENTS, STAYS, moment="UPDATE", of=["customer_id"], when=moves)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0022_case_notes_stay_after_a_day"),
        ("customers", "0028_what_a_merged_record_says"),
        ("plans", "0012_language_of_notes"),
    ]
    operations = [migrations.RunPython(guard, lift)]
