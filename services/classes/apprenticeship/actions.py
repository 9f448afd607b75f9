"""Changes of the wage steps of an apprenticeship. They go with a change of its service, in its transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.history.carried import Change
from careerplan.base.refusals import Refusal
from services.classes.apprenticeship.models import Apprenticeship, WageStep
from services.classes.apprenticeship.policy import Step, faults
from services.classes.apprenticeship.words import as_item, sentence_of, told_steps
from services.classes.details import WITH_ITS_SERVICE


def save_wage_steps(detail: Apprenticeship, steps: Sequence[Step], *, by: User, at: datetime) -> list[Change]:
    """Make these the wage steps of a locked service; returns the change in words. A step that is gone keeps its row.

    Raises Refusal: they do not rise.
    """
    if (fault := next(faults(steps), None)) is not None:
        raise Refusal(fault.code, sentence_of(fault, steps[fault.place]), field="wage_steps")
    rows = {(row.counted_in, row.after): row for row in WageStep.objects.filter(apprenticeship=detail)}
    before = sorted((row for row in rows.values() if row.wage is not None), key=lambda row: row.after)
    words = told_steps(map(as_item, before))
    for row in rows.values():
        row.wage = row.percent = None
    for step in steps:
        row = rows.setdefault(step[:2], WageStep(counted_in=step.counted_in, after=step.after))
        row.wage, row.percent = step.wage, step.percent
    for row in rows.values():
        row.apprenticeship = detail
        record(row, by=by, at=at, reason=WITH_ITS_SERVICE)
    now = told_steps(map(as_item, steps))
    return [] if words == now else [{"label": str(_("wage steps")), "from": words, "to": now}]
