"""What moves once, and one way: versions along their table, plans to their end, requests and forms to theirs."""

from django.db import migrations

from careerplan.base.database import allow, changed_again, differs, refuse, refuse_deletion, release_rows

PLANS, VERSIONS, LEGACY = "plans_employmentplan", "plans_planversion", "plans_legacyplan"
SEALS, REQUESTS, FORMS = "acknowledgments_seal", "acknowledgments_acknowledgmentrequest", "acknowledgments_printedform"
STAFF_REQUESTS, ANSWERS = "acknowledgments_staffrequest", "acknowledgments_staffanswer"

# Table: the name of its guard, and the columns that are set once and never cleared.
SET_ONCE = {
    VERSIONS: (
        "a_version_keeps_its_approval_and_end",
        ("approved_on", "approved_at", "superseded_at", "not_completed_at"),
    ),
    LEGACY: ("a_legacy_plan_moves_once", ("moved_to_id", "moved_at")),
    SEALS: ("a_seal_is_voided_once", ("voided_at",)),
    REQUESTS: ("a_request_moves_once", ("notified_at", "opened_at", "withdrawn_at", "answered_at")),
    FORMS: ("a_form_is_filed_once", ("rendered_at", "upload_id")),
}
# Table: the name of its guard, and the columns that stay as they were entered.
FIXED = {
    PLANS: ("a_plan_stays_its_customers", ("customer_id", "started_at", "started_by_id", "follows_id")),
    VERSIONS: (
        "a_version_keeps_its_number_and_creation",
        ("plan_id", "number", "created_on", "created_at", "created_by_id"),
    ),
    LEGACY: ("a_legacy_plan_stays_its_customers", ("customer_id", "registered_at", "registered_by_id")),
    REQUESTS: ("a_request_keeps_its_seal", ("seal_id", "key", "created_at")),
    FORMS: ("a_form_keeps_its_seal", ("seal_id", "kind", "created_at")),
    STAFF_REQUESTS: (
        "a_staff_request_asks_what_it_asked",
        ("customer_id", "plan_id", "action", "what", "target", "arguments", "reason", "asked_by_id", "asked_at"),
    ),
    ANSWERS: ("a_question_is_put_to_whom_it_was", ("request_id", "program_id", "approver_id")),
}
# Table: the name of its guard, what is the end, and the columns that stay from then on.
ENDS = {
    PLANS: (
        "a_plan_closes_once",
        "OLD.state = 'closed'",
        ("state", "outcome", "outcome_reason", "closed_at", "closed_by_id"),
    ),
    STAFF_REQUESTS: ("a_staff_request_ends_once", "OLD.state <> 'waiting'", ("state", "ended_at")),
    ANSWERS: (
        "a_question_is_answered_once",
        "OLD.answer <> ''",
        ("answer", "note", "answered_by_id", "answered_at"),
    ),
}
NOT_DELETED = (REQUESTS, FORMS, STAFF_REQUESTS, ANSWERS)

# The table of careerplan/plans/policy.py: a version begins as a draft and moves from one state to another so.
BEGINNING = "draft"
MOVES = (
    ("draft", "awaiting"),
    ("awaiting", "draft"),
    ("awaiting", "active"),
    ("draft", "active"),
    ("active", "superseded"),
    ("draft", "not_completed"),
    ("awaiting", "not_completed"),
    ("draft", "deleted"),
    ("deleted", "draft"),
)
ALONG_THE_TABLE = "a_version_moves_along_the_table"
OPEN_IN_OPEN_PLAN = "a_closed_plan_has_no_open_version"
BEGINS_OPEN = "a_plan_begins_open"


def guard(apps, schema_editor):
    for table, (name, columns) in SET_ONCE.items():
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=changed_again(*columns))
    for table, (name, columns) in FIXED.items():
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=differs(*columns))
    for table, (name, is_ended, columns) in ENDS.items():
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=f"{is_ended} AND {differs(*columns)}")
    for table in NOT_DELETED:
        refuse_deletion(schema_editor, table)
    guard_moves(schema_editor)
    guard_closed_plans(schema_editor)


def guard_moves(schema_editor):
    refuse(schema_editor, VERSIONS, ALONG_THE_TABLE, moment="INSERT", when=f"NEW.state <> '{BEGINNING}'")
    pairs = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)
    when = f"OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (VALUES {pairs})"
    refuse(schema_editor, VERSIONS, ALONG_THE_TABLE, moment="UPDATE", of=["state"], when=when)


def guard_closed_plans(schema_editor):
    """A closed plan was open once, and nothing in it is open any more: so that nothing bound changes in it."""
    refuse(schema_editor, PLANS, BEGINS_OPEN, moment="INSERT", when="NEW.state <> 'open'")
    versions = f'SELECT 1 FROM "{VERSIONS}" version WHERE version.plan_id = NEW.id'
    open_version = f"EXISTS ({versions} AND version.state IN ('draft', 'awaiting'))"
    closes = f"NEW.state = 'closed' AND {open_version}"
    refuse(schema_editor, PLANS, OPEN_IN_OPEN_PLAN, moment="UPDATE", of=["state"], when=closes)
    closed_plan = f"EXISTS (SELECT 1 FROM \"{PLANS}\" plan WHERE plan.id = NEW.plan_id AND plan.state = 'closed')"
    opens = f"NEW.state IN ('draft', 'awaiting') AND {closed_plan}"
    name = f"{OPEN_IN_OPEN_PLAN}_either"
    refuse(schema_editor, VERSIONS, name, moment="INSERT", when=opens)
    refuse(schema_editor, VERSIONS, name, moment="UPDATE", of=["state"], when=opens)


def lift(apps, schema_editor):
    for table, (name, *_rest) in (*SET_ONCE.items(), *FIXED.items(), *ENDS.items()):
        allow(schema_editor, table, name)
    for table in NOT_DELETED:
        release_rows(schema_editor, table)
    allow(schema_editor, VERSIONS, ALONG_THE_TABLE)
    allow(schema_editor, PLANS, BEGINS_OPEN)
    allow(schema_editor, PLANS, OPEN_IN_OPEN_PLAN)
    allow(schema_editor, VERSIONS, f"{OPEN_IN_OPEN_PLAN}_either")


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0004_what_was_agreed_changes_in_a_draft"),
        ("acknowledgments", "0008_nothing_in_force_without_evidence"),
    ]
    operations = [migrations.RunPython(guard, lift)]
