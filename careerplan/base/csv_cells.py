"""CSV files that a person opens in a spreadsheet: what was typed is never run there as a formula, and reads as it was
typed."""

import csv
import io
from collections.abc import Iterable, Iterator

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """With an apostrophe before it, which spreadsheets read as "this is text"."""
    return f"'{text}" if text.startswith(FORMULA) else text


def safe_row(cells: Iterable[str]) -> list[str]:
    return [safe_cell(cell) for cell in cells]


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The text of a file, line by line, with a byte order mark, by which Excel knows UTF-8."""
    yield "\ufeff"
    for row in rows:
        written = io.StringIO()
        csv.writer(written).writerow(safe_row(row))
        yield written.getvalue()
