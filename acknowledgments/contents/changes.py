"""What differs between two contents: a pure comparison, in plan order.

Items are compared by what they are to the customer: career goals by their role, everything else by its id. What
follows from other items (a goal's dates) or from the catalog (a service's name and class) is no change of the plan. A
service or barrier that became another one counts as removed and added (AMB-W8).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from acknowledgments.contents.items import PlanContents, Removal, ServiceItem

ADDED = "added"
REMOVED = "removed"
EDITED = "edited"

CAREER_GOAL = "career_goal"
GOAL = "goal"
BARRIER = "barrier"
SERVICE = "service"
ACTION_STEP = "action_step"
PLAN = "plan"

# A service's status, and the reason of a removal.
COMPLETE = "complete"
COMPLETED = "completed"
FUNDING = "funding"


@dataclass(frozen=True)
class FieldChange:
    """One field of an item or of the plan itself, with both values."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One difference. `before` is None for what was added, `after` for what was removed.

    `removal`: what the contents say of an item that left, None where they don't. `goes_on`: the service is the same as
    one that was listed before, re-created for its funding alone, or the half of it that ended with the old funding.
    """

    kind: str
    what: str
    id: int
    label: str
    before: Any = None
    after: Any = None
    fields: tuple[FieldChange, ...] = ()
    removal: Removal | None = None
    goes_on: bool = False

    @property
    def item(self) -> Any:
        """The item as it stands, or stood when it was removed."""
        return self.after if self.after is not None else self.before

    @property
    def field_names(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields)

    @property
    def why(self) -> str:
        """The code of the reason for which an item left."""
        return self.removal.why if self.removal else ""

    @property
    def rewording(self) -> str:
        """The planner's word about a changed text, of the item or of the plan's comment."""
        return str(getattr(self.item, "comment_rewording" if self.what == PLAN else "rewording", ""))

    @property
    def is_completed(self) -> bool:
        """A service that left the plan complete: as its row stood then, and for that reason (12.7.8).

        What the sealed contents said of it counts only where nothing is said of the removal.
        """
        if self.what != SERVICE or self.kind != REMOVED:
            return False
        if self.removal is None:
            return bool(self.before.status == COMPLETE)
        return self.removal.why == COMPLETED and self.removal.status in {"", COMPLETE}

    def is_service(self, *classes: str) -> bool:
        return self.what == SERVICE and self.item.service_class in classes


def participation_gained(before: ServiceItem, after: ServiceItem) -> tuple[FieldChange, ...]:
    """A listed service that has not begun comes to cause participation, since the customer joined a program."""
    gained = after.causes_participation and not before.causes_participation and not after.actual_start_on
    return (FieldChange("causes_participation", False, True),) if gained else ()


@dataclass(frozen=True)
class Part:
    """How one kind of item is compared: by which key, in which fields, and in what `also` differs; another identity is
    another item."""

    what: str
    items: Callable[[PlanContents], Iterable[Any]]
    key: Callable[[Any], Any]
    identity: Callable[[Any], Any]
    label: Callable[[Any], str]
    fields: tuple[str, ...]
    also: Callable[[Any, Any], tuple[FieldChange, ...]] = lambda before, after: ()


PARTS = (
    Part(
        CAREER_GOAL,
        lambda contents: contents.career_goals,
        lambda item: item.role,
        lambda item: item.role,
        lambda item: "Career exploration" if item.explores else item.words or item.occupation,
        ("explores", "occupation_code", "words"),
    ),
    Part(
        GOAL,
        lambda contents: contents.goals,
        lambda item: item.id,
        lambda item: item.id,
        lambda item: item.statement,
        ("statement", "category", "term", "status", "times_off_track"),
    ),
    Part(
        BARRIER,
        lambda contents: contents.barriers,
        lambda item: item.id,
        lambda item: item.category_code,
        lambda item: item.category,
        ("description", "how_addressed", "status"),
    ),
    Part(
        SERVICE,
        lambda contents: contents.services,
        lambda item: item.id,
        lambda item: item.code,
        lambda item: item.name,
        (
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
            "assessment",
            "exploration_reason",
            "contract",
        ),
        participation_gained,
    ),
    Part(
        ACTION_STEP,
        lambda contents: contents.action_steps,
        lambda item: item.id,
        lambda item: item.id,
        lambda item: item.text,
        ("goal_id", "text", "who", "due_on", "done_on"),
    ),
)

PLAN_FIELDS = ("plan_type", "barriers_comment", "no_services_reason", "no_supportive_services")


def compare(before: PlanContents, after: PlanContents) -> list[Change]:
    """Every difference that a rule may speak of, in plan order; nothing for equal contents."""
    changes: list[Change] = []
    for part in PARTS:
        changes += compare_part(part, before, after)
    changes = with_continuations(changes, before, after)
    fields = field_changes(PLAN_FIELDS, before, after)
    if fields:
        changes.append(Change(EDITED, PLAN, 0, "", before, after, fields))
    return changes


def compare_part(part: Part, before: PlanContents, after: PlanContents) -> list[Change]:
    """Added and edited items in the order of `after`, then removed ones in the order of `before`."""
    old = {part.key(item): item for item in part.items(before)}
    new = {part.key(item): item for item in part.items(after)}
    removals = {removal.id: removal for removal in after.removals if removal.kind == part.what}
    changes = []
    for key, item in new.items():
        former = old.get(key)
        if former is None or part.identity(former) != part.identity(item):
            changes.append(Change(ADDED, part.what, item.id, part.label(item), after=item))
        elif fields := field_changes(part.fields, former, item) + part.also(former, item):
            changes.append(Change(EDITED, part.what, item.id, part.label(item), former, item, fields))
    for key, item in old.items():
        if key not in new or part.identity(new[key]) != part.identity(item):
            gone = removals.get(item.id)
            changes.append(Change(REMOVED, part.what, item.id, part.label(item), before=item, removal=gone))
    return changes


def with_continuations(changes: list[Change], before: PlanContents, after: PlanContents) -> list[Change]:
    """Marks the two halves of a listed service that goes on under other funding (12.7.5, Services).

    What was not listed before, or stands elsewhere now, is not only funded otherwise: it is new to the customer.
    """
    links = funding_links(after)
    listed = {service.id: service for service in before.services}
    under_way = {former for service in after.services for former in formers(service.id, links)}
    ends = ends_of_chains(before, after, links)
    kept = [change for change in changes if change.what != SERVICE or change.id not in ends]
    marked = [
        replace(change, goes_on=True)
        if is_same_service(change, links, listed) or (removed_service(change) and change.id in under_way)
        else change
        for change in kept
    ]
    left = [
        Change(REMOVED, SERVICE, key, listed[key].name, before=listed[key], removal=removal)
        for key, removal in ends.items()
    ]
    after_services = sum(change.what != ACTION_STEP for change in marked)
    return [*marked[:after_services], *left, *marked[after_services:]]


def ends_of_chains(before: PlanContents, after: PlanContents, links: dict[int, int]) -> dict[int, Removal]:
    """Listed services that went on under other funding and whose last half has left since: it is they that leave.

    The last half was never listed, so that nothing else would tell of it. By the listed service's id.
    """
    listed = {service.id for service in before.services}
    known = listed | {removal.id for removal in before.removals if removal.kind == SERVICE}
    continued = set(links.values())
    standing = {service.id for service in after.services} - continued
    going_on = {former for service in standing for former in formers(service, links)}
    gone = [item for item in after.removals if item.kind == SERVICE and item.id not in known | continued]
    origins = ((next((one for one in formers(item.id, links) if one in known), None), item) for item in gone)
    return {origin: item for origin, item in origins if origin in listed and origin not in going_on}


def removed_service(change: Change) -> bool:
    return change.what == SERVICE and change.kind == REMOVED


def is_same_service(change: Change, links: dict[int, int], listed: dict[int, ServiceItem]) -> bool:
    """An added service that goes on from a listed one, under the same goal, and starts no participation that the listed
    one did not."""
    if change.what != SERVICE or change.kind != ADDED:
        return False
    origin = next((listed[former] for former in formers(change.id, links) if former in listed), None)
    if origin is None or (origin.code, origin.goal_id) != (change.after.code, change.after.goal_id):
        return False
    return bool(origin.causes_participation or not change.after.causes_participation)


def funding_links(contents: PlanContents) -> dict[int, int]:
    """From each service to the one from which it goes on with nothing but its funding changed; removed ones, too."""
    standing = {item.id: item.continues for item in contents.services if item.continuation == FUNDING}
    gone = {item.id: item.continues for item in contents.removals if item.kind == SERVICE}
    return {service: former for service, former in (gone | standing).items() if former is not None}


def formers(service_id: int, links: dict[int, int]) -> Iterator[int]:
    """The services from which one goes on, the nearest first."""
    seen: set[int] = set()
    while service_id in links and service_id not in seen:
        seen.add(service_id)
        service_id = links[service_id]
        yield service_id


def field_changes(names: Iterable[str], before: Any, after: Any) -> tuple[FieldChange, ...]:
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)
