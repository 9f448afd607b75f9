"""The list of minimum wages, each from a day on (WIOA sec. 181(a)(1))."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.dates import in_row
from careerplan.base.history import TrackedModel
from careerplan.base.plausible import DayField


class MinimumWage(TrackedModel):
    """A legal minimum wage of a place from a date on, in US dollars an hour."""

    jurisdiction = models.CharField(_("jurisdiction"), max_length=30)
    circumstance = models.CharField(_("circumstance"), max_length=120)
    age = models.CharField(_("age"), max_length=40)
    employer_size = models.CharField(_("employer size"), max_length=30)
    effective_on = DayField(_("in force from"))
    rate = models.DecimalField(_("dollars an hour"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)])
    usable_for_placement = models.BooleanField(
        _("may be a placement's floor"), help_text=_("Sub-minimum rates may not (WIOA sec. 181(a)(1)).")
    )
    verification = models.CharField(_("verification"), max_length=20)
    notes = models.TextField(_("source and notes"), blank=True)

    class Meta:
        verbose_name = _("minimum wage")
        verbose_name_plural = _("minimum wages")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "circumstance", "age", "employer_size", "effective_on"],
                name="a_minimum_wage_stands_once",
            ),
            models.CheckConstraint(condition=Q(rate__gte=0), name="a_minimum_wage_is_not_negative"),
        ]

    def __str__(self):
        return f"{self.jurisdiction}: {self.rate} ({self.circumstance}, {in_row(self.effective_on)})"
