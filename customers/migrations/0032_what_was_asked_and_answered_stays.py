"""What was asked is never changed, an answer is to a question of its section, and looks are kept."""

from django.db import migrations

from careerplan.base.database import (
    allow,
    differs,
    keep_rows,
    refuse,
    refuse_deletion,
    release_rows,
)

WORDINGS, FIELDS, LOOKS = "customers_fielddefinition", "customers_sectionfield", "customers_confidentiallook"
RECORDS, ANSWERS, CONFIDENTIAL = (
    "customers_sectionrecord",
    "customers_sectionanswer",
    "customers_confidentialanswer",
)
KEPT = (
    WORDINGS,
    LOOKS,
    "customers_historicalassessmentsection",
    "customers_historicalsectionfield",
    "customers_historicalsectionrecord",
    "customers_historicalsectionanswer",
)
SAME_QUESTION = "a_question_keeps_its_kind_and_who_reads_it"
SAME_RECORD = "a_section_stays_its_customers"
OF_ITS_SECTION = {
    ANSWERS: "an_answer_is_to_an_open_question_of_its_section",
    CONFIDENTIAL: "a_confidential_answer_is_to_a_confidential_question",
}
NAMED = ("record_id", "field_id", "definition_id")

BEFORE = f"""EXISTS (
  SELECT 1 FROM "{WORDINGS}" before WHERE before.field_id = NEW.field_id AND before.id <> NEW.id
  AND (before.is_confidential <> NEW.is_confidential OR before.kind <> NEW.kind))"""


def fits(confidential):
    return f"""EXISTS (
      SELECT 1 FROM "{WORDINGS}" wording JOIN "{FIELDS}" field ON field.id = wording.field_id
      JOIN "{RECORDS}" record ON record.section_id = field.section_id
      WHERE wording.id = NEW.definition_id AND field.id = NEW.field_id AND record.id = NEW.record_id
      AND {'' if confidential else 'NOT '}wording.is_confidential)"""


def guard(apps, schema_editor):
    for table in KEPT:
        release_rows(schema_editor, table)  # a new installation may have kept it with all others
        keep_rows(schema_editor, table)
    fixed = ["id", "code", "section_id"]
    keep_rows(schema_editor, FIELDS, changeable=["position", "is_active", "row_version"], columns=fixed)
    refuse(schema_editor, WORDINGS, SAME_QUESTION, moment="INSERT", when=BEFORE)
    own = ("customer_id", "section_id")
    refuse(schema_editor, RECORDS, SAME_RECORD, moment="UPDATE", of=own, when=differs(*own))
    for table, name in OF_ITS_SECTION.items():
        wrong = f"NOT {fits(table == CONFIDENTIAL)}"
        refuse(schema_editor, table, name, moment="INSERT", when=wrong)
        moved = f"({differs('record_id', 'field_id')} OR {wrong})"
        refuse(schema_editor, table, name, moment="UPDATE", of=NAMED, when=moved)
    for table in (RECORDS, ANSWERS, CONFIDENTIAL):
        refuse_deletion(schema_editor, table)


def lift(apps, schema_editor):
    for table in (*KEPT, FIELDS, RECORDS, ANSWERS, CONFIDENTIAL):
        release_rows(schema_editor, table)
    allow(schema_editor, WORDINGS, SAME_QUESTION)
    allow(schema_editor, RECORDS, SAME_RECORD)
    for table, name in OF_ITS_SECTION.items():
        allow(schema_editor, table, name)


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0031_sections_of_the_assessment"),
        ("careerplan", "0001_keep_history_rows"),
    ]
    operations = [migrations.RunPython(guard, lift)]
