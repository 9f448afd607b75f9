"""The scales of assessment types: what each measures, from which score to which, and the levels on the way."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import written
from careerplan.base.history import Subject, TrackedModel

# Of a score: 9,999.99 at most.
DIGITS = {"max_digits": 6, "decimal_places": 2}


class AssessmentArea(TrackedModel):
    """What a type measures, with a scale of its own: a subtest, or the test as a whole."""

    assessment_type = models.ForeignKey(
        "customers.AssessmentType", models.PROTECT, related_name="areas", verbose_name=_("assessment type")
    )
    name = models.CharField(_("area"), max_length=80)
    lowest = models.DecimalField(_("lowest score"), **DIGITS)
    highest = models.DecimalField(_("highest score"), **DIGITS)
    step = models.DecimalField(
        _("step"),
        default=Decimal(1),
        help_text=_("By how much two scores that are next to each other differ."),
        **DIGITS,
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    notes = models.CharField(_("notes"), max_length=200, blank=True, help_text=_("Where the scale is from."))

    class Meta:
        verbose_name = _("area of an assessment")
        verbose_name_plural = _("areas of assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment_type", "name"],
                name="an_area_stands_once_in_its_type",
                violation_error_message=_("This type has an area of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(lowest__lt=F("highest")),
                name="a_scale_goes_up",
                violation_error_message=_("Enter a highest score that is above the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(step__gt=0),
                name="a_scale_has_steps",
                violation_error_message=_("Enter a step of more than 0."),
            ),
        ]

    def __str__(self):
        return self.name

    def history_subject(self):
        label = _("Area of an assessment")
        return Subject(f"{label}: {self.name}")

    @property
    def lowest_in_words(self):
        return written(self.lowest)

    @property
    def highest_in_words(self):
        return written(self.highest)

    @property
    def scale(self):
        """From which score to which."""
        ends = {"lowest": self.lowest_in_words, "highest": self.highest_in_words}
        return _("%(lowest)s to %(highest)s") % ends


class AssessmentLevel(TrackedModel):
    """A name for the scores of an area from one on, up to the next level."""

    area = models.ForeignKey(AssessmentArea, models.PROTECT, related_name="levels", verbose_name=_("area"))
    from_score = models.DecimalField(_("from score"), **DIGITS)
    name = models.CharField(pgettext_lazy("of a score", "level"), max_length=80)
    notes = models.CharField(_("notes"), max_length=200, blank=True, help_text=_("Where the level is from."))

    class Meta:
        verbose_name = _("level of scores")
        verbose_name_plural = _("levels of scores")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "from_score"],
                name="a_level_begins_once_in_its_area",
                violation_error_message=_("Another level of this area begins at this score."),
            )
        ]

    def __str__(self):
        return self.name

    def history_subject(self):
        label = _("Level of scores")
        return Subject(f"{label}: {self.name}")
