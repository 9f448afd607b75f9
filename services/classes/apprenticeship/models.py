"""What a planned apprenticeship says beside its line in the plan."""

import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.plans.kinds import decimal_text
from goals.models import Occupation
from services.classes.details import ServiceDetail

# RAPIDS numbers programs by the state, its office and two counts (IL008950001), lately by year, state and count
# (2024-IL-123456). Read off published lists of sponsors; no official description of the format was found.
RAPIDS_ID = re.compile(r"[A-Z]{2}[0-9]{9}|[0-9]{4}-[A-Z]{2}-[0-9]{4,6}")
RAPIDS_FORM = f"^({RAPIDS_ID.pattern})$"
RAPIDS_WORDS = _(
    "Enter a RAPIDS ID such as IL008950001 or 2024-IL-123456: state and nine digits, or year-state-number."
)
# Hours of a whole apprenticeship: the longest registered ones take 10,000.
HOURS_LIMIT = 20000


class Apprenticeship(ServiceDetail):
    """The occupation is one of the SOC's finest level; hours are those of the whole apprenticeship."""

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
