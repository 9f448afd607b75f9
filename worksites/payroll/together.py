"""The hours of one customer in all placements: a day has 24 of them, in however many jobs."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careerplan.base.fields import written
from careerplan.imports.cells import text_of
from careerplan.imports.enums import TAKEN
from careerplan.imports.kinds import Fault
from careerplan.imports.models import Import, ImportRow
from worksites.payroll.cells import NUMBER_OF_A_ROW, Cells
from worksites.payroll.models import PayrollEntry
from worksites.payroll.policy import Span, days_of_all, meet
from worksites.payroll.words import fault
from worksites.placements.models import Placement
from worksites.placements.policy import HOURS_A_DAY

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

    def taken_over(self, customers: dict[int, list[int]], looked_at: Mapping[int, int]) -> dict[int, list[Worked]]:
        """What the file says of each customer who has two placements in it or more: the rows that are taken over, by
        their lines, without those that are looked at now. `customers`: with the keys of their placements; `looked_at`:
        the placements of these rows by their lines. One query at most."""
        lines, now = self.lines_by_placement(), set(looked_at.values())
        wanted: dict[int, int] = {}
        for customer, placements in customers.items():
            here = [key for key in placements if key in lines or key in now]
            if len(here) > 1:
                wanted |= {line: customer for key in here for line in lines.get(key, ()) if line not in looked_at}
        found: dict[int, list[Worked]] = {}
        rows = ImportRow.objects.filter(bringing=self.bringing, number__in=wanted, state__in=TAKEN).order_by("number")
        for number, cells in rows.values_list("number", "cells") if wanted else ():
            values, _faults = self.cells.read(self.bringing.texts_of(cells))
            if all(name in values for name in NEEDED):
                found.setdefault(wanted[number], []).append(worked(number, values))
        return found


class Together:
    """The hours of one customer that count, row by row: what stands, and the lines above that are taken over. What is
    wrong, left out, or said again counts for no other row: it must be mended, and then others are looked at again."""

    def __init__(self, stored: Sequence[PayrollEntry], in_file: Sequence[Worked]):
        self.counted: dict[int, list[Worked]] = {}
        self.above = deque(in_file)
        for entry in stored:
            self.take(Worked(0, entry.placement_id, entry.begins_on, entry.ends_on, entry.hours))

    def take(self, row: Worked) -> None:
        of_placement = self.counted.setdefault(row.placement, [])
        if not any(meet(row.span, other.span) for other in of_placement):
            of_placement.append(row)

    def fault_of(self, row: Worked) -> Fault | None:
        """Where this row and those of other placements that share its days have more hours than their days."""
        while self.above and self.above[0].line < row.line:
            self.take(self.above.popleft())
        others = [one for key, ones in self.counted.items() if key != row.placement for one in ones]
        meeting = [one for one in others if meet(one.span, row.span)]
        hours = row.hours + sum(one.hours for one in meeting)
        days = days_of_all([row.span, *(one.span for one in meeting)])
        if not meeting or hours <= HOURS_A_DAY * days:
            return None
        return fault("hours", "too-many-together", hours=written(hours), days=days)


def placements_of(customers: Collection[int]) -> dict[int, list[int]]:
    """The keys of all placements of these customers, by customer. One query."""
    rows = Placement.objects.standing().filter(planned__plan__customer__in=customers)
    found: dict[int, list[int]] = {}
    for key, customer in rows.values_list("pk", "planned__plan__customer"):
        found.setdefault(customer, []).append(key)
    return found
