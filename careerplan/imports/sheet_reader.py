"""Reads a spreadsheet in a process of its own, with little memory and time, and writes its rows as JSON, one a line.

Run by its path (`spreadsheets.py`), without the product. The reader ends its whole process where a sheet of two cells
claims to be a million rows by sixteen thousand columns: better this one than one that serves pages.
"""

import datetime
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

BYTES_OF_MEMORY = 288 * 1024**2
SECONDS = 20
# More than twice what the largest CSV file may have. A sheet says a text once and points to it from a million cells:
# whoever reads what is written here would have it a million times.
MOST_WRITTEN = 12 * 1024**2
# How this process ends where more would be written.
TOO_MUCH = 3


def text_of(value: Any) -> str:
    """As a person would type it: whole numbers without decimals, days as 2027-03-31."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def rows_of(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet that is shown, from the first line on."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    shown = [
        place
        for place, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    sheet = book.get_sheet_by_index(shown[0] if shown else 0)
    top, left = sheet.start or (0, 0)
    for _empty in range(top):
        yield []
    for row in sheet.to_python(skip_empty_area=True):
        yield [""] * left + [text_of(value) for value in row]


def main(most_rows: int, longest_cell: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES_OF_MEMORY, BYTES_OF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    written = letters = 0
    for number, row in enumerate(rows_of(sys.stdin.buffer.read()), start=1):
        if any(row):
            line = json.dumps([number, [cell[:longest_cell] for cell in without_empty_end(row)]])
            letters += len(line)
            if letters > MOST_WRITTEN:
                sys.exit(TOO_MUCH)
            sys.stdout.write(line + "\n")
            written += 1
        if written > most_rows:
            break


def without_empty_end(row: list[str]) -> list[str]:
    """A sheet may have a hundred columns that were only colored."""
    while row and not row[-1]:
        row.pop()
    return row


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
