"""How the cells of a list of jobs are read, each as a form's field reads it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import Region
from careerplan.base.fields import MoneyField, NumberField, TextField, WholeNumberField
from careerplan.imports.cells import longest
from customers.import_cells import DayCell, OneOf, PhoneCell, ZipCell, by_words, choices_by_words
from goals.occupation_field import OccupationCell
from worksites.enums import EmploymentType
from worksites.places.address_fields import UsStateField
from worksites.places.models import HOURS_A_WEEK, MOST_EMPLOYEES, MOST_OPENINGS, WAGE_DIGITS, Employer, Job, Worksite

# By which a row finds what it is about; of each the column.
NAMES = {"employer": "name", "worksite": "name", "job": "title"}
# What else a row says of each, by field: the column.
OF_EMPLOYER = {
    "employer_code": "code",
    "industry": "industry",
    "employees": "employees",
    "employer_phone": "phone",
    "website": "website",
}
OF_WORKSITE = {
    name: name
    for name in (
        "street", "city", "county", "state", "zip_code", "contact", "contact_phone", "contact_email", "supervisor",
        "supervisor_phone", "supervisor_email",
    )
}  # fmt: skip
OF_JOB = {
    name: name
    for name in (
        "occupation", "employment_type", "hourly_wage", "weekly_hours", "openings", "starts_on", "ends_on",
    )
}  # fmt: skip
TEXTS = {
    "employer": (Employer, "name"), "employer_code": (Employer, "code"), "industry": (Employer, "industry"),
    "worksite": (Worksite, "name"), "street": (Worksite, "street"), "city": (Worksite, "city"),
    "county": (Worksite, "county"), "contact": (Worksite, "contact"), "supervisor": (Worksite, "supervisor"),
    "job": (Job, "title"),
}  # fmt: skip


def positive(field: type[NumberField], **options: Any) -> NumberField:
    """A number that is not 0, as which spreadsheets write what nobody knows."""

    def validate(self: Any, value: Any) -> None:
        field.validate(self, value)
        if value == 0:
            raise ValidationError(_("Enter more than 0."), code="zero")

    made: type[NumberField] = type("Positive", (field,), {"validate": validate})
    return made(required=False, **options)


def fields(regions: Iterable[Region]) -> dict[str, forms.Field]:
    """By the names of `importing.FIELDS`; `regions`: of which a row may name one."""
    found: dict[str, forms.Field] = {
        name: TextField(max_length=longest(model, column), required=False) for name, (model, column) in TEXTS.items()
    }
    for name in ("contact_email", "supervisor_email"):
        found[name] = forms.EmailField(max_length=longest(Worksite, name), required=False)
    for name in ("contact_phone", "supervisor_phone"):
        found[name] = PhoneCell(max_length=longest(Worksite, name), required=False)
    return found | {
        "region": OneOf(
            by_words((region, [region.code, region.name]) for region in regions),
            unknown=gettext_lazy("None of your regions is called so. Write its code or its name."),
        ),
        "employees": positive(WholeNumberField, most=MOST_EMPLOYEES),
        "employer_phone": PhoneCell(max_length=longest(Employer, "phone"), required=False),
        "website": forms.URLField(max_length=longest(Employer, "website"), required=False, assume_scheme="https"),
        "state": UsStateField(required=False),
        "zip_code": ZipCell(max_length=longest(Worksite, "zip_code"), required=False),
        "occupation": OccupationCell(),
        "employment_type": OneOf(
            choices_by_words(lambda: EmploymentType.choices),
            unknown=gettext_lazy("This is no employment type. Write one of those that a job offers."),
        ),
        "hourly_wage": positive(MoneyField, digits=WAGE_DIGITS),
        "weekly_hours": positive(NumberField, most=HOURS_A_WEEK),
        "openings": WholeNumberField(most=MOST_OPENINGS, required=False),
        "starts_on": DayCell(happened=False, required=False),
        "ends_on": DayCell(happened=False, required=False),
    }
