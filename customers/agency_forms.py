"""Forms of regions, grantees, offices and programs, and of the folder with which a state begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Grantee, Region
from careerplan.base.fields import StateField, TextField, WholeNumberField
from careerplan.base.forms import PageForm, RowForm
from careerplan.base.named import LONGEST_NAME
from customers.enums import PlanType, ProgramKind
from customers.policy import DEFAULT_REVIEW_DAYS

MOST_DAYS = 3650


class EntryForm(RowForm):
    """What rules, reports and files name an entry by stays: its code is typed once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "code" in self.fields and self.row is not None and not self.row._state.adding:
            self.leave_out("code")


class RegionForm(EntryForm):
    code = TextField(label=_("Code"), max_length=20, help_text=_("For example LWA-07. It stays as it is."))
    name = TextField(label=_("Name"), max_length=100)


class GranteeForm(EntryForm):
    name = TextField(label=_("Name"), max_length=150)
    phone = TextField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)


class OfficeForm(EntryForm):
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.order_by("name", "pk"))
    grantee = forms.ModelChoiceField(label=_("Grantee"), queryset=Grantee.objects.order_by("name", "pk"))
    name = TextField(label=_("Name"), max_length=100)
    street = TextField(label=_("Street"), max_length=120, required=False)
    city = TextField(label=_("City"), max_length=60, required=False)
    state = StateField(label=_("State"), max_length=2, required=False, help_text=_("Two letters, such as WI."))
    zip_code = TextField(label=_("ZIP code"), max_length=10, required=False)
    phone = TextField(label=_("Phone"), max_length=30, required=False)
    relay = TextField(label=_("Relay/TTY number"), max_length=30, initial="711")


class ProgramForm(EntryForm):
    code = TextField(label=_("Code"), max_length=20, help_text=_("For example T1-ADULT. It stays as it is."))
    name = TextField(label=_("Official name"), max_length=120)
    plain_english = TextField(
        label=_("Plain name"), max_length=LONGEST_NAME, required=False, help_text=_("What customers read.")
    )
    plain_spanish = TextField(label=_("Plain name in Spanish"), max_length=LONGEST_NAME, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgramKind)
    plan_type = forms.ChoiceField(label=_("Plan"), choices=PlanType)
    is_title_1 = forms.BooleanField(label=_("WIOA Title I"), required=False)
    review_interval_days = WholeNumberField(
        label=_("Days between reviews"),
        most=MOST_DAYS,
        initial=DEFAULT_REVIEW_DAYS,
        help_text=_("A review is due on that day after the plan became active, or was last reviewed."),
    )


class FolderForm(PageForm):
    adds_a_row = False

    folder = forms.FileField(
        label=_("The folder, as a ZIP file"),
        help_text=_("With agency.csv, regions.csv, grantees.csv, offices.csv, programs.csv and people.csv."),
        error_messages={"required": _("Choose a file.")},
    )
