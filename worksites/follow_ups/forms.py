"""What is asked of a follow-up."""

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import CountedTextField, DateField, MoneyField, NumberField
from careerplan.base.forms import RowForm
from worksites.enums import FollowUpOutcome, Verification
from worksites.follow_ups.models import NOTES_LIMIT, FollowUp
from worksites.places.models import HOURS_A_WEEK, WAGE_DIGITS

# As long as what the log says of a change.
REASON_LIMIT = 300
OF_WORK = ("hourly_wage", "weekly_hours", "verification")


class FollowUpForm(RowForm):
    done_on = DateField(
        label=_("Followed up on"), error_messages={"required": _("Enter the day on which you followed up.")}
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Choose")), *FollowUpOutcome.choices],
        error_messages={"required": _("Choose the outcome.")},
    )
    hourly_wage = MoneyField(label=_("Hourly wage"), digits=WAGE_DIGITS, required=False)
    weekly_hours = NumberField(label=_("Hours a week"), most=HOURS_A_WEEK, required=False)
    verification = forms.ChoiceField(
        label=_("How it was verified"), choices=[("", _("Choose")), *Verification.choices], required=False
    )
    notes = CountedTextField(label=_("Notes"), limit=NOTES_LIMIT, required=False)

    def __init__(self, *args: Any, row: FollowUp, **options: Any):
        if not row.is_done:
            options["initial"] = {"done_on": day_of(clock.now())}
        super().__init__(*args, row=row, **options)
        # They are needed or not by the outcome, as the heading above them says.
        for name in OF_WORK:
            self.fields[name].mark_optional = False  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Div("done_on", "outcome", css_class="fields-row"),
            Fieldset(_("If the customer is employed"), Div(*OF_WORK, css_class="fields-row")),
            "notes",
            "row_version",
        )


class TakeBackForm(RowForm):
    adds_a_row = False

    reason = CountedTextField(
        label=_("Why is it taken back?"),
        limit=REASON_LIMIT,
        error_messages={"required": _("Enter why the follow-up is taken back.")},
    )
