"""When a minimum wage overtakes what a placement pays. Pure: no database, no clock (WIOA sec. 181(a)(1))."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from worksites.wages.policy import ProgramRate, Rate, Rates, Work, age_on, minimum_wage


@dataclass(frozen=True)
class Paid:
    """Dollars an hour from a day on."""

    from_on: date
    dollars: Decimal


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
        self.known: dict[tuple[Work, date, int | None], Rate | ProgramRate | None] = {}

    def listed(self, work: Work, on: date) -> Rate | ProgramRate | None:
        """Verified or not: whoever is told of a rise looks whether it is one."""
        key = (replace(work, born_on=None), on, self.youth(work, on))
        if key not in self.known:
            self.known[key] = minimum_wage(self.rates, work, on).listed
        return self.known[key]

    def youth(self, work: Work, on: date) -> int | None:
        """Below which of the ages of the list; -1 where the birth date is not known."""
        if work.born_on is None:
            return -1
        age = age_on(work.born_on, on)
        return next((limit for limit in self.ages if age < limit), None)

    def days_of_change(self, work: Work) -> set[date]:
        """On which another minimum wage may come into force: of the law, of a program, or by age."""
        days = self.rates.days(work.state.strip().upper())
        days |= {rate.from_on for rate in self.rates.programs if rate.program == work.program}
        return days | ({birthday(work.born_on, age) for age in self.ages} if work.born_on is not None else set())


def birthday(born_on: date, age: int) -> date:
    """The first day of that age."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:  # born on a leap day
        return date(born_on.year + age, 3, 1)


def low_wage(paid: Collection[Paid], work: Work, minimums: Minimums, *, on: date, until: date) -> Low | None:
    """Whether what is paid on that day, or will be until the other one, is or will be below the minimum wage.

    A minimum wage that came into force after the wage began counts: of the day on which it began it was asked then.
    """
    in_order, lows = sorted(paid, key=lambda wage: wage.from_on), []
    for wage, later in zip(in_order, [*in_order[1:], None], strict=False):
        if later is not None and later.from_on <= on:
            continue  # another wage is paid by now
        for day in sorted(minimums.days_of_change(work)):
            if wage.from_on < day <= until and (later is None or day < later.from_on):
                rate = minimums.listed(work, day)
                if rate is not None and rate.dollars > wage.dollars:
                    lows.append(Low(day, rate))
    return Low(lows[0].since, max((low.rate for low in lows), key=lambda rate: rate.dollars)) if lows else None
