"""By guard of the database: statements of which the last is refused (tests/acknowledgments/test_second_doors.py)."""

from acknowledgments.models import AcknowledgmentRequest, Seal
from careerplan.plans.models import EmploymentPlan
from customers.models import CaseNote, Upload
from services.models import PlannedService
from tests.sql import (
    ACTIVE,
    ATTACHMENT,
    AWAITING,
    CREDENTIAL,
    DRAFT,
    FIRST_NOTE,
    GOAL,
    LAST_NOTE,
    LEGACY,
    NOTE,
    NOW,
    PAPER,
    PLAN,
    REQUEST,
    SEAL,
    SERVICE,
    STAFF_REQUEST,
    STEP,
    TODAY,
    UPLOAD,
    VERSION,
    agreed,
    another,
    changed,
    complete_service_of,
    customer_of,
    document,
    insert,
    like,
    message_of,
    move,
    noted,
    plan_of,
    seal_of,
    service_of,
    step_of,
    the,
    update,
    upload_of,
    user_of,
)

STAFF_ALONE = {
    "method": "'not_required'",
    "agreed_on": "NULL",
    "case_note_id": LAST_NOTE,
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
DECLINED = {"not_completed_at": NOW, "not_completed_note_id": LAST_NOTE}
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
PAPER_VALUES = {"seal_id": seal_of(ACTIVE), "kind": "'another'", "created_at": NOW, "attempts": 0, "error": "''"}
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
BROUGHT = {"message_id": message_of(ACTIVE), "upload_id": upload_of(ACTIVE)}
OF_BROUGHT = f"message_id = {message_of(ACTIVE)}"
UNMOVED = {"moved_to_id": "NULL", "moved_at": "NULL"}
OF_ACTIVE = f"customer_id = {customer_of(ACTIVE)}"
WITHOUT_PLAN = f"(SELECT max(id) FROM customers_customer WHERE id NOT IN (SELECT customer_id FROM {PLAN}))"
ASKED_OF_STAFF = {
    "customer_id": customer_of(ACTIVE),
    "action": "'close'",
    "what": "'a thing'",
    "target": "'a thing'",
    "arguments": "'{}'",
    "reason": "'A reason'",
    "state": "'waiting'",
    "asked_by_id": user_of(ACTIVE),
    "asked_at": NOW,
    "row_version": 1,
}
EARNED = {"customer_id": customer_of(AWAITING), "name": "'A course'", "earned_on": TODAY, "row_version": 1}
# What a credential may be of.
COMPLETE = f"(SELECT max(id) FROM {SERVICE} WHERE plan_id = {plan_of(ACTIVE)} AND status = 'complete')"
UNBEGUN = {"status": "'planned'", "actual_start_on": "NULL", "authorised_in_id": "NULL", "authorised_on": "NULL"}
ONCE_MORE_OFF_TRACK = {"status": "'off_track'", "times_off_track": "times_off_track + 1"}

TRAINING = f"plan_id = {plan_of(ACTIVE)} AND service_id = (SELECT id FROM services_service WHERE code = 'TR-OST')"

QUESTIONS = "acknowledgments_itemquestion"
ASKED = {
    "seal_id": seal_of(AWAITING),
    "item_kind": "'goal'",
    "item_id": 1,
    "label": "'A goal'",
    "is_confidential": "FALSE",
    "stance": "'asks'",
    "text": "'Why this one?'",
    "asked_in": "'en'",
    "asked_by_id": user_of(AWAITING),
    "asked_at": NOW,
    "answer": "''",
    "answered_in": "''",
    "row_version": 1,
}
ASK = insert(QUESTIONS, ASKED)
ANSWERED = update(QUESTIONS, "answer = ''", answer="'So it is'", answered_by_id=user_of(AWAITING), answered_at=NOW)

PROPOSALS, PROOFS = "goals_stepproposal", "goals_stepproof"
OF_PROPOSAL = {
    "plan_id": plan_of(ACTIVE),
    "text": "'Ask about the class'",
    "written_in": "'en'",
    "proposed_at": NOW,
    "proposed_by_id": user_of(ACTIVE),
    "state": "'waiting'",
    "accepted_as": "''",
    "word": "''",
    "word_in": "''",
    "row_version": 1,
}
PROPOSED = insert(PROPOSALS, OF_PROPOSAL)
BECOMES = {"state": "'accepted'", "decided_at": NOW, "decided_by_id": user_of(ACTIVE), "step_id": step_of(AWAITING)}
OF_PROOF = {"step_id": step_of(ACTIVE), "upload_id": upload_of(ACTIVE)}
PROVEN = insert(PROOFS, OF_PROOF)
BARRIERS, ASSESSMENTS = "goals_goal_barriers", "goals_goal_assessments"
GOAL_OF_ACTIVE = f"(SELECT max(id) FROM {GOAL} WHERE plan_id = {plan_of(ACTIVE)})"
GOAL_OF_AWAITING = f"(SELECT max(id) FROM {GOAL} WHERE plan_id = {plan_of(AWAITING)})"
BARRIER_OF_ACTIVE = f"(SELECT max(id) FROM plans_barrier WHERE plan_id = {plan_of(ACTIVE)})"
ASSESSMENT_OF_ACTIVE = f"(SELECT max(id) FROM customers_assessment WHERE customer_id = {customer_of(ACTIVE)})"

UNDECIDED = {"decided_at": "NULL", "decided_by_id": "NULL"}
TAKEN_BACK = update(PROPOSALS, "state = 'waiting'", state="'taken_back'", decided_at=NOW, decided_by_id=user_of(ACTIVE))

SETBACKS, REVIEWS = "goals_goalsetback", "goals_jobfitreview"
GOAL_OF_ACTIVE = f"(SELECT max(id) FROM {GOAL} WHERE plan_id = {plan_of(ACTIVE)})"
WENT_OFF_TRACK = insert(
    SETBACKS,
    {
        "goal_id": GOAL_OF_ACTIVE,
        "number": 9,
        "reason": "'No bus'",
        "remedy": "'A bicycle'",
        "said_at": NOW,
        "said_by_id": user_of(ACTIVE),
    },
)
BEGUN = insert(
    REVIEWS,
    {
        "plan_id": plan_of(ACTIVE),
        "occupation_id": "(SELECT max(id) FROM goals_occupation)",
        "begun_at": NOW,
        "begun_by_id": user_of(ACTIVE),
        "ending": "''",
        "row_version": 1,
    },
)
GOES_ON = "completed_at IS NULL AND ended_at IS NULL"
DONE = update(REVIEWS, GOES_ON, completed_at=NOW, completed_by_id="begun_by_id")
ENDED = update(REVIEWS, GOES_ON, ended_at=NOW, ended_by_id="begun_by_id", ending="'occupation_changed'")

# By guard: SQL of which the last statement is refused.
DOORS = {
    "a_decision_on_a_proposal_stays": [
        [PROPOSED, TAKEN_BACK, update(PROPOSALS, "state = 'taken_back'", state="'waiting'", **UNDECIDED)],
        [PROPOSED, TAKEN_BACK, update(PROPOSALS, "state = 'taken_back'", decided_by_id=user_of(AWAITING))],
        [PROPOSED, TAKEN_BACK, update(PROPOSALS, "state = 'taken_back'", plan_id=plan_of(AWAITING))],
    ],
    "rows of goals_goalsetback are kept as they are": [
        [WENT_OFF_TRACK, update(SETBACKS, "number = 9", reason="'Lazy'")],
        [WENT_OFF_TRACK, f"DELETE FROM {SETBACKS}"],
    ],
    "a_job_fit_review_stays_about_its_occupation": [
        [BEGUN, update(REVIEWS, GOES_ON, plan_id=plan_of(AWAITING))],
        [BEGUN, update(REVIEWS, GOES_ON, occupation_id="(SELECT min(id) FROM goals_occupation)")],
    ],
    "a_job_fit_review_that_is_over_stays_so": [
        [BEGUN, DONE, update(REVIEWS, "completed_at IS NOT NULL", completed_at="NULL", completed_by_id="NULL")],
        [BEGUN, DONE, update(REVIEWS, "completed_at IS NOT NULL", completed_by_id=user_of(AWAITING))],
        [BEGUN, ENDED, update(REVIEWS, "ended_at IS NOT NULL", ended_at="NULL", ended_by_id="NULL", ending="''")],
    ],
    "a_question_is_asked_by_the_customer_of_what_waits": [
        [insert(QUESTIONS, ASKED | {"asked_by_id": user_of(ACTIVE)})],
        [insert(QUESTIONS, ASKED | {"seal_id": seal_of(ACTIVE), "asked_by_id": user_of(ACTIVE)})],
        [WITHDRAWN, ASK],
    ],
    "a_question_about_an_item_is_answered_once": [
        [ASK, ANSWERED, update(QUESTIONS, "answer <> ''", answer="'So it was'")],
        [ASK, ANSWERED, update(QUESTIONS, "answer <> ''", answer="''", answered_by_id="NULL", answered_at="NULL")],
        [ASK, ANSWERED, update(QUESTIONS, "answer <> ''", answered_in="'es'")],
    ],
    "rows of acknowledgments_itemquestion are kept as they are": [
        [ASK, update(QUESTIONS, "answer = ''", text="'Fine'")],
        [ASK, update(QUESTIONS, "answer = ''", stance="'objects'")],
        [ASK, update(QUESTIONS, "answer = ''", asked_in="'es'")],
        [ASK, f"DELETE FROM {QUESTIONS}"],
    ],
    "rows of goals_stepproposal are kept as they are": [
        [PROPOSED, update(PROPOSALS, "state = 'waiting'", text="'Ask twice'")],
        [PROPOSED, update(PROPOSALS, "state = 'waiting'", written_in="'es'")],
        [PROPOSED, f"DELETE FROM {PROPOSALS}"],
    ],
    "rows of goals_stepproof are kept as they are": [
        [PROVEN, update(PROOFS, "id > 0", upload_id=upload_of(AWAITING))],
        [PROVEN, f"DELETE FROM {PROOFS}"],
    ],
    "a_proof_of_a_step_is_an_upload_of_its_customer": [
        [insert(PROOFS, OF_PROOF | {"upload_id": upload_of(AWAITING)})],
        [insert(PROOFS, OF_PROOF | {"step_id": step_of(AWAITING)})],
    ],
    "a_proposal_becomes_a_step_of_its_plan": [
        [insert(PROPOSALS, OF_PROPOSAL | BECOMES)],
        [PROPOSED, update(PROPOSALS, "state = 'waiting'", **BECOMES)],
    ],
    "goals_goal_barriers_of_the_same_plan": [
        [insert(BARRIERS, {"goal_id": GOAL_OF_AWAITING, "barrier_id": BARRIER_OF_ACTIVE})],
        [
            insert(BARRIERS, {"goal_id": GOAL_OF_ACTIVE, "barrier_id": BARRIER_OF_ACTIVE}),
            update(BARRIERS, f"goal_id = {GOAL_OF_ACTIVE}", goal_id=GOAL_OF_AWAITING),
        ],
    ],
    "a_goal_answers_an_assessment_of_its_customer": [
        [insert(ASSESSMENTS, {"goal_id": GOAL_OF_AWAITING, "assessment_id": ASSESSMENT_OF_ACTIVE})],
        [
            insert(ASSESSMENTS, {"goal_id": GOAL_OF_ACTIVE, "assessment_id": ASSESSMENT_OF_ACTIVE}),
            update(ASSESSMENTS, f"goal_id = {GOAL_OF_ACTIVE}", goal_id=GOAL_OF_AWAITING),
        ],
    ],
    "the_way_of_agreement_is_the_one_that_was_asked_for": [
        [noted(AWAITING), agreed(AWAITING, **STAFF_ALONE)],
        [noted(DRAFT), NEW_SEAL, agreed(DRAFT, **STAFF_ALONE)],
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
        [noted(AWAITING), move(AWAITING, "not_completed", **DECLINED)],
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
            noted(AWAITING),
            move(AWAITING, "not_completed", **DECLINED),
            noted(the("not_completed")),
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
        [noted(DRAFT), SEAL_THAT_ASKS_NOBODY, agreed(DRAFT, **STAFF_ALONE), move(DRAFT, "active", **LATE)],
    ],
    "evidence_is_filed_with_its_customer": [[document(ACTIVE, upload_of(AWAITING))]],
    "a_form_is_filed_with_its_customer": [
        [UPLOADED, insert(PAPER, PAPER_VALUES), update(PAPER, "kind = 'another'", **OF_ANOTHER)],
        [UPLOADED, insert(PAPER, PAPER_VALUES | OF_ANOTHER)],
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
            ([WITHDRAWN, noted(AWAITING), move(AWAITING, "not_completed", **DECLINED)], NAMED),
            ([noted(DRAFT), SEAL_THAT_ASKS_NOBODY, agreed(DRAFT, **STAFF_ALONE)], f"id = {LAST_NOTE}"),
            ([noted(AWAITING), UNABLE], f"id = {LAST_NOTE}"),
        )
        for statement in changed(
            NOTE,
            where,
            customer_id=customer_of(ACTIVE),
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
    "evidence_names_a_note_of_its_customer": [
        [noted(ACTIVE), SEAL_THAT_ASKS_NOBODY, agreed(DRAFT, **STAFF_ALONE)],
    ],
    "an_agreement_not_collected_names_a_note_of_its_customer": [[noted(ACTIVE), UNABLE]],
    "a_version_not_completed_names_a_note_of_its_customer": [
        [WITHDRAWN, noted(ACTIVE), move(AWAITING, "not_completed", **DECLINED)],
    ],
    "a_legacy_plan_names_an_upload_of_its_customer": [
        [insert(LEGACY, LEGACY_VALUES | {"acknowledgment_id": upload_of(AWAITING)})],
        [insert(LEGACY, LEGACY_VALUES | UNMOVED), update(LEGACY, OF_ACTIVE, acknowledgment_id=upload_of(AWAITING))],
    ],
    "a_legacy_plan_moves_to_a_plan_of_its_customer": [
        [insert(LEGACY, LEGACY_VALUES | {"moved_to_id": plan_of(AWAITING)})],
        [
            insert(LEGACY, LEGACY_VALUES | UNMOVED),
            update(LEGACY, OF_ACTIVE, moved_to_id=plan_of(AWAITING), moved_at=NOW),
        ],
    ],
    "a_message_brings_an_upload_of_its_customer": [
        [insert(ATTACHMENT, BROUGHT | {"upload_id": upload_of(AWAITING)})],
        [insert(ATTACHMENT, BROUGHT), update(ATTACHMENT, OF_BROUGHT, upload_id=upload_of(AWAITING))],
        [insert(ATTACHMENT, BROUGHT), update(ATTACHMENT, OF_BROUGHT, message_id=message_of(AWAITING))],
    ],
    "a_plan_follows_one_of_its_customer": [
        [
            like(EmploymentPlan, f"id = {plan_of(ACTIVE)}", customer_id=WITHOUT_PLAN, follows_id=plan_of(ACTIVE)),
        ],
    ],
    "a_staff_request_names_a_plan_of_its_customer": [
        [insert(STAFF_REQUEST, ASKED_OF_STAFF | {"plan_id": plan_of(AWAITING)})],
    ],
    "a_credential_names_a_service_of_its_customer": [
        [insert(CREDENTIAL, EARNED | {"service_id": complete_service_of(ACTIVE)})],
        [insert(CREDENTIAL, EARNED), update(CREDENTIAL, "name = 'A course'", service_id=complete_service_of(ACTIVE))],
    ],
    "a_service_goes_on_from_one_of_its_customer": [
        [
            like(
                PlannedService,
                f"id = {service_of(DRAFT)}",
                continues_id=service_of(ACTIVE),
                continuation="'funding'",
                **UNBEGUN,
            ),
        ],
    ],
    "each_time_off_track_is_counted": [
        [update(GOAL, f"plan_id = {plan_of(DRAFT)}", status="'off_track'")],
        [update(GOAL, f"plan_id = {plan_of(DRAFT)}", status="'off_track'", times_off_track="times_off_track + 2")],
        [
            update(GOAL, f"plan_id = {plan_of(DRAFT)}", **ONCE_MORE_OFF_TRACK),
            update(GOAL, f"plan_id = {plan_of(DRAFT)}", times_off_track="times_off_track - 1"),
        ],
    ],
    "a_case_note_keeps_its_words_after_a_day": [
        [statement]
        for statement in changed(
            NOTE, f"id = {FIRST_NOTE}", subject="'Another'", text="'Another'", contact_on=TODAY,
            contact_method="'none'", category="'exit'",
        )
    ],
    "a_case_note_keeps_its_writer": [
        [noted(ACTIVE), statement]
        for statement in changed(NOTE, f"id = {LAST_NOTE}", written_at="'2090-01-01'", written_by_id=user_of(ACTIVE))
    ],
    "a_case_note_stays_about_what_asked_for_it": [
        [noted(ACTIVE), update(NOTE, f"id = {LAST_NOTE}", about_kind="'version'", about_key=ACTIVE)],
    ],
    "a_case_note_is_about_what_is_its_customers": [
        [like(CaseNote, f"id = {FIRST_NOTE}", about_kind=f"'{kind}'", about_key=key)]
        for kind, key in (("version", ACTIVE), ("service", service_of(ACTIVE)), ("service", ACTIVE), ("assessment", 0))
    ],
}  # fmt: skip
