"""The list of minimum wages, each from a day on (WIOA sec. 181(a)(1)), and those that programs set (AMB-I9)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Region
from careerplan.base.dates import in_row
from careerplan.base.history import TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from customers.models import Program
from worksites.wages import jurisdictions, policy
from worksites.wages.enums import YOUTH, Checked, HoldsFor

COUNTY_OR_CITY = _(
    "The list has a county of this name. Enter “%(state)s-%(name)s County”, or “%(state)s-City of %(name)s” for a city."
)
NO_PLACE = _("Enter US, a state (IL), a city (IL-OakPark) or a county (IL-CookCounty).")
ENDS_BEFORE_IT_BEGINS = _("The last day can't be before the first day.")


class MinimumWage(TrackedModel):
    """A legal minimum wage of a place from a date on, in US dollars an hour.

    `circumstance`, `age` and `employer_size` are the words in which it was published; what is computed with stands in
    `holds_for`, `under_age`, `employees_from` and `employees_to`.
    """

    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=30,
        help_text=_("US, a state (IL), a city (IL-Chicago) or a county (IL-CookCounty)."),
    )
    circumstance = models.CharField(_("circumstance"), max_length=120)
    age = models.CharField(_("age"), max_length=40, help_text=_("In the words of the law, or “any”."))
    employer_size = models.CharField(
        _("employer size"), max_length=30, help_text=_("In the words of the law, or “any”.")
    )
    effective_on = DayField(_("in force from"))
    rate = models.DecimalField(_("dollars an hour"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)])
    usable_for_placement = models.BooleanField(
        _("may be a placement's floor"), help_text=_("Sub-minimum rates may not (WIOA sec. 181(a)(1)).")
    )
    holds_for = models.CharField(
        _("holds for"), max_length=13, choices=HoldsFor, default=HoldsFor.EVERYBODY, db_default=HoldsFor.EVERYBODY
    )
    under_age = models.PositiveSmallIntegerField(
        _("below the age of"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Of rates for youth: 18, or 25 for 24 and younger."),
    )
    employees_from = models.PositiveIntegerField(
        _("employees, from"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Empty: of every size."),
    )  # fmt: skip
    employees_to = models.PositiveIntegerField(
        _("employees, to"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Empty: of every size."),
    )  # fmt: skip
    seen_on = DayField(
        _("seen in force on"),
        happened=True,
        null=True,
        blank=True,
        help_text=_(
            "The last day on which somebody saw that it still holds. Where rates change every year, one that nobody "
            "saw for 13 months is not relied on."
        ),
    )
    verification = models.CharField(_("verification"), max_length=20, choices=Checked)
    notes = models.TextField(_("source and notes"))

    class Meta:
        verbose_name = _("minimum wage")
        verbose_name_plural = _("minimum wages")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "circumstance", "age", "employer_size", "effective_on"],
                name="a_minimum_wage_stands_once",
            ),
            models.CheckConstraint(condition=Q(rate__gte=0), name="a_minimum_wage_is_not_negative"),
            models.CheckConstraint(
                condition=Q(usable_for_placement=False) | Q(jurisdiction__regex=jurisdictions.FORM),
                name="a_minimum_wage_that_is_a_floor_names_its_place",
                violation_error_message=NO_PLACE,
            ),
            models.CheckConstraint(
                condition=Q(holds_for__in=HoldsFor.values), name="a_minimum_wage_holds_for_somebody_known"
            ),
            models.CheckConstraint(
                condition=~Q(holds_for="nobody") | Q(usable_for_placement=False),
                name="a_minimum_wage_for_no_placement_is_no_floor",
                violation_error_message=_("A rate that holds for no placement can't be a placement's floor."),
            ),
            models.CheckConstraint(
                condition=Q(holds_for__in=YOUTH, under_age__isnull=False, under_age__gte=1)
                | ~Q(holds_for__in=YOUTH) & Q(under_age=None),
                name="a_minimum_wage_for_youth_says_below_which_age",
                violation_error_message=_("Enter the age of a rate for youth, and of no other."),
            ),
            models.CheckConstraint(
                condition=Q(employees_from=None, employees_to=None)
                | Q(employees_from__gte=1, employees_to=None)
                | Q(employees_from=None, employees_to__gte=1)
                | Q(employees_from__gte=1, employees_to__gte=F("employees_from")),
                name="employees_of_a_minimum_wage_can_be",
                violation_error_message=_("The larger number of employees comes second."),
            ),
        ]

    def __str__(self):
        return f"{self.jurisdiction}: {self.rate} ({self.circumstance}, {in_row(self.effective_on)})"

    def clean(self):
        """The place as the list writes it. A name alone is a city's; where it is a county's, too, it is asked."""
        super().clean()
        place = jurisdictions.spelled(self.jurisdiction)
        if place is None:
            raise ValidationError({"jurisdiction": NO_PLACE})
        written = MinimumWage.objects.filter(jurisdiction__regex=jurisdictions.FORM)
        listed = sorted(set(written.values_list("jurisdiction", flat=True)))
        known = [other for other in listed if jurisdictions.place(other) == jurisdictions.place(place)]
        if not known and jurisdictions.may_be_county(self.jurisdiction, listed):
            state, name = jurisdictions.parts(self.jurisdiction)
            raise ValidationError({"jurisdiction": COUNTY_OR_CITY % {"state": state, "name": name}})
        self.jurisdiction = known[0] if known else place

    def rule(self) -> policy.Rate:
        """As it is computed with."""
        return policy.Rate(
            jurisdiction=self.jurisdiction,
            since=self.effective_on,
            dollars=self.rate,
            is_usable=self.usable_for_placement,
            is_verified=self.verification == Checked.VERIFIED,
            holds_for=self.holds_for,
            under_age=self.under_age,
            employees_from=self.employees_from,
            employees_to=self.employees_to,
            seen_on=self.seen_on,
            source=self.notes,
        )


class ProgramMinimumQuerySet(TrackedQuerySet):
    def rules(self):
        """As they are computed with."""
        return [row.rule() for row in self.select_related("program")]


class ProgramMinimum(TrackedModel):
    """What a program pays at least, whatever the law says, from a day on (AMB-I9)."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="minimum_wages", verbose_name=_("program"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region"),
        help_text=_("Empty: in all regions, beside what each of them sets."),
    )  # fmt: skip
    from_on = DayField(_("first day"))
    until_on = DayField(_("last day"), null=True, blank=True, help_text=_("Empty: until further notice."))
    rate = models.DecimalField(
        _("dollars an hour"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    source = models.CharField(
        _("where the program says so"), max_length=200, help_text=_("The contract, grant or local policy.")
    )

    objects = ProgramMinimumQuerySet.as_manager()

    class Meta:
        verbose_name = _("minimum wage of a program")
        verbose_name_plural = _("minimum wages of programs")
        constraints = [
            models.CheckConstraint(condition=Q(rate__gt=0), name="a_programs_minimum_wage_is_a_cent_or_more"),
            models.CheckConstraint(condition=~Q(source=""), name="a_programs_minimum_wage_has_its_source"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_programs_minimum_wage_ends_after_it_begins",
                violation_error_message=ENDS_BEFORE_IT_BEGINS,
            ),
        ]

    def __str__(self):
        return f"{self.program}: {self.rate}, {in_row(self.from_on)}"

    def overlapping(self):
        """Others of the same program and region on one of its days."""
        others = type(self).objects.filter(program=self.program_id, region=self.region_id).exclude(pk=self.pk)
        if self.until_on is not None:
            others = others.filter(from_on__lte=self.until_on)
        return others.filter(Q(until_on=None) | Q(until_on__gte=self.from_on))

    def clean(self):
        """The database's guard in words."""
        super().clean()
        if self.program_id and self.from_on and (found := self.overlapping().order_by("from_on").first()):
            raise ValidationError(_("Another minimum wage holds then: %(other)s. End it first.") % {"other": found})

    def rule(self) -> policy.ProgramRate:
        """As it is computed with; the program must be at hand."""
        return policy.ProgramRate(
            self.program_id, self.region_id, self.from_on, self.until_on, self.rate, str(self.program), self.source
        )
