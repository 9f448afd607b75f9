"""What differs between two contents: a pure comparison, in plan order.

Items are compared by what they are to the customer: career goals by their role, everything else by its id. What
follows from other items (a goal's dates) or from the catalog (a service's name and class) is no change of the plan. A
service or barrier that became another one counts as removed and added (AMB-W8).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from acknowledgments.contents.items import KINDS, PlanContents, Removal
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Kind, Part
from services.items import SERVICE, ServiceItem

ADDED = "added"
REMOVED = "removed"
EDITED = "edited"

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
    what: Part
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
        return str(getattr(self.item, self.what.rewording)) if self.what.rewording else ""

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


def compare(before: PlanContents, after: PlanContents) -> list[Change]:
    """Every difference that a rule may speak of, in plan order; nothing for equal contents."""
    changes: list[Change] = []
    for kind in KINDS:
        changes += compare_items(kind, before, after)
    changes = with_continuations(changes, before, after)
    fields = field_changes(PLAN, before, after)
    if fields:
        changes.append(Change(EDITED, PLAN, 0, "", before, after, fields))
    return changes


def compare_items(kind: Kind, before: PlanContents, after: PlanContents) -> list[Change]:
    """Added and edited items in the order of `after`, then removed ones in the order of `before`."""
    old = {getattr(item, kind.key): item for item in before.of(kind)}
    new = {getattr(item, kind.key): item for item in after.of(kind)}
    removals = {removal.id: removal for removal in after.removals if removal.kind == kind.name}
    changes = []
    for key, item in new.items():
        former = old.get(key)
        if former is None or is_another_item(kind, former, item):
            changes.append(Change(ADDED, kind, item.id, kind.title(item), after=item))
        elif fields := field_changes(kind, former, item) + also_changed(kind, former, item):
            changes.append(Change(EDITED, kind, item.id, kind.title(item), former, item, fields))
    for key, item in old.items():
        if key not in new or is_another_item(kind, item, new[key]):
            gone = removals.get(item.id)
            changes.append(Change(REMOVED, kind, item.id, kind.title(item), before=item, removal=gone))
    return changes


def is_another_item(kind: Kind, former: Any, item: Any) -> bool:
    """Whether an item that is found under the same key became another one."""
    return bool(getattr(former, kind.identity) != getattr(item, kind.identity))


def also_changed(kind: Kind, former: Any, item: Any) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(name, old, new) for name, old, new in kind.also(former, item))


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
    behind = KINDS[: KINDS.index(SERVICE) + 1]
    place = sum(change.what in behind for change in marked)
    return [*marked[:place], *left, *marked[place:]]


def ends_of_chains(before: PlanContents, after: PlanContents, links: dict[int, int]) -> dict[int, Removal]:
    """Listed services that went on under other funding and whose last half has left since: it is they that leave.

    The last half was never listed, so that nothing else would tell of it. By the listed service's id.
    """
    listed = {service.id for service in before.services}
    known = listed | {removal.id for removal in before.removals if removal.kind == SERVICE.name}
    continued = set(links.values())
    last_halves = {service.id for service in after.services} - continued
    going_on = {former for service in last_halves for former in formers(service, links)}
    gone = [item for item in after.removals if item.kind == SERVICE.name and item.id not in known | continued]
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
    in_plan = {item.id: item.continues for item in contents.services if item.continuation == FUNDING}
    gone = {item.id: item.continues for item in contents.removals if item.kind == SERVICE.name}
    return {service: former for service, former in (gone | in_plan).items() if former is not None}


def formers(service_id: int, links: dict[int, int]) -> Iterator[int]:
    """The services from which one goes on, the nearest first."""
    seen: set[int] = set()
    while service_id in links and service_id not in seen:
        seen.add(service_id)
        service_id = links[service_id]
        yield service_id


def field_changes(part: Part, before: Any, after: Any) -> tuple[FieldChange, ...]:
    changed = [name for name in part.compared_names if getattr(before, name) != getattr(after, name)]
    return tuple(FieldChange(name, getattr(before, name), getattr(after, name)) for name in changed)
