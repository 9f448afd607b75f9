"""Barriers as contents hold them (12.7.5, Potential Barriers), and what the plan itself says. Pure."""

from dataclasses import dataclass
from typing import Any

from careerplan.base import telling
from careerplan.base.sentences import _
from careerplan.plans.enums import BarrierRemoval, BarrierStatus
from careerplan.plans.kinds import CarryOver, Field, Kind, Part, Reading, copy_of
from careerplan.plans.policy import ANOTHER, CLEARER
from customers.enums import PlanType


@dataclass(frozen=True)
class BarrierItem:
    """A barrier; `category_code` NONE says that there are none, OTHR that the plan's comment describes it.

    `rewording`: the planner's word about a changed description, "clearer" or "another" (AMB-W8).
    """

    id: int
    category_code: str
    category: str
    description: str = ""
    how_addressed: str = ""
    status: str = "open"
    confidential: bool = False
    rewording: str = ""


def read_barrier(row: Any, _reading: Reading) -> BarrierItem:
    return BarrierItem(
        id=row.pk,
        category_code=row.category.code,
        category=row.category.name,
        description=row.description,
        how_addressed=row.how_addressed,
        status=row.status,
        confidential=row.category.is_confidential,
        rewording=row.rewording,
    )


BARRIER = Kind(
    name="barrier",
    label=_("Barrier"),
    model="plans.Barrier",
    plural="barriers",
    slug="barrier",
    item=BarrierItem,
    printed=("barriers",),
    shown=("barriers",),
    read=read_barrier,
    related=("category",),
    title=lambda item: item.category,
    identity="category_code",
    fields=(
        Field("category_code", bound="category", by="code", compared=False),
        Field("description", _("description"), bound="description", written=True),
        Field("how_addressed", _("how it will be addressed"), written=True),
        Field("status", _("status"), telling.choice(BarrierStatus)),
        Field("rewording", bound="rewording", compared=False),
    ),
    text="description",
    rewording="rewording",
    words={CLEARER: _("The planner: the same need, in clearer words."), ANOTHER: _("The planner: another need.")},
    asked=("category_code",),
    removals=BarrierRemoval,
    carried=CarryOver(
        asked=frozenset({"barriers"}),
        choice=_("Barriers that are not resolved"),
        copy=copy_of("category", "description", "how_addressed", "status"),
        stays=lambda row, explores: row.status == BarrierStatus.RESOLVED,
    ),
)

# What the plan itself says beside its items.
PLAN = Part(
    name="plan",
    label=_("Plan"),
    model="plans.EmploymentPlan",
    fields=(
        Field("plan_type", _("plan type"), telling.choice(PlanType), bound="plan_type"),
        Field(
            "barriers_comment",
            _("comments on barriers"),
            bound="barriers_comment",
            carried_with="barriers",
            written=True,
        ),
        Field("comment_rewording", bound="comment_rewording", compared=False),
        Field("no_services_reason", _("why no services are planned"), bound="no_services_reason", written=True),
        Field("no_supportive_services", _("no supportive services are needed"), bound="no_supportive_services"),
    ),
    text="barriers_comment",
    rewording="comment_rewording",
    words={CLEARER: _("The planner: no new need."), ANOTHER: _("The planner: a new need.")},
)
