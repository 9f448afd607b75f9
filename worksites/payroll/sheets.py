"""A file of payroll to fill in: a row of each placement that is under way in the pay period, with all but the hours.

A placement whose wage, subsidy or funding changes within the period, or whose wage the minimum wage overtakes, has a
row of each part: so each row can be taken over. Of a program it has the parts that this program pays.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import xlsxwriter
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from careerplan.base.dates import as_typed
from customers.models import Program
from services.chains import read_chains
from worksites.enums import BEGUN, PlacementStatus
from worksites.payroll.importing import FIELDS
from worksites.payroll.minimums import Minimums
from worksites.payroll.policy import ONE_DAY, days_of_work, parts_of
from worksites.placements.models import Placement

AT_ONCE = 500
# So many of those who are left out are named.
NAMED = 10
COLUMNS = ("placement", "participant", "customer", "worksite", "begins_on", "ends_on", "hours", "hourly_wage")
WIDTHS = (14, 16, 30, 34, 14, 14, 10, 14)


def under_way_in(placements: Any, first: date, last: date) -> QuerySet[Placement]:
    """Those that have begun and had not ended before."""
    rows = placements.standing().filter(status__in=BEGUN, starts_on__lte=last)
    found: QuerySet[Placement] = rows.filter(Q(ends_on=None) | Q(ends_on__gte=first))
    return found


@dataclass(frozen=True)
class LeftOut:
    named: list[Placement]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.named)


def left_out(placements: Any, first: date, last: date, program: Program | None = None) -> LeftOut:
    """Those that are under way in the period although their end was expected before it: no row of theirs can be taken
    over before that day is corrected."""
    at_work = Q(status=PlacementStatus.STARTED) | Q(status=PlacementStatus.ON_HOLD, inactive_on__gt=first)
    rows = placements.standing().filter(at_work, ends_on__lt=first)
    found = [row for row in one_by_one(rows) if program is None or pays_in(program, row, first, last)]
    return LeftOut(found[:NAMED], len(found))


def pays_in(program: Program, placement: Placement, first: date, last: date) -> bool:
    parts = parts_of(first, last, changes_of_funding(placement))
    return any(placement.planned.on(begin).program_id == program.pk for begin, _end in parts)


def headings() -> list[str]:
    labels = {field.name: str(field.label) for field in FIELDS}
    return [labels[name] for name in COLUMNS]


def rows_of(placements: Any, first: date, last: date, program: Program | None = None) -> Iterator[list[Any]]:
    minimums = Minimums()
    for placement in one_by_one(placements.with_days()):
        yield from rows_of_placement(placement, first, last, minimums, program)


def one_by_one(placements: Any) -> Iterator[Placement]:
    """Read part by part."""
    named = ("job__worksite__employer", "planned__continues", "planned__plan__customer__office")
    rows = placements.select_related(*named).order_by("pk")
    behind = 0
    while found := list(rows.filter(pk__gt=behind)[:AT_ONCE]):
        read_chains(placement.planned for placement in found)
        yield from found
        behind = found[-1].pk


def rows_of_placement(
    placement: Placement, first: date, last: date, minimums: Minimums, program: Program | None = None
) -> Iterator[list[Any]]:
    assert placement.starts_on is not None  # it has begun
    begin = max(first, placement.starts_on)
    end = last if placement.ends_on is None else min(last, placement.ends_on)
    if end < begin:
        return
    customer, site = placement.customer, placement.job.worksite
    for start, stop in parts_of(begin, end, changes_of(placement)):
        if program is not None and placement.planned.on(start).program_id != program.pk:
            continue
        paid = wages_of_part(placement, start, stop, minimums)
        for since, until in parts_of(start, stop, list(paid)):
            if days_of_work(since, until, placement.holds):
                yield [placement.pk, customer.state_id, str(customer), site.name, since, until, None, paid[since]]


def changes_of(placement: Placement) -> list[date]:
    """The days from which another wage, another funding, a subsidy or none holds."""
    changes = [wage.from_on for wage in placement.wages.all()]
    changes += changes_of_funding(placement)
    if placement.subsidy_starts_on:
        changes.append(placement.subsidy_starts_on)
    if placement.subsidy_ends_on:
        changes.append(placement.subsidy_ends_on + ONE_DAY)
    return changes


def changes_of_funding(placement: Placement) -> list[date]:
    return [one.actual_start_on for one in placement.planned.chain() if one.actual_start_on is not None]


def wages_of_part(placement: Placement, first: date, last: date, minimums: Minimums) -> dict[date, Any]:
    """What is paid from which day on, where a minimum wage that rises overtakes the placement's wage: that one."""
    agreed = placement.wage_on(first).hourly_wage
    rates = minimums.rises(placement, first, last)
    paid = {first: agreed} | {day: max(agreed, rate) for day, rate in rates.items()}
    days = sorted(paid)
    return {day: paid[day] for before, day in pairwise([first, *days]) if day == first or paid[day] != paid[before]}


def texts_of(rows: Iterable[list[Any]]) -> Iterator[list[str]]:
    """For a text file."""
    yield headings()
    for row in rows:
        yield ["" if cell is None else as_typed(cell) if isinstance(cell, date) else str(cell) for cell in row]


def workbook_of(rows: Iterable[list[Any]]) -> bytes:
    """For Excel: days and amounts are such there, and what people typed is text and never a formula."""
    written = io.BytesIO()
    # No time of ours stands in the file, and nothing typed becomes a formula, a link or a number.
    kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, kept) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
        day = book.add_format({"num_format": "mm/dd/yyyy"})
        sheet = book.add_worksheet(_("Payroll"))
        sheet.freeze_panes(1, 0)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        sheet.write_row(0, 0, headings(), bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, datetime.combine(cell, time()), day)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell, money if COLUMNS[place] == "hourly_wage" else None)
    return written.getvalue()
