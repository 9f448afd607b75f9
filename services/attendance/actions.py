"""Attendance is recorded, corrected and taken back: of one service, or of a class of customers at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of, in_text
from careerplan.base.fields import written
from careerplan.base.history import record_all, record_together
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.base.spoken import isolated
from careerplan.base.words import is_blank
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import require_open
from services.attendance.enums import Span
from services.attendance.models import LONGEST_ABSENCE, Attendance
from services.attendance.policy import MOST, STEP, WITH_ATTENDANCE, can_be, is_in_quarters, last_day_of, monday_of
from services.models import PlannedService

Key = tuple[int, str, date]


@dataclass(frozen=True)
class Said:
    """Hours of a day, or of the week in which the day lies, of a planned service.

    `hours`: None takes back what was recorded. `seen`: the version of the row that a page showed, 0 where it showed
    none; None where nothing was shown.
    """

    planned: int
    span: str
    day: date
    hours: Decimal | None
    absence: str = ""
    seen: int | None = None

    @property
    def first_day(self) -> date:
        return monday_of(self.day) if self.span == Span.WEEK else self.day

    @property
    def key(self) -> Key:
        return self.planned, self.span, self.first_day

    @property
    def word(self) -> str:
        return "" if is_blank(self.absence) else self.absence.strip()


@dataclass
class Recorded:
    """What became of what was said, each by its place: the rows that were written, those that said so already, and why
    the others were not."""

    saved: dict[int, Attendance] = field(default_factory=dict)
    unchanged: set[int] = field(default_factory=set)
    refused: dict[int, Refusal] = field(default_factory=dict)


def record_attendance(said: Said, *, by: User, at: datetime) -> Attendance | None:
    """Record, correct or take back; None where it was so already.

    Raises:
        NotAllowed: not a planner of this customer.
        StaleRow: somebody else recorded something else meanwhile.
        Refusal: with the field and the sentence, for hours and days that can't be.
    """
    recorded = record_class([said], by=by, at=at)
    for refusal in recorded.refused.values():
        raise refusal
    return recorded.saved.get(0)


@transaction.atomic
def add_attendance(said: Said, *, by: User, at: datetime) -> Attendance | None:
    """Record where nothing stands yet. Raises as `record_attendance`; and Refusal where other hours are recorded."""
    try:
        return record_attendance(replace(said, seen=0), by=by, at=at)
    except StaleRow as stale:
        row: Attendance = stale.current
    if row.hours is None:  # what stood there was taken back
        return record_attendance(replace(said, seen=row.row_version), by=by, at=at)
    sentence = _("%(person)s recorded %(hours)s hours here already. Correct them in the list of the weeks.")
    names = {"person": isolated(str(row.recorded_by)), "hours": row.hours_in_words}
    raise Refusal("recorded-already", sentence % names)


@transaction.atomic
def record_class(sayings: Sequence[Said], *, by: User, at: datetime) -> Recorded:
    """All that can be is recorded, in one transaction; what can't is refused by itself, and nothing else with it."""
    services = locked_services({said.planned for said in sayings})
    rows = rows_beside(sayings)
    recorded, heard = Recorded(), set[Key]()
    for place, said in enumerate(sayings):
        try:
            row = settled(said, services.get(said.planned), rows, by=by, on=day_of(at))
            if said.key in heard:
                raise Refusal("said-twice", _("This day stands twice. Leave one of the two."), field="hours")
        except Refusal as refusal:
            recorded.refused[place] = refusal
            continue
        heard.add(said.key)
        if row is None:
            recorded.unchanged.add(place)
            continue
        row.hours = None if said.hours is None else said.hours.quantize(STEP)
        row.absence, row.recorded_at, row.recorded_by = said.word, at, by
        rows[said.key] = recorded.saved[place] = row
    added = [row for row in recorded.saved.values() if row._state.adding]
    corrected = [row for row in recorded.saved.values() if not row._state.adding]
    record_together(dict.fromkeys(corrected, ""), by=by, at=at)
    record_all(added, by=by, at=at)
    return recorded


def locked_services(keys: Iterable[int]) -> dict[int, PlannedService]:
    """By their keys, with their plans, which are locked in one order. Two queries."""
    wanted = PlannedService.objects.in_plan().filter(pk__in=keys)
    plans = EmploymentPlan.objects.select_for_update(of=("self",)).select_related("customer__user").order_by("pk")
    locked = {plan.pk: plan for plan in plans.filter(pk__in=wanted.values("plan"))}
    services = {row.pk: row for row in wanted.select_related("service") if row.plan_id in locked}
    for row in services.values():
        row.plan = locked[row.plan_id]
    return services


def rows_beside(sayings: Iterable[Said]) -> dict[Key, Attendance]:
    """What is recorded of these services in these weeks, taken back or not."""
    keys, weeks = {said.planned for said in sayings}, {monday_of(said.day) for said in sayings}
    found = Attendance.objects.filter(planned__in=keys, week__in=weeks).select_related("recorded_by")
    return {(row.planned_id, row.span, row.day): row for row in found}


def settled(
    said: Said, planned: PlannedService | None, rows: dict[Key, Attendance], *, by: User, on: date
) -> Attendance | None:
    """The row to be written; None where it says so already. Raises as `record_attendance`."""
    if planned is None:
        raise Refusal(
            "removed-meanwhile", _("Someone removed this from the plan in the meantime. Open the page again.")
        )
    require_open(planned.plan, by=by)
    row = rows.get(said.key)
    if row is not None and (row.hours, row.absence) == (said.hours, said.word):
        return None
    if row is not None and said.seen is not None and row.row_version != said.seen:
        raise StaleRow(row, words_for_stale(row))
    refuse_hours(said)
    if row is not None:
        row.planned = planned
    if said.hours is None:
        return row
    refuse_day(said, planned, on=on)
    refuse_other_span(said, rows)
    if row is None:
        row = Attendance(planned=planned, span=said.span, day=said.first_day)
        row.derive()
    return row


def words_for_stale(row: Attendance) -> str:
    names = {"person": isolated(str(row.recorded_by)), "hours": row.hours_in_words}
    if row.hours is None:
        return _("%(person)s took this back meanwhile. Save again to record yours.") % names
    return _("%(person)s recorded %(hours)s hours meanwhile. Save again to put yours in their place.") % names


def refuse_hours(said: Said) -> None:
    if said.hours is None:
        if said.word:
            sentence = _("Enter the hours, too: 0 for an absence of the whole time.")
            raise Refusal("absence-without-hours", sentence, field="hours")
        return
    if not can_be(said.hours, said.span):
        sentence = _("Enter hours from 0 to %(most)s.") % {"most": MOST[Span(said.span)]}
        raise Refusal("hours-can-not-be", sentence, field="hours")
    if not is_in_quarters(said.hours):
        sentence = _("Enter hours in quarters, for example 3.25 or 7.5.")
        raise Refusal("hours-not-in-quarters", sentence, field="hours")
    if len(said.word) > LONGEST_ABSENCE:
        sentence = _("Shorten the words on the absence to %(number)d characters or fewer.")
        raise Refusal("absence-too-long", sentence % {"number": LONGEST_ABSENCE}, field="absence")


def refuse_day(said: Said, planned: PlannedService, *, on: date) -> None:
    """It lies within the days of a service that has begun, and has come."""
    if planned.service.form_kind not in WITH_ATTENDANCE:
        raise Refusal("without-attendance", _("No attendance is recorded for a service of this kind."), field="day")
    if planned.actual_start_on is None:
        sentence = _("This service has not started. Start it first, then record the attendance.")
        raise Refusal("not-begun", sentence, field="day")
    refuse_unlikely(said.first_day, on, happened=True, field="day")
    if last_day_of(said.span, said.first_day) < planned.actual_start_on:
        sentence = _("The service started on %(day)s. Enter a day from then on.")
        raise Refusal("before-the-start", sentence % {"day": in_text(planned.actual_start_on)}, field="day")
    if planned.ended_on is not None and said.first_day > planned.ended_on:
        sentence = _("The service ended on %(day)s. Enter a day up to then.")
        raise Refusal("after-the-end", sentence % {"day": in_text(planned.ended_on)}, field="day")


def refuse_other_span(said: Said, rows: dict[Key, Attendance]) -> None:
    """A week is recorded as a whole, or day by day."""
    week = monday_of(said.day)
    others = [
        row
        for (key, span, _day), row in rows.items()
        if key == said.planned and row.week == week and span != said.span and row.hours is not None
    ]
    if not others:
        return
    if said.span == Span.WEEK:
        total = sum((row.hours for row in others if row.hours is not None), Decimal(0))
        sentence = _("This week is recorded day by day: %(hours)s hours. Enter its days.")
        raise Refusal("recorded-by-day", sentence % {"hours": written(total)}, field="day")
    sentence = _("This week is recorded as a whole: %(hours)s hours. Correct the week, or take it back first.")
    raise Refusal("recorded-by-week", sentence % {"hours": others[0].hours_in_words}, field="day")
