"""Goes on with an import, wherever it stopped: in the page for a small one, in a worker for others."""

import time

from careerplan.base import clock
from careerplan.base.background import nudge
from careerplan.imports.actions import TASK
from careerplan.imports.checking import check
from careerplan.imports.enums import ImportState
from careerplan.imports.models import Import
from careerplan.imports.saving import save
from careerplan.imports.seen import Seen

# Nothing further is checked after so many seconds, and another task is asked for: what else waits has its turn.
BUDGET_SECONDS = 30


def work_on(import_id: int, *, seconds: float) -> bool:
    """Whether nothing of it waits for us any more."""
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
                nudge(TASK, import_id)
                return False
    return bringing is None or bringing.state != ImportState.SAVING
