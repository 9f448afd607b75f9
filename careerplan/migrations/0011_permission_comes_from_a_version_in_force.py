"""What may start or be done was permitted by a version of its plan that was in force, or is exempt for a true reason."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse

SERVICES, STEPS = "services_plannedservice", "goals_actionstep"
VERSIONS, SEALS = "plans_planversion", "acknowledgments_seal"

# Table: the guard of its permission, and of its exemption.
NAMES = {
    SERVICES: ("a_service_is_permitted_by_a_version_in_force", "a_service_is_exempt_for_a_true_reason"),
    STEPS: ("a_step_is_permitted_by_a_version_in_force", "a_step_is_exempt_for_a_true_reason"),
}
# A version of the plan: in force from that day; or with the customer, whose agreement can't be had (AMB-X4).
BY_A_VERSION = f"""EXISTS (
  SELECT 1 FROM "{VERSIONS}" version WHERE version.id = NEW.authorised_in_id AND version.plan_id = NEW.plan_id
    AND (version.approved_on = NEW.authorised_on
      OR version.state = 'awaiting' AND version.created_on <= NEW.authorised_on AND EXISTS (
        SELECT 1 FROM "{SEALS}" seal JOIN acknowledgments_uncollectedagreement unable ON unable.seal_id = seal.id
        WHERE seal.version_id = version.id AND seal.voided_at IS NULL)))"""
# Or the service from which this one goes on has the same permission.
AS_THE_FORMER = f"""EXISTS (
  SELECT 1 FROM "{SERVICES}" former WHERE former.id = NEW.continues_id AND former.plan_id = NEW.plan_id
    AND former.authorised_in_id = NEW.authorised_in_id AND former.authorised_on = NEW.authorised_on)"""
PERMITTED = {SERVICES: f"({BY_A_VERSION} OR {AS_THE_FORMER})", STEPS: BY_A_VERSION}

# Whether adding an item asks nobody is the table of rules to say, and not the database. "Before" says that a service
# started before the product kept the gate: nothing starts so any more.
EXEMPT_SERVICE = f"""CASE NEW.gate_exemption
  WHEN 'not_gated' THEN true
  WHEN 'assessment' THEN
    EXISTS (SELECT 1 FROM services_service entry WHERE entry.id = NEW.service_id AND entry.is_gate_exempt)
  WHEN 'continues' THEN
    EXISTS (SELECT 1 FROM "{SERVICES}" former WHERE former.id = NEW.continues_id AND former.actual_start_on IS NOT NULL)
  WHEN 'early' THEN
    NEW.authorised_on IS NULL AND NEW.assessment_id IS NOT NULL AND trim(NEW.early_supervisor) <> ''
    AND trim(NEW.notes) <> ''
  ELSE false END"""
EXEMPT = {SERVICES: EXEMPT_SERVICE, STEPS: "NEW.gate_exemption = 'not_gated'"}

PERMISSION = ("authorised_in_id", "authorised_on")
EXEMPTION = ("gate_exemption",)


def guard(apps, schema_editor):
    for table, (permission, exemption) in NAMES.items():
        unpermitted = f"NEW.authorised_in_id IS NOT NULL AND NOT {PERMITTED[table]}"
        hold(schema_editor, table, permission, PERMISSION, unpermitted)
        unfounded = f"NEW.gate_exemption <> '' AND NOT ({EXEMPT[table]})"
        hold(schema_editor, table, exemption, EXEMPTION, unfounded)


def hold(schema_editor, table, name, columns, when):
    """What stands stays: a version may be recalled later, or the entry of a catalog change."""
    refuse(schema_editor, table, name, moment="INSERT", when=when)
    refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=f"{differs(*columns)} AND {when}")


def lift(apps, schema_editor):
    for table, names in NAMES.items():
        for name in names:
            allow(schema_editor, table, name)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0010_seals_and_requests_go_with_their_version"),
        ("goals", "0008_which_time_it_is_off_track"),
        ("services", "0007_words_of_exemptions"),
    ]
    operations = [migrations.RunPython(guard, lift)]
