"""The lines of a caseload: all of them at hand where they are few enough to read, else a page at a time by name.

Of a planner's own customers everything is known at once: they are counted, narrowed by their dates and put in the
order of what is due. Of a state's customers that would be read anew for each page, so those are listed by name.
"""

import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from careerplan.accounts.models import User
from careerplan.base.keyset import Page, address, cursor, page_of, page_of_parts, place_asked
from careerplan.pages.caseload.choosing import Chosen, Order, Show
from careerplan.pages.caseload.facts import Facts, Standing, read_facts
from customers.deadlines import WaitsFor
from customers.models import ORDER_FOUND, ORDER_LISTED, Customer, Enrollment

LINES = 50
# What a place in the list is made of.
PLACE = ("day", "name", "id")
# So many customers are read at once; a list of more is narrowed first.
AT_HAND = 1000


@dataclass
class Line:
    customer: Customer
    facts: Facts

    @property
    def waits_for(self) -> str:
        return self.facts.waits_for_words(self.customer.greeting_name)

    @property
    def programs(self) -> list[Any]:
        return [row.program for row in self.customer.open_enrollments]  # type: ignore[attr-defined]  # of `with_programs`


@dataclass
class Totals:
    """How many customers there are, by the state of their plans; and how many wait for staff, and are due soon."""

    everybody: int
    standings: Counter[str]
    waiting: int
    soon: int

    def of(self, standing: Standing) -> int:
        return self.standings[standing]

    @property
    def by_standing(self) -> list[tuple[Standing, int]]:
        return [(standing, self.standings[standing]) for standing in Standing if self.standings[standing]]


@dataclass
class Caseload:
    """A page of lines. `totals`: None where the customers are too many to read; `too_many`: they are, and what was
    chosen can't be known of them."""

    lines: list[Line]
    next_url: str | None
    previous_url: str | None
    totals: Totals | None = None
    too_many: bool = False
    chosen_count: int | None = None
    # The keys of all that were chosen, in their order; None where they are not at hand.
    keys: list[int] | None = None

    @property
    def writable(self) -> str:
        """The keys of those shown who have a sign-in, as an address says them."""
        return ",".join(str(line.customer.pk) for line in self.lines if line.customer.user_id)

    @property
    def rows(self) -> list[Customer]:
        return [line.customer for line in self.lines]


def with_programs(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    programs = Enrollment.objects.still_open().select_related("program").order_by("begun_on", "id")
    return customers.prefetch_related(Prefetch("enrollments", programs, to_attr="open_enrollments"))


def read_caseload(request: HttpRequest, user: User, chosen: Chosen, own: Collection[int], *, on: date) -> Caseload:
    """`own`: as `caseload_of`."""
    reads_all = chosen.show == Show.MINE or chosen.asks_of_facts or chosen.order == Order.NEXT
    if reads_all and (known := at_hand(user, chosen, own)) is not None:
        return from_hand(request, user, chosen, known, on=on)
    if chosen.asks_of_facts:
        return Caseload([], None, None, too_many=True)
    return by_name(request, user, chosen, own, on=on)


def at_hand(user: User, chosen: Chosen, own: Collection[int]) -> dict[int, str] | None:
    """The keys of the customers with their names for order; None where they are too many."""
    rows = chosen.rows(user, own)
    if chosen.q:
        rows = rows.matching(chosen.q)  # type: ignore[attr-defined]  # of CustomerQuerySet
    found = dict(rows.order_by().values_list("pk", "name_key")[: AT_HAND + 1])
    return found if len(found) <= AT_HAND else None


def from_hand(request: HttpRequest, user: User, chosen: Chosen, names: dict[int, str], *, on: date) -> Caseload:
    facts = read_facts(names, user, on=on)
    kept = {key: one for key, one in facts.items() if chosen.keeps(one)}
    keys = sorted(kept, key=lambda key: place_of(chosen, kept[key], names[key]))
    places = [place_of(chosen, kept[key], names[key]) for key in keys]
    begin = begin_of_page(request, places)
    shown = keys[begin : begin + LINES]
    customers = in_bulk(shown)
    return Caseload(
        lines=[Line(customers[key], facts[key]) for key in shown if key in customers],
        next_url=address(request, after=said(places[begin + len(shown) - 1])) if begin + LINES < len(keys) else None,
        previous_url=address(request, before=said(places[begin])) if begin and shown else None,
        totals=totals_of(facts.values()),
        chosen_count=len(keys),
        keys=keys,
    )


def place_of(chosen: Chosen, facts: Facts, name: str) -> tuple[str, str, int]:
    """In the order of what is due next, or of names alone."""
    day = facts.next.in_order[0] if facts.next else date.max
    return ("" if chosen.order == Order.NAME else day.isoformat(), name, facts.customer)


def begin_of_page(request: HttpRequest, places: Sequence[tuple[str, str, int]]) -> int:
    """Where the page begins: behind the place of `?after=`, or a page before that of `?before=`; whoever left the list
    meanwhile moves nothing."""
    place = place_asked(request, PLACE)
    if place.after is not None:
        return bisect.bisect_right(places, as_place(place.after))
    if place.before is not None:
        return max(bisect.bisect_left(places, as_place(place.before)) - LINES, 0)
    return 0


def as_place(values: Sequence[Any]) -> tuple[str, str, int]:
    return (str(values[0]), str(values[1]), int(values[2]))


def said(place: tuple[str, str, int]) -> str:
    return cursor(dict(zip(PLACE, place, strict=True)), PLACE)


def in_bulk(keys: Sequence[int]) -> dict[int, Customer]:
    return {row.pk: row for row in with_programs(Customer.objects.filter(pk__in=keys))}


def totals_of(facts: Iterable[Facts]) -> Totals:
    every = list(facts)
    return Totals(
        everybody=len(every),
        standings=Counter(one.standing for one in every),
        waiting=sum(one.waits_for(WaitsFor.STAFF) for one in every),
        soon=sum(one.is_due_soon for one in every),
    )


def by_name(request: HttpRequest, user: User, chosen: Chosen, own: Collection[int], *, on: date) -> Caseload:
    rows: Any = with_programs(chosen.rows(user, own))
    page: Page
    if chosen.q:
        page = page_of_parts(rows.found_by(chosen.q), request, keys=ORDER_FOUND, rows=LINES)
    else:
        page = page_of(rows, request, keys=ORDER_LISTED, rows=LINES)
    facts = read_facts([row.pk for row in page.rows], user, on=on)
    return Caseload(
        lines=[Line(row, facts[row.pk]) for row in page.rows],
        next_url=page.next_url,
        previous_url=page.previous_url,
    )
