"""Raw SQL makes nothing that the actions refuse, on PostgreSQL and on the trial's SQLite: a second door is a door."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from careerplan.plans.models import PlanVersion
from customers.models import Upload
from tests import states
from tests.people import angela, lucia, tyrell
from tests.rows import copy, refuses, write

VERSION, PLAN, GOAL = "plans_planversion", "plans_employmentplan", "goals_goal"
SERVICE, STEP = "services_plannedservice", "goals_actionstep"
SEAL, REQUEST = "acknowledgments_seal", "acknowledgments_acknowledgmentrequest"
EVIDENCE, DOCUMENT, FORM = (f"acknowledgments_{name}" for name in ("acknowledgment", "evidencedocument", "printedform"))
UPLOAD, NOTE, LEGACY = "customers_upload", "customers_casenote", "plans_legacyplan"
NOW, TODAY = "CURRENT_TIMESTAMP", "CURRENT_DATE"
FIRST_NOTE, LAST_NOTE = (f"(SELECT {which}(id) FROM customers_casenote)" for which in ("min", "max"))


def the(state):
    """Angela's version is active and Tyrell's awaiting; of the drafts the last, Keisha's."""
    return f"(SELECT max(id) FROM {VERSION} WHERE state = '{state}')"


ACTIVE, AWAITING, DRAFT = the("active"), the("awaiting"), the("draft")


def plan_of(version):
    return f"(SELECT plan_id FROM {VERSION} WHERE id = {version})"


def customer_of(version):
    return f"(SELECT customer_id FROM {PLAN} WHERE id = {plan_of(version)})"


def user_of(version):
    return f"(SELECT user_id FROM customers_customer WHERE id = {customer_of(version)})"


def upload_of(version):
    return f"(SELECT max(id) FROM {UPLOAD} WHERE customer_id = {customer_of(version)})"


def seal_of(version, column="id"):
    return f"(SELECT max({column}) FROM {SEAL} WHERE version_id = {version})"


def update(table, where, **values):
    return f"UPDATE {table} SET {', '.join(f'{name} = {value}' for name, value in values.items())} WHERE {where}"


def insert(table, values):
    return f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(str(value) for value in values.values())}"


def move(version, state, **values):
    return update(VERSION, f"id = {version}", state=f"'{state}'", **values)


def another(model, **values):
    """A row like the one of the active version, but for the values."""
    of_active = f"seal_id = {seal_of(ACTIVE)}" if model is AcknowledgmentRequest else f"version_id = {ACTIVE}"
    return like(model, of_active, **values)


def like(model, where, **values):
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    selected = ", ".join(str(values.get(column, column)) for column in columns)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {selected} FROM {table} WHERE {where}"


def agreed(version, **values):
    """Evidence of the version's newest seal, by paper where nothing else is said."""
    fits = {"version_id": version, "seal_id": seal_of(version), "digest": seal_of(version, "digest")}
    paper = {"method": "'paper'", "request_id": "NULL", "agreed_on": TODAY, "signer_id": user_of(version)}
    return another(Acknowledgment, **fits | paper | values)


def document(version, upload):
    """The upload filed as the version's evidence."""
    values = {
        "acknowledgment_id": f"(SELECT id FROM {EVIDENCE} WHERE version_id = {version})",
        "upload_id": upload,
        "capture": "'scan'",
        "filed_on": TODAY,
        "filed_at": NOW,
        "filed_by_id": user_of(version),
    }
    return insert(DOCUMENT, values)


def changed(table, where, **values):
    """One statement for each column: where it is to stay, so."""
    return [update(table, where, **{column: value}) for column, value in values.items()]


STAFF_ALONE = {
    "method": "'not_required'",
    "agreed_on": "NULL",
    "case_note_id": FIRST_NOTE,
}
ONESELF = {
    "method": "'electronic'",
    "agreed_on": "NULL",
    "request_id": f"(SELECT id FROM {REQUEST} WHERE seal_id = {seal_of(AWAITING)})",
}
NEW_SEAL = another(Seal, version_id=DRAFT, short_code="'AAAAAAAAAAAA'")
WITHDRAWN = update(REQUEST, f"seal_id = {seal_of(AWAITING)}", withdrawn_at=NOW)
VOIDED = update(SEAL, f"version_id = {AWAITING}", voided_at=NOW)
MARKED = update(PLAN, f"id = {plan_of(AWAITING)}", restoring_id=0)
UNSENT = {"sent_at": "NULL", "sent_by_id": "NULL"}
DECLINED = {"not_completed_at": NOW, "not_completed_note_id": FIRST_NOTE}
CLOSED = {"state": "'closed'", "outcome": "'completed'", "closed_at": NOW, "closed_by_id": "started_by_id"}


def permitted(table, of, by, day=TODAY):
    return [update(table, f"plan_id = {plan_of(of)}", authorised_in_id=by, authorised_on=day)]


def permitted_wrongly(table):
    return [
        permitted(table, DRAFT, DRAFT),
        permitted(table, AWAITING, AWAITING),
        permitted(table, DRAFT, ACTIVE, f"(SELECT approved_on FROM {VERSION} WHERE id = {ACTIVE})"),
        permitted(table, ACTIVE, ACTIVE, "'2020-01-01'"),
        [
            move(DRAFT, "deleted", deleted_at=NOW, deleted_reason="'By mistake'"),
            *permitted(table, the("deleted"), the("deleted")),
        ],
    ]


ASKS_NOBODY = {"decision": "'{\"acknowledgment_needed\": false}'"}
SEAL_THAT_ASKS_NOBODY = another(Seal, version_id=DRAFT, short_code="'AAAAAAAAAAAA'", **ASKS_NOBODY)
LATE = {"approved_on": "'2090-01-01'", "approved_at": NOW, "next_review_on": "'2090-04-01'"}
NAMED = f"id = (SELECT not_completed_note_id FROM {VERSION} WHERE id = {the('not_completed')})"
UNABLE = insert(
    "acknowledgments_uncollectedagreement",
    {
        "seal_id": seal_of(AWAITING),
        "reason": "'moved'",
        "case_note_id": LAST_NOTE,
        "recorded_at": NOW,
        "recorded_by_id": user_of(AWAITING),
    },
)
UPLOADED = like(Upload, f"id = {upload_of(ACTIVE)}", customer_id=customer_of(AWAITING))
FORM_VALUES = {"seal_id": seal_of(ACTIVE), "kind": "'another'", "created_at": NOW, "attempts": 0, "error": "''"}
OF_ANOTHER = {"upload_id": upload_of(AWAITING), "rendered_at": NOW}
LEGACY_VALUES = {
    "customer_id": customer_of(ACTIVE),
    "system": "'Old'",
    "reference": "''",
    "next_review_on": TODAY,
    "registered_at": NOW,
    "registered_by_id": user_of(ACTIVE),
    "moved_to_id": plan_of(ACTIVE),
    "moved_at": NOW,
    "row_version": 1,
}
MOVED = insert(LEGACY, LEGACY_VALUES)
ONCE_MORE_OFF_TRACK = {"status": "'off_track'", "times_off_track": "times_off_track + 1"}

TRAINING = f"plan_id = {plan_of(ACTIVE)} AND service_id = (SELECT id FROM services_service WHERE code = 'TR-OST')"

# By guard: SQL of which the last statement is refused.
DOORS = {
    "the_way_of_agreement_is_the_one_that_was_asked_for": [
        [agreed(AWAITING, **STAFF_ALONE)],
        [NEW_SEAL, agreed(DRAFT, **STAFF_ALONE)],
        [NEW_SEAL, agreed(DRAFT)],
    ],
    "the_evidence_answers_the_request_of_its_seal": [
        [WITHDRAWN, agreed(AWAITING, **ONESELF)],
    ],
    "a_request_is_answered_by_its_evidence": [
        [update(REQUEST, f"seal_id = {seal_of(AWAITING)}", answered_at=NOW)],
    ],
    "a_request_asks_for_a_version_that_waits": [
        [
            NEW_SEAL,
            another(
                AcknowledgmentRequest,
                seal_id=seal_of(DRAFT),
                key="'00000000-0000-4000-8000-000000000000'",
                answered_at="NULL",
            ),
        ],
    ],
    "a_version_with_the_customer_is_sealed": [[move(DRAFT, "awaiting", sent_at=NOW, sent_by_id="created_by_id")]],
    "a_version_taken_back_leaves_no_seal_and_no_request": [
        [move(AWAITING, "draft", **UNSENT)],
        [VOIDED, move(AWAITING, "draft", **UNSENT)],
        [WITHDRAWN, move(AWAITING, "draft", **UNSENT)],
        [move(AWAITING, "not_completed", **DECLINED)],
        [NEW_SEAL, move(DRAFT, "deleted", deleted_at=NOW, deleted_reason="'By mistake'")],
    ],
    "a_seal_is_made_of_a_draft": [
        [another(Seal, short_code="'AAAAAAAAAAAA'", voided_at=NOW)],
        [VOIDED, another(Seal, version_id=AWAITING, short_code="'AAAAAAAAAAAA'")],
    ],
    "a_version_superseded_has_its_successor": [[move(ACTIVE, "superseded", superseded_at=NOW)]],
    "a_service_is_permitted_by_a_version_in_force": permitted_wrongly(SERVICE),
    "a_step_is_permitted_by_a_version_in_force": permitted_wrongly(STEP),
    "a_service_is_exempt_for_a_true_reason": [
        [update(SERVICE, TRAINING, gate_exemption=f"'{why}'")] for why in ("assessment", "continues", "early", "before")
    ],
    "a_step_is_exempt_for_a_true_reason": [
        [update(STEP, f"plan_id = {plan_of(ACTIVE)}", gate_exemption=f"'{why}'")] for why in ("assessment", "before")
    ],
    "a_version_keeps_its_next_review": [[update(VERSION, f"id = {ACTIVE}", next_review_on="'2099-01-01'")]],
    "a_version_was_sent_as_it_says": [
        [update(VERSION, f"id = {AWAITING}", sent_at=NOW)],
        [update(VERSION, f"id = {ACTIVE}", sent_by_id="(SELECT max(id) FROM accounts_user)")],
        [update(VERSION, f"id = {ACTIVE}", **UNSENT)],
    ],
    "a_version_keeps_its_last_case_note": [
        [
            WITHDRAWN,
            move(AWAITING, "not_completed", **DECLINED),
            update(VERSION, f"id = {the('not_completed')}", not_completed_note_id=LAST_NOTE),
        ],
    ],
    "a_version_was_deleted_as_it_says": [
        [
            move(DRAFT, "deleted", deleted_at=NOW, deleted_reason="'By mistake'"),
            update(VERSION, f"id = {the('deleted')}", deleted_reason="'On purpose'"),
        ],
    ],
    "a_goal_goes_off_track_in_a_draft": [
        [update(GOAL, f"plan_id = {plan_of(version)}", **ONCE_MORE_OFF_TRACK)] for version in (ACTIVE, AWAITING)
    ],
    "a_goal_of_a_closed_plan_keeps_its_status": [
        [
            update(PLAN, f"id = {plan_of(ACTIVE)}", **CLOSED),
            update(GOAL, f"plan_id = {plan_of(ACTIVE)}", status="'on_track'"),
        ],
    ],
    "rows of customers_enrollment are kept as they are": [["DELETE FROM customers_enrollment"]],
    "an_enrollment_stays_its_customers": [
        [update("customers_enrollment", f"customer_id = {customer_of(ACTIVE)}", customer_id=customer_of(AWAITING))],
    ],
    "a_plan_is_put_back_as_its_version_ends": [
        [MARKED, update(PLAN, f"id = {plan_of(AWAITING)}", restoring_id="NULL")],
    ],
    "a_version_that_is_put_back_is_not_completed": [
        [MARKED, VOIDED, WITHDRAWN, move(AWAITING, "draft", **UNSENT)],
    ],
    "the_plans_customer_signs_electronically": [
        [agreed(AWAITING, **ONESELF, signer_id=who)]
        for who in (user_of(ACTIVE), f"(SELECT sealed_by_id FROM {SEAL} WHERE id = {seal_of(AWAITING)})")
    ],
    "a_version_is_approved_on_the_day_of_its_evidence": [
        [WITHDRAWN, agreed(AWAITING), move(AWAITING, "active", **LATE)],
        [SEAL_THAT_ASKS_NOBODY, agreed(DRAFT, **STAFF_ALONE), move(DRAFT, "active", **LATE)],
    ],
    "evidence_is_filed_with_its_customer": [[document(ACTIVE, upload_of(AWAITING))]],
    "a_form_is_filed_with_its_customer": [
        [UPLOADED, insert(FORM, FORM_VALUES), update(FORM, "kind = 'another'", **OF_ANOTHER)],
        [UPLOADED, insert(FORM, FORM_VALUES | OF_ANOTHER)],
    ],
    "an_upload_keeps_its_file_and_customer": [
        [statement]
        for statement in changed(
            UPLOAD,
            f"id = {upload_of(ACTIVE)}",
            customer_id=customer_of(AWAITING),
            file="'another.pdf'",
            content_type="'image/png'",
            byte_count="byte_count + 1",
            sha256="'another'",
        )
    ],
    "a_case_note_that_evidence_names_stays": [
        [*before, statement]
        for before, where in (
            ([WITHDRAWN, move(AWAITING, "not_completed", **DECLINED)], NAMED),
            ([SEAL_THAT_ASKS_NOBODY, agreed(DRAFT, **STAFF_ALONE)], f"id = {FIRST_NOTE}"),
            ([UNABLE], f"id = {LAST_NOTE}"),
        )
        for statement in changed(
            NOTE,
            where,
            customer_id=customer_of(DRAFT),
            text="'Another'",
            contact_on="'2020-01-01'",
        )
    ],
    "a_legacy_plan_that_moved_stays_as_registered": [
        [MOVED, statement]
        for statement in changed(
            LEGACY,
            f"moved_to_id = {plan_of(ACTIVE)}",
            system="'Another'",
            acknowledged_on="'2020-01-01'",
            acknowledgment_id=upload_of(ACTIVE),
        )
    ],
    "each_time_off_track_is_counted": [
        [update(GOAL, f"plan_id = {plan_of(DRAFT)}", status="'off_track'")],
        [update(GOAL, f"plan_id = {plan_of(DRAFT)}", status="'off_track'", times_off_track="times_off_track + 2")],
        [
            update(GOAL, f"plan_id = {plan_of(DRAFT)}", **ONCE_MORE_OFF_TRACK),
            update(GOAL, f"plan_id = {plan_of(DRAFT)}", times_off_track="times_off_track - 1"),
        ],
    ],
}  # fmt: skip
DOOR_NUMBERS = [(name, number) for name, doors in DOORS.items() for number in range(len(doors))]


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """The trial's database with the demo people."""
    folder = tmp_path_factory.mktemp("trial")
    left_out = {"DATABASE_URL", "REDIS_URL", "TESTING"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"TRIAL": "1", "VAR_DIR": str(folder)}
    for command in ("migrate", "seed_reference", "seed_demo"):
        arguments = [sys.executable, "manage.py", command, "--verbosity=0"]
        subprocess.run(arguments, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)
    return folder / "trial.sqlite3"


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("name", "number"), DOOR_NUMBERS)
def test_postgresql_refuses(name, number):
    *before, last = DOORS[name][number]
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        refuses(name, lambda: cursor.execute(last))
        connection.set_rollback(True)  # what came before need not fit by itself


@pytest.mark.parametrize(("name", "number"), DOOR_NUMBERS)
def test_sqlite_refuses(trial, tmp_path, name, number):
    shutil.copy(trial, tmp_path / "copy.sqlite3")
    *before, last = DOORS[name][number]
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for statement in before:
            database.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match=name):
            database.execute(last)


# --- when the transaction ends: on PostgreSQL -------------------------------------------------


def valid_seal(customer):
    return Seal.objects.valid().get(version=states.newest(customer))


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_version_that_waits_keeps_its_seal():
    refuses("a_version_has_its_seal_while_it_waits", lambda: write(valid_seal(tyrell()), voided_at=states.now()))


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_draft_keeps_no_valid_seal():
    sealed = {"version": states.newest(lucia()), "short_code": "AAAAAAAAAAAA"}
    refuses("a_version_has_its_seal_while_it_waits", lambda: copy(valid_seal(angela()), **sealed))
    copy(valid_seal(angela()), **sealed, voided_at=states.now())


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_no_plan_is_left_without_the_successor_of_a_superseded_version():
    first = states.newest(angela())
    seal = states.sent(states.reviewed(angela()), electronic=False)
    paper = {"method": "paper", "agreed_on": states.now().date(), "request": None}
    evidence = {"version": seal.version, "seal": seal, "digest": seal.digest, **paper}
    copy(Acknowledgment.objects.get(version=first), **evidence)
    superseded = {"state": "superseded", "superseded_at": states.now()}
    refuses("a_version_superseded_has_its_successor", lambda: write(first, **superseded))
    assert PlanVersion.objects.active().get(plan=first.plan_id) == first
