"""What is entered of a placement: the job's place, the days and the wages (ILL-132 to ILL-153)."""

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import CountedTextField, DateField, MoneyField, TextField
from careerplan.base.forms import PageForm, RowForm
from worksites.enums import PositionType, TerminationReason
from worksites.placements.holds import field_of
from worksites.placements.models import NOTES_LIMIT, REASON_LIMIT, SOURCE_LIMIT, FormerHold, Placement, PlacementWage
from worksites.placements.moves import Move
from worksites.placements.paying import Pay
from worksites.placements.policy import Hold
from worksites.places.models import WAGE_DIGITS, Job
from worksites.wages.enums import Circumstance
from worksites.wages.minimum import Entered

# What is said of the minimum wage, in the place where it is held against (templates/worksites/placements/_minimum).
MINIMUM = '{% include "worksites/placements/_minimum.html" %}'
WAGES = ("hourly_wage", "subsidized_wage", "subsidy_reason")
MINIMUM_FIELDS = ("minimum_wage", "minimum_source")


def wage_fields() -> dict[str, forms.Field]:
    return {
        "circumstances": forms.MultipleChoiceField(
            label=_("What else decides the minimum wage"),
            choices=Circumstance,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Tick only what you know is so."),
        ),
        "minimum_wage": MoneyField(
            label=_("Minimum wage that you found"),
            digits=WAGE_DIGITS,
            required=False,
            help_text=_("Only where the list of minimum wages is not sure, or you know of a higher one."),
        ),
        "minimum_source": TextField(
            label=_("Where you found it"),
            max_length=SOURCE_LIMIT,
            required=False,
            help_text=_("For example the page of the city, with the day on which you read it."),
        ),
        "hourly_wage": MoneyField(
            label=_("Hourly Wage for Placement"),
            digits=WAGE_DIGITS,
            help_text=_("From the job; you can change it for this customer."),
            error_messages={"required": _("Enter the hourly wage.")},
        ),
        "subsidized_wage": MoneyField(
            label=_("Subsidized Wage or Training Wage Match"),
            digits=WAGE_DIGITS,
            required=False,
            help_text=_("It should be no more than the minimum wage. Empty: nothing is subsidized."),
        ),
        "subsidy_reason": TextField(
            label=_("Why the subsidy is more than the minimum wage"), max_length=REASON_LIMIT, required=False
        ),
    }


class PayPart(forms.Form):
    """The fields of wages, and what they say."""

    def pay(self) -> Pay:
        given: Any = self.cleaned_data
        rate = given.get("minimum_wage")
        entered = None if rate is None else Entered(rate, given.get("minimum_source", ""))
        return Pay(
            hourly=given["hourly_wage"],
            subsidized=given.get("subsidized_wage") or 0,
            reason=given.get("subsidy_reason", ""),
            entered=entered,
            circumstances=given.get("circumstances", ()),
        )


def wage_layout() -> Fieldset:
    return Fieldset(
        _("Wages, dollars an hour"),
        HTML(MINIMUM),
        "circumstances",
        Div(*MINIMUM_FIELDS, css_class="fields-row"),
        Div("hourly_wage", "subsidized_wage", css_class="fields-row"),
        "subsidy_reason",
    )


def position_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Position Type"),
        choices=PositionType,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose full-time or part-time.")},
    )


def wioa_field() -> forms.BooleanField:
    return forms.BooleanField(label=_("WIOA funded"), required=False)


def notes_field() -> CountedTextField:
    return CountedTextField(label=_("Notes"), limit=NOTES_LIMIT, required=False)


class AddForm(PayPart, PageForm):
    """A customer comes into a job; the wage is offered from the job."""

    position_type = position_field()
    wioa_funded = wioa_field()
    starts_on = DateField(label=_("Start Date"), required=False, help_text=_("As it is planned."))
    ends_on = DateField(label=_("End Date"), required=False)
    subsidy_starts_on = DateField(
        label=_("Subsidized Start Date"), required=False, help_text=_("Empty: the start date.")
    )
    subsidy_ends_on = DateField(label=_("Subsidized End Date"), required=False)
    notes = notes_field()

    def __init__(self, *args: Any, job: Job, **options: Any):
        options["initial"] = {
            "hourly_wage": job.hourly_wage,
            "starts_on": job.starts_on,
            "ends_on": job.ends_on,
        } | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields |= wage_fields()
        self.helper.layout = Layout(
            "position_type",
            "wioa_funded",
            Div("starts_on", "ends_on", css_class="fields-row"),
            wage_layout(),
            Div("subsidy_starts_on", "subsidy_ends_on", css_class="fields-row"),
            "notes",
        )

    def values(self) -> dict[str, Any]:
        named = (
            "position_type",
            "wioa_funded",
            "starts_on",
            "ends_on",
            "subsidy_starts_on",
            "subsidy_ends_on",
            "notes",
        )
        return {name: self.cleaned_data[name] for name in named}


class EditForm(RowForm):
    """Its days, as far as it has them; its status moves by buttons."""

    position_type = position_field()
    wioa_funded = wioa_field()
    starts_on = DateField(label=_("Start Date"), required=False)
    ends_on = DateField(label=_("End Date"), required=False)
    inactive_on = DateField(label=_("Inactive Date"), required=False)
    returned_on = DateField(label=_("Return Date"), required=False)
    subsidy_starts_on = DateField(label=_("Subsidized Start Date"), required=False)
    subsidy_ends_on = DateField(label=_("Subsidized End Date"), required=False)
    notes = notes_field()

    def __init__(self, *args: Any, row: Placement, **options: Any):
        super().__init__(*args, row=row, **options)
        pairs = [("starts_on", "ends_on"), ("subsidy_starts_on", "subsidy_ends_on")]
        if row.inactive_on is not None:
            pairs.insert(1, ("inactive_on", "returned_on"))
        else:
            for name in ("inactive_on", "returned_on"):
                del self.fields[name]
        self.former = sorted(row.former_holds.all(), key=lambda hold: hold.inactive_on)
        for number, hold in enumerate(self.former, start=1):
            pairs.insert(number, self.add_former_hold(number, hold))
        days = (Div(*pair, css_class="fields-row") for pair in pairs)
        self.helper.layout = Layout("row_version", "position_type", "wioa_funded", *days, "notes")

    def add_former_hold(self, number: int, hold: FormerHold) -> tuple[str, str]:
        """Two fields; their names."""
        begins, ends = (field_of(hold.pk, name) for name in ("inactive_on", "returned_on"))
        words = {"number": number}
        self.fields[begins] = DateField(
            label=_("Inactive Date of hold %(number)d") % words,
            initial=hold.inactive_on,
            error_messages={"required": _("Enter the inactive date.")},
        )
        self.fields[ends] = DateField(
            label=_("Return Date of hold %(number)d") % words,
            initial=hold.returned_on,
            help_text=_("If it was no hold, enter its inactive date here, too."),
            error_messages={"required": _("Enter the return date.")},
        )
        return begins, ends

    def former_holds(self) -> dict[int, Hold]:
        given = self.cleaned_data
        return {
            hold.pk: Hold(given[field_of(hold.pk, "inactive_on")], given[field_of(hold.pk, "returned_on")])
            for hold in self.former
        }


class MoveForm(RowForm):
    """What a move asks; days are offered as today."""

    starts_on = DateField(label=_("Start Date"), error_messages={"required": _("Enter the start date.")})
    subsidy_starts_on = DateField(
        label=_("Subsidized Start Date"), required=False, help_text=_("Empty: the start date.")
    )
    inactive_on = DateField(
        label=_("Inactive Date"),
        help_text=_("The first day on which the customer does not work."),
        error_messages={"required": _("Enter the inactive date.")},
    )
    returned_on = DateField(
        label=_("Return Date"),
        help_text=_("The first day back at work."),
        error_messages={"required": _("Enter the return date.")},
    )
    ends_on = DateField(label=_("End Date"), error_messages={"required": _("Enter the end date.")})
    termination_reason = forms.ChoiceField(
        label=_("Why the placement ended"),
        choices=TerminationReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the placement ended.")},
    )
    words = CountedTextField(label=_("In words"), limit=REASON_LIMIT, required=False)

    def __init__(self, *args: Any, row: Placement, move: Move, **options: Any):
        today = day_of(clock.now())
        offered = {"start": {"starts_on": row.starts_on or today}, "hold": {"inactive_on": today}}
        offered |= {"return": {"returned_on": row.returned_on or today}, "terminate": {"ends_on": today}}
        blank = {"hold": {"returned_on": None}, "terminate": {"termination_reason": ""}}
        options["initial"] = offered.get(move.code, {}) | blank.get(move.code, {})
        super().__init__(*args, row=row, **options)
        self.leave_out(*(self.fields.keys() - {*move.asks, "row_version"}))
        if move.code == "hold":
            self.fields["returned_on"].required = False
            self.fields["returned_on"].help_text = _("The first day back at work, if you know it already.")
        if move.code == "withdraw":
            self.fields["words"].required = True
            self.fields["words"].label = _("Why it is taken back")
            self.fields["words"].error_messages["required"] = _("Enter why the placement is taken back.")


class WageForm(PayPart, RowForm):
    """Another wage from a day on, or the present one corrected."""

    from_on = DateField(
        label=_("From"),
        help_text=_("The day from which the present wage holds corrects it; a later day adds another wage."),
        error_messages={"required": _("Enter the day from which the wage holds.")},
    )

    def __init__(self, *args: Any, row: PlacementWage, **options: Any):
        super().__init__(*args, row=row, **options)
        self.fields |= wage_fields()
        entered = row.minimum_from == "entered"
        self.initial |= {
            "hourly_wage": row.hourly_wage,
            "subsidized_wage": row.subsidized_wage,
            "subsidy_reason": row.subsidy_reason,
            "circumstances": row.circumstances,
            "minimum_wage": row.minimum_wage if entered else None,
            "minimum_source": row.minimum_source if entered else "",
        }
        self.helper.layout = Layout("row_version", "from_on", wage_layout())
