"""The roles of career goals, each with its meaning, and how one plan may fill them (12.7.5, Goals)."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from careerplan.plans.models import EmploymentPlan
from goals.enums import CareerGoalRole

IEP_ROLES = (CareerGoalRole.EMPLOYMENT, CareerGoalRole.LONG_TERM, CareerGoalRole.SELF_SUFFICIENCY)
ISS_ROLES = (
    CareerGoalRole.EMPLOYMENT,
    CareerGoalRole.SHORT_EMPLOYMENT,
    CareerGoalRole.SHORT_EDUCATION,
    CareerGoalRole.LONG_TERM,
)
# As they are shown: what comes first in a youth's life stands first.
IN_ORDER = (
    CareerGoalRole.EMPLOYMENT,
    CareerGoalRole.SHORT_EMPLOYMENT,
    CareerGoalRole.SHORT_EDUCATION,
    CareerGoalRole.LONG_TERM,
    CareerGoalRole.SELF_SUFFICIENCY,
)

MEANINGS = {
    CareerGoalRole.EMPLOYMENT: _("The job that this plan leads to, or a time of career exploration to find it."),
    CareerGoalRole.LONG_TERM: _("The job that the customer wants in the end."),
    CareerGoalRole.SELF_SUFFICIENCY: _("The job whose pay supports the customer and the family without aid."),
    CareerGoalRole.SHORT_EMPLOYMENT: _("The next job to aim at, for example a summer job: an occupation or in words."),
    CareerGoalRole.SHORT_EDUCATION: _("The next step in school or training, for example the diploma."),
}


AREA = _("The job, or the line of work, that the customer wants in the end.")


class Example(NamedTuple):
    """How a plan fills the three roles of an IEP: in the order of `IEP_ROLES`."""

    title: Any
    employment: Any
    long_term: Any
    self_sufficiency: Any


NURSING_ASSISTANT, NURSE = _("Nursing assistant (CNA)"), _("Registered nurse (RN)")
NURSE_PRACTITIONER, LINE_INSTALLER = _("Nurse practitioner (NP)"), _("Power-line installer")
EXAMPLES = (
    Example(_("Three goals"), NURSING_ASSISTANT, NURSE_PRACTITIONER, NURSE),
    Example(_("Two goals: two roles share a job"), NURSE, NURSE_PRACTITIONER, NURSE),
    Example(_("One goal for all three roles"), LINE_INSTALLER, LINE_INSTALLER, LINE_INSTALLER),
)


def meaning_of(role: CareerGoalRole, plan: EmploymentPlan) -> Any:
    """In one sentence; the long-term goal of an IEP may be a career area."""
    return AREA if role == CareerGoalRole.LONG_TERM and not plan.is_iss else MEANINGS[role]


def roles_of(plan: EmploymentPlan) -> list[CareerGoalRole]:
    """The roles that a plan of this type has, each once."""
    wanted = (IEP_ROLES if plan.is_iep else ()) + (ISS_ROLES if plan.is_iss else ())
    return [role for role in IN_ORDER if role in wanted]
