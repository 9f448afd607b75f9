"""What goes on behind the page: rows are checked, and what was confirmed is imported."""

import logging

from celery import shared_task

from careerplan.imports.models import Import
from careerplan.imports.working import BUDGET_SECONDS, work_on

logger = logging.getLogger(__name__)

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
