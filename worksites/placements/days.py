"""Which days of a placement go together, and the lines of its status history (ILL-140, ILL-151 to ILL-154)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NoReturn

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.history import changed_values
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from worksites.enums import PlacementStatus
from worksites.payroll.models import PayrollEntry
from worksites.payroll.withdrawing import withdraw_first
from worksites.placements.holds import field_of
from worksites.placements.models import FormerHold, Placement, StatusEntry
from worksites.placements.policy import HOURS_A_DAY, Hold, days_worked, is_subsidized
from worksites.placements.within import refuse_after_job, refuse_outside_service

# What the status history shows: a change of one of these is a line of it (ILL-154).
IN_HISTORY = frozenset(
    {"status", "starts_on", "ends_on", "inactive_on", "returned_on", "subsidy_starts_on", "subsidy_ends_on",
     "termination_reason"}
)  # fmt: skip


ENTERED = ("starts_on", "ends_on", "returned_on", "subsidy_starts_on", "subsidy_ends_on")
ONE_DAY = timedelta(days=1)
SUBSIDY_DAYS = ("subsidy_starts_on", "subsidy_ends_on")
# On which it depends whether a day is subsidized.
SUBSIDY = frozenset({"starts_on", *SUBSIDY_DAYS})


def refuse_days(placement: Placement, *, on: date) -> None:
    """The sentences in front of the database's constraints; and what rests on other rows (`within`)."""
    happened = days_that_happened(placement)
    for name in ENTERED:
        if (day := getattr(placement, name)) is not None:
            refuse_unlikely(day, on, happened=name in happened, field=name)
    refuse_outside_service(placement)
    refuse_after_job(placement)
    begun, ended = placement.has_begun, placement.status == PlacementStatus.TERMINATED
    former = [] if placement.pk is None else list(placement.former_holds.all())
    checks = (
        ("start-missing", "starts_on", begun and placement.starts_on is None, _("Enter the start date.")),
        ("end-missing", "ends_on", ended and placement.ends_on is None, _("Enter the end date.")),
        (
            "end-before-start", "ends_on", later(placement.starts_on, placement.ends_on),
            _("The end can't be before the start. Correct one of the two dates."),
        ),
        (
            "inactive-missing", "inactive_on",
            placement.inactive_on is None
            and (placement.status == PlacementStatus.ON_HOLD or placement.returned_on is not None),
            _("Enter the inactive date."),
        ),
        (
            "inactive-before-start", "inactive_on",
            placement.inactive_on is not None and not is_at_or_after(placement.inactive_on, placement.starts_on),
            _("The hold can't begin before the start date."),
        ),
        (
            "former-hold-before-start", "starts_on",
            any(later(placement.starts_on, hold.inactive_on) for hold in former),
            _("An earlier hold began before this day. Correct the hold first, or enter an earlier start."),
        ),
        (
            "inactive-before-former-hold", "inactive_on",
            any(later(hold.returned_on, placement.inactive_on) for hold in former),
            _("An earlier hold ended after this day. Enter the day on which it ended, or a later one."),
        ),
        (
            "held-already", "inactive_on", any(hold.inactive_on == placement.inactive_on for hold in former),
            _("A hold began on this day already."),
        ),
        (
            "return-before-inactive", "returned_on", later(placement.inactive_on, placement.returned_on),
            _("The return can't be before the inactive date. Correct one of the two dates."),
        ),
        (
            "return-missing", "returned_on",
            placement.status == PlacementStatus.STARTED
            and placement.inactive_on is not None
            and placement.returned_on is None,
            _("Enter the return date."),
        ),
        (
            "end-in-a-hold", "ends_on",
            ended and any(later(day, placement.ends_on) for day in (placement.inactive_on, placement.returned_on)),
            words_for_end_in_a_hold(placement),
        ),
        (
            "subsidy-without-start", "subsidy_starts_on",
            placement.subsidy_ends_on is not None and placement.subsidy_starts_on is None,
            _("Enter the first day of the subsidy, too."),
        ),
        (
            "subsidy-before-start", "subsidy_starts_on", later(placement.starts_on, placement.subsidy_starts_on),
            _("The subsidy can't start before the placement."),
        ),
        (
            "subsidy-ends-before-it-starts", "subsidy_ends_on",
            later(placement.subsidy_starts_on, placement.subsidy_ends_on),
            _("The subsidy can't end before it starts. Correct one of the two dates."),
        ),
    )  # fmt: skip
    for code, field, broken, sentence in checks:
        if broken:
            raise Refusal(code, sentence, field=field)


def words_for_end_in_a_hold(placement: Placement) -> str:
    """Where a placement is terminated, the dates of the hold are asked elsewhere."""
    if "status" in changed_values(placement):
        return _(
            "The last hold begins or ends after this day. Enter a later end, or correct the hold under “Edit dates” "
            "first."
        )
    return _("The last hold begins or ends after this day. Correct one of the dates.")


def days_that_happened(placement: Placement) -> Collection[str]:
    """The others may be planned; a return is expected while it is on hold. (A hold has begun in any case.)"""
    if placement.status == PlacementStatus.STARTED:
        return {"starts_on", "returned_on"}
    if placement.status == PlacementStatus.TERMINATED:
        return {"starts_on", "ends_on"}
    return {"starts_on"} if placement.has_begun else ()


def refuse_days_paid(placement: Placement, corrected: Sequence[FormerHold] = (), *, by: User) -> None:
    """What payroll paid lies within the placement, and not all of a period within its holds. Raises Refusal; no query
    while these days stay. `corrected`: the former holds that were changed."""
    changed = changed_values(placement).keys()
    if {"inactive_on", "returned_on"} & changed or corrected:
        refuse_hold_of_paid_days(placement, corrected, by=by)
    if {"starts_on", "ends_on"} & changed:
        refuse_outside_paid_days(placement, by=by)
    if SUBSIDY & changed:
        refuse_other_subsidy_of_paid_days(placement, by=by)


def refuse_outside_paid_days(placement: Placement, *, by: User) -> None:
    paid = placement.payroll.standing().with_upload()
    first, last = paid.order_by("begins_on").first(), paid.order_by("ends_on").last()
    for field, entry, outside in (
        ("starts_on", first, first is not None and later(placement.starts_on, first.begins_on)),
        ("ends_on", last, last is not None and later(last.ends_on, placement.ends_on)),
    ):
        if outside:
            refuse_paid("days-paid", _("Payroll paid from %(first)s to %(last)s."), entry, field=field, by=by)


def refuse_paid(code: str, sentence: str, entry: PayrollEntry, *, field: str, by: User) -> NoReturn:
    said = sentence % {"first": in_text(entry.begins_on), "last": in_text(entry.ends_on)}
    raise Refusal(code, withdraw_first(said, entry.upload, by=by), field=field)


def refuse_hold_of_paid_days(placement: Placement, corrected: Sequence[FormerHold], *, by: User) -> None:
    """As payroll asks of a period: days of work are left in it, and have the hours that were paid."""
    holds = placement.holds
    for entry in placement.payroll.standing().with_upload().order_by("begins_on"):
        first, last = entry.begins_on, entry.ends_on
        days = days_worked(first, last + ONE_DAY, holds)
        if days and entry.hours <= HOURS_A_DAY * days:
            continue
        over = (row for row in corrected if row.inactive_on <= last and first < row.returned_on)
        field = next((field_of(row.pk, "inactive_on") for row in over), "inactive_on")
        refuse_paid("days-paid", _("Payroll paid work from %(first)s to %(last)s."), entry, field=field, by=by)


def refuse_other_subsidy_of_paid_days(placement: Placement, *, by: User) -> None:
    """What payroll paid with a subsidy stays in its days, and what it paid without one outside of them."""
    changed = changed_values(placement)
    now = [getattr(placement, name) for name in ("starts_on", *SUBSIDY_DAYS)]
    before = [changed.get(name, (value,))[0] for name, value in zip(("starts_on", *SUBSIDY_DAYS), now, strict=True)]
    spans = [(subsidy_starts_on or starts_on, ends) for starts_on, subsidy_starts_on, ends in (before, now)]
    for entry in placement.payroll.standing().with_upload().order_by("begins_on"):
        first, last = entry.begins_on, entry.ends_on
        was, is_now = (is_subsidized(first, last, *span) for span in spans)
        if was != is_now and placement.wage_on(first).subsidized_wage:
            sentence = _("Payroll paid from %(first)s to %(last)s by the subsidy as it was.")
            field = next((name for name in SUBSIDY_DAYS if name in changed), "starts_on")
            refuse_paid("subsidy-paid", sentence, entry, field=field, by=by)


def is_at_or_after(day: date, first: date | None) -> bool:
    return first is not None and first <= day


def later(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first > second


def note_status(placement: Placement, *, words: str = "", by: User, at: datetime) -> None:
    """A line of the status history: as this change left the placement (ILL-154, AMB-I14)."""
    shown = {name: getattr(placement, name) for name in IN_HISTORY}
    StatusEntry.objects.create(placement=placement, **shown, words=words, updated_at=at, updated_by=by)


def note_corrected_hold(placement: Placement, *, was: Hold, now: Hold, by: User, at: datetime) -> None:
    """A line of the status history: an earlier hold as it was and as it is, so that the days can be counted from the
    history (ILL-154, ILL-155)."""
    shown = {name: getattr(placement, name) for name in IN_HISTORY}
    shown |= {"inactive_on": now.inactive_on, "returned_on": now.returned_on}
    before = {"was_inactive_on": was.inactive_on, "was_returned_on": was.returned_on}
    StatusEntry.objects.create(placement=placement, **shown, **before, updated_at=at, updated_by=by)
