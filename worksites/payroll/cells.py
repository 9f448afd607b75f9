"""How the cells of a file of payroll are read, each by itself.

Programs of tables keep a day as a number where nobody made it a day: 46341 is 11/15/2026.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from careerplan.base.fields import MoneyField, NumberField, TextField
from careerplan.imports.cells import fault_of, text_of
from careerplan.imports.kinds import Fault
from customers.import_cells import DayCell
from worksites.payroll.models import AMOUNT_DIGITS
from worksites.payroll.policy import MOST_HOURS
from worksites.payroll.words import SENTENCES, fault
from worksites.places.models import WAGE_DIGITS

# From 1950 on, so that a number of hours is no day.
SERIAL = re.compile(r"[1-9]\d{4}(?:\.0+)?")
EPOCH = date(1899, 12, 30)
NUMBER_OF_A_ROW = re.compile(r"\d{1,18}")
LONGEST_NAME = 320
NEEDED = {
    "placement": "no-placement",
    "begins_on": "no-day",
    "ends_on": "no-day",
    "hours": "no-hours",
    "hourly_wage": "no-wage",
}


class PlacementCell(TextField):
    def clean(self, value: Any) -> Any:
        if NUMBER_OF_A_ROW.fullmatch(value) is None:
            raise ValidationError(SENTENCES["no-number"], code="no-number")
        return int(value)


class PayDayCell(DayCell):
    def to_python(self, value: Any) -> Any:
        if SERIAL.fullmatch(value):
            value = (EPOCH + timedelta(days=int(float(value)))).isoformat()
        return super().to_python(value)


class WageCell(MoneyField):
    def validate(self, value: Any) -> None:
        super().validate(value)
        if value == Decimal(0):
            raise ValidationError(SENTENCES["no-wage"], code="no-wage")


class Cells:
    """The fields by the names of `importing.FIELDS`. `period`: the days of rows that say none."""

    def __init__(self, period: Mapping[str, date | None]) -> None:
        self.period = period
        self.fields: dict[str, forms.Field] = {
            "placement": PlacementCell(required=False),
            "participant": TextField(max_length=LONGEST_NAME, required=False),
            "customer": TextField(max_length=LONGEST_NAME, required=False),
            "worksite": TextField(max_length=LONGEST_NAME, required=False),
            # That it lies in the future is said of the whole period.
            "begins_on": PayDayCell(happened=False, required=False),
            "ends_on": PayDayCell(happened=False, required=False),
            "hours": NumberField(most=MOST_HOURS, required=False),
            "hourly_wage": WageCell(digits=WAGE_DIGITS, required=False),
            "gross": MoneyField(digits=AMOUNT_DIGITS, required=False),
            "subsidized": MoneyField(digits=AMOUNT_DIGITS, required=False),
        }

    def read(self, texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
        values: dict[str, Any] = {name: day for name, day in self.period.items() if day is not None}
        faults: list[Fault] = []
        for name, cell in texts.items():
            text = text_of(cell)
            if text.startswith("="):
                faults.append(fault(name, "formula"))
            elif text:
                try:
                    values[name] = self.fields[name].clean(text)
                except ValidationError as error:
                    faults.append(fault_of(name, text, error, self.fields[name]))
        told = {one.field for one in faults}
        faults += [fault(name, code) for name, code in NEEDED.items() if name not in values and name not in told]
        return values, faults
