"""The working copy goes back, or forth, to sealed contents: of deleted, recovered and declined drafts (12.7.7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.permissions import permit_steps_as_they_stand
from acknowledgments.contents.items import KINDS, PlanContents
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Field, Kind
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import mark_put_back, record_removal, record_return
from goals.actions import settle_back_on_track
from services.enums import Continuation
from services.items import SERVICE
from services.models import PlannedService

REMOVED_WITH_DRAFT = "The draft in which it was added ended"


def restore_agreed(plan: EmploymentPlan, *, reason: str, by: User, at: datetime) -> None:
    """The working copy as in the version in force; empty where none is."""
    restore(plan, agreed_contents(plan), reason=reason, by=by, at=at)


def agreed_contents(plan: EmploymentPlan) -> PlanContents:
    return contents_of_active(plan.pk) or PlanContents(plan_type=plan.plan_type)


def restore(
    plan: EmploymentPlan,
    contents: PlanContents,
    *,
    goes_forth: bool = False,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Bound fields and membership as in `contents`: added items leave, removed ones are put back, changed ones go back.

    `goes_forth`: to a draft that is recovered, and not back to what was agreed to.
    """
    for field in PLAN.fields:
        setattr(plan, field.bound, getattr(contents, field.name))
    record(plan, by=by, at=at, reason=reason)
    in_force = agreed_contents(plan)
    # Items leave before others are put back, so that what may stand once never stands twice; and in the reverse order,
    # so that a goal leaves after what stands under it, and is put back before.
    for kind in reversed(KINDS):
        take_added_out(kind, plan, contents, reason=reason, by=by, at=at)
    for kind in KINDS:
        put_back(kind, plan, contents, in_force, goes_forth=goes_forth, reason=reason, by=by, at=at)
    follow_former(plan, contents, reason=reason, by=by, at=at)
    permit_steps_as_they_stand(plan.pk, by=by, at=at)
    settle_back_on_track(plan, at=at)


def take_added_out(
    kind: Kind, plan: EmploymentPlan, contents: PlanContents, *, reason: str, by: User, at: datetime
) -> None:
    """What the contents do not hold leaves: as it had left them before, or as entered in error.

    What became another item leaves too, and is put back as it was: another may have taken its place.
    """
    items = {item.id: item for item in contents.of(kind)}
    whys = {removal.id: removal.why for removal in contents.removals if removal.kind == kind.name}
    for row in kind.joined(kind.rows.objects.in_plan().filter(plan=plan)):
        kept = row.pk in items and not became_another(kind, row, items[row.pk])
        recorded_freely = row.pk not in whys and kind.enters_freely(row)  # whatever becomes of the draft (12.7.5)
        if kept or recorded_freely:
            continue
        row.plan = plan
        words = (last_reason(row) if row.pk in whys else "") or REMOVED_WITH_DRAFT
        record_removal(row, words, why=whys.get(row.pk) or "entered_in_error", reason=reason, by=by, at=at)


def became_another(kind: Kind, row: Any, item: Any) -> bool:
    """Whether what tells two items apart is bound, and was changed in the draft."""
    identity = next((field for field in kind.fields if field.name == kind.identity and not field.fixed), None)
    return identity is not None and bool(stored(identity, row) != getattr(item, identity.name))


def stored(field: Field, row: Any) -> Any:
    """What a row says of a bound field, as contents say it."""
    value = getattr(row, field.bound)
    return getattr(value, field.by) if field.by and value is not None else value


def last_reason(row: Any) -> str:
    """In which words the item left the plan before it was put back; its history knows."""
    words = row.history.exclude(removed_reason="").order_by("-history_id").values_list("removed_reason", flat=True)
    return str(words.first() or "")


def put_back(
    kind: Kind,
    plan: EmploymentPlan,
    contents: PlanContents,
    in_force: PlanContents,
    *,
    goes_forth: bool,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """The rows of the contents are in the plan again, with all that is bound of them."""
    items = {item.id: item for item in contents.of(kind)}
    agreed = {item.id: item for item in in_force.of(kind)}
    fields = [field for field in kind.fields if field.bound and not (field.fixed or field.settled)]
    named = {field.name: rows_named(kind, field, items) for field in fields if field.by}
    for row in kind.joined(kind.rows.objects.filter(plan=plan, pk__in=items)):
        item = items[row.pk]
        row.plan = plan
        left_at = mark_put_back(row)
        for field in fields:
            set_bound(row, field, getattr(item, field.name), named.get(field.name))
        kind.settle(row, item, agreed.get(row.pk), goes_forth)
        record_return(row, left_at, reason=reason, by=by, at=at)


def rows_named(kind: Kind, field: Field, items: Mapping[int, Any]) -> Mapping[str, Any]:
    """The rows that the items name by a code, by this code. One query."""
    related = kind.rows._meta.get_field(field.bound).related_model
    codes = {getattr(item, field.name) for item in items.values()} - {""}
    return {getattr(row, field.by): row for row in related.objects.filter(**{f"{field.by}__in": codes})}


def set_bound(row: Any, field: Field, value: Any, named: Mapping[str, Any] | None) -> None:
    """Set a bound column to what contents say; a code that no row has any more leaves it as it is."""
    if named is None:
        setattr(row, row._meta.get_field(field.bound).attname, value)
    elif not value:
        setattr(row, field.bound, None)
    elif value in named:
        setattr(row, field.bound, named[value])


def follow_former(plan: EmploymentPlan, contents: PlanContents, *, reason: str, by: User, at: datetime) -> None:
    """What was re-created for its funding after `contents` stands where the service does from which it goes on."""
    known = {item.id for item in contents.services}
    known |= {removal.id for removal in contents.removals if removal.kind == SERVICE.name}
    rows: dict[int | None, PlannedService] = {
        row.pk: row for row in PlannedService.objects.filter(plan=plan).order_by("id")
    }
    later = [row for row in rows.values() if row.continuation == Continuation.FUNDING and row.pk not in known]
    for key, row in {row.continues_id: row for row in later}.items():  # the last one, where one before it was removed
        former, left_at = rows[key], row.removed_at
        row.plan = plan
        if leaves := left_at is None and former.removed_at is not None:
            row.refuse_to_leave()
        for name in ("goal_id", "removed_at", "removed_by_id", "removed_reason", "removal"):
            setattr(row, name, getattr(former, name))
        record(row, by=by, at=at, reason=reason)
        if leaves:
            row.let_go(by=by, at=at)
        elif left_at is not None and former.removed_at is None:
            row.take_up_again(left_at, by=by, at=at)
