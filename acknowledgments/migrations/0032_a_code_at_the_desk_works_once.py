"""What the database holds of signing at the desk: a code for a version that waits, for a quarter of an hour, once."""

from django.db import migrations

from careerplan.base.database import allow, changed_again, keep_rows, refuse, release_rows

DESK = "acknowledgments_desksigning"
SEALS, REQUESTS, AGREEMENTS = (
    "acknowledgments_seal",
    "acknowledgments_acknowledgmentrequest",
    "acknowledgments_acknowledgment",
)
VERSIONS = "plans_planversion"

WAITS = "a_desk_signing_is_of_a_version_that_waits"
OPENS = "a_code_opens_a_version_that_waits"
IN_TIME = "a_code_works_for_a_quarter_of_an_hour"
ONCE = "a_desk_signing_moves_once"
ENDS = "a_desk_signing_that_ended_stays_so"
SIGNS = "a_desk_signing_names_the_agreement_to_its_request"

MOMENTS = ("opened_at", "confirmed_at", "signed_at", "acknowledgment_id", "ended_at")
FIXED = ("id", "device", "seed", "code_digest", "made_at", "expires_at", "planner_id", "request_id")
CHANGEABLE = ("session_key", "opened_at", "confirmed_at", "identity", "signed_at", "acknowledgment_id", "ended_at", "end")
WAITING = f"""EXISTS (
  SELECT 1 FROM "{REQUESTS}" request JOIN "{SEALS}" seal ON seal.id = request.seal_id
    JOIN "{VERSIONS}" version ON version.id = seal.version_id
  WHERE request.id = NEW.request_id AND request.withdrawn_at IS NULL AND request.answered_at IS NULL
    AND seal.voided_at IS NULL AND version.state = 'awaiting')"""
OF_ITS_REQUEST = f"""EXISTS (
  SELECT 1 FROM "{AGREEMENTS}" agreement
  WHERE agreement.id = NEW.acknowledgment_id AND agreement.request_id = NEW.request_id)"""


def too_long(schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return "NEW.expires_at > NEW.made_at + interval '15 minutes' OR NEW.expires_at <= NEW.made_at"
    minutes = "(julianday(NEW.expires_at) - julianday(NEW.made_at)) * 1440"
    return f"{minutes} > 15.001 OR {minutes} <= 0"


def guard(apps, schema_editor):
    keep_rows(schema_editor, DESK, changeable=CHANGEABLE, columns=FIXED)
    refuse(schema_editor, DESK, WAITS, moment="INSERT", when=f"NOT {WAITING}")
    refuse(schema_editor, DESK, IN_TIME, moment="INSERT", when=too_long(schema_editor))
    opens = f"NEW.opened_at IS NOT NULL AND OLD.opened_at IS NULL AND NOT {WAITING}"
    refuse(schema_editor, DESK, OPENS, moment="UPDATE", of=["opened_at"], when=opens)
    refuse(schema_editor, DESK, ONCE, moment="UPDATE", of=MOMENTS, when=changed_again(*MOMENTS))
    ended = "OLD.ended_at IS NOT NULL AND (OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL"
    ended += " OR OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL"
    ended += " OR OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL)"
    refuse(schema_editor, DESK, ENDS, moment="UPDATE", of=MOMENTS, when=ended)
    named = f"NEW.acknowledgment_id IS NOT NULL AND NOT {OF_ITS_REQUEST}"
    refuse(schema_editor, DESK, SIGNS, moment="UPDATE", of=["acknowledgment_id"], when=named)


def lift(apps, schema_editor):
    for name in (WAITS, OPENS, IN_TIME, ONCE, ENDS, SIGNS):
        allow(schema_editor, DESK, name)
    release_rows(schema_editor, DESK)


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0031_signing_at_the_desk"),
        ("plans", "0012_language_of_notes"),
    ]
    operations = [migrations.RunPython(guard, lift)]
