"""The wage steps of a registered apprenticeship: a schedule that rises (29 CFR 29.5(b)(5)). Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from services.classes.apprenticeship.enums import CountedIn

# Hours of a whole apprenticeship: the longest registered ones take 10,000.
HOURS_LIMIT = 20000
# Ten years.
MONTHS_LIMIT = 120
# Of one schedule: every quarter of six years.
MOST_STEPS = 24
# Dollars an hour.
WAGE_LIMIT = Decimal("999.99")
LIMITS = {CountedIn.HOURS: HOURS_LIMIT, CountedIn.MONTHS: MONTHS_LIMIT}


class Step(NamedTuple):
    """The wage in dollars an hour from so many hours or months on; the percent is of the journeyworker's wage."""

    counted_in: str
    after: int
    wage: Decimal
    percent: Decimal | None = None


class Fault(NamedTuple):
    """What is wrong with a schedule: at which of its steps, the first is 0, and in which column; `former` is the step
    before."""

    code: str
    place: int
    column: str
    former: Step | None = None


def faults(steps: Sequence[Step]) -> Iterator[Fault]:
    """In the order of the steps."""
    for place, step in enumerate(steps):
        former = steps[place - 1] if place else None
        if place == MOST_STEPS:
            yield Fault("too-many-steps", place, "after")
            return
        if step.after > LIMITS[CountedIn(step.counted_in)]:
            yield Fault("step-too-late", place, "after")
        if step.wage <= 0:
            yield Fault("no-wage", place, "wage")
        if step.percent is not None and step.percent <= 0:
            yield Fault("no-percent", place, "percent")
        if former is None:
            continue
        if step.counted_in != former.counted_in:
            yield Fault("counted-otherwise", place, "after", former)
        elif step.after <= former.after:
            yield Fault("steps-out-of-order", place, "after", former)
        if step.wage <= former.wage:
            yield Fault("wage-not-higher", place, "wage", former)
