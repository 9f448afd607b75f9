"""Services whose funding changed, one after the other: the former ones of many at once."""

from collections.abc import Iterable

from services.enums import Continuation
from services.models import PlannedService


def read_chains(rows: Iterable[PlannedService]) -> None:
    """So that `chain()` asks nothing more, where the funding of one of these changed twice or more: one query. They
    come with the service from which they go on (`select_related("continues")`)."""
    long = [row for row in rows if is_of_funding(row) and row.continues is not None and is_of_funding(row.continues)]
    if not long:
        return
    former = PlannedService.objects.filter(
        plan__in={row.plan_id for row in long}, continued_by__continuation=Continuation.FUNDING
    )
    known = {row.pk: row for row in former}
    for row in (*known.values(), *long):
        if is_of_funding(row) and row.continues_id in known:
            row.continues = known[row.continues_id]


def is_of_funding(row: PlannedService) -> bool:
    return row.continuation == Continuation.FUNDING
