"""Forms of employers, worksites, jobs and agreements."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import (
    CountedTextField,
    DateField,
    MoneyField,
    NumberField,
    TextField,
    WholeNumberField,
)
from careerplan.base.forms import PageForm, RowForm
from customers.forms import RecordFileField
from goals.occupation_field import OccupationField
from worksites.enums import EmploymentType
from worksites.places.address_fields import UsStateField, ZipField
from worksites.places.models import (
    HOURS_A_WEEK,
    MOST_EMPLOYEES,
    MOST_OPENINGS,
    NOTES_LIMIT,
    WAGE_DIGITS,
    Employer,
    Job,
    Worksite,
)


def text(model, name, **options):
    """A field of a text column, under its name."""
    column = model._meta.get_field(name)
    options = {
        "label": capfirst(column.verbose_name),
        "max_length": column.max_length,
        "required": not column.blank,
    } | options
    return TextField(**options)


def email(model, name):
    column = model._meta.get_field(name)
    return forms.EmailField(label=capfirst(column.verbose_name), max_length=column.max_length, required=False)


def ended_on(model, empty):
    return DateField(label=capfirst(model._meta.get_field("ended_on").verbose_name), required=False, help_text=empty)


def notes():
    return CountedTextField(label=_("Notes"), limit=NOTES_LIMIT, required=False)


class PlaceForm(RowForm):
    """A new one has not ended."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.row is None or self.row._state.adding:
            self.leave_out("ended_on")


class EmployerForm(PlaceForm):
    """`regions`: of which one is chosen for a new employer, where there are several."""

    region = forms.ModelChoiceField(label=_("Region"), queryset=None, empty_label=_("Choose a region"))
    name = text(Employer, "name")
    code = text(Employer, "code")
    industry = text(Employer, "industry")
    employees = WholeNumberField(
        label=_("Number of employees"),
        most=MOST_EMPLOYEES,
        required=False,
        help_text=Employer._meta.get_field("employees").help_text,
    )
    phone = text(Employer, "phone")
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    notes = notes()
    ended_on = ended_on(Employer, _("Empty: it gives jobs."))

    def __init__(self, *args, regions, **options):
        super().__init__(*args, **options)
        self.fields["region"].queryset = regions
        if self.row is not None or len(regions) == 1:
            self.leave_out("region")

    def clean_employees(self):
        number = self.cleaned_data["employees"]
        if number == 0:
            raise forms.ValidationError(_("Enter 1 or more, or leave it empty."), code="no-employee")
        return number


class WorksiteForm(PlaceForm):
    name = text(Worksite, "name")
    street = text(Worksite, "street")
    city = text(Worksite, "city")
    county = text(Worksite, "county", help_text=_("The minimum wage may be the city's or the county's."))
    state = UsStateField(label=pgettext_lazy("address", "State"))
    zip_code = ZipField(label=_("ZIP code"), max_length=10, required=False)
    contact = text(Worksite, "contact", help_text=_("Who answers for the agreement and the payroll."))
    contact_phone = text(Worksite, "contact_phone")
    contact_email = email(Worksite, "contact_email")
    supervisor = text(Worksite, "supervisor", help_text=_("Who is in charge of the customers at work."))
    supervisor_phone = text(Worksite, "supervisor_phone")
    supervisor_email = email(Worksite, "supervisor_email")
    notes = notes()
    ended_on = ended_on(Worksite, _("Empty: it takes customers."))


class JobForm(PlaceForm):
    title = text(Job, "title")
    occupation = OccupationField(
        label=_("Occupation (SOC)"),
        required=False,
        help_text=_("A SOC code, a title, or what people call it."),
    )
    employment_type = forms.ChoiceField(
        label=_("Employment type"), choices=[("", _("Choose one")), *EmploymentType.choices]
    )
    hourly_wage = MoneyField(label=_("Hourly wage"), digits=WAGE_DIGITS)
    weekly_hours = NumberField(label=_("Hours a week"), most=HOURS_A_WEEK)
    openings = WholeNumberField(
        label=_("Total number of openings"), most=MOST_OPENINGS, help_text=_("Those that are filled included.")
    )
    starts_on = DateField(label=_("Starts on"), required=False)
    ends_on = DateField(label=_("Ends on"), required=False)
    notes = notes()
    ended_on = ended_on(Job, _("Empty: it is offered."))

    def clean_hourly_wage(self):
        return above_zero(self.cleaned_data["hourly_wage"])

    def clean_weekly_hours(self):
        return above_zero(self.cleaned_data["weekly_hours"])


def above_zero(number):
    if number == 0:
        raise forms.ValidationError(_("Enter more than 0."), code="zero")
    return number


class AgreementForm(PageForm):
    file = RecordFileField(label=_("Signed agreement"))
    begins_on = DateField(label=_("First day of the agreement"))
    ends_on = DateField(label=_("Last day of the agreement"), required=False, help_text=_("Empty: it has no end."))
