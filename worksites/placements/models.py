"""Placements with their wages, their holds, and the history of their status."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.base.dates import in_row
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from careerplan.plans.models.plans import PERSON
from customers.models import Customer
from services.models import PlannedService
from worksites.enums import (
    BEGUN,
    MinimumFrom,
    PlacementStatus,
    PositionType,
    TerminationReason,
)
from worksites.placements.policy import Hold, Subsidized, days_in_subsidized_employment, subsidized_spans, unsubsidized
from worksites.places.models import LEAST_WAGE, WAGE_DIGITS, Job
from worksites.wages.enums import Circumstance

REASON_LIMIT = 300
NOTES_LIMIT = 1000
SOURCE_LIMIT = 300


class PlacementQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        """Where the customer is."""
        customers = Customer.objects.visible_to(user)
        return self.filter(Exists(customers.filter(pk=OuterRef("planned__plan__customer"))))

    def standing(self):
        """Without those that were taken back before they began."""
        return self.filter(withdrawn_at=None)

    def holding(self):
        """Those that take an opening of their job."""
        return self.standing().exclude(status=PlacementStatus.TERMINATED)

    def with_job(self):
        return self.select_related("job__worksite__employer__region", "job__occupation")

    def with_customer(self):
        return self.select_related("planned__service", "planned__plan__customer__office__region")

    def with_days(self):
        """With what `days_in_subsidized` and `wage` read."""
        return self.prefetch_related("former_holds", "wages")


class Placement(TrackedModel):
    """A customer in a job, under a planned work-experience service. Before it begins it can be withdrawn; once it has
    begun it stays, and ends as terminated.

    `starts_on` and `ends_on` of a planned one are planned. `inactive_on` and `returned_on` are of the newest hold; the
    ones before stand in `former_holds`.
    """

    planned = models.ForeignKey(
        PlannedService, models.PROTECT, related_name="placements", editable=False, verbose_name=_("service")
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="placements", editable=False, verbose_name=_("job"))
    status = models.CharField(
        _("status"), max_length=10, choices=PlacementStatus, default=PlacementStatus.PLANNED, editable=False
    )
    position_type = models.CharField(_("position type"), max_length=9, choices=PositionType)
    starts_on = DayField(_("start date"), null=True, blank=True)
    ends_on = DayField(_("end date"), null=True, blank=True)
    inactive_on = DayField(_("inactive date"), null=True, blank=True, happened=True)
    returned_on = DayField(_("return date"), null=True, blank=True)
    subsidy_starts_on = DayField(_("subsidized start date"), null=True, blank=True)
    subsidy_ends_on = DayField(_("subsidized end date"), null=True, blank=True)
    termination_reason = models.CharField(
        _("why it ended"), max_length=10, choices=TerminationReason, blank=True, editable=False
    )
    wioa_funded = models.BooleanField(_("WIOA funded"))
    notes = models.TextField(_("notes"), max_length=NOTES_LIMIT, blank=True)
    added_at = models.DateTimeField(_("added"), editable=False)
    added_by = models.ForeignKey(**PERSON, verbose_name=_("added by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("withdrawn by"))
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=REASON_LIMIT, blank=True)
    # Since when a minimum wage that rose is more than the hourly wage, and how much it is (wages.rises).
    low_since = models.DateField(_("below the minimum wage since"), null=True, editable=False)
    low_minimum = models.DecimalField(
        _("minimum wage by now"), max_digits=WAGE_DIGITS, decimal_places=2, null=True, editable=False
    )

    moves = "planned"
    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        indexes = [
            models.Index(
                fields=["job"], condition=Q(withdrawn_at=None) & ~Q(status="terminated"), name="placements_that_hold"
            ),
            models.Index(fields=["low_since"], condition=Q(low_since__isnull=False), name="placements_paid_too_low"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PlacementStatus.values), name="a_placement_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=Q(position_type__in=PositionType.values), name="a_placement_is_full_or_part_time"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(BEGUN)) | Q(starts_on__isnull=False),
                name="a_begun_placement_has_its_start",
                violation_error_message=_("Enter the start date."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_placement_ends_after_it_starts",
                violation_error_message=_("The end can't be before the start."),
            ),
            models.CheckConstraint(
                condition=Q(status="terminated", ends_on__isnull=False) & ~Q(termination_reason="")
                | ~Q(status="terminated") & Q(termination_reason=""),
                name="a_terminated_placement_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(termination_reason__in=["", *TerminationReason.values]),
                name="a_placement_ended_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(inactive_on=None, returned_on=None)
                | Q(starts_on__isnull=False, inactive_on__isnull=False, inactive_on__gte=F("starts_on"))
                & (Q(returned_on=None) | Q(returned_on__gte=F("inactive_on"))),
                name="a_hold_begins_after_the_start_and_ends_after_that",
                violation_error_message=_("The return can't be before the inactive date."),
            ),
            models.CheckConstraint(
                condition=~Q(status="on_hold") | Q(inactive_on__isnull=False),
                name="a_placement_on_hold_has_its_inactive_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="started") | Q(inactive_on=None) | Q(returned_on__isnull=False),
                name="a_placement_that_goes_on_has_its_return_date",
            ),
            models.CheckConstraint(
                condition=Q(subsidy_starts_on=None, subsidy_ends_on=None)
                | Q(subsidy_starts_on__isnull=False)
                & (Q(subsidy_ends_on=None) | Q(subsidy_ends_on__gte=F("subsidy_starts_on"))),
                name="a_subsidy_ends_after_it_starts",
                violation_error_message=_("The subsidy can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(subsidy_starts_on=None) | Q(subsidy_starts_on__gte=F("starts_on")),
                name="a_subsidy_starts_with_the_placement_or_after",
                violation_error_message=_("The subsidy can't start before the placement."),
            ),
            models.CheckConstraint(
                condition=~Q(status="terminated")
                | (Q(inactive_on=None) | Q(ends_on__gte=F("inactive_on")))
                & (Q(returned_on=None) | Q(ends_on__gte=F("returned_on"))),
                name="a_terminated_placement_ends_after_its_last_hold",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, status="planned") & ~Q(withdrawn_reason=""),
                name="a_withdrawn_placement_says_when_by_whom_why",
            ),
            models.CheckConstraint(
                condition=Q(low_since=None, low_minimum=None) | Q(low_since__isnull=False, low_minimum__isnull=False),
                name="a_wage_that_is_too_low_says_since_when",
            ),
            models.UniqueConstraint(
                fields=["planned", "job"],
                condition=Q(withdrawn_at=None) & ~Q(status="terminated"),
                name="a_customer_has_a_job_once_under_a_service",
            ),
        ]

    def __str__(self):
        return str(self.job)

    def history_subject(self):
        plan = self.planned.plan
        return Subject(f"{_('Placement')}: {self.job}", plan.customer_id, plan.pk)

    @property
    def customer(self):
        return self.planned.plan.customer

    @property
    def told_withdrawal(self):
        """Why it was taken back: in a person's words, or the product's own."""
        return gettext(self.withdrawn_reason) if self.withdrawn_reason else ""

    @property
    def has_begun(self):
        return self.status in BEGUN

    @property
    def holds(self):
        """The oldest first; of a row `with_days`."""
        former = sorted((row.as_hold for row in self.former_holds.all()), key=lambda hold: hold.inactive_on)
        return [*former, *([Hold(self.inactive_on, self.returned_on)] if self.inactive_on else [])]

    @property
    def wage(self):
        """The newest wage; of a row `with_days`."""
        return self.wages_in_order[-1]

    def wage_on(self, day):
        """What was paid on that day; the first wage where it lies before."""
        rows = self.wages_in_order
        return next((row for row in reversed(rows) if row.from_on <= day), rows[0])

    @property
    def wages_in_order(self):
        return sorted(self.wages.all(), key=lambda row: row.from_on)

    def days_in_subsidized(self, on):
        """ILL-137; of a row `with_days`."""
        begun = self.starts_on if self.has_begun else None
        counted = Subsidized(
            starts_on=begun,
            ends_on=self.ends_on,
            holds=self.holds,
            subsidy_starts_on=self.subsidy_starts_on,
            subsidy_ends_on=self.subsidy_ends_on,
            subsidies=subsidized_spans([(row.from_on, row.subsidized_wage) for row in self.wages_in_order]),
        )
        return days_in_subsidized_employment(counted, on)


class PlacementWage(TrackedModel):
    """What an hour of a placement is paid from a day on, and which minimum wage it was held against (ILL-132 to 136).

    The database refuses a wage below it. A minimum that rises later leaves the row as it is.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="wages", editable=False, db_index=False, verbose_name=_("placement")
    )
    from_on = DayField(_("from"))
    hourly_wage = models.DecimalField(
        _("Hourly Wage for Placement"), max_digits=WAGE_DIGITS, decimal_places=2,
        validators=[MinValueValidator(LEAST_WAGE)],
    )  # fmt: skip
    subsidized_wage = models.DecimalField(
        _("Subsidized Wage or Training Wage Match"), max_digits=WAGE_DIGITS, decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    # Why more is subsidized than the minimum wage (AMB-I8).
    subsidy_reason = models.CharField(
        _("why the subsidy is more than the minimum wage"), max_length=REASON_LIMIT, blank=True
    )
    minimum_wage = models.DecimalField(_("Minimum Wage for Placement"), max_digits=WAGE_DIGITS, decimal_places=2)
    minimum_from = models.CharField(_("where the minimum wage was found"), max_length=7, choices=MinimumFrom)
    minimum_place = models.CharField(_("place or program of the minimum wage"), max_length=150)
    minimum_since = models.DateField(_("minimum wage in force from"), null=True)
    minimum_source = models.TextField(_("source of the minimum wage"), max_length=SOURCE_LIMIT)
    # What else held for the customer, as the codes of wages.enums.Circumstance.
    circumstances = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("wage of a placement")
        verbose_name_plural = _("wages of a placement")
        constraints = [
            models.UniqueConstraint(fields=["placement", "from_on"], name="a_placement_has_one_wage_from_a_day"),
            models.CheckConstraint(
                condition=Q(hourly_wage__gte=F("minimum_wage")),
                name="a_placement_pays_the_minimum_wage_or_more",
                violation_error_message=_("The hourly wage can't be below the minimum wage."),
            ),
            models.CheckConstraint(
                condition=Q(subsidized_wage__gte=0, subsidized_wage__lte=F("hourly_wage")),
                name="a_subsidy_is_not_more_than_the_wage",
                violation_error_message=_("The subsidized wage can't be more than the hourly wage."),
            ),
            models.CheckConstraint(
                condition=Q(subsidized_wage__lte=F("minimum_wage")) | ~Q(subsidy_reason=""),
                name="a_subsidy_above_the_minimum_wage_says_why",
            ),
            models.CheckConstraint(condition=Q(minimum_wage__gt=0), name="a_minimum_wage_is_a_cent_or_more"),
            models.CheckConstraint(
                condition=Q(minimum_from__in=MinimumFrom.values), name="a_minimum_wage_was_found_somewhere_known"
            ),
            models.CheckConstraint(condition=~Q(minimum_source=""), name="a_minimum_wage_has_its_source"),
        ]

    def __str__(self):
        return f"{self.hourly_wage}, {in_row(self.from_on)}"

    def history_subject(self):
        subject, what = self.placement.history_subject(), _("Wage")
        return subject._replace(label=f"{what}: {self.placement}")

    @property
    def told_circumstances(self):
        return [Circumstance(code).label for code in self.circumstances]

    @property
    def unsubsidized_wage(self):
        """ILL-136: read-only."""
        return unsubsidized(self.hourly_wage, self.subsidized_wage)


class FormerHold(TrackedModel):
    """A hold before the newest one (ILL-151, ILL-152)."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="former_holds", editable=False, db_index=False,
        verbose_name=_("placement"),
    )  # fmt: skip
    inactive_on = DayField(_("inactive date"), happened=True)
    returned_on = DayField(_("return date"), happened=True)

    class Meta:
        verbose_name = _("former hold")
        verbose_name_plural = _("former holds")
        constraints = [
            models.UniqueConstraint(fields=["placement", "inactive_on"], name="a_placement_is_held_once_from_a_day"),
            models.CheckConstraint(
                condition=Q(returned_on__gte=F("inactive_on")), name="a_former_hold_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{in_row(self.inactive_on)} - {in_row(self.returned_on)}"

    def history_subject(self):
        subject, what = self.placement.history_subject(), _("Hold")
        return subject._replace(label=f"{what}: {self.placement}")

    @property
    def as_hold(self):
        return Hold(self.inactive_on, self.returned_on)


class StatusEntry(models.Model):
    """A line of the status history: the placement as a change left it (ILL-154, AMB-I14). Append-only.

    Where an earlier hold was corrected, `inactive_on` and `returned_on` are that hold's, and `was_inactive_on` and
    `was_returned_on` what it said before.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="status_history", db_index=False, verbose_name=_("placement")
    )
    status = models.CharField(_("status"), max_length=10, choices=PlacementStatus)
    starts_on = models.DateField(_("start date"), null=True)
    ends_on = models.DateField(_("end date"), null=True)
    inactive_on = models.DateField(_("inactive date"), null=True)
    returned_on = models.DateField(_("return date"), null=True)
    was_inactive_on = models.DateField(_("inactive date before the correction"), null=True)
    was_returned_on = models.DateField(_("return date before the correction"), null=True)
    subsidy_starts_on = models.DateField(_("subsidized start date"), null=True)
    subsidy_ends_on = models.DateField(_("subsidized end date"), null=True)
    termination_reason = models.CharField(_("why it ended"), max_length=10, choices=TerminationReason, blank=True)
    words = models.CharField(_("in words"), max_length=REASON_LIMIT, blank=True)
    updated_at = models.DateTimeField(_("updated date"))
    updated_by = models.ForeignKey(**PERSON, verbose_name=_("updated by"))

    class Meta:
        verbose_name = _("entry of the status history")
        verbose_name_plural = _("status history")
        indexes = [models.Index(fields=["placement", "id"], name="status_history_of_a_placement")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PlacementStatus.values), name="an_entry_of_the_status_history_is_known"
            ),
            models.CheckConstraint(
                condition=Q(was_inactive_on=None, was_returned_on=None)
                | Q(was_inactive_on__isnull=False, was_returned_on__isnull=False)
                & Q(inactive_on__isnull=False, returned_on__isnull=False),
                name="an_entry_that_corrects_a_hold_says_what_was_and_is",
            ),
        ]

    def __str__(self):
        return f"{self.placement}: {self.get_status_display()}"
