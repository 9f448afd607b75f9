"""What a customer asked about a version is kept as it was written, of a version that waited, and is answered once."""

from django.db import migrations

from careerplan.base.database import allow, differs, keep_rows, refuse, release_rows

QUESTIONS, HISTORY = "acknowledgments_itemquestion", "acknowledgments_historicalitemquestion"
SEALS, REQUESTS = "acknowledgments_seal", "acknowledgments_acknowledgmentrequest"
VERSIONS, PLANS, CUSTOMERS = "plans_planversion", "plans_employmentplan", "customers_customer"

ASKED = "a_question_is_asked_by_the_customer_of_what_waits"
ANSWERED = "a_question_about_an_item_is_answered_once"

ANSWER = ("answer", "answered_by_id", "answered_at")
WAITS_FOR_THE_ASKER = f"""EXISTS (
  SELECT 1 FROM "{SEALS}" seal JOIN "{REQUESTS}" request ON request.seal_id = seal.id
    JOIN "{VERSIONS}" version ON version.id = seal.version_id JOIN "{PLANS}" plan ON plan.id = version.plan_id
    JOIN "{CUSTOMERS}" customer ON customer.id = plan.customer_id
  WHERE seal.id = NEW.seal_id AND seal.voided_at IS NULL AND version.state = 'awaiting'
    AND request.notified_at IS NOT NULL AND request.withdrawn_at IS NULL AND request.answered_at IS NULL
    AND customer.user_id = NEW.asked_by_id)"""


def guard(apps, schema_editor):
    columns = [field.column for field in apps.get_model("acknowledgments", "ItemQuestion")._meta.concrete_fields]
    keep_rows(schema_editor, QUESTIONS, changeable=[*ANSWER, "row_version"], columns=columns)
    keep_rows(schema_editor, HISTORY)
    refuse(schema_editor, QUESTIONS, ASKED, moment="INSERT", when=f"NOT {WAITS_FOR_THE_ASKER}")
    again = f"OLD.answered_at IS NOT NULL AND {differs(*ANSWER)}"
    refuse(schema_editor, QUESTIONS, ANSWERED, moment="UPDATE", of=ANSWER, when=again)


def lift(apps, schema_editor):
    allow(schema_editor, QUESTIONS, ASKED)
    allow(schema_editor, QUESTIONS, ANSWERED)
    release_rows(schema_editor, QUESTIONS)
    release_rows(schema_editor, HISTORY)


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0016_questions_about_items"),
        ("customers", "0001_initial"),
        ("plans", "0007_a_version_has_its_kind"),
    ]
    operations = [migrations.RunPython(guard, lift)]
