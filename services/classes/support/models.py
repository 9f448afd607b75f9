"""What a planned supportive service says beside its line in the plan, and the kinds of support to choose from."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.base.named import NamedModel
from services.classes.details import ServiceDetail
from services.classes.support.enums import Frequency

# Of one planned service: every day of a year.
TIMES_LIMIT = 366
TIMES_WORDS = _("Choose how often the amount is given, and enter how many times.")


class SupportType(NamedModel):
    """A kind of support, such as a bus pass: of one entry of the catalog, or of all where it names none."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("kind of support"), max_length=100)
    service = models.ForeignKey(
        "services.Service",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_types",
        verbose_name=_("service"),
        help_text=_("Empty: it is offered in every supportive service."),
    )
    is_active = models.BooleanField(_("offered"), default=True)
    is_verified = models.BooleanField(_("verified against a published source"), default=False)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("kind of support")
        verbose_name_plural = _("kinds of support")


class Support(ServiceDetail):
    """The dollar value of the service is what all of it comes to; without a frequency it is given once. To whom it was
    paid, when and by which voucher is said by its costs (services/costs)."""

    support_type = models.ForeignKey(
        SupportType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of support")
    )
    frequency = models.CharField(_("how often"), max_length=5, choices=Frequency, blank=True)
    times = models.PositiveSmallIntegerField(
        _("how many times"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(TIMES_LIMIT)],
    )  # fmt: skip

    class Meta:
        verbose_name = _("details of a supportive service")
        verbose_name_plural = _("details of supportive services")
        constraints = [
            models.CheckConstraint(
                condition=Q(times=None, frequency="")
                | Q(times__isnull=False, times__gte=1, times__lte=TIMES_LIMIT, frequency__in=Frequency.values),
                name="support_that_is_given_again_says_how_many_times",
                violation_error_message=TIMES_WORDS,
            )
        ]

    @staticmethod
    def asked(detail: "Support | None", service: Any) -> list[tuple[Any, Any]]:
        """The kind of support (ILL-113)."""
        said = detail is not None and detail.support_type_id is not None
        return [(gettext("The kind of support is chosen"), "" if said else gettext("Choose the kind of support."))]

    def as_sealed(self) -> dict[str, Any]:
        """What is promised."""
        kind = self.support_type
        return {
            "support_code": kind.code if kind else "",
            "support": kind.name if kind else "",
            "frequency": self.frequency,
            "times": str(self.times or ""),
        }
