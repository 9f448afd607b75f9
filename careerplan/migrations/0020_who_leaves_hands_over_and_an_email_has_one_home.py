"""Nobody who answers for something is switched off, nothing goes to one who is, and an e-mail has one home."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse, refuse_at_commit

PEOPLE, CUSTOMERS, ENROLLMENTS = "accounts_user", "customers_customer", "customers_enrollment"
REQUESTS, ANSWERS = "acknowledgments_staffrequest", "acknowledgments_staffanswer"

HANDS_OVER = "who_leaves_hands_over_first"
AT_WORK = "a_customers_planner_is_at_work"
PROGRAM_AT_WORK = "a_programs_planner_is_at_work"
ONE_EMAIL = "a_customers_email_is_that_of_the_sign_in"
SIGN_IN_EMAIL = "the_email_of_a_sign_in_is_that_of_its_customer"

HANGS = f"""(
  EXISTS (SELECT 1 FROM "{CUSTOMERS}" WHERE planner_id = NEW.id)
  OR EXISTS (SELECT 1 FROM "{ENROLLMENTS}" WHERE planner_id = NEW.id AND exited_on IS NULL)
  OR EXISTS (SELECT 1 FROM "{REQUESTS}" WHERE COALESCE(passed_to_id, asked_by_id) = NEW.id AND state = 'waiting')
  OR EXISTS (
    SELECT 1 FROM "{ANSWERS}" answer JOIN "{REQUESTS}" request ON request.id = answer.request_id
    WHERE COALESCE(answer.passed_to_id, answer.approver_id) = NEW.id AND answer.answer = ''
    AND request.state = 'waiting'))"""
LEAVES = "(NOT NEW.is_active OR NEW.role NOT IN ('planner', 'statewide'))"
OFF = f"""EXISTS (SELECT 1 FROM "{PEOPLE}" person WHERE person.id = NEW.planner_id AND NOT person.is_active)"""
OF_THE_SIGN_IN = f"""(SELECT person.email FROM "{PEOPLE}" person WHERE person.id = NEW.user_id)"""


def guard(apps, schema_editor):
    leaves = f"{differs('is_active', 'role')} AND {LEAVES} AND {HANGS}"
    refuse(schema_editor, PEOPLE, HANDS_OVER, moment="UPDATE", of=["is_active", "role"], when=leaves)
    for table, name, also in ((CUSTOMERS, AT_WORK, ""), (ENROLLMENTS, PROGRAM_AT_WORK, " AND NEW.exited_on IS NULL")):
        to_nobody = f"NEW.planner_id IS NOT NULL{also} AND {OFF}"
        refuse(schema_editor, table, name, moment="INSERT", when=to_nobody)
        given = f"{differs('planner_id')} AND {to_nobody}"
        refuse(schema_editor, table, name, moment="UPDATE", of=["planner_id"], when=given)
    another = f"NEW.user_id IS NOT NULL AND NEW.email IS DISTINCT FROM {OF_THE_SIGN_IN}"
    refuse(schema_editor, CUSTOMERS, ONE_EMAIL, moment="INSERT", when=another)
    refuse(schema_editor, CUSTOMERS, ONE_EMAIL, moment="UPDATE", of=["email", "user_id"], when=another)
    # The sign-in is written first, and the record after it.
    refuse_at_commit(
        schema_editor,
        PEOPLE,
        SIGN_IN_EMAIL,
        moments="UPDATE OF email",
        when=f"""EXISTS (
          SELECT 1 FROM "{CUSTOMERS}" customer JOIN "{PEOPLE}" person ON person.id = customer.user_id
          WHERE person.id = NEW.id AND person.email <> customer.email)""",
    )


def lift(apps, schema_editor):
    allow(schema_editor, PEOPLE, HANDS_OVER)
    allow(schema_editor, CUSTOMERS, AT_WORK)
    allow(schema_editor, ENROLLMENTS, PROGRAM_AT_WORK)
    allow(schema_editor, CUSTOMERS, ONE_EMAIL)
    allow(schema_editor, PEOPLE, SIGN_IN_EMAIL)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0019_what_a_row_names_is_its_customers"),
        ("accounts", "0003_addresses_that_bounce_and_changes_of_sign_ins"),
        ("customers", "0009_a_customers_email_is_that_of_the_sign_in"),
        ("acknowledgments", "0015_work_handed_over_and_marked_evidence"),
    ]
    operations = [migrations.RunPython(guard, lift)]
