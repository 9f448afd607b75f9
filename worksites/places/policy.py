"""Which of the agreements with a worksite holds on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Filed:
    """An agreement as it was filed on a day. `ends_on` None: it has no end."""

    begins_on: date
    ends_on: date | None
    filed_on: date

    @property
    def was_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < self.filed_on


@dataclass(frozen=True)
class Span:
    """`ends_on`: `date.max` where it has no end."""

    begins_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on

    @property
    def days(self) -> tuple[date, date | None]:
        return self.begins_on, None if self.ends_on == date.max else self.ends_on


def spans(agreements: Sequence[Filed]) -> list[Span]:
    """The days on which they hold, by their first day. `agreements`: the one that was filed first comes first.

    One holds until the next one begins that was filed after it. What was over when it was filed ends no other one.
    """
    found = []
    for number, each in enumerate(agreements, start=1):
        next_ones = [
            another.begins_on - ONE_DAY
            for another in agreements[number:]
            if another.begins_on >= each.begins_on and not another.was_over
        ]
        span = Span(each.begins_on, min([each.ends_on or date.max, *next_ones]))
        if span.begins_on <= span.ends_on:
            found.append(span)
    return sorted(found, key=lambda span: span.begins_on)


def span_around(agreements: Sequence[Filed], day: date) -> Span | None:
    """That of the day, with those that follow it without a gap; else the next one, else the last. None of none."""
    found = spans(agreements)
    of_the_day = [span for span in found if span.holds_on(day)]
    to_come = [span for span in found if span.begins_on > day]
    first = next(iter([*of_the_day, *to_come, *sorted(found, key=lambda span: span.ends_on, reverse=True)]), None)
    if first is None:
        return None
    until = first.ends_on
    for span in found:
        if until < span.ends_on and span.begins_on <= until + ONE_DAY:
            until = span.ends_on
    return Span(first.begins_on, until)
