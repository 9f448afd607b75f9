"""What was filed, asked and answered stays as it was; and no table of the record is emptied, by its owner either."""

from django.db import migrations

from careerplan.base.database import (
    allow,
    differs,
    drop_trigger,
    refuse,
    refuse_deletion,
    refuse_emptying,
    release_rows,
)

UPLOADS = "customers_upload"
REQUESTS, PAPERS = "acknowledgments_acknowledgmentrequest", "acknowledgments_printedform"
STAFF_REQUESTS, ANSWERS = "acknowledgments_staffrequest", "acknowledgments_staffanswer"

# Of an upload nothing changes: its file and its customer have a guard of their own (0017).
FILED = (
    "name", "category", "document_type", "purpose", "shown_to_customer", "filed_by_system", "uploaded_by_id",
    "uploaded_at",
)  # fmt: skip
# Table: the name of its guard, from when on, and the columns that stay from then on (besides those of 0005). The day
# on which a customer first opened what waited may still be noted while the request ends.
KEPT = {
    UPLOADS: ("an_upload_stays_as_it_was_filed", "true", FILED),
    PAPERS: ("a_form_that_was_filed_stays", "OLD.rendered_at IS NOT NULL", ("attempts", "error")),
    REQUESTS: (
        "a_request_that_ended_stays",
        "(OLD.withdrawn_at IS NOT NULL OR OLD.answered_at IS NOT NULL)",
        ("notified_at", "withdrawn_at", "answered_at"),
    ),
    STAFF_REQUESTS: ("a_staff_request_asks_in_the_same_words", "true", ("what_in",)),
    ANSWERS: ("an_answer_stays_with_who_gave_it", "OLD.answer <> ''", ("passed_to_id",)),
}
HANDED_OVER = "a_staff_request_that_ended_is_not_handed_over"
BEGINS = "a_question_begins_without_an_answer"
IN_TIME = "a_question_is_answered_while_its_request_waits"
ENDED = f"""EXISTS (
  SELECT 1 FROM "{STAFF_REQUESTS}" request WHERE request.id = NEW.request_id AND request.state <> 'waiting')"""

ROWS_KEPT = (
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND p.proname = 'careerplan_refuse' ORDER BY 1"
)


def guard(apps, schema_editor):
    for table, (name, since, columns) in KEPT.items():
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=f"{differs(*columns)} AND {since}")
    passed = f"{differs('passed_to_id')} AND OLD.state <> 'waiting'"
    refuse(schema_editor, STAFF_REQUESTS, HANDED_OVER, moment="UPDATE", of=["passed_to_id"], when=passed)
    refuse(schema_editor, ANSWERS, BEGINS, moment="INSERT", when="NEW.answer <> ''")
    late = f"{differs('answer')} AND {ENDED}"
    refuse(schema_editor, ANSWERS, IN_TIME, moment="UPDATE", of=["answer"], when=late)
    refuse_deletion(schema_editor, UPLOADS)
    for table in tables_kept(schema_editor):
        refuse_emptying(schema_editor, table)


def tables_kept(schema_editor):
    """Those whose rows are not deleted; on PostgreSQL alone, since SQLite empties no table at once."""
    if schema_editor.connection.vendor != "postgresql":
        return []
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(ROWS_KEPT)
        return [table for (table,) in cursor.fetchall()]


def lift(apps, schema_editor):
    for table in tables_kept(schema_editor):
        drop_trigger(schema_editor, table, f"{table}_no_truncate")
    release_rows(schema_editor, UPLOADS)
    for table, (name, *_rest) in KEPT.items():
        allow(schema_editor, table, name)
    allow(schema_editor, STAFF_REQUESTS, HANDED_OVER)
    allow(schema_editor, ANSWERS, BEGINS)
    allow(schema_editor, ANSWERS, IN_TIME)


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0020_who_leaves_hands_over_and_an_email_has_one_home"),
        ("acknowledgments", "0026_a_seal_keeps_its_place"),
        ("customers", "0014_words_of_today"),
    ]
    operations = [migrations.RunPython(guard, lift)]
