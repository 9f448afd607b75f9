"""Rows of the working copy: entered, changed, taken out and put back, of whatever kind of item.

What the customer agreed to changes in a draft alone; what is recorded freely, in any open plan. A row that leaves the
plan stays, and says when, by whom and why.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.agreed import permit_as_it_stands
from careerplan.plans.kinds import Kind
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.transitions import lock_plan
from customers.actions import not_an_editor
from customers.models import sees

REASON_LIMIT = 300


def record_removal(row: Any, words: str, *, why: str = "", reason: str, by: User, at: datetime) -> None:
    """`words`: why it leaves, as people read it; `why`: the code, of a kind that has a list; `reason`: for the log.

    Raises Refusal where the row can't leave.
    """
    row.refuse_to_leave()
    row.removed_at, row.removed_by, row.removed_reason = at, by, words[:REASON_LIMIT]
    if hasattr(row, "removal"):
        row.removal = why
    record(row, by=by, at=at, reason=reason)
    row.let_go(by=by, at=at)


def mark_put_back(row: Any) -> datetime | None:
    """Not saved. Returns when the row had left."""
    left_at: datetime | None = row.removed_at
    row.removed_at, row.removed_by, row.removed_reason = None, None, ""
    if hasattr(row, "removal"):
        row.removal = ""
    return left_at


def record_return(row: Any, left_at: datetime | None, *, reason: str, by: User, at: datetime) -> None:
    """`left_at`: when the row had left, as `mark_put_back` says; None of one that stood in the plan all the time."""
    record(row, by=by, at=at, reason=reason)
    if left_at is not None:
        row.take_up_again(left_at, by=by, at=at)


def for_recording(plan: EmploymentPlan, *, by: User) -> EmploymentPlan:
    """The locked plan, if `by` may record free facts in it (dates, statuses, notes ...).

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: the plan is closed.
    """
    plan = lock_plan(plan.pk)
    require_open(plan, by=by)
    return plan


def require_open(plan: EmploymentPlan, *, by: User) -> None:
    """Raises as `for_recording`, of a plan that is locked already, with its customer."""
    if not (by.edits_plans and sees(by, plan.customer)):
        raise not_an_editor()
    if not plan.is_open:
        raise Refusal("plan-closed", _("This plan is closed. A closed plan can't be changed."))


def for_changing(plan: EmploymentPlan, *, by: User) -> EmploymentPlan:
    """The locked plan, if what the customer agreed to may be changed now: a draft is open.

    Raises:
        Refusal: no draft is open; the sentence says how to open one.
    """
    plan = for_recording(plan, by=by)
    require_draft(plan)
    return plan


def require_draft(plan: EmploymentPlan) -> None:
    """Raises as `for_changing`, of a locked plan."""
    version = plan.versions.open().first()
    if version is None:
        raise Refusal(
            "no-draft",
            _("The customer agreed to this. Choose Update/Review to open the next version, then change it there."),
        )
    if version.is_awaiting:
        raise Refusal(
            "awaiting",
            _("Version %(number)d is with the customer. Recall it first, then change it.") % {"number": version.number},
        )


def require_values(kind: Kind, row: Any, values: dict[str, Any], *, by: User) -> None:
    """For saving `values` into a row of a locked plan: bound fields need a draft, free ones only an open plan."""
    require_open(row.plan, by=by)
    if any(differs(row, name, values[name]) for name in kind.bound & values.keys()):
        require_draft(row.plan)


def differs(row: Any, name: str, value: Any) -> bool:
    """Whether a field of the row says something else; of another row its key is compared, and it is not read."""
    key = value.pk if isinstance(value, Model) else value
    return bool(getattr(row, row._meta.get_field(name).attname) != key)


def item_for_saving(
    kind: Kind, plan: EmploymentPlan, item: Any, values: dict[str, Any], *, seen: int | None, by: User
) -> Any:
    """The row of the working copy with `values` set, its plan locked and its version compared; not yet saved."""
    if item is None:
        saved = kind.rows()
        saved.plan = for_changing(plan, by=by)
    else:
        plan = lock_plan(plan.pk)
        rows = kind.joined(kind.rows.objects.in_plan()).select_for_update(of=("self",))
        saved = rows.filter(plan=plan, pk=item.pk).first()
        if saved is None:
            raise Refusal(
                "removed-meanwhile", _("Someone removed this from the plan in the meantime. Open the page again.")
            )
        ensure_current(saved, seen)
        saved.plan = plan
        require_values(kind, saved, values, by=by)
    for name, value in values.items():
        setattr(saved, name, value)
    return saved


def locked_item(plan: EmploymentPlan, item: Any) -> Any:
    """The row as it stands, locked, of a locked plan."""
    row = type(item).objects.select_for_update(of=("self",)).get(pk=item.pk, plan=plan)
    row.plan = plan
    return row


def take_out(plan: EmploymentPlan, item: Any, *, reason: str, why: str = "", by: User, at: datetime) -> Any:
    """Mark an item of a locked plan as removed; the row stays. `why`: the code of the reason, of a kind with a list."""
    item = locked_item(plan, item)
    if item.removed_at is not None:
        raise Refusal("already-removed", _("This was already removed."))
    words = said(str(reason), _("Say why it is being removed from the plan."), field="reason")
    record_removal(item, words, why=why, reason=gettext_noop("removed"), by=by, at=at)
    return item


@transaction.atomic
def put_back(kind: Kind, item: Any, *, by: User, at: datetime) -> None:
    """Undo a removal while the draft is open, of whatever kind of item.

    Raises:
        ApprovalNeeded: another program's planner has to agree to it (12.7.9).
        Refusal: its place is taken meanwhile; the row itself says so.
    """
    plan = for_changing(item.plan, by=by)
    row = locked_item(plan, item)
    if row.removed_at is None:  # the button was pressed twice
        return
    row.refuse_to_return(by)
    left_at = mark_put_back(row)
    if kind.begins and getattr(row, kind.begins) is None:
        permit_as_it_stands(row)
    record_return(row, left_at, reason=gettext_noop("put back"), by=by, at=at)
