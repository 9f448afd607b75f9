"""Funding sources, the budgets of regions, and the lines of costs."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Office, Region
from careerplan.accounts.scope import scope_of
from careerplan.base.dates import day_of
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.named import NamedModel
from careerplan.base.plausible import DayField
from careerplan.plans.models.plans import PERSON
from customers.models import Customer, Program
from customers.models.people import read_scope
from services.costs.enums import CostStage, WhenOver
from services.costs.policy import EARLIEST_YEAR, LATEST_YEAR, first_day, last_day, last_day_to_spend

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
COST_DIGITS, BUDGET_DIGITS = 10, 14
REASON_LIMIT, REFERENCE_LIMIT, PAID_TO_LIMIT = 300, 60, 150
# Of a sum, to the cent in both databases.
MONEY: Any = models.DecimalField(max_digits=20, decimal_places=2)


def year_words(program_year):
    return gettext("July %(first)d to June %(last)d") % {"first": program_year, "last": program_year + 1}


class FundingSource(NamedModel):
    """Where money for services comes from."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    program = models.ForeignKey(
        Program,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("program"),
        help_text=_("It pays for customers of this program alone. Empty: for all."),
    )
    has_budgets = models.BooleanField(
        _("regions have budgets of it"),
        default=True,
        help_text=_("No for what others decide on, such as a grant that the school receives."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")


class BudgetQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        """Of the regions in which a planner works; of every region to those who see every region."""
        if not user.is_authenticated or not user.is_active or user.is_customer:
            return self.none()
        if user.sees_every_region:
            return self
        offices = Office.objects.filter(pk__in=scope_of(user, read_scope).offices)
        return self.filter(Exists(offices.filter(region=OuterRef("region"))))

    def with_figures(self):
        """Each with what is planned, obligated (and not yet paid) and paid of it, and with what is left."""
        rows = self.annotate(**{f"{stage}_sum": sum_of(stage, "costs__") for stage in CostStage.values})
        left = F("amount") - F("obligated_sum") - F("paid_sum")
        return rows.annotate(left=ExpressionWrapper(left, output_field=MONEY))


def sum_of(stage, way=""):
    """In a query: the amounts of this stage that were not voided. `way`: to the lines of costs from the rows."""
    counted = Q(**{f"{way}stage": stage, f"{way}voided_at": None})
    return Coalesce(Sum(f"{way}amount", filter=counted), Value(NOTHING), output_field=MONEY)


class Budget(TrackedModel):
    """What a region may spend of a funding source in a program year, which begins in July of the year that it names."""

    funding_source = models.ForeignKey(
        FundingSource,
        models.PROTECT,
        related_name="budgets",
        limit_choices_to={"has_budgets": True},
        verbose_name=_("funding source"),
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="budgets", verbose_name=_("region"))
    program_year = models.PositiveSmallIntegerField(
        _("program year"),
        validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)],
        help_text=_("The year in which it begins: 2026 is July 2026 to June 2027."),
    )
    amount = models.DecimalField(
        _("amount"), max_digits=BUDGET_DIGITS, decimal_places=2, validators=[MinValueValidator(NOTHING)]
    )
    notes = models.TextField(_("notes"), blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            models.UniqueConstraint(
                fields=["funding_source", "region", "program_year"],
                name="a_region_has_one_budget_a_source_and_year",
                violation_error_message=_("This region already has a budget of this funding source for this year."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_budget_is_not_negative"),
            models.CheckConstraint(
                condition=Q(program_year__gte=EARLIEST_YEAR, program_year__lte=LATEST_YEAR),
                name="a_program_year_can_be",
            ),
        ]

    def __str__(self):
        return f"{self.funding_source}, {self.region}, {self.year_words}"

    @property
    def year_words(self):
        return year_words(self.program_year)

    @property
    def told(self):
        """In a sentence, beside its region."""
        return f"{self.funding_source.told}, {self.year_words}"

    @property
    def over(self):
        """By how much more is obligated and paid than it has; of a row `with_figures`."""
        return max(-self.left, NOTHING)

    @property
    def first_day(self):
        return first_day(self.program_year)

    @property
    def last_day(self):
        return last_day(self.program_year)

    @property
    def last_day_to_spend(self):
        return last_day_to_spend(self.program_year)


class BudgetRule(TrackedModel):
    """What a region does with an obligation that its budget has no room for; where it says nothing, it is refused."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="budget_rule", verbose_name=_("region"))
    when_over = models.CharField(
        _("an obligation that is more than what is left"), max_length=4, choices=WhenOver, default=WhenOver.STOP
    )

    class Meta:
        verbose_name = _("rule for budgets")
        verbose_name_plural = _("rules for budgets")
        constraints = [
            models.CheckConstraint(condition=Q(when_over__in=WhenOver.values), name="a_rule_for_budgets_is_known")
        ]

    def __str__(self):
        return f"{self.region}: {self.get_when_over_display()}"


class CostLineQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        """Where the customer is."""
        customers = Customer.objects.visible_to(user)
        return self.filter(Exists(customers.filter(pk=OuterRef("service__plan__customer"))))

    def in_order(self):
        return self.order_by("service_id", "id")

    def figures(self):
        """What is planned, obligated and paid in these lines, as a dict."""
        return self.aggregate(**{stage: sum_of(stage) for stage in CostStage.values})


class CostLine(TrackedModel):
    """One amount that a planned service costs. It is never deleted: what was wrong is voided, with the reason."""

    service = models.ForeignKey(
        "services.PlannedService", models.PROTECT, related_name="costs", editable=False, verbose_name=_("service")
    )
    funding_source = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="costs", verbose_name=_("funding source")
    )
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="costs", verbose_name=_("budget"))
    amount = models.DecimalField(
        _("amount"), max_digits=COST_DIGITS, decimal_places=2, validators=[MinValueValidator(CENT)]
    )
    stage = models.CharField(_("stage"), max_length=9, choices=CostStage, default=CostStage.PLANNED)
    reference = models.CharField(_("voucher or reference number"), max_length=REFERENCE_LIMIT, blank=True)
    entered_at = models.DateTimeField(_("entered"), editable=False)
    entered_by = models.ForeignKey(**PERSON, verbose_name=_("entered by"))
    obligated_on = DayField(_("obligated"), happened=True, null=True)
    until_on = DayField(_("promised until"), null=True)
    obligated_at = models.DateTimeField(null=True, editable=False)
    obligated_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("obligated by"))
    paid_on = DayField(_("paid"), happened=True, null=True)
    paid_to = models.CharField(_("paid to"), max_length=PAID_TO_LIMIT, blank=True, default="", db_default="")
    paid_at = models.DateTimeField(null=True, editable=False)
    paid_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("paid by"))
    voided_at = models.DateTimeField(_("voided"), null=True, editable=False)
    voided_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("voided by"))
    voided_reason = models.CharField(_("why it was voided"), max_length=REASON_LIMIT, blank=True)

    objects = CostLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=CostStage.values), name="a_cost_has_a_known_stage"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_cost_is_a_cent_or_more"),
            models.CheckConstraint(
                condition=Q(
                    stage="planned",
                    obligated_on__isnull=True,
                    until_on__isnull=True,
                    obligated_at__isnull=True,
                    obligated_by__isnull=True,
                )
                | Q(
                    stage__in=["obligated", "paid"],
                    obligated_on__isnull=False,
                    until_on__isnull=False,
                    obligated_at__isnull=False,
                    obligated_by__isnull=False,
                ),
                name="an_obligated_cost_says_when_by_whom_until",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_at__isnull=True, paid_by__isnull=True) & ~Q(stage="paid")
                | Q(stage="paid", paid_on__isnull=False, paid_at__isnull=False, paid_by__isnull=False),
                name="a_paid_cost_says_when_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(paid_on__gte=F("obligated_on")),
                name="a_cost_is_paid_once_it_is_obligated",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("obligated_on")),
                name="a_promise_ends_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, voided_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(voided_reason=""),
                name="a_voided_cost_says_when_by_whom_why",
            ),
        ]

    def __str__(self):
        return f"{self.service}: {self.amount}"

    def history_subject(self):
        plan = self.service.plan
        return Subject(f"{_('Cost')}: {self.service}", plan.customer_id, plan.pk)

    @property
    def is_voided(self):
        return self.voided_at is not None

    @property
    def stages_before(self):
        """The stages that it left, newest first: in words, with the day and who. Of one moment it is the last one."""
        stages = (
            (CostStage.PLANNED, self.entered_at, day_of(self.entered_at), self.entered_by),
            (CostStage.OBLIGATED, self.obligated_at, self.obligated_on, self.obligated_by),
            (CostStage.PAID, self.paid_at, self.paid_on, self.paid_by),
        )
        reached = stages[: CostStage.values.index(self.stage) + 1]
        found = {moment: (stage.label, day, person) for stage, moment, day, person in reached}
        if not self.is_voided:
            found.popitem()
        return list(reversed(found.values()))
