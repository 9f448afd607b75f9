"""A case note, an upload, a plan or a service that a row names is of the row's own customer: nothing of another person."""

from django.db import migrations

from careerplan.base.database import allow, refuse

PLANS, VERSIONS, LEGACY = "plans_employmentplan", "plans_planversion", "plans_legacyplan"
EVIDENCE, UNABLE = "acknowledgments_acknowledgment", "acknowledgments_uncollectedagreement"
SEALS, REQUESTS = "acknowledgments_seal", "acknowledgments_staffrequest"
SERVICES, CREDENTIALS = "services_plannedservice", "services_earnedcredential"
UPLOADS, NOTES = "customers_upload", "customers_casenote"

OWN = "NEW.customer_id"


def customer(table, column):
    """SQL: whose row of the table it is that NEW names in the column."""
    return f'(SELECT named.customer_id FROM "{table}" named WHERE named.id = NEW.{column})'


OF_THE_PLAN = customer(PLANS, "plan_id")
OF_THE_VERSION = f"""(
  SELECT plan.customer_id FROM "{VERSIONS}" version JOIN "{PLANS}" plan ON plan.id = version.plan_id
  WHERE version.id = NEW.version_id)"""
OF_THE_SEAL = f"""(
  SELECT plan.customer_id FROM "{SEALS}" seal JOIN "{VERSIONS}" version ON version.id = seal.version_id
  JOIN "{PLANS}" plan ON plan.id = version.plan_id WHERE seal.id = NEW.seal_id)"""


def customer_of_service(column):
    return f"""(
      SELECT plan.customer_id FROM "{SERVICES}" service JOIN "{PLANS}" plan ON plan.id = service.plan_id
      WHERE service.id = NEW.{column})"""



# The name of the guard: the table, the column, whose the row is, and whose the named one.
GUARDS = {
    "evidence_names_a_note_of_its_customer": (EVIDENCE, "case_note_id", OF_THE_VERSION, customer(NOTES, "case_note_id")),
    "an_agreement_not_collected_names_a_note_of_its_customer": (
        UNABLE, "case_note_id", OF_THE_SEAL, customer(NOTES, "case_note_id")
    ),
    "a_version_not_completed_names_a_note_of_its_customer": (
        VERSIONS, "not_completed_note_id", OF_THE_PLAN, customer(NOTES, "not_completed_note_id")
    ),
    "a_legacy_plan_names_an_upload_of_its_customer": (
        LEGACY, "acknowledgment_id", OWN, customer(UPLOADS, "acknowledgment_id")
    ),
    "a_legacy_plan_moves_to_a_plan_of_its_customer": (LEGACY, "moved_to_id", OWN, customer(PLANS, "moved_to_id")),
    "a_plan_follows_one_of_its_customer": (PLANS, "follows_id", OWN, customer(PLANS, "follows_id")),
    "a_staff_request_names_a_plan_of_its_customer": (REQUESTS, "plan_id", OWN, customer(PLANS, "plan_id")),
    "a_credential_names_a_service_of_its_customer": (CREDENTIALS, "service_id", OWN, customer_of_service("service_id")),
    "a_service_goes_on_from_one_of_its_customer": (
        SERVICES, "continues_id", OF_THE_PLAN, customer_of_service("continues_id")
    ),
}  # fmt: skip


def guard(apps, schema_editor):
    for name, (table, column, owner, named) in GUARDS.items():
        elsewhere = f"NEW.{column} IS NOT NULL AND {owner} IS DISTINCT FROM {named}"
        refuse(schema_editor, table, name, moment="INSERT", when=elsewhere)
        columns = [column, "customer_id"] if owner == OWN else [column]
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=elsewhere)


def lift(apps, schema_editor):
    for name, (table, *_rest) in GUARDS.items():
        allow(schema_editor, table, name)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0018_each_time_off_track_counts")]
    operations = [migrations.RunPython(guard, lift)]
