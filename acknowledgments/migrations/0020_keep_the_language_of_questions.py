"""The language of a question is kept with it, and that of its answer is said with the answer, once."""

from django.db import migrations

from careerplan.base.database import allow, differs, keep_rows, refuse, release_rows

QUESTIONS = "acknowledgments_itemquestion"
ANSWERED = "a_question_about_an_item_is_answered_once"
BEFORE = ("answer", "answered_by_id", "answered_at")
ANSWER = (*BEFORE, "answered_in")


def columns_of(apps):
    return [field.column for field in apps.get_model("acknowledgments", "ItemQuestion")._meta.concrete_fields]


def guard(apps, schema_editor):
    guard_answer(schema_editor, ANSWER, columns_of(apps))


def guard_as_before(apps, schema_editor):
    columns = [column for column in columns_of(apps) if column not in {"asked_in", "answered_in"}]
    guard_answer(schema_editor, BEFORE, columns)


def guard_answer(schema_editor, answer, columns):
    release_rows(schema_editor, QUESTIONS)
    allow(schema_editor, QUESTIONS, ANSWERED)
    keep_rows(schema_editor, QUESTIONS, changeable=[*answer, "row_version"], columns=columns)
    again = f"OLD.answered_at IS NOT NULL AND {differs(*answer)}"
    refuse(schema_editor, QUESTIONS, ANSWERED, moment="UPDATE", of=answer, when=again)


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0019_language_of_questions")]
    operations = [migrations.RunPython(guard, guard_as_before)]
