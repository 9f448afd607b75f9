"""The weeks of a service as its page shows them: hours against those that are planned, and a chart of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from careerplan.base.fields import written
from services.attendance.models import Attendance
from services.attendance.policy import WEEK, WITH_ATTENDANCE, monday_of

# A chart shows so many weeks: a quarter of a year.
WEEKS_SHOWN = 12
# Of the chart, in the drawing's own units: where the bars begin, how long the longest is, how high a week is, how far
# behind the longest one the numbers stand.
BEGIN, FULL, HIGH, GAP = 84, 180, 24, 6


@dataclass
class Week:
    """A week of a service; `entries`: what stands recorded of it, by its days or as a whole."""

    begins_on: date
    planned: Decimal | None
    entries: list[Attendance] = field(default_factory=list)

    @property
    def hours(self) -> Decimal:
        return sum((row.hours for row in self.entries if row.hours is not None), Decimal(0))

    @property
    def is_recorded(self) -> bool:
        return bool(self.entries)

    @property
    def hours_in_words(self) -> str:
        """ "" where nothing is recorded, which is not the same as none."""
        return written(self.hours) if self.is_recorded else ""

    @property
    def difference_in_words(self) -> str:
        """To the planned hours, with its sign; "" where there is nothing to compare."""
        if self.planned is None or not self.is_recorded:
            return ""
        difference = self.hours - self.planned
        return f"{'+' if difference > 0 else ''}{written(difference)}"

    @property
    def absences(self) -> list[Attendance]:
        return [row for row in self.entries if row.absence]


@dataclass(frozen=True)
class Bar:
    """A week in the chart."""

    week: Week
    y: int
    width: int

    @property
    def bar_y(self) -> int:
        return self.y + 4

    @property
    def text_y(self) -> int:
        return self.y + 17


class Weeks:
    """The newest weeks of a service up to a day, newest first. One query."""

    def __init__(self, planned: Any, *, on: date, number: int = WEEKS_SHOWN):
        self.planned = planned
        last = monday_of(min(on, planned.ended_on) if planned.ended_on else on)
        first = max(monday_of(planned.actual_start_on), last - (number - 1) * WEEK)
        rows = Attendance.objects.standing().filter(planned=planned, week__gte=first, week__lte=last)
        self.rows = weeks_of(rows.order_by("day"), first, last, planned.weekly_hours)

    @property
    def recorded(self) -> list[Week]:
        return [week for week in self.rows if week.is_recorded]

    @property
    def total_in_words(self) -> str:
        return written(self.total)

    @property
    def total(self) -> Decimal:
        return sum((week.hours for week in self.rows), Decimal(0))

    @property
    def planned_in_words(self) -> str:
        """Of the weeks that are recorded; "" where no weekly hours are planned."""
        hours = self.planned.weekly_hours
        return "" if hours is None else written(hours * len(self.recorded))

    @property
    def bars(self) -> list[Bar]:
        """The oldest first, as a chart is read."""
        return [Bar(week, place * HIGH, self.width(week.hours)) for place, week in enumerate(reversed(self.rows))]

    def width(self, hours: Decimal) -> int:
        return round(FULL * hours / self.most)

    @property
    def most(self) -> Decimal:
        """What the longest bar says; at least an hour, so that nothing is divided by none."""
        return max(Decimal(1), self.planned.weekly_hours or Decimal(0), *(week.hours for week in self.rows))

    @property
    def height(self) -> int:
        return HIGH * len(self.rows)

    @property
    def planned_x(self) -> int | None:
        """Where the line of the planned hours stands; None where none are planned."""
        hours = self.planned.weekly_hours
        return None if hours is None else BEGIN + self.width(hours)

    @property
    def axis_x(self) -> int:
        return BEGIN

    @property
    def numbers_x(self) -> int:
        """Behind the longest bar, and behind the line of the planned hours."""
        return BEGIN + FULL + GAP


def weeks_of(rows: Iterable[Attendance], first: date, last: date, planned: Decimal | None) -> list[Week]:
    """Each week from the first Monday to the last, the newest first, with what is recorded of it."""
    found: dict[date, Week] = {}
    monday = last
    while monday >= first:
        found[monday] = Week(monday, planned)
        monday -= WEEK
    for row in rows:
        found[row.week].entries.append(row)
    return list(found.values())


def has_attendance(planned: Any) -> bool:
    """Whether its page shows attendance: it has begun, and its class has some."""
    return planned.actual_start_on is not None and planned.service.form_kind in WITH_ATTENDANCE
