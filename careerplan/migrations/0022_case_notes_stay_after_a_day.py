"""The words of a case note stay after a day, and its writer always; what is added to it, and what asked for it, stay."""

from django.db import migrations

from careerplan.base.database import allow, differs, keep_rows, older_than, refuse, release_rows

NOTES, ADDENDA, HISTORY = "customers_casenote", "customers_casenoteaddendum", "customers_historicalcasenoteaddendum"
HOURS = 24

WORDS = ("subject", "text", "contact_on", "contact_method", "category")
WRITER = ("written_by_id", "written_at")
ABOUT = ("about_kind", "about_key")

AFTER_A_DAY = "a_case_note_keeps_its_words_after_a_day"
SAME_WRITER = "a_case_note_keeps_its_writer"
SAME_MATTER = "a_case_note_stays_about_what_asked_for_it"
OWN_MATTER = "a_case_note_is_about_what_is_its_customers"

OF_A_PLAN = """EXISTS (
  SELECT 1 FROM "{table}" matter JOIN "plans_employmentplan" plan ON plan.id = matter.plan_id
  WHERE NEW.about_kind = '{kind}' AND matter.id = NEW.about_key AND plan.customer_id = NEW.customer_id)"""
OF_THE_RECORD = """EXISTS (
  SELECT 1 FROM "customers_assessment" matter
  WHERE NEW.about_kind = 'assessment' AND matter.id = NEW.about_key AND matter.customer_id = NEW.customer_id)"""
OWN = (
    OF_A_PLAN.format(table="plans_planversion", kind="version"),
    OF_A_PLAN.format(table="services_plannedservice", kind="service"),
    OF_THE_RECORD,
)


def guard(apps, schema_editor):
    old = older_than(schema_editor, "OLD.written_at", hours=HOURS)
    refuse(schema_editor, NOTES, AFTER_A_DAY, moment="UPDATE", of=WORDS, when=f"{differs(*WORDS)} AND {old}")
    refuse(schema_editor, NOTES, SAME_WRITER, moment="UPDATE", of=WRITER, when=differs(*WRITER))
    refuse(schema_editor, NOTES, SAME_MATTER, moment="UPDATE", of=ABOUT, when=differs(*ABOUT))
    others = f"NEW.about_key IS NOT NULL AND NOT ({' OR '.join(OWN)})"
    refuse(schema_editor, NOTES, OWN_MATTER, moment="INSERT", when=others)
    for table in (ADDENDA, HISTORY):
        keep_rows(schema_editor, table)


def lift(apps, schema_editor):
    for table in (ADDENDA, HISTORY):
        release_rows(schema_editor, table)
    for name in (AFTER_A_DAY, SAME_WRITER, SAME_MATTER, OWN_MATTER):
        allow(schema_editor, NOTES, name)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0021_uploads_papers_requests_and_answers_stay"),
        ("customers", "0026_addenda_to_case_notes"),
        ("services", "0006_barriers_of_the_same_plan"),
        ("plans", "0003_legacy_plans_and_reasons"),
    ]
    operations = [migrations.RunPython(guard, lift)]
