"""The plan's customer signs electronically, evidence and forms are filed with that customer, and the day is theirs."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse

PLANS, VERSIONS, SEALS = "plans_employmentplan", "plans_planversion", "acknowledgments_seal"
EVIDENCE, DOCUMENTS = "acknowledgments_acknowledgment", "acknowledgments_evidencedocument"
FORMS = "acknowledgments_printedform"
CUSTOMERS, UPLOADS, NOTES = "customers_customer", "customers_upload", "customers_casenote"

SIGNS = "the_plans_customer_signs_electronically"
THAT_DAY = "a_version_is_approved_on_the_day_of_its_evidence"
EVIDENCE_FILED = "evidence_is_filed_with_its_customer"
FORM_FILED = "a_form_is_filed_with_its_customer"

BY_ITS_CUSTOMER = f"""EXISTS (
  SELECT 1 FROM "{VERSIONS}" version JOIN "{PLANS}" plan ON plan.id = version.plan_id
  JOIN "{CUSTOMERS}" customer ON customer.id = plan.customer_id
  WHERE version.id = NEW.version_id AND customer.user_id = NEW.signer_id)"""
# On which the customer agreed on a document, or was spoken with. The day of an electronic agreement is the
# installation's, by its time zone, and not the database's to say.
ON_ANOTHER_DAY = f"""EXISTS (
  SELECT 1 FROM "{EVIDENCE}" evidence LEFT JOIN "{NOTES}" note ON note.id = evidence.case_note_id
  WHERE evidence.version_id = NEW.id AND COALESCE(evidence.agreed_on, note.contact_on) <> NEW.approved_on)"""


def filed_with(names, key):
    """SQL: the upload is of the customer whose version the row of `names`, with this key, names."""
    return f"""EXISTS (
      SELECT 1 FROM "{names}" named JOIN "{VERSIONS}" version ON version.id = named.version_id
      JOIN "{PLANS}" plan ON plan.id = version.plan_id JOIN "{UPLOADS}" upload ON upload.customer_id = plan.customer_id
      WHERE named.id = NEW.{key} AND upload.id = NEW.upload_id)"""


def guard(apps, schema_editor):
    another = f"NEW.method = 'electronic' AND NOT {BY_ITS_CUSTOMER}"
    refuse(schema_editor, EVIDENCE, SIGNS, moment="INSERT", when=another)
    otherwise = f"{differs('approved_on')} AND {ON_ANOTHER_DAY}"
    refuse(schema_editor, VERSIONS, THAT_DAY, moment="UPDATE", of=["approved_on"], when=otherwise)
    elsewhere = f"NOT {filed_with(EVIDENCE, 'acknowledgment_id')}"
    refuse(schema_editor, DOCUMENTS, EVIDENCE_FILED, moment="INSERT", when=elsewhere)
    elsewhere = f"NEW.upload_id IS NOT NULL AND NOT {filed_with(SEALS, 'seal_id')}"
    refuse(schema_editor, FORMS, FORM_FILED, moment="INSERT", when=elsewhere)
    refuse(schema_editor, FORMS, FORM_FILED, moment="UPDATE", of=["upload_id"], when=elsewhere)


def lift(apps, schema_editor):
    allow(schema_editor, EVIDENCE, SIGNS)
    allow(schema_editor, VERSIONS, THAT_DAY)
    allow(schema_editor, DOCUMENTS, EVIDENCE_FILED)
    allow(schema_editor, FORMS, FORM_FILED)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0015_a_plan_is_put_back_as_its_version_ends")]
    operations = [migrations.RunPython(guard, lift)]
