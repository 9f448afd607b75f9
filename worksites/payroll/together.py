"""The hours of one customer in all placements: a day has 24 of them, in however many jobs."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careerplan.base.fields import written
from careerplan.imports.cells import text_of
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import Fault
from careerplan.imports.models import Import, ImportRow
from worksites.payroll.cells import NUMBER_OF_A_ROW, Cells
from worksites.payroll.models import PayrollEntry
from worksites.payroll.policy import HOURS_A_DAY, Span, days_of_all, meet
from worksites.payroll.words import fault
from worksites.placements.models import Placement

NEEDED = ("placement", "begins_on", "ends_on", "hours")


@dataclass(frozen=True)
class Worked:
    """`line`: of the file; 0 of what is stored."""

    line: int
    placement: int
    first: date
    last: date
    hours: Decimal

    @property
    def span(self) -> Span:
        return self.first, self.last


def worked(line: int, values: Any) -> Worked:
    return Worked(line, *(values[name] for name in NEEDED))


class OfFile:
    """The lines of one file by their placements, read once; their cells only where a customer has several of them."""

    def __init__(self, bringing: Import, cells: Cells):
        self.bringing, self.cells = bringing, cells
        self.lines: dict[int, list[int]] | None = None

    def lines_by_placement(self) -> dict[int, list[int]]:
        if self.lines is None:
            self.lines = {}
            place = self.bringing.place_of("placement")
            rows = ImportRow.objects.filter(bringing=self.bringing).values_list("number", "cells").order_by()
            for number, cells in rows.iterator(chunk_size=1000):
                text = text_of(cells[place]) if place is not None and place < len(cells) else ""
                if NUMBER_OF_A_ROW.fullmatch(text):
                    self.lines.setdefault(int(text), []).append(number)
        return self.lines

    def of_several(self, customers: dict[int, list[int]]) -> dict[int, list[Worked]]:
        """What the file says of each customer who has two placements in it or more, without the rows that are left out.
        `customers`: with the keys of their placements. One query at most."""
        lines = self.lines_by_placement()
        wanted: dict[int, int] = {}
        for customer, placements in customers.items():
            here = [key for key in placements if key in lines]
            if len(here) > 1:
                wanted |= {line: customer for key in here for line in lines[key]}
        found: dict[int, list[Worked]] = {customer: [] for customer in wanted.values()}
        rows = ImportRow.objects.filter(bringing=self.bringing, number__in=wanted).exclude(state=RowState.LEFT_OUT)
        for number, cells in rows.values_list("number", "cells") if wanted else ():
            values, _faults = self.cells.read(self.bringing.texts_of(cells))
            if all(name in values for name in NEEDED):
                found[wanted[number]].append(worked(number, values))
        return found


def placements_of(customers: Collection[int]) -> dict[int, list[int]]:
    """The keys of all placements of these customers, by customer. One query."""
    rows = Placement.objects.standing().filter(planned__plan__customer__in=customers)
    found: dict[int, list[int]] = {}
    for key, customer in rows.values_list("pk", "planned__plan__customer"):
        found.setdefault(customer, []).append(key)
    return found


def fault_of_all(row: Worked, stored: Sequence[PayrollEntry], in_file: Sequence[Worked]) -> Fault | None:
    """Where this row and those of the same customer in other placements that share its days, stored or above it in the
    file, have more hours together than their days."""
    paid = [Worked(0, one.placement_id, one.begins_on, one.ends_on, one.hours) for one in stored]
    others = [one for one in (*paid, *taken(row.line, in_file, paid)) if one.placement != row.placement]
    meeting = [one for one in others if meet(one.span, row.span)]
    hours = row.hours + sum(one.hours for one in meeting)
    days = days_of_all([row.span, *(one.span for one in meeting)])
    if not meeting or hours <= HOURS_A_DAY * days:
        return None
    return fault("hours", "too-many-together", hours=written(hours), days=days)


def taken(line: int, in_file: Sequence[Worked], paid: Sequence[Worked]) -> Iterator[Worked]:
    """The lines above this one, without those that stand already."""
    for one in in_file:
        stands = any(one.placement == other.placement and meet(one.span, other.span) for other in paid)
        if one.line < line and not stands:
            yield one
