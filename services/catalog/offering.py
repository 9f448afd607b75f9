"""Since when and until when the catalog offers an entry, and whether a planner may add it at all."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedQuerySet
from careerplan.base.plausible import DayField
from services.catalog.rules import Offer, Standing, standing_by_day

ENDS_AFTER_IT_BEGINS = models.CheckConstraint(
    condition=Q(offered_from=None) | Q(offered_until=None) | Q(offered_until__gte=F("offered_from")),
    name="an_offer_ends_after_it_begins",
    violation_error_message=_("The last day can't be before the first. Correct one of the two."),
)


class OfferQuerySet(TrackedQuerySet):
    def offered_on(self, day: date) -> "OfferQuerySet":
        begun, not_ended = Q(offered_from=None) | Q(offered_from__lte=day), Q(offered_until=None)
        return self.filter(begun, not_ended | Q(offered_until__gte=day), is_active=True)


class Offered(models.Model):
    """The part of an entry that says whether it can be added; the switch is the entry's own (`is_active`)."""

    offered_from = DayField(
        _("first day"), null=True, blank=True, help_text=_("It can be added from this day on. Empty: always.")
    )
    offered_until = DayField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("It can be added until this day. It stays in the plans that have it. Empty: without end."),
    )
    is_opened_by_system = models.BooleanField(
        _("opened by the plan itself"),
        default=False,
        db_default=False,
        help_text=_("The writing and reviewing of the plan: nobody adds it."),
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        abstract = True

    def offer(self, *, is_offered_here: bool = True) -> Offer:
        entry: Offer = self  # type: ignore[assignment]  # read by the same names
        return Offer(
            is_offered_here=is_offered_here,
            is_active=entry.is_active,
            offered_from=self.offered_from,
            offered_until=self.offered_until,
            is_opened_by_system=self.is_opened_by_system,
            in_exploration=entry.in_exploration,
        )

    def is_offered_on(self, day: date) -> bool:
        return standing_by_day(self.offer(), day) == Standing.OFFERED
