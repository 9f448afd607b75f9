"""Forms of attendance: one day or week, and a correction."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import DateField, NumberField, TextField
from careerplan.base.forms import PageForm, RowForm
from services.attendance.actions import Said
from services.attendance.enums import Span
from services.attendance.models import LONGEST_ABSENCE, Attendance
from services.attendance.policy import HOURS_A_WEEK


def hours_field(**options: Any) -> NumberField:
    return NumberField(
        label=pgettext_lazy("attendance", "Hours"),
        most=HOURS_A_WEEK,
        help_text=_("In quarters: 3.25 or 7.5."),
        **options,
    )


def absence_field() -> TextField:
    return TextField(
        label=_("Absence, in a word"),
        max_length=LONGEST_ABSENCE,
        required=False,
        help_text=_("For example: sick, no bus, left early. No medical detail."),
    )


class AttendanceForm(PageForm):
    """Hours of one day or week of a service."""

    mark_optional = False

    span = forms.ChoiceField(label=_("Week or day"), choices=Span, widget=forms.RadioSelect)
    day = DateField(label=_("Day"), help_text=_("Of a week: any day in it."))
    hours = hours_field()
    absence = absence_field()

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.helper.layout = Layout("span", Div("day", "hours", css_class="fields-row"), "absence")

    def said_of(self, planned: Any) -> Said:
        return Said(planned.pk, **self.cleaned_data)


class CorrectionForm(RowForm):
    """Of what is recorded of one day or week."""

    mark_optional = False

    hours = hours_field(required=False)
    absence = absence_field()

    def __init__(self, *args: Any, row: Attendance, **options: Any):
        super().__init__(*args, row=row, **options)
        self.fields["hours"].help_text = _("In quarters: 3.25 or 7.5. Empty the field to take back what was recorded.")

    def said(self) -> Said:
        values = self.values()
        return Said(self.row.planned_id, self.row.span, self.row.day, values["hours"], values["absence"], self.seen)
