"""What one row can't say of itself: a credential was earned in a service that is complete, is one of its training program,
and its proof is the customer's own; a training program is its provider's. What was listed ends and is never deleted."""

from django.db import migrations

from careerplan.base.database import allow, differs, keep_rows, refuse, refuse_deletion, release_rows
from services.classes.guards import keep_details, release_details

CREDENTIALS, SERVICES = "services_earnedcredential", "services_plannedservice"
TRAININGS = "services_training"
LISTED = ("provider", "trainingprogram", "approvedcredential")

UNFINISHED = f"""NEW.service_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "{SERVICES}" service WHERE service.id = NEW.service_id AND service.status = 'complete')"""
EARNED_IN_IT = f"""NEW.status <> 'complete' AND EXISTS (
  SELECT 1 FROM "{CREDENTIALS}" earned WHERE earned.service_id = NEW.id)"""
OF_ANOTHER_PROGRAM = f"""NEW.approved_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "{TRAININGS}" training
  JOIN "services_approvedcredential" approved ON approved.program_id = training.training_program_id
  WHERE training.planned_id = NEW.service_id AND approved.id = NEW.approved_id)"""
PROOF_OF_ANOTHER = """NEW.proof_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "customers_upload" file WHERE file.id = NEW.proof_id AND file.customer_id = NEW.customer_id)"""
OF_ANOTHER_PROVIDER = """NEW.training_program_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "services_trainingprogram" program
  WHERE program.id = NEW.training_program_id AND program.provider_id = NEW.listed_provider_id)"""
# Table, name, when it is refused, and which columns that is asked of.
GUARDS = (
    (CREDENTIALS, "only_a_complete_service_has_a_credential", UNFINISHED, ["service_id"]),
    (CREDENTIALS, "an_approved_credential_is_of_its_training_program", OF_ANOTHER_PROGRAM, ["approved_id", "service_id"]),
    (CREDENTIALS, "a_proof_of_a_credential_is_its_customers", PROOF_OF_ANOTHER, ["proof_id", "customer_id"]),
    (SERVICES, "a_service_with_a_credential_stays_complete", EARNED_IN_IT, ["status"]),
    (TRAININGS, "a_training_program_is_its_providers", OF_ANOTHER_PROVIDER, ["training_program_id", "listed_provider_id"]),
)
# Of a row that is new, none of these can be.
MOVED = (
    ("services_trainingprogram", "a_training_program_stays_with_its_provider", "provider_id"),
    ("services_approvedcredential", "an_approved_credential_stays_with_its_program", "program_id"),
)
OF_CHANGES_ALONE = {"a_service_with_a_credential_stays_complete"}


def guard(apps, schema_editor):
    for table, name, when, columns in GUARDS:
        if name not in OF_CHANGES_ALONE:
            refuse(schema_editor, table, name, moment="INSERT", when=when)
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=when)
    keep_details(schema_editor, "training", ["career_training"])
    for table, name, column in MOVED:
        refuse(schema_editor, table, name, moment="UPDATE", of=[column], when=differs(column))
    for name in LISTED:
        refuse_deletion(schema_editor, f"services_{name}")
        release_rows(schema_editor, f"services_historical{name}")  # a new installation may have kept it with all others
        keep_rows(schema_editor, f"services_historical{name}")


def lift(apps, schema_editor):
    for table, name, *_rest in (*GUARDS, *MOVED):
        allow(schema_editor, table, name)
    release_details(schema_editor, "training")
    for name in LISTED:
        for table in (f"services_{name}", f"services_historical{name}"):
            release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0032_an_earned_credential_has_a_known_type"),
        ("careerplan", "0001_keep_history_rows"),
    ]
    operations = [migrations.RunPython(guard, lift)]
