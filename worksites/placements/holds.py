"""Holds before the newest one: they are kept when another one begins, and can be corrected (ILL-151, ILL-152)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import day_of, in_text
from careerplan.base.history import record
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from worksites.placements.models import FormerHold, Placement
from worksites.placements.policy import Hold, Span


def keep_former_hold(placement: Placement, before: Hold | None, *, by: User, at: datetime) -> None:
    """A second hold does not overlap the one before, which goes among the former ones."""
    if before is None or before.returned_on is None or placement.inactive_on is None:
        return
    if placement.inactive_on < before.returned_on:
        sentence = _("The customer returned from the last hold on %(day)s. Enter that day or a later one.")
        raise Refusal("holds-overlap", sentence % {"day": in_text(before.returned_on)}, field="inactive_on")
    former = FormerHold(placement=placement, inactive_on=before.inactive_on, returned_on=before.returned_on)
    record(former, by=by, at=at)


def correct_former_holds(
    placement: Placement, said: Mapping[int, Hold], *, by: User, at: datetime
) -> list[tuple[FormerHold, Hold]]:
    """The holds that changed, each with what it was. `said`: by the key of the hold, whose return is known.

    One that was none begins and ends on the same day, and counts no day. Raises Refusal, at the field of the hold
    (`field_of`).
    """
    rows = list(placement.former_holds.select_for_update().order_by("inactive_on"))
    holds = {row.pk: said.get(row.pk, row.as_hold) for row in rows}
    if all(holds[row.pk] == row.as_hold for row in rows):
        return []
    spans = {key: span_of(hold, key, on=day_of(at)) for key, hold in holds.items()}
    refuse_overlap(spans)
    changed = []
    for row, (inactive_on, returned_on) in without_a_clash(rows, spans.values()):
        changed.append((row, row.as_hold))
        row.placement, row.inactive_on, row.returned_on = placement, inactive_on, returned_on
        record(row, by=by, at=at, reason=gettext_noop("corrected"))
    return changed


def without_a_clash(rows: list[FormerHold], spans: Iterable[Span]) -> list[tuple[FormerHold, Span]]:
    """What changes, in an order of saving in which no two holds begin on one day. The earliest row gets the earliest
    days: what moves back is saved from the first on, and what moves forward from the last."""
    pairs = zip(rows, sorted(spans), strict=True)
    changed = [(row, span) for row, span in pairs if span != (row.inactive_on, row.returned_on)]
    back = [(row, span) for row, span in changed if span[0] <= row.inactive_on]
    forward = [(row, span) for row, span in changed if span[0] > row.inactive_on]
    return [*back, *reversed(forward)]


def span_of(hold: Hold, key: int, *, on: date) -> Span:
    """Both of its days have happened, the inactive date first. Raises Refusal."""
    if hold.returned_on is None or hold.returned_on < hold.inactive_on:
        sentence = _("The return can't be before the inactive date. Correct one of the two dates.")
        raise Refusal("return-before-inactive", sentence, field=field_of(key, "returned_on"))
    refuse_unlikely(hold.inactive_on, on, happened=True, field=field_of(key, "inactive_on"))
    refuse_unlikely(hold.returned_on, on, happened=True, field=field_of(key, "returned_on"))
    return hold.inactive_on, hold.returned_on


def refuse_overlap(spans: Mapping[int, Span]) -> None:
    for (_key, before), (key, after) in pairwise(sorted(spans.items(), key=lambda item: item[1])):
        if before[1] > after[0] or before[0] == after[0]:
            sentence = _("Another hold lasts until %(day)s. Correct one of the two.")
            raise Refusal("holds-overlap", sentence % {"day": in_text(before[1])}, field=field_of(key, "inactive_on"))


def field_of(key: int, name: str) -> str:
    return f"former_hold_{key}_{name}"
