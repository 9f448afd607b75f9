"""What supervisors type, and what a planner asks them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import DateField, NumberField, TextField
from careerplan.base.forms import PageForm
from customers.sections.forms import SectionForm
from worksites.evaluations.asking import Period
from worksites.evaluations.models import SupervisorLink
from worksites.payroll.policy import MOST_HOURS


class CodeForm(PageForm):
    code = TextField(
        label=_("Code of six digits"),
        max_length=20,
        help_text=_("The career planner tells it to you by phone."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off"}),
    )
    name = TextField(
        label=_("Your own name"),
        max_length=100,
        help_text=_("It is kept with what you answer."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your own name.")},
    )


class EvaluationForm(SectionForm):
    """The questions of the section; a second one that comes back finds them answered."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, answers={}, record=None, **options)


class HoursForm(PageForm):
    hours = NumberField(label=_("Hours worked in these days"), most=MOST_HOURS, help_text=_("For example 7.5."))
    adds_a_row = False

    def __init__(self, *args: Any, link: SupervisorLink, **options: Any):
        super().__init__(*args, initial={"hours": link.hours_asked}, **options)
        if link.hours_asked is not None:
            self.fields["hours"].help_text = _("This is what we have. Change it where it is not right.")


class AskForm(PageForm):
    language = forms.ChoiceField(
        label=_("Language of the e-mail"), choices=settings.LANGUAGES, widget=forms.Select({"class": "form-select"})
    )

    @property
    def period(self) -> Period | None:
        return None


class AskHoursForm(AskForm):
    begins_on = DateField(label=_("First day of the pay period"))
    ends_on = DateField(label=_("Last day of the pay period"))
    hours_asked = NumberField(
        label=_("Hours as you have them"),
        most=MOST_HOURS,
        required=False,
        help_text=_("The supervisor confirms or corrects them. Leave it empty to ask for them."),
    )
    field_order = ("begins_on", "ends_on", "hours_asked", "language")

    @property
    def period(self) -> Period | None:
        found = self.cleaned_data
        return Period(found["begins_on"], found["ends_on"], found["hours_asked"])
