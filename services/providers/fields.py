"""Fields in which a provider, or a training program, is typed: by its ID, or by words of its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import TextField
from services.providers.finding import labelled, programs_like, providers_like
from services.providers.models import Provider, TrainingProgram

# So many are named where several have the words that were typed.
MOST_NAMED = 3


class ListedField(TextField):
    """Cleans to an entry that may be chosen today, or None. `kept`: one that may stay, whether listed or not."""

    default_error_messages = {"several": _("Type one of these, or its ID: %(names)s.")}
    kept: Any = None

    def __init__(self, **options: Any):
        options.setdefault("max_length", 400)
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return labelled(value) if isinstance(value, (Provider, TrainingProgram)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        if not typed:
            return None
        if self.kept is not None and typed == labelled(self.kept):
            return self.kept
        found = self.like(typed)
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(labelled(one) for one in found[:MOST_NAMED])
            raise forms.ValidationError(self.error_messages["several"], code="several", params={"names": names})
        raise forms.ValidationError(self.error_messages["unknown"], code="unknown")

    def like(self, typed: str) -> list[Any]:
        raise NotImplementedError


class ProgramField(ListedField):
    default_error_messages = {
        "unknown": _("No training program of the list is called so. Look for it in the list of providers.")
    }

    def like(self, typed: str) -> list[TrainingProgram]:
        return programs_like(typed, limit=MOST_NAMED + 1)


class ProviderField(ListedField):
    default_error_messages = {
        "unknown": _("No provider of the list is called so. Enter it as another provider, with address and phone.")
    }

    def like(self, typed: str) -> list[Provider]:
        return providers_like(typed, limit=MOST_NAMED + 1)
