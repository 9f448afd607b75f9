"""A file of payroll to fill in: a row of each placement that is under way in the pay period, with all but the hours.

A placement whose wage or subsidy changes within the period has a row of each part: so each row can be taken over.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from careerplan.base.dates import as_typed
from careerplan.imports.tables import MOST_ROWS
from worksites.enums import BEGUN
from worksites.payroll.importing import FIELDS
from worksites.payroll.policy import ONE_DAY, days_of_work, parts_of
from worksites.placements.models import Placement

AT_ONCE = 500
COLUMNS = ("placement", "participant", "customer", "worksite", "begins_on", "ends_on", "hours", "hourly_wage")
WIDTHS = (14, 16, 30, 34, 14, 14, 10, 14)


def under_way_in(placements: Any, first: date, last: date) -> QuerySet[Placement]:
    """Those that have begun and had not ended before."""
    rows = placements.standing().filter(status__in=BEGUN, starts_on__lte=last)
    found: QuerySet[Placement] = rows.filter(Q(ends_on=None) | Q(ends_on__gte=first))
    return found


def headings() -> list[str]:
    labels = {field.name: str(field.label) for field in FIELDS}
    return [labels[name] for name in COLUMNS]


def rows_of(placements: Any, first: date, last: date) -> Iterator[list[Any]]:
    """Read part by part; at most as many as a file may have."""
    rows = placements.select_related("job__worksite", "planned__plan__customer").with_days().order_by("pk")
    behind, written = 0, 0
    while found := list(rows.filter(pk__gt=behind)[:AT_ONCE]):
        for placement in found:
            for row in rows_of_placement(placement, first, last):
                if written == MOST_ROWS:
                    return
                yield row
                written += 1
        behind = found[-1].pk


def rows_of_placement(placement: Placement, first: date, last: date) -> Iterator[list[Any]]:
    assert placement.starts_on is not None  # it has begun
    begin = max(first, placement.starts_on)
    end = last if placement.ends_on is None else min(last, placement.ends_on)
    if end < begin:
        return
    changes = [wage.from_on for wage in placement.wages.all()]
    if placement.subsidy_starts_on:
        changes.append(placement.subsidy_starts_on)
    if placement.subsidy_ends_on:
        changes.append(placement.subsidy_ends_on + ONE_DAY)
    customer, site = placement.customer, placement.job.worksite
    for start, stop in parts_of(begin, end, changes):
        if days_of_work(start, stop, placement.holds):
            wage = placement.wage_on(start).hourly_wage
            yield [placement.pk, customer.state_id, str(customer), site.name, start, stop, None, wage]


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
