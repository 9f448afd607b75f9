"""The state and the ZIP code of a worksite: its state decides which minimum wages there are, so it is one of those."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import StateField, TextField
from customers.import_cells import ZIP

# The states, the District of Columbia and the territories, as the post writes them.
US_STATES = {
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME",
    "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA",
    "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "DC",
    "AS", "GU", "MP", "PR", "VI",
}  # fmt: skip


class UsStateField(StateField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and text not in US_STATES:
            sentence = _("No state or territory of the United States has these letters. Write, for example, IL.")
            raise forms.ValidationError(sentence, code="no-state")
        return text


class ZipField(TextField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and ZIP.fullmatch(text) is None:
            sentence = _("Write five digits, or five and four: 62799 or 62799-0001.")
            raise forms.ValidationError(sentence, code="zip")
        return text
