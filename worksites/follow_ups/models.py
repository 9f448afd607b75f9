"""What is asked of a placement so many days after its start, and what came of it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from careerplan.plans.models.plans import PERSON
from worksites.enums import BEGUN, EMPLOYED, FollowUpOutcome, Verification
from worksites.placements.models import Placement
from worksites.places.models import HOURS_A_WEEK, WAGE_DIGITS

NOTES_LIMIT = 500


def label_of(days: int) -> str:
    """As the document writes it: 30 Days Follow-Up (ILL-156)."""
    return gettext("%(days)d Days Follow-Up") % {"days": days}


class FollowUpQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        return self.filter(Exists(Placement.objects.visible_to(user).filter(pk=OuterRef("placement"))))

    def of_begun(self):
        """Of placements that have begun: one that turned out not to have started keeps its rows, and nobody asks."""
        return self.filter(placement__withdrawn_at=None, placement__status__in=BEGUN)

    def waiting(self):
        """Not done, of a placement that has begun; also of one that has ended, and of a plan that is closed."""
        return self.of_begun().filter(done_on=None)


class FollowUp(TrackedModel):
    """One follow-up: `due_on` is so many `days` after the start. It is made when the placement starts."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="follow_ups", editable=False, db_index=False,
        verbose_name=_("placement"),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(_("days after the start"), editable=False)
    due_on = models.DateField(_("due on"), editable=False)
    done_on = DayField(_("done on"), happened=True, null=True, blank=True)
    done_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("done by"))
    done_at = models.DateTimeField(_("recorded"), null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=14, choices=FollowUpOutcome, blank=True)
    hourly_wage = models.DecimalField(
        _("hourly wage"), max_digits=WAGE_DIGITS, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    weekly_hours = models.DecimalField(
        _("hours a week"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    verification = models.CharField(_("how it was verified"), max_length=11, choices=Verification, blank=True)
    notes = models.TextField(_("notes"), max_length=NOTES_LIMIT, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="follow_ups_that_wait")]
        constraints = [
            models.UniqueConstraint(fields=["placement", "days"], name="a_placement_is_followed_up_once_after_days"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None, done_at=None, outcome="")
                | Q(done_on__isnull=False, done_by__isnull=False, done_at__isnull=False)
                & Q(outcome__in=FollowUpOutcome.values),
                name="a_done_follow_up_says_when_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(EMPLOYED), hourly_wage__isnull=False, weekly_hours__isnull=False)
                & Q(verification__in=Verification.values)
                | ~Q(outcome__in=sorted(EMPLOYED)) & Q(hourly_wage=None, weekly_hours=None),
                name="who_is_employed_has_wage_hours_and_how_verified",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours=None) | Q(weekly_hours__gte=0, weekly_hours__lte=HOURS_A_WEEK),
                name="hours_at_a_follow_up_are_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(hourly_wage=None) | Q(hourly_wage__gte=0), name="wage_at_a_follow_up_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.placement}: {self.label}"

    def history_subject(self):
        subject = self.placement.history_subject()
        return subject._replace(label=f"{self.label}: {self.placement}")

    @property
    def label(self):
        return label_of(self.days)

    @property
    def is_done(self):
        return self.done_on is not None
