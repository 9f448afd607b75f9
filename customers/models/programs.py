"""Programs that customers enroll in, and what local policy says of them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Region
from careerplan.base.history import TrackedModel
from careerplan.base.named import NamedModel
from customers.enums import PlanType, ProgramKind
from customers.policy import DEFAULT_REVIEW_DAYS


class Program(NamedModel):
    """A program that customers enroll in; it says which plan they make and how often it is reviewed (AMB-W11)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgramKind)
    plan_type = models.CharField(_("plan type"), max_length=4, choices=PlanType)
    is_title_1 = models.BooleanField(_("WIOA Title I"), default=False)
    review_interval_days = models.PositiveSmallIntegerField(
        _("days between reviews"), default=DEFAULT_REVIEW_DAYS, validators=[MinValueValidator(1)]
    )
    # Local policy asks for a contact every so many days, apart from reviews (12.7.8, footnotes 1 and 3).
    contact_interval_days = models.PositiveSmallIntegerField(
        _("days between contacts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no contact is asked for between reviews."),
    )
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.CheckConstraint(
                condition=Q(review_interval_days__gte=1), name="a_program_reviews_after_a_day_or_more"
            ),
            models.CheckConstraint(
                condition=Q(contact_interval_days__isnull=True) | Q(contact_interval_days__gte=1),
                name="a_program_contacts_after_a_day_or_more",
            ),
        ]


class LocalInterval(TrackedModel):
    """How often a region reviews the plans of a program, or contacts its customers, where local policy differs from
    the program's own days (12.7.4, Reviews; 12.7.8, footnotes)."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="local_intervals", verbose_name=_("program"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="local_intervals", verbose_name=_("region"))
    review_interval_days = models.PositiveSmallIntegerField(
        _("days between reviews"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as the program says."),
    )
    contact_interval_days = models.PositiveSmallIntegerField(
        _("days between contacts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as the program says."),
    )

    class Meta:
        verbose_name = _("local policy")
        verbose_name_plural = _("local policies")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "region"],
                name="a_region_has_one_local_policy_a_program",
                violation_error_message=_("This region already has a local policy for this program."),
            ),
            models.CheckConstraint(
                condition=Q(review_interval_days__isnull=True) | Q(review_interval_days__gte=1),
                name="a_local_review_comes_after_a_day_or_more",
            ),
            models.CheckConstraint(
                condition=Q(contact_interval_days__isnull=True) | Q(contact_interval_days__gte=1),
                name="a_local_contact_comes_after_a_day_or_more",
            ),
            models.CheckConstraint(
                condition=Q(review_interval_days__isnull=False) | Q(contact_interval_days__isnull=False),
                name="a_local_policy_says_something",
                violation_error_message=_("Enter the days between reviews, between contacts, or both."),
            ),
        ]

    def __str__(self):
        return f"{self.region}: {self.program}"


def local_days(column: str) -> Coalesce:
    """In a query of enrollments: the days of the customer's region, else those of the program (AMB-W11)."""
    local = LocalInterval.objects.filter(program=OuterRef("program"), region=OuterRef("customer__office__region"))
    return Coalesce(Subquery(local.values(column)[:1]), F(f"program__{column}"))
