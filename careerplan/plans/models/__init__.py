"""The employment plan, its versions, and the items of its working copy that stand on this floor.

The rows that planners edit are the plan's working copy. A version is one agreed state of it: draft, then sealed when it
is sent, then active when the customer has acknowledged it (12.7.6 to 12.7.8). The database holds what cannot be
otherwise: one open plan a customer, one draft-or-awaiting and one active version a plan, a state with its dates.
"""

from careerplan.plans.models.endings import ItemEnding
from careerplan.plans.models.items import (
    Barrier,
    BarrierCategory,
    GatedModel,
    RemovableModel,
    authorised_with_its_version,
    not_before_the_agreement,
)
from careerplan.plans.models.plans import (
    PERSON,
    EmploymentPlan,
    LegacyPlan,
    OfPlanQuerySet,
    plan_type_among,
    plan_type_for,
    plan_type_now,
)
from careerplan.plans.models.versions import PlanVersion, VersionEvent, was_in_force

__all__ = [
    "PERSON",
    "Barrier",
    "BarrierCategory",
    "EmploymentPlan",
    "GatedModel",
    "ItemEnding",
    "LegacyPlan",
    "OfPlanQuerySet",
    "PlanVersion",
    "RemovableModel",
    "VersionEvent",
    "authorised_with_its_version",
    "not_before_the_agreement",
    "plan_type_among",
    "plan_type_for",
    "plan_type_now",
    "was_in_force",
]
