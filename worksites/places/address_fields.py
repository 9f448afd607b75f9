"""The state and the ZIP code of a worksite: its state decides which minimum wages there are, so it is one of those."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import StateField, TextField
from customers.import_cells import ZIP
from worksites.us_states import US_STATES


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
