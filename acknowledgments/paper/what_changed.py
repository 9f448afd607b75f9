"""What changed since the customer last agreed, as the paper says it."""

from dataclasses import replace
from typing import Any

from acknowledgments.contents.changes import EDITED, Change, compare
from acknowledgments.contents.items import PlanContents
from acknowledgments.paper.rows import shared, without_confidential
from acknowledgments.paper.words import change_rows
from careerplan.plans.items import BARRIER, BarrierItem

# Changes and their fields: this many take the renderer 3 s. More are counted on paper and listed on the page only.
MAX_LINES = 1000


def changes_context(agreed: PlanContents | None, contents: PlanContents) -> dict[str, Any]:
    """`what_changed` for the paper, None before the first agreement; `left_out`, how many changes were too many."""
    rows = changed_since(agreed, contents) if agreed else None
    lines = sum(1 + len(row["fields"]) for row in rows or ())
    left_out = len(rows or ()) if lines > MAX_LINES else 0
    return {"what_changed": rows, "left_out": left_out}


def changed_since(agreed: PlanContents, contents: PlanContents) -> list[dict[str, Any]]:
    """The changes that may stand on paper, in the language in force."""
    changes = [on_paper(change) for change in compare(agreed, contents)]
    told = [change for change in changes if change.fields or change.kind != EDITED or is_confidential(change)]
    return change_rows(told, without_confidential(agreed), without_confidential(contents))


def on_paper(change: Change) -> Change:
    """The change without what the paper does not show; of a confidential barrier it says that it changed, not how."""
    if is_confidential(change):
        before, after = shared_or_none(change.before), shared_or_none(change.after)
        fields = tuple(field for field in change.fields if field.name == "status")
        return replace(
            change, label=str(getattr(after or before, "category", "")), before=before, after=after, fields=fields
        )
    off_paper = {field.name for field in change.what.fields if not field.on_paper}
    return replace(change, fields=tuple(field for field in change.fields if field.name not in off_paper))


def is_confidential(change: Change) -> bool:
    """A barrier that is, or was, confidential."""
    return change.what == BARRIER and any(item.confidential for item in (change.before, change.after) if item)


def shared_or_none(barrier: BarrierItem | None) -> BarrierItem | None:
    return shared(barrier) if barrier else None
