"""While an upgrade is under way the former release writes on the new schema, as long as its last process runs.

So each column that came since may be left out, and each guard that came since lets through what it wrote. The rows of
the demo people are written into an upgraded database once more, with the columns of the former release alone.
"""

import psycopg
from django.db import connection

# Guards that came since, each with the reason why what the former release writes passes it. Empties with each release.
LET_THROUGH: dict[str, str] = {
    "acknowledgments_seal.acknowledgments_seal_no_update": "it voids a seal, as before, and sets no link",
    "customers_upload.an_upload_stays_as_it_was_filed_update": "it writes an upload once",
    "customers_upload.customers_upload_no_delete": "it deletes no upload",
    "acknowledgments_printedform.a_form_that_was_filed_stays_update": "it counts tries before it files",
    "acknowledgments_acknowledgmentrequest.a_request_that_ended_stays_update": "it ends a request once",
    "acknowledgments_staffrequest.a_staff_request_asks_in_the_same_words_update": "it writes the words once",
    "acknowledgments_staffrequest.a_staff_request_that_ended_is_not_handed_over_update": "it hands over what waits",
    "acknowledgments_staffanswer.an_answer_stays_with_who_gave_it_update": "it hands over what was not answered",
    "acknowledgments_staffanswer.a_question_begins_without_an_answer_insert": "it asks before it is answered",
    "acknowledgments_staffanswer.a_question_is_answered_while_its_request_waits_update": "it locks the request",
    "customers_casenote.a_case_note_is_about_what_is_its_customers_insert": "it names nothing that asked for it",
    "customers_casenote.a_case_note_keeps_its_words_after_a_day_update": "it changes no note",
    "customers_casenote.a_case_note_keeps_its_writer_update": "it changes no note",
    "customers_casenote.a_case_note_stays_about_what_asked_for_it_update": "it changes no note",
    "services_plannedservice.a_service_keeps_the_days_of_its_attendance_update": "it records no attendance",
    "services_plannedservice.a_service_with_work_under_way_stays_in_the_plan_update": "it knows no placements",
    **{
        f"customers_assessment.{guard}": "it writes no area, score, pre-test or file of a result"
        for guard in (
            "a_file_of_a_result_is_its_customers_insert",
            "a_file_of_a_result_is_its_customers_update",
            "a_post_test_follows_its_pre_test_insert",
            "a_post_test_follows_its_pre_test_update",
            "a_pre_test_stays_before_its_post_test_update",
            "a_score_lies_on_its_scale_insert",
            "a_score_lies_on_its_scale_update",
        )
    },
    **{
        f"services_earnedcredential.{guard}": "it links a credential to a complete service, and names no other thing"
        for guard in (
            "only_a_complete_service_has_a_credential_insert",
            "only_a_complete_service_has_a_credential_update",
            "a_proof_of_a_credential_is_its_customers_insert",
            "a_proof_of_a_credential_is_its_customers_update",
            "an_approved_credential_is_of_its_training_program_insert",
            "an_approved_credential_is_of_its_training_program_update",
        )
    },
    "services_plannedservice.a_service_with_a_credential_stays_complete_update": (
        "it refuses with a fault to reopen what a credential was earned through, until its last process has ended"
    ),
    **{
        f"{table}.{guard}": "it merges no record, and one that was merged is in no caseload that it shows"
        for table, guards in {
            "customers_customer": (
                "a_merged_record_has_no_open_plan_update",
                "a_merged_record_has_no_open_program_at_commit",
                "a_merged_record_leads_to_one_that_goes_on_insert",
                "a_merged_record_leads_to_one_that_goes_on_update",
                "a_record_is_merged_once_update",
            ),
            "customers_enrollment": (
                "a_program_does_not_begin_in_a_merged_record_insert",
                "a_program_does_not_begin_in_a_merged_record_update",
            ),
            "plans_employmentplan": (
                "a_plan_is_not_opened_in_a_merged_record_insert",
                "a_plan_is_not_opened_in_a_merged_record_update",
            ),
        }.items()
        for guard in guards
    },
}
# It empties no table.
LET_THROUGH_EVERYWHERE = "_no_truncate"
# Columns of the former release that are gone, or mean something else: what the former release does without them.
GONE: dict[str, str] = {}

COLUMNS = (
    "SELECT table_name, column_name, is_nullable = 'YES', column_default IS NOT NULL OR is_identity = 'YES', udt_name "
    "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
)


def columns_in(address):
    """{(table, column): (may be null, has a default, type)}"""
    with psycopg.connect(address) as there:
        return {row[:2]: row[2:] for row in there.execute(COLUMNS)}


def faults(before, after):
    """What the former release can't write on this schema."""
    tables = {table for table, _column in before}
    for (table, column), (may_be_null, has_default, _kind) in after.items():
        if table not in tables:
            continue
        if (table, column) not in before and not (may_be_null or has_default):
            yield f"{table}.{column} came, is not null and has no default"
        if (table, column) in before and before[table, column][0] and not may_be_null and not has_default:
            yield f"{table}.{column} could be null"
    for (table, column), (*_rest, kind) in before.items():
        if f"{table}.{column}" in GONE:
            continue
        if (table, column) not in after:
            yield f"{table}.{column} is gone"
        elif after[table, column][2] != kind:
            yield f"{table}.{column} was {kind} and is {after[table, column][2]}"


def write_once_more(address, columns):
    """The demo people's rows, table by table, with these columns alone. Returns {table: how many rows}.

    Guards and foreign keys are not asked: they look at the order of a life, which a copy has not. What a row must hold
    by itself is: columns that are not null, checks, what is unique.
    """
    tables = {}
    for table, column in columns:
        if not table.startswith("django_") and table != "auth_permission":
            tables.setdefault(table, []).append(f'"{column}"')
    written = {}
    with psycopg.connect(address) as there, connection.cursor() as here:
        there.execute("SET session_replication_role = replica")
        for table, names in sorted(tables.items()):
            there.execute(f'DELETE FROM "{table}"')
            named = ", ".join(names)
            with (
                here.copy(f'COPY (SELECT {named} FROM "{table}") TO STDOUT') as rows,
                there.cursor() as cursor,
                cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy,
            ):
                for row in rows:
                    copy.write(row)
            [written[table]] = there.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        there.rollback()
    return written
