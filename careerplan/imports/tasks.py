"""What goes on behind the page: rows are checked, and what was confirmed is imported."""

import logging
import time

from celery import shared_task

from careerplan.base import clock
from careerplan.base.background import nudge
from careerplan.imports.checking import Seen, check
from careerplan.imports.enums import ImportState
from careerplan.imports.models import Import
from careerplan.imports.saving import save

logger = logging.getLogger(__name__)

# A task checks no further part after so many seconds, and asks for another: what else waits has its turn.
BUDGET_SECONDS = 30
# Twenty thousand rows are written in one transaction.
LONGEST_SECONDS = 30 * 60


@shared_task(soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def go_on(import_id: int) -> bool:
    """Go on with one import; whether it waits for nothing of ours any more."""
    return work_on(import_id, seconds=BUDGET_SECONDS)


@shared_task(soft_time_limit=LONGEST_SECONDS, time_limit=LONGEST_SECONDS + 60)
def sweep() -> int:
    """Go on with what the queue lost, or a process left that ended; returns how many were begun."""
    keys = list(Import.objects.under_way().values_list("pk", flat=True))
    for key in keys:
        try:
            work_on(key, seconds=BUDGET_SECONDS)
        except Exception:  # one that fails keeps no other one waiting
            logger.exception("Import %s could not be gone on with; the next sweep tries again.", key)
    return len(keys)


def work_on(import_id: int, *, seconds: float) -> bool:
    until, bringing = time.monotonic() + seconds, Import.objects.filter(pk=import_id).first()
    if bringing is None or not bringing.is_under_way:
        return True
    if bringing.state == ImportState.SAVING:
        save(bringing, at=clock.now())
        bringing = Import.objects.filter(pk=import_id).first()
    if bringing is not None and bringing.state == ImportState.CHECKING:
        reader, seen = bringing.about.reader(bringing), Seen.of(bringing)
        while check(bringing, reader=reader, seen=seen):
            if time.monotonic() > until:
                nudge("careerplan.imports.tasks.go_on", import_id)
                return False
    return bringing is None or bringing.state != ImportState.SAVING
