"""A version waits with its seal, comes back without it and without a request, and is superseded by one with evidence."""

from django.db import migrations

from careerplan.base.database import allow, refuse, refuse_at_commit

VERSIONS, SEALS = "plans_planversion", "acknowledgments_seal"
EVIDENCE, REQUESTS = "acknowledgments_acknowledgment", "acknowledgments_acknowledgmentrequest"

SEALED = "a_version_with_the_customer_is_sealed"
TAKEN_BACK = "a_version_taken_back_leaves_no_seal_and_no_request"
OF_A_DRAFT = "a_seal_is_made_of_a_draft"
WAITS_SEALED = "a_version_has_its_seal_while_it_waits"
SUCCESSOR = "a_version_superseded_has_its_successor"

VALID_SEAL = f'EXISTS (SELECT 1 FROM "{SEALS}" seal WHERE seal.version_id = NEW.id AND seal.voided_at IS NULL)'
OPEN_REQUEST = f"""EXISTS (
  SELECT 1 FROM "{REQUESTS}" request JOIN "{SEALS}" seal ON seal.id = request.seal_id
  WHERE seal.version_id = NEW.id AND request.withdrawn_at IS NULL AND request.answered_at IS NULL)"""
DRAFTED = f"EXISTS (SELECT 1 FROM \"{VERSIONS}\" version WHERE version.id = NEW.version_id AND version.state = 'draft')"
# In the end: the version waits with a valid seal, and a draft has none.
UNFIT_SEAL = f"""EXISTS (
  SELECT 1 FROM "{VERSIONS}" version WHERE version.id = NEW.version_id
    AND version.state = CASE WHEN EXISTS (
      SELECT 1 FROM "{SEALS}" seal WHERE seal.version_id = NEW.version_id AND seal.voided_at IS NULL
    ) THEN 'draft' ELSE 'awaiting' END)"""
# The former version makes room first: its successor has its evidence by then, and is active in the end.
COMES = f"""EXISTS (
  SELECT 1 FROM "{VERSIONS}" successor JOIN "{EVIDENCE}" evidence ON evidence.version_id = successor.id
  WHERE successor.plan_id = NEW.plan_id AND successor.number > NEW.number AND successor.state IN ('draft', 'awaiting'))"""
HAS_COME = f"""EXISTS (
  SELECT 1 FROM "{VERSIONS}" successor WHERE successor.plan_id = NEW.plan_id AND successor.state = 'active')"""


def guard(apps, schema_editor):
    moves = "NEW.state <> OLD.state"
    unsealed = f"{moves} AND NEW.state = 'awaiting' AND NOT {VALID_SEAL}"
    refuse(schema_editor, VERSIONS, SEALED, moment="UPDATE", of=["state"], when=unsealed)
    leaves = f"NEW.state IN ('draft', 'deleted') AND {VALID_SEAL} OR NEW.state <> 'awaiting' AND {OPEN_REQUEST}"
    refuse(schema_editor, VERSIONS, TAKEN_BACK, moment="UPDATE", of=["state"], when=f"{moves} AND ({leaves})")
    refuse(schema_editor, SEALS, OF_A_DRAFT, moment="INSERT", when=f"NOT {DRAFTED}")
    refuse_at_commit(schema_editor, SEALS, WAITS_SEALED, moments="INSERT OR UPDATE OF voided_at", when=UNFIT_SEAL)
    ends = f"{moves} AND NEW.state = 'superseded'"
    refuse(schema_editor, VERSIONS, SUCCESSOR, moment="UPDATE", of=["state"], when=f"{ends} AND NOT {COMES}")
    none = f"NEW.state = 'superseded' AND NOT {HAS_COME}"
    refuse_at_commit(schema_editor, VERSIONS, SUCCESSOR, moments="UPDATE OF state", when=none)


def lift(apps, schema_editor):
    for name in (SEALED, TAKEN_BACK, SUCCESSOR):
        allow(schema_editor, VERSIONS, name)
    for name in (OF_A_DRAFT, WAITS_SEALED):
        allow(schema_editor, SEALS, name)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0009_agreement_comes_as_it_was_asked_for")]
    operations = [migrations.RunPython(guard, lift)]
