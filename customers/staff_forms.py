"""Forms of the staff's pages: who is invited, and what a person may see and manage."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import EDITING_ROLES, Role
from careerplan.accounts.models import Office, Region, User
from careerplan.accounts.permissions import (
    SCOPE_MISSING,
    Access,
    access_of,
    is_administrator,
    may_change_email,
    offices_managed,
    regions_managed,
    staff_visible_to,
)
from careerplan.base.fields import TextField
from careerplan.base.forms import RowForm
from customers.forms import PlannerField

STAFF_ROLES = [(role.value, role.label) for role in Role if role != Role.CUSTOMER]
VALUES = ("first_name", "last_name", "email", "phone")


class OfficesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Office) -> str:
        return f"{obj.region}: {obj}"


class AddressField(forms.EmailField):
    """`kept`: what the person has, and keeps, however it is written."""

    kept = ""

    def run_validators(self, value: str) -> None:
        if value != self.kept:
            super().run_validators(value)


class StaffForm(RowForm):
    """`row`: the person; None where one is invited. It offers what `by` may give."""

    first_name = TextField(label=_("First name"), max_length=100, required=False)
    last_name = TextField(
        label=_("Last name"), max_length=100, required=False, help_text=_("One of the two names is enough.")
    )
    email = AddressField(
        label=_("E-mail"), max_length=254, help_text=_("The person signs in with it, and gets all e-mail there.")
    )
    phone = TextField(label=_("Phone"), max_length=30, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=STAFF_ROLES)
    offices = OfficesField(
        label=_("Offices"),
        queryset=Office.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A career planner sees the customers of these offices, and needs one office or whole region."),
    )
    regions = forms.ModelMultipleChoiceField(
        label=_("Whole regions"),
        queryset=Region.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A career planner sees the customers of every office there, also of offices that open later."),
    )
    offices.mark_optional = regions.mark_optional = False  # type: ignore[attr-defined]  # `includes/_form.html` asks
    administers = forms.ModelMultipleChoiceField(
        label=_("Local administrator of"),
        queryset=Region.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Invites the career planners of these regions, gives them offices, and switches sign-ins off."),
    )
    successor = PlannerField(
        label=_("Who takes over the customers that this planner will no longer see"),
        required=False,
        help_text=_("Needed only if you take an office or a region away and something is still open there."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        person = options.get("row")
        initial = initial_of(access_of(person)) if person is not None else {"role": Role.PLANNER.value}
        super().__init__(*args, initial=initial, **options)
        self.by = by
        fields: Any = self.fields
        regions = regions_managed(by).order_by("name", "pk")
        fields["regions"].queryset = fields["administers"].queryset = regions
        fields["offices"].queryset = offices_managed(by).select_related("region").order_by("region__name", "name")
        if not is_administrator(by):
            self.leave_out("role", "administers")
        if person is None or not person.edits_plans:
            self.leave_out("successor")
        else:
            people = staff_visible_to(by).filter(role__in=EDITING_ROLES, is_active=True).exclude(pk=person.pk)
            people = people.prefetch_related("scopes__office", "scopes__region")
            fields["successor"].queryset = people.order_by("last_name", "first_name", "pk")
        if person is not None:
            fields["email"].kept = person.email
            fields["email"].disabled = not may_change_email(by, person)
            self.leave_out_own_rights(person)

    def leave_out_own_rights(self, person: User) -> None:
        """A page does not offer what the action refuses."""
        if person.pk == self.by.pk:
            self.leave_out("role", "offices", "regions", "administers")
            if "successor" in self.fields:
                self.leave_out("successor")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if {"first_name", "last_name"}.isdisjoint(self.errors) and not (values["first_name"] or values["last_name"]):
            self.add_error("first_name", _("Enter a first or a last name. One is enough."))
        is_planner = values.get("role", Role.PLANNER) == Role.PLANNER
        if "offices" in self.fields and is_planner and not (values.get("offices") or values.get("regions")):
            self.add_error("offices", SCOPE_MISSING)
        return values

    @property
    def access(self) -> Access:
        """What was chosen; of oneself, what one has."""
        if "offices" not in self.fields:
            return access_of(self.row)
        chosen = {
            name: frozenset(row.pk for row in self.cleaned_data.get(name) or ())
            for name in ("regions", "offices", "administers")
        }
        return Access(role=self.cleaned_data.get("role", Role.PLANNER.value), **chosen)

    def personal(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in VALUES}


def initial_of(access: Access) -> dict[str, Any]:
    return {
        "role": access.role,
        "regions": sorted(access.regions),
        "offices": sorted(access.offices),
        "administers": sorted(access.administers),
    }
