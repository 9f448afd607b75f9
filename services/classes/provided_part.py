"""The part of the form that asks for a listed provider and a training program, for every class that has them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from services.classes.form_part import FormPart
from services.providers.fields import ProgramField, ProviderField


class ProvidedPart(FormPart):
    """A training program brings its provider along; a provider alone gives a service without a program."""

    training_program = ProgramField(
        label=_("Training program"), required=False, help_text=_("Its name or its ID in the list of providers.")
    )
    listed_provider = ProviderField(
        label=_("Provider in the list"),
        required=False,
        help_text=_("Its name or its ID. A training program fills it in by itself."),
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        detail = options["row"].detail
        if detail is not None:  # what it names already stays, whether or not it is still listed
            for name in ("training_program", "listed_provider"):
                self.fields[name].kept = getattr(detail, name)  # type: ignore[attr-defined]  # of our fields
            if detail.training_program is not None:
                detail.training_program.provider = detail.listed_provider  # the same, which is at hand

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        program, provider = values.get("training_program"), values.get("listed_provider")
        if program is not None and "listed_provider" not in self.changed_data:
            values["listed_provider"] = provider = program.provider
        if program is not None and provider is not None and program.provider_id != provider.pk:
            self.add_error("listed_provider", _("This is not the provider of the training program. Empty one of them."))
        if provider is not None and values.get("provider"):
            self.add_error("listed_provider", _("Choose a provider of the list, or enter another one: not both."))
        return values
