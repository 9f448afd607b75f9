"""Employers, worksites and jobs (ILL-123, ILL-128, ILL-147)."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.accounts.models import Office, Region
from careerplan.accounts.scope import scope_of
from careerplan.base.dates import day_of, is_before
from careerplan.base.history import TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from customers.models.people import read_scope
from goals.models import Occupation
from worksites.enums import Agreement, EmploymentType
from worksites.places.policy import Filed, span_around

MOST_OPENINGS = 999
HOURS_A_WEEK = 168
# More than any employer of the country has.
MOST_EMPLOYEES = 3_000_000
WAGE_DIGITS = 6
LEAST_WAGE = Decimal("0.01")
NOTES_LIMIT = 500
NAME_OF_FILE_LIMIT = 150


def regions_of(user):
    """The regions in whose offices a planner works; every one for those who see every region; none for others."""
    if not (user.is_authenticated and user.is_active) or user.is_customer:
        return Region.objects.none()
    if user.sees_every_region:
        return Region.objects.all()
    offices = Office.objects.filter(pk__in=scope_of(user, read_scope).offices)
    return Region.objects.filter(Exists(offices.filter(region=OuterRef("pk"))))


class OfRegionQuerySet(TrackedQuerySet):
    """Rows of an employer's region. `to_region`: the way to it."""

    to_region = "region"

    def visible_to(self, user):
        return self.filter(**{f"{self.to_region}__in": regions_of(user)})


class EmployerQuerySet(OfRegionQuerySet):
    def offered(self):
        """Those that still give jobs."""
        return self.filter(ended_on=None)


class Employer(TrackedModel):
    """Who pays the wage."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="employers", verbose_name=_("region"))
    name = models.CharField(_("employer"), max_length=150)
    # As the state or the tax office knows it.
    code = models.CharField(_("employer ID (FEIN)"), max_length=20, blank=True)
    industry = models.CharField(_("industry"), max_length=100, blank=True)
    # Minimum wages of some cities depend on it.
    employees = models.PositiveIntegerField(
        _("number of employees"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("In all places together. Some cities have a minimum wage for large employers."),
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    notes = models.TextField(_("notes"), max_length=NOTES_LIMIT, blank=True)
    ended_on = DayField(_("gives no more jobs since"), happened=True, null=True, blank=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "region",
                name="an_employer_stands_once_in_a_region",
                violation_error_message=_("This region already has an employer of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="an_employer_has_a_name"),
            models.CheckConstraint(
                condition=Q(employees=None) | Q(employees__gte=1), name="an_employer_has_an_employee_or_more"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_offered(self):
        return self.ended_on is None


class WorksiteQuerySet(OfRegionQuerySet):
    to_region = "employer__region"

    def with_agreements(self):
        """With what `agreement_on` and `agreed_around` read."""
        rows = WorksiteAgreement.objects.newest_first().select_related("uploaded_by")
        return self.prefetch_related(models.Prefetch("agreements", rows))

    def offered(self):
        return self.filter(ended_on=None, employer__ended_on=None)


class Worksite(TrackedModel):
    """Where customers work: one place of an employer, with who is in charge there."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="worksites", verbose_name=_("employer"))
    name = models.CharField(_("worksite"), max_length=150)
    street = models.CharField(_("street"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    # The minimum wage may be a city's, a county's or a state's.
    county = models.CharField(_("county"), max_length=60, blank=True)
    state = models.CharField(pgettext_lazy("address", "state"), max_length=2)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    contact = models.CharField(_("contact"), max_length=100, blank=True)
    contact_phone = models.CharField(_("contact's phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)
    supervisor = models.CharField(_("supervisor"), max_length=100, blank=True)
    supervisor_phone = models.CharField(_("supervisor's phone"), max_length=30, blank=True)
    supervisor_email = models.EmailField(_("supervisor's e-mail"), blank=True)
    # As they were around the day on which the last agreement was filed; `agreed_around` says those of another day.
    agreement_from = DayField(_("agreement in force from"), null=True, blank=True)
    agreement_until = DayField(_("agreement in force until"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=NOTES_LIMIT, blank=True)
    ended_on = DayField(_("no longer a worksite since"), happened=True, null=True, blank=True)

    objects = WorksiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("worksite")
        verbose_name_plural = _("worksites")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "employer",
                name="a_worksite_stands_once_under_its_employer",
                violation_error_message=_("This employer already has a worksite of this name."),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(state=""), name="a_worksite_has_a_name_and_a_state"),
            models.CheckConstraint(
                condition=Q(agreement_until=None)
                | Q(agreement_from__isnull=False, agreement_until__gte=F("agreement_from")),
                name="an_agreement_ends_after_it_begins",
                violation_error_message=_("The agreement can't end before it begins."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_offered(self):
        return self.ended_on is None

    def agreement_on(self, day):
        """How the agreement stands on that day: one of `Agreement`; of a row `with_agreements`."""
        span = self.agreed_around(day)
        if span is None:
            return Agreement.MISSING
        if span.holds_on(day):
            return Agreement.IN_FORCE
        return Agreement.TO_COME if span.begins_on > day else Agreement.OVER

    def agreed_around(self, day):
        """The days of the agreement that holds on that day, else of the next, else of the last one; None of none."""
        rows = sorted(self.agreements.all(), key=lambda row: row.pk)
        return span_around([Filed(row.begins_on, row.ends_on, day_of(row.uploaded_at)) for row in rows], day)

    @property
    def address(self):
        """In one line."""
        place = " ".join(filter(None, [self.state, self.zip_code]))
        return ", ".join(filter(None, [self.street, self.city, place]))


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(worksite__in=Worksite.objects.visible_to(user))

    def newest_first(self):
        """The newest is the one that counts."""
        return self.order_by("-id")


class WorksiteAgreement(models.Model):
    """The signed agreement with a worksite, as it was uploaded. Another one is another row; each stays as it is."""

    worksite = models.ForeignKey(
        Worksite, models.PROTECT, related_name="agreements", db_index=False, verbose_name=_("worksite")
    )
    begins_on = models.DateField(_("agreement in force from"))
    ends_on = models.DateField(_("agreement in force until"), null=True)
    file = models.FileField(_("file"), upload_to="agreements/%Y/%m/")
    name = models.CharField(_("name"), max_length=NAME_OF_FILE_LIMIT)
    content_type = models.CharField(max_length=100)
    byte_count = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement of a worksite")
        verbose_name_plural = _("agreements of worksites")
        indexes = [models.Index(fields=["worksite", "-id"], name="agreements_of_a_worksite")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="an_uploaded_agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(name="") & ~Q(sha256=""), name="an_uploaded_agreement_has_its_file"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def filed_under(self):
        return reverse("worksite", args=[self.worksite_id])

    @property
    def keys_in_log(self):
        return {"agreement": self.pk, "worksite": self.worksite_id}


class JobQuerySet(OfRegionQuerySet):
    to_region = "worksite__employer__region"

    def offered(self):
        """Of worksites and employers that are offered themselves, filled or not."""
        return self.filter(ended_on=None, worksite__ended_on=None, worksite__employer__ended_on=None)

    def with_last_start(self):
        """Each with `last_start`: the latest day on which somebody started in it, or is to."""
        placements = self.model.placements.rel.related_model.objects.standing().filter(job=OuterRef("pk")).order_by()
        last = placements.values("job").annotate(day=Max("starts_on")).values("day")
        return self.annotate(last_start=Subquery(last, output_field=models.DateField()))

    def with_openings(self):
        """Each with `filled` and `left`: how many openings are taken, and how many are not (ILL-128)."""
        taken = self.model.placements.rel.related_model.objects.holding().filter(job=OuterRef("pk")).order_by()
        counted = taken.values("job").annotate(number=Count("pk")).values("number")
        rows = self.annotate(filled=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        return rows.annotate(left=F("openings") - F("filled"))


class Job(TrackedModel):
    """Work at a worksite with its wage and so many openings. A placement takes one, until it is terminated."""

    worksite = models.ForeignKey(Worksite, models.PROTECT, related_name="jobs", verbose_name=_("worksite"))
    title = models.CharField(_("job title"), max_length=150)
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation (SOC)")
    )
    employment_type = models.CharField(_("employment type"), max_length=15, choices=EmploymentType)
    hourly_wage = models.DecimalField(
        _("hourly wage"), max_digits=WAGE_DIGITS, decimal_places=2, validators=[MinValueValidator(LEAST_WAGE)]
    )
    weekly_hours = models.DecimalField(
        _("hours a week"), max_digits=5, decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(HOURS_A_WEEK)],
    )  # fmt: skip
    openings = models.PositiveSmallIntegerField(
        _("total number of openings"), validators=[MaxValueValidator(MOST_OPENINGS)]
    )
    starts_on = DayField(_("starts on"), null=True, blank=True)
    ends_on = DayField(_("ends on"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=NOTES_LIMIT, blank=True)
    ended_on = DayField(_("no longer offered since"), happened=True, null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                "worksite",
                condition=Q(ended_on=None),
                name="a_job_stands_once_at_its_worksite",
                violation_error_message=_("This worksite already has a job of this title."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_job_has_a_title"),
            models.CheckConstraint(
                condition=Q(employment_type__in=EmploymentType.values), name="a_job_has_a_known_employment_type"
            ),
            models.CheckConstraint(condition=Q(hourly_wage__gt=0), name="a_job_pays_a_cent_or_more"),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=HOURS_A_WEEK), name="hours_of_a_job_are_of_a_week"
            ),
            models.CheckConstraint(condition=Q(openings__lte=MOST_OPENINGS), name="openings_of_a_job_can_be"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_job_ends_after_it_starts",
                violation_error_message=_("The job can't end before it starts."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_offered(self):
        return self.ended_on is None

    def is_over_by(self, day):
        """Its last day lies before that one."""
        return is_before(self.ends_on, day)
