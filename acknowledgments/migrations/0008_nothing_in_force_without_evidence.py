"""A version is in force by its evidence alone: an acknowledgment of its own valid seal, with the seal's digest."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse

VERSIONS, SEALS, EVIDENCE = "plans_planversion", "acknowledgments_seal", "acknowledgments_acknowledgment"

IN_FORCE = "a_version_in_force_has_its_evidence"
VOIDED = "a_seal_with_evidence_is_not_voided"
VALID = "evidence_is_of_the_valid_seal_of_its_version"

HAS_EVIDENCE = f"""EXISTS (
  SELECT 1 FROM "{EVIDENCE}" evidence JOIN "{SEALS}" seal ON seal.id = evidence.seal_id
  WHERE evidence.version_id = NEW.id AND seal.version_id = NEW.id
    AND seal.voided_at IS NULL AND seal.digest = evidence.digest)"""
IS_AGREED = "NEW.state IN ('active', 'superseded')"
IS_OF_EVIDENCE = f'EXISTS (SELECT 1 FROM "{EVIDENCE}" evidence WHERE evidence.seal_id = NEW.id)'
SEAL_FITS = f"""EXISTS (
  SELECT 1 FROM "{SEALS}" seal
  WHERE seal.id = NEW.seal_id AND seal.version_id = NEW.version_id
    AND seal.voided_at IS NULL AND seal.digest = NEW.digest)"""


def guard(apps, schema_editor):
    without_evidence = f"{IS_AGREED} AND NOT {HAS_EVIDENCE}"
    refuse(schema_editor, VERSIONS, IN_FORCE, moment="INSERT", when=without_evidence)
    refuse(schema_editor, VERSIONS, IN_FORCE, moment="UPDATE", of=["state"], when=without_evidence)
    voids = f"{differs('voided_at')} AND {IS_OF_EVIDENCE}"
    refuse(schema_editor, SEALS, VOIDED, moment="UPDATE", of=["voided_at"], when=voids)
    refuse(schema_editor, EVIDENCE, VALID, moment="INSERT", when=f"NOT {SEAL_FITS}")


def lift(apps, schema_editor):
    allow(schema_editor, VERSIONS, IN_FORCE)
    allow(schema_editor, SEALS, VOIDED)
    allow(schema_editor, EVIDENCE, VALID)


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0007_authorise_what_is_in_force"),
        ("plans", "0003_legacy_plans_and_reasons"),
    ]
    operations = [migrations.RunPython(guard, lift)]
