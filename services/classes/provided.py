"""What classes of services share whose provider may be one of the list: the provider, and the training program."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.history import changed_values
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from services.classes.details import ServiceDetail
from services.providers.models import Provider, TrainingProgram


class ProvidedDetail(ServiceDetail):
    """Neither: the grantee provides it, or who is named in the line of the plan (ILL-117, ILL-118)."""

    listed_provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="%(class)ss",
        verbose_name=gettext_lazy("listed provider"),
    )  # fmt: skip
    training_program = models.ForeignKey(
        TrainingProgram, models.PROTECT, null=True, blank=True, related_name="%(class)ss",
        verbose_name=gettext_lazy("training program"),
    )  # fmt: skip

    class Meta:
        abstract = True

    def settle(self) -> None:
        """A training program brings its provider along.

        Raises Refusal: the two, or the provider in the line of the plan, don't go together, or it is no longer listed.
        """
        changed = changed_values(self)
        program = self.training_program
        if program is not None and self.listed_provider is None:
            self.listed_provider = program.provider
        if program is not None and program.provider_id != self.listed_provider_id:
            raise Refusal(
                "program-of-another-provider",
                _("This training program is another provider's. Choose the program again, or empty the provider."),
                field="training_program",
            )
        if self.listed_provider is not None and not is_blank(self.planned.provider):
            raise Refusal(
                "two-providers",
                _("Choose a provider of the list, or enter another one: not both."),
                field="listed_provider",
            )
        if program is not None and "training_program_id" in changed and not program.is_offered:
            raise Refusal(
                "program-ended",
                _("This training program is no longer listed. Choose another one."),
                field="training_program",
            )
        provider = self.listed_provider
        if provider is not None and "listed_provider_id" in changed and not provider.is_offered:
            raise Refusal(
                "provider-ended",
                _("This provider is no longer listed. Choose another one."),
                field="listed_provider",
            )

    def as_sealed(self) -> dict[str, Any]:
        provider, program = self.listed_provider, self.training_program
        return {
            "listed_provider_code": provider.code if provider else "",
            "listed_provider": provider.name if provider else "",
            "listed_provider_contact": provider.contact if provider else "",
            "training_program_code": program.code if program else "",
            "training_program": program.name if program else "",
        }


def provider_of(planned: Any) -> str:
    """Who provides a service, as its line or its detail says; "" where the grantee does."""
    listed = getattr(planned.detail, "listed_provider", None)
    return str(planned.provider or listed or "")


WITH_ITS_PROVIDER = Q(training_program=None) | Q(listed_provider__isnull=False)
