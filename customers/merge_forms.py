"""The form of two records that become one."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.fields import CountedTextField
from careerplan.base.forms import PageForm
from customers.forms import PlannerField
from customers.merging import LONGEST_REASON
from customers.models import Customer


class SeparateForm(PageForm):
    """`former`: the record that goes on again."""

    adds_a_row = False

    reason = CountedTextField(
        label=_("How you know that these are two people"),
        limit=LONGEST_REASON,
        help_text=_("Both records keep this as a case note."),
        error_messages={"required": _("Say how you know it.")},
    )
    planner = PlannerField(label=_("Career planner of the record"), required=False, empty_label=_("Nobody yet"))

    def __init__(self, *args: Any, former: Customer, **options: Any):
        super().__init__(*args, **options)
        field: Any = self.fields["planner"]
        here = Q(scopes__office=former.office_id) | Q(scopes__region=former.office.region_id)
        field.queryset = field.queryset.filter(pk__in=User.objects.filter(here).values("pk"))


class MergeForm(PageForm):
    """`records`: both, in the order in which the page shows them."""

    adds_a_row = False

    kept = forms.ChoiceField(
        label=_("Which record goes on"),
        widget=forms.RadioSelect,
        help_text=_("The other one stays readable as it is, and leads to this one."),
        error_messages={"required": _("Choose which record goes on.")},
    )
    sign_in = forms.ModelChoiceField(
        label=_("With which sign-in the person goes on"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("The other one is switched off. We write to both e-mail addresses."),
        error_messages={"required": _("Choose with which sign-in the person goes on.")},
    )
    reason = CountedTextField(
        label=_("How you know that this is one person"),
        limit=LONGEST_REASON,
        help_text=_("Both records keep this as a case note."),
        error_messages={"required": _("Say how you know it.")},
    )
    understood = forms.BooleanField(
        label=_("I have compared both records."),
        error_messages={"required": _("Check this box once you have compared both records.")},
    )

    def __init__(self, *args: Any, records: tuple[Customer, Customer], **options: Any):
        super().__init__(*args, **options)
        self.records = {str(row.pk): row for row in records}
        fields: dict[str, Any] = self.fields
        fields["kept"].choices = [
            (str(row.pk), format_html("<bdi>{}</bdi> ({})", row.legal_name, row.state_id)) for row in records
        ]
        keys = [row.user_id for row in records if row.user_id]
        if len(keys) < len(records):
            self.leave_out("sign_in")
        else:
            fields["sign_in"].queryset = User.objects.filter(pk__in=keys).order_by("pk")
            fields["sign_in"].label_from_instance = lambda user: f"{user.username}, {user.email}"

    def chosen(self) -> tuple[Customer, Customer]:
        """The one that goes on, and the other one."""
        key = self.cleaned_data["kept"]
        return self.records[key], next(row for own, row in self.records.items() if own != key)
