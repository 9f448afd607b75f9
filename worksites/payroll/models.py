"""Files of payroll that were taken over, and the rows of each."""

from decimal import Decimal

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from careerplan.plans.models.plans import PERSON
from services.models import PlannedService
from worksites.payroll.policy import MOST_HOURS
from worksites.placements.models import Placement
from worksites.places.models import WAGE_DIGITS

REASON_LIMIT = 300
# Hours of a month times the highest wage fit.
AMOUNT_DIGITS = 9
NOTHING = Decimal(0)
FIGURES = ("hours", "gross", "subsidized")


def sum_of(name):
    return Coalesce(Sum(name), NOTHING, output_field=models.DecimalField(max_digits=14, decimal_places=2))


class PayrollUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who brought the file, and those who see every region: it may be about customers of several offices."""
        if not (user.is_authenticated and user.is_active) or user.is_customer:
            return self.none()
        return self if user.sees_every_region else self.filter(uploaded_by=user)  # as `is_seen_by`


class PayrollUpload(models.Model):
    """A file that was confirmed. What is wrong in it is withdrawn with all of it, and brought again."""

    file_name = models.CharField(_("name of the file"), max_length=150)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    # Of which import it came, whose own rows are deleted after some weeks.
    import_number = models.BigIntegerField(unique=True, editable=False)
    rows = models.PositiveIntegerField(_("rows"))
    uploaded_by = models.ForeignKey(**PERSON, verbose_name=_("who brought it"))
    uploaded_at = models.DateTimeField(_("brought"))
    confirmed_by = models.ForeignKey(**PERSON, verbose_name=_("who confirmed it"))
    confirmed_at = models.DateTimeField(_("confirmed"))
    withdrawn_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("withdrawn by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=REASON_LIMIT, blank=True)

    objects = PayrollUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("payroll upload")
        verbose_name_plural = _("payroll uploads")
        indexes = [models.Index(fields=["uploaded_by", "-id"], name="payroll_uploads_of_a_person")]
        constraints = [
            models.CheckConstraint(condition=Q(rows__gte=1), name="a_payroll_upload_has_a_row_or_more"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="a_withdrawn_payroll_upload_says_when_by_whom_why",
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    def is_seen_by(self, staff):
        """As `visible_to`, of a row that is at hand."""
        return staff.sees_every_region or self.uploaded_by_id == staff.pk


class PayrollEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Where the customer is."""
        return self.filter(Exists(Placement.objects.visible_to(user).filter(pk=OuterRef("placement"))))

    def standing(self):
        """Without those that were withdrawn with their file."""
        return self.filter(upload__withdrawn_at=None)

    def with_upload(self):
        """With what `withdrawing.withdraw_first` says of it."""
        return self.select_related("upload__uploaded_by")


class PayrollEntry(models.Model):
    """What was paid for the work of a period in one placement. It stays as it is."""

    upload = models.ForeignKey(
        PayrollUpload, models.PROTECT, related_name="entries", db_index=False, verbose_name=_("file")
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="payroll", db_index=False, verbose_name=_("placement")
    )
    # The placement goes along where its service gets other funding: what was paid before stays with the former one.
    planned = models.ForeignKey(
        PlannedService, models.PROTECT, related_name="payroll", verbose_name=_("service that it was paid for")
    )
    # Of the file.
    line = models.PositiveIntegerField(_("line"))
    begins_on = models.DateField(_("period begins"))
    ends_on = models.DateField(_("period ends"))
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2)
    hourly_wage = models.DecimalField(_("hourly wage"), max_digits=WAGE_DIGITS, decimal_places=2)
    # Hours by wage, to the cent.
    gross = models.DecimalField(_("gross wages"), max_digits=AMOUNT_DIGITS, decimal_places=2)
    subsidized = models.DecimalField(_("subsidized wages"), max_digits=AMOUNT_DIGITS, decimal_places=2)

    objects = PayrollEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of payroll")
        verbose_name_plural = _("rows of payroll")
        indexes = [models.Index(fields=["placement", "begins_on"], name="payroll_of_a_placement")]
        constraints = [
            models.UniqueConstraint(fields=["upload", "line"], name="a_line_of_payroll_stands_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="a_period_of_payroll_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=MOST_HOURS), name="hours_of_payroll_are_not_negative"
            ),
            models.CheckConstraint(condition=Q(hourly_wage__gt=0), name="payroll_pays_a_cent_or_more"),
            models.CheckConstraint(
                condition=Q(gross__gt=F("hours") * F("hourly_wage") - Decimal("0.01"))
                & Q(gross__lt=F("hours") * F("hourly_wage") + Decimal("0.01")),
                name="gross_wages_are_hours_by_wage",
            ),
            models.CheckConstraint(
                condition=Q(subsidized__gte=0, subsidized__lte=F("gross")),
                name="no_more_is_subsidized_than_was_paid",
            ),
        ]

    def __str__(self):
        return f"{self.upload}, {self.line}"

    @property
    def unsubsidized(self):
        return self.gross - self.subsidized
