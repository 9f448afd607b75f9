"""The customer agrees where the rules ask, staff record a review where they don't, and evidence answers its request."""

from django.db import migrations

from careerplan.base.database import allow, refuse, says_no

VERSIONS, SEALS = "plans_planversion", "acknowledgments_seal"
EVIDENCE, REQUESTS = "acknowledgments_acknowledgment", "acknowledgments_acknowledgmentrequest"

WAY = "the_way_of_agreement_is_the_one_that_was_asked_for"
OWN_REQUEST = "the_evidence_answers_the_request_of_its_seal"
ANSWERED = "a_request_is_answered_by_its_evidence"
ASKED = "a_request_asks_for_a_version_that_waits"

ANSWERS_OWN = f"""EXISTS (
  SELECT 1 FROM "{REQUESTS}" request WHERE request.id = NEW.request_id AND request.seal_id = NEW.seal_id
    AND request.notified_at IS NOT NULL AND request.withdrawn_at IS NULL AND request.answered_at IS NULL)"""
HAS_EVIDENCE = f'EXISTS (SELECT 1 FROM "{EVIDENCE}" evidence WHERE evidence.request_id = NEW.id)'
WAITS = f"""EXISTS (
  SELECT 1 FROM "{SEALS}" seal JOIN "{VERSIONS}" version ON version.id = seal.version_id
  WHERE seal.id = NEW.seal_id AND seal.voided_at IS NULL AND version.state = 'awaiting')"""


def guard(apps, schema_editor):
    refuse(schema_editor, EVIDENCE, WAY, moment="INSERT", when=f"NOT {was_asked_for(schema_editor)}")
    another = f"NEW.request_id IS NOT NULL AND NOT {ANSWERS_OWN}"
    refuse(schema_editor, EVIDENCE, OWN_REQUEST, moment="INSERT", when=another)
    unanswered = f"NEW.answered_at IS NOT NULL AND NOT {HAS_EVIDENCE}"
    refuse(schema_editor, REQUESTS, ANSWERED, moment="INSERT", when=unanswered)
    refuse(schema_editor, REQUESTS, ANSWERED, moment="UPDATE", of=["answered_at"], when=unanswered)
    refuse(schema_editor, REQUESTS, ASKED, moment="INSERT", when=f"NOT {WAITS}")


def was_asked_for(schema_editor):
    """Nobody is asked of a draft whose sealed decision says so; whoever else agrees, agrees to what was sent."""
    asks_nobody = says_no(schema_editor, "seal.decision", "acknowledgment_needed")
    return f"""EXISTS (
      SELECT 1 FROM "{VERSIONS}" version JOIN "{SEALS}" seal ON seal.id = NEW.seal_id
      WHERE version.id = NEW.version_id AND (NEW.method = 'not_required' AND version.state = 'draft' AND {asks_nobody}
        OR NEW.method <> 'not_required' AND version.state = 'awaiting'))"""


def lift(apps, schema_editor):
    allow(schema_editor, EVIDENCE, WAY)
    allow(schema_editor, EVIDENCE, OWN_REQUEST)
    allow(schema_editor, REQUESTS, ANSWERED)
    allow(schema_editor, REQUESTS, ASKED)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0008_each_time_off_track_in_a_draft"),
        ("acknowledgments", "0011_deletion_of_a_shared_draft"),
    ]
    operations = [migrations.RunPython(guard, lift)]
