"""What a planned apprenticeship says beside its line in the plan."""

import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.plans.kinds import decimal_text
from goals.models import Occupation
from services.classes.apprenticeship.enums import CountedIn
from services.classes.apprenticeship.policy import HOURS_LIMIT, MONTHS_LIMIT, WAGE_LIMIT
from services.classes.details import ServiceDetail

# RAPIDS numbers programs by the state, its office and two counts (IL008950001), lately by year, state and count
# (2024-IL-123456). Read off published lists of sponsors; no official description of the format was found.
RAPIDS_ID = re.compile(r"[A-Z]{2}[0-9]{9}|[0-9]{4}-[A-Z]{2}-[0-9]{4,6}")
RAPIDS_FORM = f"^({RAPIDS_ID.pattern})$"
RAPIDS_WORDS = _(
    "Enter a RAPIDS ID such as IL008950001 or 2024-IL-123456: state and nine digits, or year-state-number."
)


class Apprenticeship(ServiceDetail):
    """The occupation is one of the SOC's finest level; hours are those of the whole apprenticeship."""

    in_rows = ("wage_steps",)

    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation (SOC)")
    )
    rapids_id = models.CharField(
        _("RAPIDS ID"), max_length=14, blank=True, validators=[RegexValidator(RAPIDS_FORM, RAPIDS_WORDS)]
    )
    sponsor = models.CharField(_("sponsor"), max_length=150, blank=True)
    instruction_hours = models.DecimalField(
        _("hours of related instruction"), max_digits=7, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HOURS_LIMIT)],
    )  # fmt: skip
    job_hours = models.DecimalField(
        _("hours on the job"), max_digits=7, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HOURS_LIMIT)],
    )  # fmt: skip

    class Meta:
        verbose_name = _("details of an apprenticeship")
        verbose_name_plural = _("details of apprenticeships")
        constraints = [
            models.CheckConstraint(
                condition=Q(rapids_id="") | Q(rapids_id__regex=RAPIDS_FORM),
                name="a_rapids_id_has_its_form",
                violation_error_message=RAPIDS_WORDS,
            ),
            models.CheckConstraint(
                condition=Q(instruction_hours=None) | Q(instruction_hours__gte=0, instruction_hours__lte=HOURS_LIMIT),
                name="hours_of_instruction_can_be",
            ),
            models.CheckConstraint(
                condition=Q(job_hours=None) | Q(job_hours__gte=0, job_hours__lte=HOURS_LIMIT),
                name="hours_on_the_job_can_be",
            ),
        ]

    @staticmethod
    def unsaid(detail: "Apprenticeship | None", service: Any) -> dict[str, Any]:
        """The SOC code and the RAPIDS ID (ILL-115), where the catalog entry needs them."""
        found = {}
        if service.needs_soc and (detail is None or detail.occupation_id is None):
            found["occupation"] = gettext("Enter the occupation before the apprenticeship starts.")
        if service.needs_rapids and (detail is None or not detail.rapids_id):
            found["rapids_id"] = gettext("Enter the RAPIDS ID before the apprenticeship starts.")
        return found

    @staticmethod
    def asked(detail: "Apprenticeship | None", service: Any) -> list[tuple[Any, Any]]:
        unsaid, found = Apprenticeship.unsaid(detail, service), []
        if service.needs_soc:
            why = gettext("Enter the occupation.") if "occupation" in unsaid else ""
            found.append((gettext("The occupation is named"), why))
        if service.needs_rapids:
            why = gettext("Enter the RAPIDS ID.") if "rapids_id" in unsaid else ""
            found.append((gettext("The RAPIDS ID is entered"), why))
        return found

    def as_sealed(self) -> dict[str, Any]:
        return {
            "soc_code": self.occupation.code if self.occupation else "",
            "soc_title": self.occupation.title if self.occupation else "",
            "rapids_id": self.rapids_id,
            "sponsor": self.sponsor,
            "instruction_hours": decimal_text(self.instruction_hours),
            "job_hours": decimal_text(self.job_hours),
        }

    def rows_copied_to(self, detail: ServiceDetail) -> "list[TrackedModel]":
        return [
            WageStep(
                apprenticeship=detail,
                counted_in=step.counted_in,
                after=step.after,
                wage=step.wage,
                percent=step.percent,
            )
            for step in WageStep.objects.of_service(self.planned)
        ]


class WageStepQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> "WageStepQuerySet":
        """Where its planned service is."""
        seen = Apprenticeship.objects.visible_to(user)  # type: ignore[attr-defined]  # of its own queryset
        return self.filter(Exists(seen.filter(pk=OuterRef("apprenticeship"))))

    def standing(self) -> "WageStepQuerySet":
        """Without what was taken back."""
        return self.filter(wage__isnull=False)

    def of_service(self, planned: Any) -> "WageStepQuerySet":
        """Its schedule, in order."""
        return self.standing().filter(apprenticeship__planned=planned).order_by("after")


class WageStep(TrackedModel):
    """The wage from so many hours on the job, or months, on. No wage: what was entered here was taken back."""

    apprenticeship = models.ForeignKey(
        Apprenticeship, models.PROTECT, related_name="wage_steps", editable=False, db_index=False,
        verbose_name=_("apprenticeship"),
    )  # fmt: skip
    counted_in = models.CharField(_("counted in"), max_length=6, choices=CountedIn, editable=False)
    after = models.PositiveSmallIntegerField(_("after"), editable=False)
    wage = models.DecimalField(
        _("dollars an hour"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(WAGE_LIMIT)],
    )  # fmt: skip
    percent = models.DecimalField(
        _("percent of the journeyworker's wage"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip

    objects = WageStepQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("wage step")
        verbose_name_plural = _("wage steps")
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_in=CountedIn.HOURS, after__lte=HOURS_LIMIT)
                | Q(counted_in=CountedIn.MONTHS, after__lte=MONTHS_LIMIT),
                name="a_wage_step_comes_after_hours_or_months_that_can_be",
            ),
            models.CheckConstraint(
                condition=Q(wage=None) | Q(wage__gt=0, wage__lte=WAGE_LIMIT), name="the_wage_of_a_step_can_be"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(wage__isnull=False, percent__gt=0, percent__lte=100),
                name="a_percent_stands_with_the_wage_of_its_step",
            ),
            models.UniqueConstraint(
                fields=["apprenticeship", "counted_in", "after"], name="a_wage_step_stands_once_in_its_schedule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.after} ({self.get_counted_in_display()})"

    def history_subject(self) -> Subject:
        return self.apprenticeship.history_subject()
