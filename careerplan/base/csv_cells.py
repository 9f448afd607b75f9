"""Cells of a CSV file that a person opens in a spreadsheet: what was typed is never run there as a formula."""

from collections.abc import Iterable

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """With an apostrophe before it, which spreadsheets read as "this is text"."""
    return f"'{text}" if text.startswith(FORMULA) else text


def safe_row(cells: Iterable[str]) -> list[str]:
    return [safe_cell(cell) for cell in cells]
