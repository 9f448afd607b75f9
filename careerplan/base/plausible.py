"""Which days can be: what has happened is not still to come, and nothing lies before 1900 or far ahead.

Each model says which kind of day a column holds; `record` asks it of every column that changes, whichever way the day
came in, and actions ask it where something rests on the day before it is written.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal

EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 20


class DayField(models.DateField):
    """A calendar day that people enter; `happened`: on which something has happened, so that it is not to come."""

    def __init__(self, *args: Any, happened: bool = False, **options: Any):
        self.happened = happened
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database it is any day: which days can be changes with the calendar."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DateField", args, options

    def clone(self) -> "DayField":
        field = super().clone()
        field.happened = self.happened
        return field


def settle_days(row: models.Model, columns: Collection[str], today: date) -> None:
    """Raises Refusal, at its field, for a day of these columns that can't be. `today`: of the installation."""
    for field in row._meta.concrete_fields:
        if isinstance(field, DayField) and field.attname in columns:
            day = getattr(row, field.attname)
            if day is not None:
                refuse_unlikely(day, today, happened=field.happened, field=field.name)


def refuse_unlikely(day: date, today: date, *, happened: bool, field: str) -> None:
    """Raises Refusal for a day before 1900, one that is too far ahead, or one of the future on which it happened."""
    if happened and day > today:
        raise Refusal("day-to-come", _("This day has not come yet. Enter it once it has."), field=field)
    if day < EARLIEST or (day.year, day.month, day.day) > (today.year + YEARS_AHEAD, today.month, today.day):
        latest = today.year + YEARS_AHEAD
        raise Refusal(
            "unlikely-day",
            _("Check the year: it is %(year)d here. Enter a day from 1900 to %(latest)d.")
            % {"year": day.year, "latest": latest},
            field=field,
        )
