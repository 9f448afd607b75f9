"""Uploads, papers, requests and answers stay as they were filed, asked and given; no table of the record is emptied."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from acknowledgments.enums import PrintKind
from acknowledgments.models import AcknowledgmentRequest, Paper, Seal, StaffAnswer
from customers.actions import upload_file
from customers.models import Upload
from tests import people, states
from tests.real_files import PDF
from tests.rows import copy, refuses, write
from tests.security.tampering import run
from tests.shared_plans import approved, asked, closing, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

DAY = timedelta(days=1)


def upload():
    values = {"name": "A file", "category": "other", "document_type": "resume", "purpose": "resume"}
    file = SimpleUploadedFile("resume.pdf", PDF)
    return upload_file(people.david(), file, values, by=people.planner(), at=states.now())


# --- uploads ----------------------------------------------------------------------------------

OF_THE_FILE = "an_upload_keeps_its_file_and_customer"
AS_FILED = "an_upload_stays_as_it_was_filed"
CHANGES = {
    "customer": (OF_THE_FILE, people.angela),
    "file": (OF_THE_FILE, lambda: "uploads/other.pdf"),
    "content_type": (OF_THE_FILE, lambda: "text/html"),
    "byte_count": (OF_THE_FILE, lambda: 1),
    "sha256": (OF_THE_FILE, lambda: "0" * 64),
    "name": (AS_FILED, lambda: "Another"),
    "category": (AS_FILED, lambda: "title_1"),
    "document_type": (AS_FILED, lambda: "employment_plan"),
    "purpose": (AS_FILED, lambda: "employment_plan"),
    "shown_to_customer": (AS_FILED, lambda: True),
    "filed_by_system": (AS_FILED, lambda: True),
    "uploaded_by": (AS_FILED, people.statewide),
    "uploaded_at": (AS_FILED, lambda: states.now() - DAY),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_upload_stays_as_it_was_filed(name):
    guard, value = CHANGES[name]
    row = upload()
    refuses(guard, lambda: write(row, **{name: value()}))


def test_every_column_of_an_upload_is_kept():
    """What may change, and what a new column must be given its guard for."""
    kept = {Upload._meta.get_field(name).column for name in CHANGES}
    assert {field.column for field in Upload._meta.concrete_fields} - kept == {"id", "row_version"}


def test_an_upload_is_not_deleted():
    row = upload()
    refuses("rows of customers_upload are kept", lambda: run(f"DELETE FROM customers_upload WHERE id = {row.pk}"))


# --- papers, requests, answers, seals ---------------------------------------------------------


def paper():
    return Paper.objects.get(seal__version=states.newest(people.angela()), kind=PrintKind.AGREED)


def answered_request():
    return AcknowledgmentRequest.objects.get(seal__version=states.newest(people.angela()))


def withdrawn_request():
    seal = Seal.objects.get(version=states.newest(people.tyrell()), voided_at=None)
    states.recalled(seal.version)
    return AcknowledgmentRequest.objects.get(seal=seal)


def untold_and_withdrawn():
    seal = states.sent(states.newest(people.lucia()))
    states.recalled(seal.version)
    return AcknowledgmentRequest.objects.get(seal=seal)


def waiting_answer():
    return asked(closing(shared_angela(), people.planner()), people.planner()).answers.get()


def given_answer():
    request = asked(closing(shared_angela(), people.planner()), people.planner())
    approved(request, people.youth_planner())
    return request.answers.get()


def late_answer():
    row = waiting_answer()
    write(row.request, state="withdrawn", ended_at=states.now())
    return row


def voided():
    states.recalled(states.newest(people.tyrell()))
    return Seal.objects.filter(version__plan__customer=people.tyrell()).order_by("-id")[0]


CASES = [
    ("a_form_that_was_filed_stays", lambda: write(paper(), attempts=9)),
    ("a_form_that_was_filed_stays", lambda: write(paper(), error="x")),
    ("a_form_is_filed_once", lambda: write(paper(), upload=upload())),
    ("a_form_keeps_its_seal", lambda: write(paper(), created_at=states.now() + DAY)),
    ("a_request_that_ended_stays", lambda: write(untold_and_withdrawn(), notified_at=states.now())),
    ("a_request_moves_once", lambda: write(answered_request(), answered_at=None)),
    ("a_request_moves_once", lambda: write(withdrawn_request(), withdrawn_at=None)),
    ("a_request_keeps_its_seal", lambda: write(answered_request(), created_at=states.now())),
    ("a_question_begins_without_an_answer", lambda: copy(
        waiting_answer(), approver=people.statewide(), answer="approved", answered_by=people.statewide(),
        answered_at=states.now(),
    )),
    ("a_question_is_answered_while_its_request_waits", lambda: write(
        late_answer(), answer="approved", answered_by=people.youth_planner(), answered_at=states.now()
    )),
    ("a_question_is_answered_once", lambda: write(given_answer(), answered_by=people.statewide())),
    ("a_question_is_put_to_whom_it_was", lambda: write(waiting_answer(), approver=people.statewide())),
    ("an_answer_stays_with_who_gave_it", lambda: write(given_answer(), passed_to=people.statewide())),
    ("a_staff_request_that_ended_is_not_handed_over", lambda: write(
        given_answer().request, passed_to=people.statewide()
    )),
    ("a_staff_request_asks_in_the_same_words", lambda: write(waiting_answer().request, what_in={"en": "x"})),
    ("a_seal_is_voided_once", lambda: write(voided(), voided_at=None)),
    ("a_seal_is_voided_once", lambda: write(voided(), voided_at=states.now() + DAY)),
    ("a_seal_with_evidence_is_not_voided", lambda: write(
        Seal.objects.get(version=states.newest(people.angela())), voided_at=states.now()
    )),
    ("rows of acknowledgments_seal are kept", lambda: write(voided(), chain_digest="0" * 64)),
    ("rows of acknowledgments_seal are kept", lambda: write(voided(), chain_digest=None)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{name}-{n}" for n, (name, _act) in enumerate(CASES)])
def test_what_was_filed_asked_and_answered_stays(number):
    guard, act = CASES[number]
    refuses(guard, act)


@pytest.mark.parametrize("row", [paper, answered_request, given_answer])
def test_none_of_them_is_deleted(row):
    found = row()
    table = found._meta.db_table
    refuses(f"rows of {table} are kept", lambda: run(f"DELETE FROM {table} WHERE id = {found.pk}"))


def test_what_waits_may_be_handed_over_and_answered():
    row = waiting_answer()
    write(row, passed_to=people.statewide())
    write(row, answer="refused", note="No.", answered_by=people.statewide(), answered_at=states.now())
    assert StaffAnswer.objects.get(pk=row.pk).answer == "refused"


# --- TRUNCATE ---------------------------------------------------------------------------------


def tables_with(ending):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'careerplan_refuse' AND t.tgtype & %s > 0",
            [{"DELETE": 8, "TRUNCATE": 32}[ending]],
        )
        return {table for (table,) in cursor.fetchall()}


def test_every_table_whose_rows_are_kept_refuses_to_be_emptied():
    kept = tables_with("DELETE")
    assert {"acknowledgments_seal", "customers_upload", "plans_versionevent"} <= kept
    assert tables_with("TRUNCATE") == kept


@pytest.mark.parametrize("table", ["acknowledgments_seal", "customers_upload", "customers_customer", "accounts_user"])
def test_the_owner_does_not_empty_a_table_by_a_slip(table):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    refuses("are kept as they are", lambda: run(f"TRUNCATE {table} CASCADE"))
