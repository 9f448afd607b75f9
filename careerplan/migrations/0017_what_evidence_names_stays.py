"""A stored file, a case note that evidence names, and a plan of an older system that has moved here stay as they are."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse

UPLOADS, NOTES, LEGACY = "customers_upload", "customers_casenote", "plans_legacyplan"

FILE = ("customer_id", "file", "content_type", "byte_count", "sha256")
NOTE = ("customer_id", "subject", "text", "contact_on", "contact_method", "written_by_id", "written_at")
# Its customer, and that it moved, stay by guards of their own (0005).
REGISTERED = ("system", "reference", "acknowledged_on", "acknowledgment_id", "next_review_on")

NAMED = """(
  EXISTS (SELECT 1 FROM acknowledgments_acknowledgment evidence WHERE evidence.case_note_id = NEW.id)
  OR EXISTS (SELECT 1 FROM acknowledgments_uncollectedagreement unable WHERE unable.case_note_id = NEW.id)
  OR EXISTS (SELECT 1 FROM plans_planversion version WHERE version.not_completed_note_id = NEW.id))"""

# Table: the name of its guard, the columns, and from when on they stay.
KEPT = {
    UPLOADS: ("an_upload_keeps_its_file_and_customer", FILE, "true"),
    NOTES: ("a_case_note_that_evidence_names_stays", NOTE, NAMED),
    LEGACY: ("a_legacy_plan_that_moved_stays_as_registered", REGISTERED, "OLD.moved_to_id IS NOT NULL"),
}


def guard(apps, schema_editor):
    for table, (name, columns, when) in KEPT.items():
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=f"{differs(*columns)} AND {when}")


def lift(apps, schema_editor):
    for table, (name, *_rest) in KEPT.items():
        allow(schema_editor, table, name)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0016_evidence_is_the_customers_own")]
    operations = [migrations.RunPython(guard, lift)]
