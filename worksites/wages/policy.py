"""Which minimum wage holds for a placement, and whether the list is sure of it (ILL-132, AMB-I9).

The highest of the country's, the state's, the county's, the city's and the program's own holds (29 U.S.C. 218(a)); a
county's does not apply in a city that has its own. Of a place the newest rate in force is taken. A rate for youth
replaces the place's standard where it applies: by age alone, or in the circumstance that was named. Rates below the
minimum are never used (WIOA sec. 181(a)(1)).

What is not known of the work (the employer's size, the birth date, the county, the city) is tried in every way in which
it can be: where all ways lead to the same rate, it need not be known.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product

from worksites.wages import jurisdictions
from worksites.wages.jurisdictions import COUNTRY

EVERYBODY, BY_AGE, NOBODY = "everybody", "age", "nobody"
# Of youth, in a circumstance that is named.
YOUTH_CIRCUMSTANCES = frozenset({"few_hours", "youth_program"})
# A place whose rate changed twice in so many years before its newest one changes it every year ...
YEARS_LOOKED_AT, CHANGES_OF_EVERY_YEAR = 3, 2
# ... and what nobody saw for so many months is not relied on there.
MONTHS_RELIED_ON = 13
# The more local of two equal rates is named.
IN_COUNTRY, IN_STATE, IN_COUNTY, IN_CITY = range(4)


@dataclass(frozen=True)
class Rate:
    """A legal minimum wage of a place from a day on."""

    jurisdiction: str
    since: date
    dollars: Decimal
    is_usable: bool = True
    is_verified: bool = True
    holds_for: str = EVERYBODY
    under_age: int | None = None
    employees_from: int | None = None
    employees_to: int | None = None
    seen_on: date | None = None
    source: str = ""

    @cached_property
    def place(self) -> tuple[str, bool, str]:
        return jurisdictions.place(self.jurisdiction)

    @property
    def state(self) -> str:
        return self.place[0]

    @property
    def local_name(self) -> str:
        return self.place[2]

    @property
    def reach(self) -> int:
        """How local it is."""
        state, is_county, name = self.place
        if not name:
            return IN_COUNTRY if state == COUNTRY else IN_STATE
        return IN_COUNTY if is_county else IN_CITY

    @property
    def last_seen_on(self) -> date:
        return max(self.since, self.seen_on or self.since)

    @property
    def order(self) -> tuple[Decimal, int]:
        return (self.dollars, self.reach)


@dataclass(frozen=True)
class ProgramRate:
    """What a program pays at least. `region`: None for all."""

    program: int
    region: int | None
    from_on: date
    until_on: date | None
    dollars: Decimal
    name: str = ""
    source: str = ""

    def holds(self, program: int | None, region: int | None, on: date) -> bool:
        in_time = self.from_on <= on and (self.until_on is None or on <= self.until_on)
        return in_time and self.program == program and self.region in {None, region}


@dataclass(frozen=True)
class Work:
    """What a minimum wage depends on. Empty texts and None: not known."""

    state: str
    county: str = ""
    city: str = ""
    employees: int | None = None
    born_on: date | None = None
    circumstances: frozenset[str] = frozenset()
    program: int | None = None
    region: int | None = None


@dataclass(frozen=True)
class Doubt:
    """Why the list is not sure. `code`: "state", "size", "age", "county", "city"; of a rate "unverified" or "stale"."""

    code: str
    rate: Rate | None = None


@dataclass(frozen=True)
class Found:
    """`sure`: the highest of the rates that can be relied on, `listed`: of all; None where there is none."""

    sure: Rate | ProgramRate | None
    listed: Rate | ProgramRate | None
    doubts: tuple[Doubt, ...] = ()


def age_on(born_on: date, day: date) -> int:
    """Whoever was born on a leap day is a year older from the first of March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def months_later(day: date, months: int) -> date:
    """The same day of a later (or, for negative numbers, an earlier) month; its last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Rates:
    """The list, by place."""

    def __init__(self, rates: Iterable[Rate], programs: Iterable[ProgramRate] = ()):
        self.by_state: dict[str, dict[object, list[Rate]]] = {}
        for rate in rates:
            if rate.is_usable and rate.holds_for != NOBODY:
                self.by_state.setdefault(rate.state, {}).setdefault(rate.place, []).append(rate)
        self.programs = tuple(programs)

    def of(self, state: str) -> list[list[Rate]]:
        """The country's, the state's and those of the state's counties and cities, each by itself."""
        found = self.by_state.get(COUNTRY, {}), self.by_state.get(state, {}) if state != COUNTRY else {}
        return [rates for places in found for rates in places.values()]

    def days(self, state: str) -> set[date]:
        """On which a rate comes into force there."""
        return {rate.since for rates in self.of(state) for rate in rates}


def minimum_wage(rates: Rates, work: Work, on: date) -> Found:
    """What holds for the work on that day."""
    work = replace(work, state=work.state.strip().upper())
    in_force = [[rate for rate in of_place if rate.since <= on] for of_place in rates.of(work.state)]
    in_force = [of_place for of_place in in_force if of_place]
    work = by_names_compared(work, in_force)
    ways = {way.key: found_in(in_force, rates.programs, way, on) for way in ways_of(in_force, work, on)}
    doubts = [Doubt("state")] if not any(place[0].reach == IN_STATE for place in in_force) else []
    doubts += [Doubt(code) for place, code in enumerate(UNKNOWN) if decides(place, ways)]
    doubts += sorted({doubt for found in ways.values() for doubt in found.doubts}, key=shown_first)
    return Found(lowest(found.sure for found in ways.values()), lowest(found.listed for found in ways.values()),
                 tuple(doubts))  # fmt: skip


def by_names_compared(work: Work, in_force: list[list[Rate]]) -> Work:
    """A county that mentions one of the list, and is called otherwise, is not known: "Cook or Lake"."""
    listed = {of_place[0].local_name for of_place in in_force if of_place[0].reach == IN_COUNTY}
    county = jurisdictions.county(work.county)
    if county not in listed and any(jurisdictions.mentions(work.county, name) for name in listed):
        county = ""
    return replace(work, county=county, city=jurisdictions.city(work.city))


# --- what is not known ---------------------------------------------------------------------------

# What may be unknown, in the order of `Way.key`, as the code of its doubt.
UNKNOWN = ("size", "age", "county", "city")
Key = tuple[int, int, str, str]


@dataclass(frozen=True)
class Way:
    """The work with one of the values of everything that is not known."""

    work: Work
    employees: int
    age: int
    county: str
    city: str

    @property
    def key(self) -> Key:
        return (self.employees, self.age, self.county, self.city)


def ways_of(in_force: list[list[Rate]], work: Work, on: date) -> Iterator[Way]:
    every = [rate for of_place in in_force for rate in of_place]
    sizes = {1, *(rate.employees_from or 1 for rate in every), *((rate.employees_to or 0) + 1 for rate in every)}
    ages = {0, *(rate.under_age or 0 for rate in every)}
    names = {reach: {"", *(rate.local_name for rate in every if rate.reach == reach)} for reach in (IN_COUNTY, IN_CITY)}
    tried = product(
        [work.employees] if work.employees is not None else sorted(sizes),
        [age_on(work.born_on, on)] if work.born_on is not None else sorted(ages),
        [work.county] if work.county else sorted(names[IN_COUNTY]),
        [work.city] if work.city else sorted(names[IN_CITY]),
    )
    for employees, age, county, city in tried:
        yield Way(work, employees, age, county, city)


def decides(place: int, ways: Mapping[Key, Found]) -> bool:
    """Whether this part of the key alone leads to another rate, or to another doubt."""
    groups: dict[tuple[int | str, ...], set[object]] = {}
    for key, found in ways.items():
        rest = (*key[:place], *key[place + 1 :])
        groups.setdefault(rest, set()).add((dollars_of(found.sure), dollars_of(found.listed), bool(found.doubts)))
    return any(len(outcomes) > 1 for outcomes in groups.values())


def dollars_of(rate: Rate | ProgramRate | None) -> Decimal | None:
    return rate.dollars if rate is not None else None


def lowest(found: Iterable[Rate | ProgramRate | None]) -> Rate | ProgramRate | None:
    """What holds whichever way it is; None where one way has none."""
    rates = list(found)
    known = [rate for rate in rates if rate is not None]
    return min(known, key=lambda rate: rate.dollars) if len(known) == len(rates) else None


def shown_first(doubt: Doubt) -> tuple[int, str, str]:
    reach = doubt.rate.reach if doubt.rate else IN_COUNTRY
    return (-reach, doubt.rate.jurisdiction if doubt.rate else "", doubt.code)


# --- everything known ----------------------------------------------------------------------------


def found_in(in_force: list[list[Rate]], programs: Iterable[ProgramRate], way: Way, on: date) -> Found:
    here = [of_place for of_place in in_force if is_here(of_place[0], way)]
    chosen = [(rate, of_place) for of_place in here for rate in of_place_chosen(of_place, way)]
    if any(rate.reach == IN_CITY for rate, _place in chosen):
        chosen = [(rate, of_place) for rate, of_place in chosen if rate.reach != IN_COUNTY]
    doubts = {rate: doubt for rate, of_place in chosen if (doubt := doubt_of(rate, of_place, on))}
    sure = max((rate for rate, _place in chosen if rate not in doubts), key=by_order, default=None)
    listed = max((rate for rate, _place in chosen), key=by_order, default=None)
    set_by_program = max(
        (rate for rate in programs if rate.holds(way.work.program, way.work.region, on)),
        key=lambda rate: rate.dollars,
        default=None,
    )
    sure_at_all, listed_at_all = higher(sure, set_by_program), higher(listed, set_by_program)
    weighed = [doubt for rate, doubt in doubts.items() if may_decide(rate, doubt, sure, dollars_of(sure_at_all))]
    return Found(sure_at_all, listed_at_all, tuple(weighed))


def by_order(rate: Rate) -> tuple[Decimal, int]:
    return rate.order


def higher(legal: Rate | None, of_program: ProgramRate | None) -> Rate | ProgramRate | None:
    """What the law says, where it says as much."""
    if of_program is None or (legal is not None and legal.dollars >= of_program.dollars):
        return legal
    return of_program


def is_here(rate: Rate, way: Way) -> bool:
    if rate.reach == IN_COUNTY:
        return rate.local_name == way.county
    return rate.reach != IN_CITY or rate.local_name == way.city


def of_place_chosen(in_force: list[Rate], way: Way) -> list[Rate]:
    """Of one place: the standard or what replaces it for youth, and what a circumstance asks beside it."""
    fitting = [rate for rate in in_force if fits(rate, way)]
    youth = newest_of_each(fitting, lambda rate: rate.holds_for == BY_AGE or rate.holds_for in YOUTH_CIRCUMSTANCES)
    standard = newest_of_each(fitting, lambda rate: rate.holds_for == EVERYBODY)
    beside = newest_of_each(fitting, lambda rate: rate.holds_for not in {EVERYBODY, BY_AGE, *YOUTH_CIRCUMSTANCES})
    instead = youth or standard
    return [*([max(instead, key=by_order)] if instead else []), *beside]


def newest_of_each(rates: Iterable[Rate], wanted: Callable[[Rate], bool]) -> list[Rate]:
    """The newest rate of each kind; of one day the highest."""
    found: dict[str, Rate] = {}
    for rate in filter(wanted, rates):
        known = found.get(rate.holds_for)
        if known is None or (known.since, known.dollars) < (rate.since, rate.dollars):
            found[rate.holds_for] = rate
    return list(found.values())


def fits(rate: Rate, way: Way) -> bool:
    by_size = (rate.employees_from or 0) <= way.employees and (
        rate.employees_to is None or way.employees <= rate.employees_to
    )
    by_age = rate.under_age is None or way.age < rate.under_age
    return by_size and by_age and applies(rate, way.work.circumstances)


def applies(rate: Rate, circumstances: Collection[str]) -> bool:
    return rate.holds_for in {EVERYBODY, BY_AGE} or rate.holds_for in circumstances


def doubt_of(rate: Rate, of_place: Collection[Rate], on: date) -> Doubt | None:
    """That it may be more by now comes first: what was not verified is taken as it stands otherwise."""
    if is_stale(rate, of_place, on):
        return Doubt("stale", rate)
    return None if rate.is_verified else Doubt("unverified", rate)


def is_stale(rate: Rate, of_place: Collection[Rate], on: date) -> bool:
    """Nobody saw it for long, in a place whose rates change every year. `of_place`: those of the place in force."""
    return changes_every_year(of_place) and on > months_later(rate.last_seen_on, MONTHS_RELIED_ON)


def changes_every_year(of_place: Collection[Rate]) -> bool:
    """Twice in the three years before its newest rate; not where that one was seen years later."""
    days = {rate.since for rate in of_place}
    newest = max(days)
    if max(rate.last_seen_on for rate in of_place) > months_later(newest, 12 * YEARS_LOOKED_AT):
        return False
    first = months_later(newest, -12 * YEARS_LOOKED_AT)
    return sum(first <= day < newest for day in days) >= CHANGES_OF_EVERY_YEAR


def may_decide(rate: Rate, doubt: Doubt, sure: Rate | None, floor: Decimal | None) -> bool:
    """Whether what is not sure may be the one that holds. A rate that was not verified is taken as it stands; one that
    is old may be any by now, unless a sure one of a more local place is higher, as those are made to be."""
    if sure is None or floor is None:
        return True
    if doubt.code == "stale" and rate.reach >= sure.reach:
        return True
    return rate.dollars > floor or (rate.dollars == floor == sure.dollars and rate.reach > sure.reach)
