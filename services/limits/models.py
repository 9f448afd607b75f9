"""Limits of support, kept by an administrator."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Region
from careerplan.base.history import TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from services.classes.support.models import SupportType
from services.limits import policy
from services.limits.enums import Beyond, Period

ENDS_BEFORE_IT_BEGINS = _("The last day can't be before the first day.")


class SupportLimitQuerySet(TrackedQuerySet):
    def of_region(self, region: int) -> "SupportLimitQuerySet":
        """Those of a region and those of all regions: every one of them holds."""
        return self.filter(Q(region=region) | Q(region=None))


class SupportLimit(TrackedModel):
    """How much support one customer may get. When policy changes, a limit ends and another one begins."""

    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region"),
        help_text=_("Empty: in all regions, beside what each of them sets."),
    )  # fmt: skip
    service = models.ForeignKey(
        "services.Service", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service"),
        limit_choices_to={"form_kind": "support"},
        help_text=_("Also what other services give of its kinds of support. Empty, and no kind chosen: all support."),
    )  # fmt: skip
    support_type = models.ForeignKey(
        SupportType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of support")
    )
    amount = models.DecimalField(
        _("dollars for one customer"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    period = models.CharField(_("has to last for"), max_length=12, choices=Period)
    beyond = models.CharField(_("an amount beyond it"), max_length=4, choices=Beyond)
    begins_on = DayField(_("first day"), help_text=_("Support that counts on this day or later is held to it."))
    ends_on = DayField(_("last day"), null=True, blank=True, help_text=_("Empty: until further notice."))
    source = models.CharField(_("local policy that says so"), max_length=200, blank=True)

    objects = SupportLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of support")
        verbose_name_plural = _("limits of support")
        constraints = [
            models.CheckConstraint(
                condition=Q(service=None) | Q(support_type=None),
                name="a_limit_is_of_a_service_or_of_a_kind_of_support",
                violation_error_message=_("Choose a service or a kind of support, not both."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_limit_is_not_negative"),
            models.CheckConstraint(condition=Q(period__in=Period.values), name="a_limit_has_a_known_period"),
            models.CheckConstraint(condition=Q(beyond__in=Beyond.values), name="a_limit_warns_or_stops"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_limit_ends_after_it_begins",
                violation_error_message=ENDS_BEFORE_IT_BEGINS,
            ),
            models.UniqueConstraint(
                *(Coalesce(name, Value(0)) for name in ("region", "service", "support_type")),
                "period",
                "begins_on",
                name="a_limit_stands_once",
                violation_error_message=_("This limit is there already. Change that one, or end it first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_what}: {self.amount}"

    @property
    def of_what(self) -> Any:
        """What it limits, in words; the kind or the service must be at hand."""
        named = self.support_type or self.service
        return _("All support") if named is None else named.plain_name

    def holds_on(self, day: date) -> bool:
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)

    def rule(self) -> policy.Limit:
        return policy.Limit(self.amount, self.period, self.beyond, self.service_id, self.support_type_id)
