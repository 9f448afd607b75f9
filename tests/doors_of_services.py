"""As tests/doors.py, of what stands beside planned services: details, providers, credentials, costs, feeds, hours."""

from datetime import timedelta

from django.utils import timezone

from services.attendance.policy import monday_of
from services.classes.support.models import Support
from services.classes.training.models import Training
from services.costs.models import CostLine
from services.providers.models import TrainingProgram
from tests.sql import (
    ACTIVE,
    AWAITING,
    CREDENTIAL,
    NOW,
    SERVICE,
    TODAY,
    changed,
    customer_of,
    insert,
    like,
    plan_of,
    service_of,
    update,
    upload_of,
    user_of,
)

COST, BUDGET, ATTENDANCE = "services_costline", "services_budget", "services_attendance"
TRAINING, SUPPORT, APPRENTICESHIP = "services_training", "services_support", "services_apprenticeship"
PROVIDER, PROGRAM, APPROVED = "services_provider", "services_trainingprogram", "services_approvedcredential"
SOURCE, RECORD, TOKEN = "services_feedsource", "services_feedrecord", "services_feedtoken"


def of_angela(code):
    """The key of her service of this entry of the catalog."""
    entry = f"(SELECT id FROM services_service WHERE code = '{code}')"
    return f"(SELECT max(id) FROM {SERVICE} WHERE plan_id = {plan_of(ACTIVE)} AND service_id = {entry})"


# Begun; promised, of two kinds of support; complete.
COURSE, CARE, BUS, ASSESSMENT = (of_angela(code) for code in ("TR-OST", "SS-CHLD", "SS-TRAN", "BC-INIT"))

# --- costs ------------------------------------------------------------------------------------

PLANNED, PROMISED = (
    f"stage = 'planned' AND service_id = {COURSE}",
    f"stage = 'obligated' AND service_id = {CARE}",
)
UNPROMISED = {"obligated_on": "NULL", "until_on": "NULL", "obligated_at": "NULL", "obligated_by_id": "NULL"}
SOURCE_OF_COSTS = f"(SELECT max(funding_source_id) FROM {COST} WHERE {PLANNED})"
BUDGET_OF_COSTS = f"(SELECT max(budget_id) FROM {COST} WHERE {PLANNED})"
BUDGET_OF_OTHERS = (
    f"(SELECT max(id) FROM {BUDGET} WHERE funding_source_id = {SOURCE_OF_COSTS} "
    f"AND region_id <> (SELECT region_id FROM {BUDGET} WHERE id = {BUDGET_OF_COSTS}))"
)
BUDGET_OF_ANOTHER_SOURCE = f"(SELECT max(id) FROM {BUDGET} WHERE funding_source_id <> {SOURCE_OF_COSTS})"
VOIDED = update(COST, PLANNED, voided_at=NOW, voided_by_id=user_of(ACTIVE), voided_reason="'Typed twice'")
IS_VOIDED = "voided_at IS NOT NULL"

# --- providers and credentials ----------------------------------------------------------------

CONTACT = dict.fromkeys(("street", "city", "state", "zip_code", "phone", "email", "website"), "''")
ANOTHER_PROVIDER = insert(PROVIDER, {"code": "'OTHER'", "name": "'Other college'", "row_version": 1, **CONTACT})
OTHER_PROVIDER = f"(SELECT id FROM {PROVIDER} WHERE code = 'OTHER')"
ANOTHER_PROGRAM = like(TrainingProgram, "code = 'LCC-BNA'", code="'OTHER'")
OTHER_PROGRAM = f"(SELECT id FROM {PROGRAM} WHERE code = 'OTHER')"
EARNED = {
    "customer_id": customer_of(ACTIVE),
    "name": "'A course'",
    "earned_on": TODAY,
    "credential_type": "'other'",
    "row_version": 1,
}
OF_EARNED = "name = 'A course'"
UNFINISHED = {"status": "'started'", "ended_on": "NULL"}

# --- hours ------------------------------------------------------------------------------------

# Monday of the last whole week.
WEEK = monday_of(timezone.localdate()) - timedelta(days=7)
DAY = WEEK + timedelta(days=2)
HOURS = {
    "planned_id": COURSE,
    "span": "'day'",
    "day": f"'{DAY}'",
    "week": f"'{WEEK}'",
    "hours": 2,
    "absence": "''",
    "recorded_at": NOW,
    "recorded_by_id": user_of(ACTIVE),
    "row_version": 1,
}
OF_THE_WEEK = HOURS | {"span": "'week'", "day": f"'{WEEK}'"}
ATTENDED = insert(ATTENDANCE, HOURS)

# --- feeds ------------------------------------------------------------------------------------

BY_ITSELF = insert(
    SOURCE,
    {"code": "'other'", "name": "'Other'", "is_active": "TRUE", "asking": "''", "address": "''", "row_version": 1},
)
THE_SOURCE = f"(SELECT id FROM {SOURCE} WHERE code = 'other')"
FILED = insert(
    RECORD,
    {
        "source_id": THE_SOURCE,
        "external_id": "'A-1'",
        "customer_id": customer_of(ACTIVE),
        "service_id": "(SELECT id FROM services_service WHERE code = 'TR-OST')",
        "status": "'planned'",
        "provider": "''",
        "notes": "''",
        "received_at": NOW,
        "changed_at": NOW,
        "state": "'waiting'",
        "reason": "''",
        "row_version": 1,
    },
)
OF_SOURCE = f"source_id = {THE_SOURCE}"
LINKED = {"state": "'linked'", "decided_at": NOW, "decided_by_id": user_of(ACTIVE)}
OPENS = insert(
    TOKEN,
    {"source_id": THE_SOURCE, "digest": "'a'", "hint": "'a'", "made_at": NOW, "made_by_id": user_of(ACTIVE)},
)


def kept(table, *before, where, **values):
    """The rows of the table stay, and so do these columns."""
    statements = [*changed(table, where, **values), f"DELETE FROM {table}"]
    return {f"rows of {table} are kept as they are": [[*before, statement] for statement in statements]}


# By guard: SQL of which the last statement is refused.
DOORS = {
    **kept(COST, where=PLANNED, service_id=CARE, budget_id=BUDGET_OF_OTHERS, entered_at="'2020-01-01'"),
    "a_cost_is_paid_from_the_budget_of_the_customers_region": [
        [like(CostLine, PLANNED, budget_id=BUDGET_OF_OTHERS)],
        [like(CostLine, PLANNED, budget_id=BUDGET_OF_ANOTHER_SOURCE)],
    ],
    "a_cost_of_a_source_with_budgets_has_one": [[like(CostLine, PLANNED, budget_id="NULL")]],
    "a_cost_goes_from_stage_to_stage_once": [
        [update(COST, PROMISED, stage="'planned'", **UNPROMISED)],
        [update(COST, PROMISED, obligated_at=NOW)],
        [update(COST, "stage = 'paid'", amount="amount + 1")],
        [update(COST, "stage = 'paid'", reference="'Another'")],
    ],
    "a_voided_cost_stays_as_it_is": [
        [VOIDED, update(COST, IS_VOIDED, amount="amount + 1")],
        [VOIDED, update(COST, IS_VOIDED, voided_at="NULL", voided_by_id="NULL", voided_reason="''")],
    ],
    "a_budget_stays_of_its_source_region_and_year": [
        [update(BUDGET, f"id = {BUDGET_OF_COSTS}", program_year=2001)],
    ],
    **kept(TRAINING, where=f"planned_id = {COURSE}", planned_id=CARE),
    **kept(SUPPORT, where=f"planned_id = {BUS}", planned_id=COURSE),
    "training_details_are_of_a_service_of_the_class": [[like(Training, f"planned_id = {COURSE}", planned_id=CARE)]],
    "support_details_are_of_a_service_of_the_class": [[like(Support, f"planned_id = {BUS}", planned_id=COURSE)]],
    "apprenticeship_details_are_of_a_service_of_the_class": [
        [insert(APPRENTICESHIP, {"planned_id": COURSE, "rapids_id": "''", "sponsor": "'A mill'", "row_version": 1})],
    ],
    **kept(PROVIDER, where="id > 0"),
    **kept(PROGRAM, where="id > 0"),
    **kept(APPROVED, where="id > 0"),
    **kept("services_supportlimit", where="id > 0"),
    "a_training_program_is_its_providers": [
        [ANOTHER_PROVIDER, update(TRAINING, f"planned_id = {COURSE}", listed_provider_id=OTHER_PROVIDER)],
    ],
    "a_training_program_stays_with_its_provider": [
        [ANOTHER_PROVIDER, update(PROGRAM, "code = 'LCC-BNA'", provider_id=OTHER_PROVIDER)],
    ],
    "an_approved_credential_stays_with_its_program": [
        [ANOTHER_PROGRAM, update(APPROVED, f"program_id <> {OTHER_PROGRAM}", program_id=OTHER_PROGRAM)],
    ],
    "only_a_complete_service_has_a_credential": [
        [insert(CREDENTIAL, EARNED | {"service_id": COURSE})],
        [insert(CREDENTIAL, EARNED), update(CREDENTIAL, OF_EARNED, service_id=COURSE)],
    ],
    "a_service_with_a_credential_stays_complete": [
        [
            insert(CREDENTIAL, EARNED | {"service_id": ASSESSMENT}),
            update(SERVICE, f"id = {ASSESSMENT}", **UNFINISHED),
        ],
    ],
    "an_approved_credential_is_of_its_training_program": [
        [insert(CREDENTIAL, EARNED | {"service_id": ASSESSMENT, "approved_id": f"(SELECT max(id) FROM {APPROVED})"})],
    ],
    "a_proof_of_a_credential_is_its_customers": [
        [insert(CREDENTIAL, EARNED | {"proof_id": upload_of(AWAITING)})],
        [insert(CREDENTIAL, EARNED), update(CREDENTIAL, OF_EARNED, proof_id=upload_of(AWAITING))],
    ],
    **kept(ATTENDANCE, ATTENDED, where="id > 0", day=f"'{WEEK}'", span="'week'", planned_id=ASSESSMENT),
    "attendance_is_of_a_service_that_has_it": [
        [insert(ATTENDANCE, HOURS | {"planned_id": BUS, "hours": "NULL"})],
    ],
    "a_week_and_a_day_within_it_are_not_both_attended": [
        [ATTENDED, insert(ATTENDANCE, OF_THE_WEEK)],
        [insert(ATTENDANCE, OF_THE_WEEK), ATTENDED],
    ],
    "attendance_is_of_the_days_of_its_service": [
        [insert(ATTENDANCE, HOURS | {"day": "'2020-01-06'", "week": "'2020-01-06'"})],
    ],
    "a_service_keeps_the_days_of_its_attendance": [
        [ATTENDED, update(SERVICE, f"id = {COURSE}", actual_start_on=TODAY)],
    ],
    **kept(RECORD, BY_ITSELF, FILED, where=OF_SOURCE, external_id="'A-2'", customer_id=customer_of(AWAITING)),
    **kept(TOKEN, BY_ITSELF, OPENS, where=OF_SOURCE, digest="'b'", made_at="'2020-01-01'"),
    **kept(SOURCE, BY_ITSELF, where="id > 0"),
    "a_record_of_a_feed_is_in_the_plan_of_its_customer": [
        [BY_ITSELF, FILED, update(RECORD, OF_SOURCE, planned_id=service_of(AWAITING), **LINKED)],
    ],
}
