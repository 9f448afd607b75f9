"""The rows of a plan's working copy: those of all kinds by one question, or of one kind.

The kinds stand beside their models, on this floor and above it; the floor that binds them registers them in plan order.
"""

from functools import cache, partial
from typing import Any

from django.db.models import QuerySet

from careerplan.base.links import linked_keys
from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.plans.kinds import Kind, linked_in
from careerplan.plans.models import RemovableModel

ROWS: dict[Kind, PreparedRows[Any]] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        ROWS[kind] = PreparedRows(partial(all_rows, kind))


def all_rows(kind: Kind, plan: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.told_with(kind.joined(kind.rows.objects.filter(plan=plan)))
    linked = {linked_in(name): linked_keys(kind.rows, name, **still_there(kind, name)) for name in kind.linked}
    rows = rows.annotate(**linked)
    return rows.order_by(*kind.order)


def still_there(kind: Kind, name: str) -> dict[str, None]:
    """Items of the plan count as long as they stand in it; what is linked beside them, always."""
    related = kind.rows._meta.get_field(name).related_model
    return {"removed_at": None} if issubclass(related, RemovableModel) else {}


@cache
def of_all_kinds() -> PreparedTogether:
    return PreparedTogether(*ROWS.values())


def rows_of_plan(plan_id: int) -> dict[Kind, list[Any]]:
    """The rows of every kind, those that have left, too, with all that reading them asks. One query."""
    return dict(zip(ROWS, of_all_kinds().read(plan_id), strict=True))


def rows_of(kind: Kind, plan_id: int) -> list[Any]:
    """The same of one kind. One query."""
    return ROWS[kind].read(plan_id)
