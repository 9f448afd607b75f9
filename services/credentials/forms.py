"""The form of an earned credential."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import DateField, TextField
from careerplan.base.forms import RowForm
from careerplan.base.templatetags.direction import bdi
from customers.forms import RecordFileField
from services.enums import CredentialType, ServiceStatus
from services.models import EarnedCredential, PlannedService
from services.providers.models import ApprovedCredential


class ApprovedField(forms.ModelChoiceField):
    """Each name with a direction of its own."""

    def label_from_instance(self, obj: Any) -> Any:
        return bdi(obj.name)


class CredentialForm(RowForm):
    """`row`: the one that is corrected. `earned_in`: the completed service whose page led here; else the service is
    chosen. What is approved for the training program of the service is offered; another one is written in words."""

    field_order = ["approved", "name", "credential_type", "earned_on", "service", "proof"]

    approved = ApprovedField(
        label=_("Approved for the training program"),
        queryset=ApprovedCredential.objects.none(),
        required=False,
        blank=True,
        empty_label=pgettext_lazy("credential", "Another one, in words"),
        widget=forms.RadioSelect,
    )
    name = TextField(label=_("Credential"), max_length=150)
    credential_type = forms.ChoiceField(
        label=_("Type of credential"),
        choices=[("", _("Choose a type")), *CredentialType.choices],
        error_messages={"required": _("Choose the type of the credential.")},
    )
    earned_on = DateField(label=_("Earned on"), error_messages={"required": _("Enter the day it was earned.")})
    service = forms.ModelChoiceField(
        label=_("Completed service"),
        queryset=PlannedService.objects.none(),
        required=False,
        empty_label=_("Not earned through a service of the plan"),
        help_text=_("Only complete services are listed."),
    )
    proof = RecordFileField(label=_("Proof (a scan or a photo)"), required=False, widget=forms.FileInput())

    def __init__(
        self,
        *args: Any,
        customer: Any,
        row: EarnedCredential | None = None,
        earned_in: PlannedService | None = None,
        **options: Any,
    ):
        super().__init__(*args, row=row, **options)
        self.earned_in = earned_in
        service = earned_in or (row.service if row else None)
        if service is not None:
            offered = Q(ended_on=None) | Q(pk=row.approved_id if row else None)
            approved = ApprovedCredential.objects.of_service(service.pk).filter(offered)
            self.fields["approved"].queryset = approved.order_by("name", "pk")
        if not self.fields["approved"].queryset:
            del self.fields["approved"]
        else:
            for name in ("name", "credential_type"):
                self.fields[name].required = self.fields[name].mark_optional = False
            self.fields["name"].label = _("The other credential, in words")
            if row is None and len(self.fields["approved"].queryset) == 1:
                self.initial.setdefault("approved", self.fields["approved"].queryset[0].pk)
        if earned_in is not None:
            del self.fields["service"]
        else:
            complete = PlannedService.objects.filter(plan__customer=customer, status=ServiceStatus.COMPLETE)
            self.fields["service"].queryset = complete.select_related("service")
        if row is not None and row.proof_id:
            self.fields["proof"].label = _("Another proof, in the place of the one that is filed")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "service" in values and values["service"] is None and values.get("approved") is not None:
            # It was earned beside the plan: its name stays, without the list.
            approved = values.pop("approved")
            values |= {"approved": None, "name": approved.name, "credential_type": approved.credential_type}
        elif "approved" in self.fields and values.get("approved") is None:
            for name in ("name", "credential_type"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        elif self.is_named_otherwise(values):
            self.add_error("approved", _("Choose “Another one, in words” for this name, or empty the name."))
        return values

    def is_named_otherwise(self, values: dict[str, Any]) -> bool:
        """One of the list is chosen, and the name of another one was typed."""
        approved, name = values.get("approved"), values.get("name", "").strip()
        return approved is not None and name != "" and name != approved.name and "name" in self.changed_data

    def values_of(self, row: Any) -> dict[str, Any]:
        return {name: value for name, value in super().values_of(row).items() if name != "proof"}

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {**super().values(), "proof": self.cleaned_data.get("proof")}
        return found if self.earned_in is None else {**found, "service": self.earned_in}
