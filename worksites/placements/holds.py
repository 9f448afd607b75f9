"""Holds before the newest one: they are kept when another one begins, and can be corrected (ILL-151, ILL-152)."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from worksites.placements.models import FormerHold, Placement
from worksites.placements.policy import Hold


def keep_former_hold(placement: Placement, before: Hold | None, *, by: User, at: datetime) -> None:
    """A second hold does not overlap the one before, which goes among the former ones."""
    if before is None or before.returned_on is None or placement.inactive_on is None:
        return
    if placement.inactive_on < before.returned_on:
        sentence = _("The customer returned from the last hold on %(day)s. Enter that day or a later one.")
        raise Refusal("holds-overlap", sentence % {"day": in_text(before.returned_on)}, field="inactive_on")
    if placement.inactive_on == before.inactive_on:
        raise Refusal("held-already", _("A hold began on this day already."), field="inactive_on")
    former = FormerHold(placement=placement, inactive_on=before.inactive_on, returned_on=before.returned_on)
    record(former, by=by, at=at)


def correct_former_holds(placement: Placement, said: Mapping[int, Hold], *, by: User, at: datetime) -> None:
    """`said`: by the key of the hold, whose return is known. One that was none begins and ends on the same day, and
    counts no day. Raises Refusal, at the field of the hold (`field_of`)."""
    rows = list(placement.former_holds.select_for_update())
    changed = [row for row in rows if row.pk in said and said[row.pk] != row.as_hold]
    for row in changed:
        hold = said[row.pk]
        if hold.returned_on is None or hold.returned_on < hold.inactive_on:
            sentence = _("The return can't be before the inactive date. Correct one of the two dates.")
            raise Refusal("return-before-inactive", sentence, field=field_of(row.pk, "returned_on"))
        row.inactive_on, row.returned_on = hold.inactive_on, hold.returned_on
    if changed:
        refuse_overlap(rows)
    for row in changed:
        row.placement = placement
        record(row, by=by, at=at, reason=gettext_noop("corrected"))


def refuse_overlap(rows: list[FormerHold]) -> None:
    for before, after in pairwise(sorted(rows, key=lambda row: (row.inactive_on, row.returned_on))):
        if before.returned_on > after.inactive_on or before.inactive_on == after.inactive_on:
            sentence = _("Another hold lasts until %(day)s. Correct one of the two.")
            words = {"day": in_text(before.returned_on)}
            raise Refusal("holds-overlap", sentence % words, field=field_of(after.pk, "inactive_on"))


def field_of(key: int, name: str) -> str:
    return f"former_hold_{key}_{name}"
