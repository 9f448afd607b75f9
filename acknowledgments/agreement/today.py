"""The plan as it is today, as its customer may see it: what is in force, with what was recorded freely since.

What a draft changes is the planner's own until it is sent (12.7.6): of an item whose agreed parts were changed there,
or that was removed there, the version in force says these parts.
"""

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from acknowledgments.agreement.working_copy import enrollments_of, head_of
from acknowledgments.contents.items import KINDS, PlanContents
from careerplan.base.telling import Beside
from careerplan.plans.items import BARRIER
from careerplan.plans.kinds import Field, Kind, Reading
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.working_rows import rows_of, rows_of_plan
from goals.items import ACTION_STEP, GOAL, ActionStepItem
from services.items import SERVICE

# What is said to a customer who is told whom to call: the person, the language, the planner and the office.
CALLED = (
    "customer_name", "language", "office", "office_address", "office_phone", "office_relay", "planner_name",
    "planner_phone", "planner_email",
)  # fmt: skip


def as_of_today(
    plan: EmploymentPlan, in_force: PlanContents, rows_now: Mapping[Kind, list[Any]] | None = None
) -> PlanContents:
    """The contents in force with today's free facts. Two queries; one where `rows_now` are at hand, as
    `rows_of_plan`."""
    reading = Reading(tuple(sorted(enrollments_of(plan.customer_id), key=attrgetter("pk"))))
    rows = {kind: {row.pk: row for row in found} for kind, found in (rows_now or rows_of_plan(plan.pk)).items()}
    items: dict[str, Any] = {kind.plural: items_today(kind, rows[kind], in_force, reading) for kind in KINDS}
    gone = frozenset(key for key, row in rows[BARRIER].items() if row.removed_at is not None)
    return with_goal_days(with_barriers_in_force(replace(in_force, **items), in_force, gone))


def with_whom_to_call(contents: PlanContents, version: PlanVersion) -> PlanContents:
    """With the planner and the office of today, whoever they were when the plan was agreed to, and the customer's name
    and language of today. `version`: with its customer."""
    head = head_of(version.plan.customer, version, [], [], "", None)
    return replace(contents, about=replace(contents.about, **{name: getattr(head, name) for name in CALLED}))


def steps_of_today(plan: EmploymentPlan, in_force: PlanContents) -> list[tuple[ActionStepItem, bool]]:
    """The action steps alone, each with whether a draft changes it or takes it out. One query."""
    rows = {row.pk: row for row in rows_of(ACTION_STEP, plan.pk)}
    agreed = {item.id: item.text for item in in_force.action_steps}
    found = items_today(ACTION_STEP, rows, in_force, Reading(()))
    changing = {key for key, row in rows.items() if row.removed_at is not None or row.text != agreed.get(key, row.text)}
    return [(item, item.id in changing) for item in found]


def items_today(kind: Kind, rows: Mapping[int, Any], in_force: PlanContents, reading: Reading) -> tuple[Any, ...]:
    agreed = {item.id: item for item in in_force.of(kind)}
    found = [today(kind, item, kind.read(rows[key], reading)) for key, item in agreed.items() if key in rows]
    free = [
        row for key, row in rows.items() if key not in agreed and row.removed_at is None and kind.enters_freely(row)
    ]
    return (*found, *(kind.read(row, reading) for row in free))


def today(kind: Kind, agreed: Any, now: Any) -> Any:
    """The agreed item with the fields that are recorded freely as they stand now."""
    free = [field for field in kind.fields if not field.bound]
    values = {name: getattr(now, name) for field in free for name in names_of(field)}
    return replace(agreed, **values)


def names_of(field: Field) -> tuple[str, ...]:
    """The field, and the name that stands beside its code."""
    return (field.name, field.told.name) if isinstance(field.told, Beside) else (field.name,)


def with_barriers_in_force(contents: PlanContents, in_force: PlanContents, gone: frozenset[int]) -> PlanContents:
    """A barrier that a draft adds is related to nothing yet, and one that a draft removes (`gone`) still is."""
    known = {barrier.id for barrier in in_force.of(BARRIER)}
    items: dict[str, Any] = {}
    for kind in (GOAL, SERVICE):
        before = {item.id: set(item.barrier_ids) for item in in_force.of(kind)}
        found = []
        for item in contents.of(kind):
            related = set(item.barrier_ids) & known | before.get(item.id, set()) & gone
            found.append(replace(item, barrier_ids=tuple(sorted(related))))
        items[kind.plural] = tuple(found)
    return replace(contents, **items)


def with_goal_days(contents: PlanContents) -> PlanContents:
    """A goal's days are those of its services (ILL-047)."""
    goals = []
    for goal in contents.of(GOAL):
        services = [service for service in contents.of(SERVICE) if service.goal_id == goal.id]
        starts = [day for service in services for day in (service.planned_start_on, service.actual_start_on) if day]
        ends = [service.planned_end_on for service in services if service.planned_end_on]
        goals.append(replace(goal, starts_on=min(starts, default=""), ends_on=max(ends, default="")))
    return replace(contents, goals=tuple(goals))
