"""When a minimum wage overtakes what a placement pays. Pure: no database, no clock (WIOA sec. 181(a)(1))."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from worksites.wages.policy import Found, ProgramRate, Rate, Rates, Work, age_on, minimum_wage


@dataclass(frozen=True)
class Paid:
    """Dollars an hour for this work from a day on. `is_entered`: a career planner said which minimum wage held then."""

    from_on: date
    dollars: Decimal
    work: Work
    is_entered: bool = False


@dataclass(frozen=True)
class Low:
    """From which day on too little is paid, and the highest minimum wage from then on."""

    since: date
    rate: Rate | ProgramRate


class Minimums:
    """What the list says of many placements, each question answered once."""

    def __init__(self, rates: Rates):
        self.rates = rates
        ages = {rate.under_age for places in rates.by_state.values() for of in places.values() for rate in of}
        self.ages = sorted(age for age in ages if age is not None)
        self.known: dict[tuple[Work, date, int | None], Found] = {}

    def found(self, work: Work, on: date) -> Found:
        key = (replace(work, born_on=None), on, self.youth(work, on))
        if key not in self.known:
            self.known[key] = minimum_wage(self.rates, work, on)
        return self.known[key]

    def above(self, paid: Paid, on: date) -> Rate | ProgramRate | None:
        """The minimum wage of the day, where that is more than what is paid. Verified or not: whoever is told looks.

        What a career planner entered was found where the list was not sure, and only what is sure overtakes it until
        the list says something else.
        """
        found = self.found(paid.work, on)
        said_then = paid.is_entered and found.listed == self.found(paid.work, paid.from_on).listed
        rate = found.sure if said_then else found.listed
        return rate if rate is not None and rate.dollars > paid.dollars else None

    def youth(self, work: Work, on: date) -> int | None:
        """Below which of the ages of the list; -1 where the birth date is not known."""
        if work.born_on is None:
            return -1
        age = age_on(work.born_on, on)
        return next((limit for limit in self.ages if age < limit), None)

    def days_of_change(self, work: Work) -> set[date]:
        """On which another minimum wage may come into force: of the law, of a program, or by age."""
        days = self.rates.days(work.state.strip().upper())
        for rate in self.rates.programs:
            if rate.program == work.program:
                days |= {rate.from_on, *([rate.until_on + timedelta(days=1)] if rate.until_on is not None else [])}
        return days | ({birthday(work.born_on, age) for age in self.ages} if work.born_on is not None else set())


def birthday(born_on: date, age: int) -> date:
    """The first day of that age."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:  # born on a leap day
        return date(born_on.year + age, 3, 1)


def low_wage(paid: Collection[Paid], minimums: Minimums, *, on: date, until: date) -> Low | None:
    """Whether less is paid on that day than the minimum wage, or will be until the other one; and since when without a
    break. What was too little before that, and is no more, is not told.
    """
    in_order = sorted(paid, key=lambda wage: wage.from_on)
    if not in_order:
        return None
    today = max(on, in_order[0].from_on)
    days = {today, *(wage.from_on for wage in in_order)}
    days = days.union(*map(minimums.days_of_change, {wage.work for wage in in_order}))
    asked = sorted(day for day in days if in_order[0].from_on <= day <= until)
    lows = [Low(day, rate) for day in asked if day >= today and (rate := minimums.above(paid_on(in_order, day), day))]
    if not lows:
        return None
    since = lows[0].since
    for day in reversed([day for day in asked if day < today]):
        if since > today or minimums.above(paid_on(in_order, day), day) is None:
            break
        since = day
    return Low(since, max((low.rate for low in lows), key=lambda rate: rate.dollars))


def paid_on(in_order: list[Paid], day: date) -> Paid:
    return next(wage for wage in reversed(in_order) if wage.from_on <= day)
