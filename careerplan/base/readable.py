"""Sealed values as people read them, in the language in force. Days are sealed as ISO text, money as decimal text."""

from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import ngettext

from careerplan.base.dates import in_row, in_text


def day(iso: str) -> str:
    """An ISO day with its month written out, in the language in force; "" stays empty."""
    return in_text(date.fromisoformat(iso)) if iso else ""


def short_day(iso: str) -> str:
    return in_row(date.fromisoformat(iso)) if iso else ""


def dollars(amount: str) -> str:
    """A dollar amount such as $1,250.00."""
    return f"${formats.number_format(Decimal(amount), decimal_pos=2, force_grouping=True)}" if amount else ""


def hours(amount: str) -> str:
    """Such as 37.5 or 4,000; "" for none."""
    number = Decimal(amount or 0).normalize()
    return formats.number_format(f"{number:f}", force_grouping=True) if number else ""


def weekly(amount: str) -> str:
    """How many hours of each week; "" for none."""
    said = hours(amount)
    number = 1 if said and Decimal(amount) == 1 else 2  # of a part of an hour one says "hours"
    return ngettext("%(hours)s hour a week", "%(hours)s hours a week", number) % {"hours": said} if said else ""
