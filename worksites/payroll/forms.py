"""Forms of payroll: for whom a file is made, and why an upload is withdrawn."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import CountedTextField, DateField
from careerplan.base.forms import PageForm
from customers.models import Program
from services.models import PlannedService
from worksites.payroll.models import REASON_LIMIT
from worksites.payroll.policy import LONGEST_PERIOD, days_of
from worksites.places.models import Employer, Worksite

GROUP = ("worksite", "employer", "program")


class WorksiteChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.employer.name})"


class SheetForm(PageForm):
    """For which people, and which days; sent by GET, so that the address gives the file again."""

    adds_a_row = False

    worksite = WorksiteChoice(label=_("Worksite"), queryset=Worksite.objects.none(), required=False)
    employer = forms.ModelChoiceField(label=_("Employer"), queryset=Employer.objects.none(), required=False)
    program = forms.ModelChoiceField(label=_("Program"), queryset=Program.objects.none(), required=False)
    begins_on = DateField(
        label=_("Pay period begins"), error_messages={"required": _("Enter the first day of the pay period.")}
    )
    ends_on = DateField(
        label=_("Pay period ends"), error_messages={"required": _("Enter the last day of the pay period.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[("xlsx", _("Excel workbook (.xlsx)")), ("csv", pgettext_lazy("a file", "Text (CSV)"))],
        initial="xlsx",
    )

    def __init__(self, *args: Any, person: Any, **options: Any):
        super().__init__(*args, **options)
        worksites = Worksite.objects.visible_to(person).select_related("employer")
        self.fields["worksite"].queryset = worksites.order_by("name", "id")
        self.fields["employer"].queryset = Employer.objects.visible_to(person).order_by("name", "id")
        self.fields["program"].queryset = Program.objects.order_by("code")
        for name in GROUP:
            self.fields[name].empty_label = pgettext_lazy("a choice", "Any")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(values.get(name) for name in GROUP) and not any(name in self.errors for name in GROUP):
            self.add_error("worksite", _("Choose a worksite, an employer or a program."))
        first, last = values.get("begins_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The period ends before it begins. Correct one of the two days."))
        elif first and last and days_of(first, last) > LONGEST_PERIOD:
            sentence = _("This period has more than %(days)s days. Choose one pay period.")
            self.add_error("ends_on", sentence % {"days": LONGEST_PERIOD})
        return values

    def narrowed(self, placements: Any) -> Any:
        """To the chosen group; of a program to those whom it may have paid: which days it paid is looked at in each."""
        ways = {"worksite": "job__worksite", "employer": "job__worksite__employer"}
        found = placements.filter(
            **{way: self.cleaned_data[name] for name, way in ways.items() if self.cleaned_data[name]}
        )
        if (program := self.cleaned_data["program"]) is None:
            return found
        paid = PlannedService.objects.filter(plan__customer=OuterRef("planned__plan__customer"), program=program)
        return found.filter(Exists(paid))


class WithdrawForm(PageForm):
    adds_a_row = False

    reason = CountedTextField(
        label=_("Why is it withdrawn?"),
        limit=REASON_LIMIT,
        error_messages={"required": _("Enter why the upload is withdrawn.")},
    )
    sure = forms.BooleanField(
        label=_("Yes, withdraw all of its rows"),
        error_messages={"required": _("Tick this box to withdraw all rows of the file.")},
    )


class PeriodForm(PageForm):
    """Which pay periods the totals are of; sent by GET."""

    adds_a_row = False

    since = DateField(label=pgettext_lazy("days", "From"), required=False)
    until = DateField(label=pgettext_lazy("days", "Until"), required=False)
