"""The form of a photo or a file that shows that a step is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import DateField
from careerplan.base.forms import PageForm
from customers.forms import RecordFileField


class ProofForm(PageForm):
    """A telephone offers its camera for the first field; elsewhere both choose a file."""

    mark_optional = False  # one of the two is enough, as the help says

    photo = RecordFileField(
        label=_("Take a photo"),
        required=False,
        help_text=_("For example of the letter, the card or the certificate."),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    file = RecordFileField(label=_("Or choose a photo or a file"), required=False, widget=forms.FileInput())

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.brought:
            self.add_error("photo", _("Take a photo, or choose a file."))
        return values

    @property
    def brought(self) -> list[Any]:
        """The files, one or both."""
        return [self.cleaned_data[name] for name in ("photo", "file") if self.cleaned_data.get(name)]


class DoneWithProofForm(ProofForm):
    field_order = ["done_on", "photo", "file"]

    done_on = DateField(label=_("Done"), error_messages={"required": _("Enter the day on which it was done.")})
