"""What counts as a change of the plan: each field, what an item is called, and what makes it another one (AMB-W8)."""

from dataclasses import fields, replace

import pytest

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED, FieldChange, compare
from acknowledgments.contents.items import PlanContents, Removal
from careerplan.plans.items import BARRIER, PLAN, BarrierItem
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL, ActionStepItem, CareerGoalItem, GoalItem
from services.items import SERVICE, ServiceItem

ITEMS = {
    "career_goals": CareerGoalItem(1, "employment", occupation_code="31-1131", occupation="Nursing Assistants"),
    "goals": GoalItem(2, "Finish the course", "Education/Training Plan", "short", "started"),
    "barriers": BarrierItem(3, "TRAN", "Transportation", "No car"),
    "services": ServiceItem(4, "BC-COUN", "Career Counseling", "career", goal_id=2),
    "action_steps": ActionStepItem(5, 2, "Call the college"),
}
WHAT = {
    "career_goals": CAREER_GOAL,
    "goals": GOAL,
    "barriers": BARRIER,
    "services": SERVICE,
    "action_steps": ACTION_STEP,
}
# What the customer is told of where it changes; the rest follows from other items, from the catalog, or is for staff.
COMPARED = {
    "career_goals": {"explores", "occupation_code", "words"},
    "goals": {"statement", "category_code", "term", "status", "times_off_track"}
    | {"barrier_ids", "assessment_ids", "credential"},
    "barriers": {"description", "how_addressed", "status"},
    "services": {
        "goal_id",
        "program_code",
        "status",
        "planned_start_on",
        "planned_end_on",
        "actual_start_on",
        "ended_on",
        "weekly_hours",
        "provider",
        "provider_contact",
        "dollar_value",
        "notes",
        "barrier_ids",
        "assessment_id",
        "exploration_reason",
        "exploration_supervisor",
        "contract",
    }
    | {"soc_code", "rapids_id", "sponsor", "instruction_hours", "job_hours", "wage_steps"}
    | {"support_code", "frequency", "times"}
    | {"listed_provider_code", "training_program_code"},
    "action_steps": {"goal_id", "text", "who", "due_on", "done_on"},
}
# What makes an item another one.
IDENTITY = {"career_goals": "role", "barriers": "category_code", "services": "code"}


def plan(name, *items, **more):
    return PlanContents("IEP", **{name: items}, **more)


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (99,)
    return f"{value}X" if isinstance(value, str) else 99


def field_by_field():
    return [(name, entry.name) for name, item in ITEMS.items() for entry in fields(item) if entry.name != "id"]


@pytest.mark.parametrize(("name", "field"), field_by_field())
def test_a_field_that_changed_is_a_change_where_the_customer_agreed_to_it(name, field):
    item = ITEMS[name]
    before, after = getattr(item, field), other(getattr(item, field))
    changes = compare(plan(name, item), plan(name, replace(item, **{field: after})))
    if field in COMPARED[name]:
        (change,) = changes
        assert (change.kind, change.what, change.id) == (EDITED, WHAT[name], item.id)
        assert change.fields[0] == FieldChange(field, before, after)
    elif field == IDENTITY.get(name):
        assert [(change.kind, change.what) for change in changes] == [(ADDED, WHAT[name]), (REMOVED, WHAT[name])]
    elif field != "causes_participation":  # a service that comes to participate: test_kinds_of_change.py
        assert changes == []


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("plan_type", "ISS"),
        ("barriers_comment", "None"),
        ("no_services_reason", "She has found work"),
        ("no_supportive_services", True),
    ],
)
def test_of_the_plan_itself_four_things_count(field, after):
    before = PlanContents("IEP")
    (change,) = compare(before, replace(before, **{field: after}))
    assert (change.kind, change.what, change.id, change.label) == (EDITED, PLAN, 0, "")
    assert change.fields == (FieldChange(field, getattr(before, field), after),)


@pytest.mark.parametrize(
    ("name", "item", "label"),
    [
        ("career_goals", ITEMS["career_goals"], "Nursing Assistants"),
        ("career_goals", CareerGoalItem(1, "short_education", words="Earn the diploma"), "Earn the diploma"),
        ("career_goals", CareerGoalItem(1, "employment", explores=True), "Career exploration"),
        ("goals", ITEMS["goals"], "Finish the course"),
        ("barriers", ITEMS["barriers"], "Transportation"),
        ("services", ITEMS["services"], "Career Counseling"),
        ("action_steps", ITEMS["action_steps"], "Call the college"),
    ],
)
def test_an_item_is_called_by_its_own_words(name, item, label):
    (added,) = compare(PlanContents("IEP"), plan(name, item))
    (removed,) = compare(plan(name, item), PlanContents("IEP"))
    assert (added.kind, added.what, added.id, added.label) == (ADDED, WHAT[name], item.id, label)
    assert (removed.kind, removed.what, removed.id, removed.label) == (REMOVED, WHAT[name], item.id, label)
    assert (added.before, added.after, removed.before, removed.after) == (None, item, item, None)
    assert (added.item, removed.item, added.goes_on, removed.removal) == (item, item, False, None)


def test_a_career_goal_in_the_same_role_is_the_same_goal():
    """Whatever row it is in the database: what the customer sees is the occupation in that role."""
    (change,) = compare(
        plan("career_goals", ITEMS["career_goals"]),
        plan("career_goals", replace(ITEMS["career_goals"], id=9, occupation_code="29-1141", occupation="Nurses")),
    )
    assert (change.kind, change.id, change.label, change.field_names) == (EDITED, 9, "Nurses", {"occupation_code"})


def test_changes_come_in_the_order_of_the_plan():
    everything = PlanContents("ISS", **{name: (item,) for name, item in ITEMS.items()})
    assert [change.what for change in compare(PlanContents("IEP"), everything)] == [*WHAT.values(), PLAN]


@pytest.mark.policy("AMB-W4")
def test_the_reason_of_a_removal_is_that_of_the_item_itself():
    """Another kind of item with the same id left for another reason."""
    gone = (Removal("service", 3, "not_wanted"), Removal("barrier", 3, "resolved"))
    (change,) = compare(plan("barriers", ITEMS["barriers"]), PlanContents("IEP", removals=gone))
    assert change.why == "resolved"
    (change,) = compare(plan("barriers", ITEMS["barriers"]), PlanContents("IEP", removals=gone[:1]))
    assert (change.removal, change.why) == (None, "")


@pytest.mark.policy("AMB-W30")
def test_a_service_that_begins_with_the_joining_is_only_recorded():
    before = ITEMS["services"]
    after = replace(before, causes_participation=True, actual_start_on="2026-11-20")
    (change,) = compare(plan("services", before), plan("services", after))
    assert change.field_names == {"actual_start_on"}
