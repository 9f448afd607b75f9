"""What is wrong with a row of payroll beside its placement. Each is told at its cell, the first of a cell alone."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from careerplan.base.fields import written
from careerplan.base.names import words_of
from careerplan.imports.kinds import Fault
from worksites.payroll.former import Former
from worksites.payroll.minimums import Minimums
from worksites.payroll.policy import (
    LONGEST_PERIOD,
    ONE_DAY,
    OVERTIME,
    days_of,
    days_of_work,
    differs,
    most_hours,
    to_the_cent,
)
from worksites.payroll.words import fault
from worksites.placements import policy
from worksites.placements.models import Placement
from worksites.placements.policy import HOURS_A_DAY

Values = Mapping[str, Any]
NOTHING = Decimal(0)
# Behind a name; folded.
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def faults_of_period(values: Values, today: date) -> list[Fault]:
    """Whatever the placement is. None where the days can be looked at further."""
    first, last = values["begins_on"], values["ends_on"]
    if last < first:
        return [fault("ends_on", "ends-before")]
    if days_of(first, last) > LONGEST_PERIOD:
        return [fault("ends_on", "too-long", days=LONGEST_PERIOD)]
    return [fault("ends_on", "to-come")] if last > today else []


def faults_of_row(values: Values, placement: Placement, minimums: Minimums) -> list[Fault]:
    """Of one that is of this placement's customer."""
    days = list(faults_of_days(values, placement))
    return days or [*faults_of_hours(values, placement), *faults_of_pay(values, placement, minimums)]


def faults_of_person(values: Values, placement: Placement, former: Former) -> Iterator[Fault]:
    """The participant ID says who it is, whatever name somebody has in the books of an employer; where a row has none,
    the name says it."""
    customer, site = placement.customer, placement.job.worksite
    if "participant" in values and not former.is_of_person(values, placement):
        yield fault("participant", "other-person")
    elif "participant" not in values and "customer" in values and not is_named(values["customer"], customer):
        yield fault("customer", "other-person")
    elif "worksite" in values and not former.is_of_worksite(values, placement):
        yield fault("worksite", "not-in-this-worksite", worksite=site.name)


def is_named(text: str, customer: Any) -> bool:
    """In any order: the last name, and of the other names those that are written, or their first letters. Beside the
    first name any letter may be of a middle name that the records have not."""
    said, last = set(words_of(text)) - SUFFIXES, set(words_of(customer.last_name or customer.first_name))
    names = (customer.first_name, customer.middle_name, customer.last_name, customer.preferred_name)
    known = {word for name in names for word in words_of(name)}
    left = said - known - {word[:1] for word in known}
    if not customer.middle_name and set(words_of(customer.first_name)) <= said:
        left = {word for word in left if len(word) > 1}
    return last - SUFFIXES <= said and not left


def faults_of_days(values: Values, placement: Placement) -> Iterator[Fault]:
    first, last, starts, ends = values["begins_on"], values["ends_on"], placement.starts_on, placement.ends_on
    if not placement.has_begun or starts is None:
        yield fault("placement", "not-started")
        return
    if first < starts:
        yield fault("begins_on", "before-the-start", day=starts)
    if ends is not None and last > ends:
        yield fault("ends_on", "after-the-end", day=ends)
    elif not days_of_work(first, last, placement.holds):
        yield fault("begins_on", "on-hold")
    wage = placement.wage_on(last)
    if first >= starts and placement.wage_on(first) is not wage:
        yield fault("ends_on", "wage-changes", day=wage.from_on)
    elif (paid_from := placement.planned.on(last)) is not placement.planned.on(first):
        yield fault("ends_on", "funding-changes", day=paid_from.actual_start_on)


def faults_of_hours(values: Values, placement: Placement) -> Iterator[Fault]:
    first, last, hours = values["begins_on"], values["ends_on"], values["hours"]
    days, weekly = days_of_work(first, last, placement.holds), placement.job.weekly_hours
    if hours > HOURS_A_DAY * days:
        yield fault("hours", "too-many-hours", days=days)
    elif hours > most_hours(weekly, first, last):
        yield fault("hours", "overtime", weekly=written(weekly))


def faults_of_pay(values: Values, placement: Placement, minimums: Minimums) -> Iterator[Fault]:
    wage, agreed = values["hourly_wage"], placement.wage_on(values["begins_on"]).hourly_wage
    low = minimums.above(placement, wage, values["begins_on"], values["ends_on"])
    if wage < agreed:
        yield fault("hourly_wage", "below-the-wage", wage=agreed)
    elif low is not None:
        rises = low.day > values["begins_on"]
        day = low.day if rises else low.minimum.since or low.day
        words = {"rate": low.minimum.rate, "day": day, "place": low.minimum.place}
        yield fault("hourly_wage", "minimum-rises" if rises else "below-the-minimum", **words)
    elif wage > agreed * OVERTIME:
        yield fault("hourly_wage", "far-above-the-wage", wage=agreed)
    gross = gross_of(values)
    if "gross" in values and differs(values["gross"], gross):
        yield fault("gross", "gross", hours=written(values["hours"]), wage=wage, gross=gross)
    yield from faults_of_subsidy(values, placement, gross)


def faults_of_subsidy(values: Values, placement: Placement, gross: Decimal) -> Iterator[Fault]:
    subsidized_wage = placement.wage_on(values["begins_on"]).subsidized_wage
    said = values.get("subsidized")
    if subsidized_wage and (day := change_of_subsidy(values, placement)) is not None:
        yield fault("ends_on", "subsidy-changes", day=day)
    elif said is not None and said > gross:
        yield fault("subsidized", "more-than-gross", gross=gross)
    elif said and not (subsidized_wage and is_subsidized(values, placement)):
        yield fault("subsidized", "outside-the-subsidy")
    elif said is not None and differs(said, computed := by_the_wage(values, placement)):
        words = {"hours": written(values["hours"]), "wage": subsidized_wage, "subsidized": computed}
        yield fault("subsidized", "subsidized", **words)


def change_of_subsidy(values: Values, placement: Placement) -> date | None:
    """The last day before the subsidy begins within the period, or its own last day within it."""
    first, last = values["begins_on"], values["ends_on"]
    starts, ends = placement.subsidy_starts_on or placement.starts_on, placement.subsidy_ends_on
    if starts is not None and first < starts <= last:
        day: date = starts - ONE_DAY
        return day
    return ends if ends is not None and first <= ends < last else None


def is_subsidized(values: Values, placement: Placement) -> bool:
    """All of the period, where none of its days changes that."""
    starts, ends = placement.subsidy_starts_on or placement.starts_on, placement.subsidy_ends_on
    return policy.is_subsidized(values["begins_on"], values["ends_on"], starts, ends)


def gross_of(values: Values) -> Decimal:
    return to_the_cent(values["hours"] * values["hourly_wage"])


def subsidized_of(values: Values, placement: Placement) -> Decimal:
    """As the file says it; else by the subsidized wage."""
    said = values.get("subsidized")
    return by_the_wage(values, placement) if said is None else Decimal(said)


def by_the_wage(values: Values, placement: Placement) -> Decimal:
    if not is_subsidized(values, placement):
        return NOTHING
    computed = to_the_cent(values["hours"] * placement.wage_on(values["begins_on"]).subsidized_wage)
    return min(computed, gross_of(values))
