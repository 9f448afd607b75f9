"""Planned services as contents hold them (12.7.5, Services and Planned Services). Pure."""

from dataclasses import dataclass
from typing import Any

from careerplan.base import telling
from careerplan.base.sentences import _
from careerplan.plans.enums import GateExemption
from careerplan.plans.kinds import CarryOver, Field, Kind, Reading, decimal_text, iso, keys_linked
from services.classes.apprenticeship.items import WageStepItem, wage_step_items
from services.classes.apprenticeship.words import tell_steps
from services.classes.support.enums import Frequency
from services.enums import Continuation, ServiceRemoval, ServiceStatus
from services.participation import causes_participation
from services.policy import forbidden_in_exploration


@dataclass(frozen=True)
class ServiceItem:
    """A planned service with what policy needs to know of its catalog entry on the day of sealing.

    Codes and ids are what is compared; the names beside them are what they were called on that day.
    """

    id: int
    code: str
    name: str
    service_class: str
    category: str = ""
    goal_id: int | None = None
    program_code: str = ""
    is_training: bool = False
    is_supportive: bool = False
    is_referral: bool = False
    is_gate_exempt: bool = False
    causes_participation: bool = False
    in_exploration: str = "yes"
    needs_dollar_value: bool = False
    needs_soc: bool = False
    needs_rapids: bool = False
    status: str = "planned"
    planned_start_on: str = ""
    planned_end_on: str = ""
    actual_start_on: str = ""
    ended_on: str = ""
    weekly_hours: str = ""
    provider: str = ""
    provider_contact: str = ""
    dollar_value: str = ""
    notes: str = ""
    barrier_ids: tuple[int, ...] = ()
    assessment: str = ""
    exploration_reason: str = ""
    contract: str = ""
    continues: int | None = None
    continuation: str = ""
    category_code: str = ""
    program: str = ""
    assessment_id: int | str | None = None
    exploration_supervisor: str = ""
    # What only the class of the service has (services/classes).
    soc_code: str = ""
    soc_title: str = ""
    rapids_id: str = ""
    sponsor: str = ""
    instruction_hours: str = ""
    job_hours: str = ""
    wage_steps: tuple[WageStepItem, ...] = ()
    support_code: str = ""
    support: str = ""
    frequency: str = ""
    times: str = ""
    listed_provider_code: str = ""
    listed_provider: str = ""
    listed_provider_contact: str = ""
    training_program_code: str = ""
    training_program: str = ""
    expected_credentials: tuple[str, ...] = ()
    # What the catalog said of its offer: switched off, and the last day.
    is_offered: bool = True
    offered_until: str = ""

    @property
    def ends_before_it_starts(self) -> bool:
        """Planned for a day on which the catalog has it no more."""
        return not self.is_offered or (bool(self.offered_until) and self.planned_start_on > self.offered_until)


def read_service(row: Any, reading: Reading) -> ServiceItem:
    service = row.service
    return ServiceItem(
        id=row.pk,
        code=service.code,
        name=service.name,
        service_class=service.service_class,
        category=service.category.name,
        goal_id=row.goal_id,
        program_code=row.program.code if row.program else "",
        is_training=service.is_training,
        is_supportive=service.is_supportive,
        is_referral=service.is_referral,
        is_gate_exempt=service.is_gate_exempt,
        causes_participation=causes_participation(row, reading.enrollments),
        in_exploration=service.in_exploration,
        needs_dollar_value=service.needs_dollar_value,
        needs_soc=service.needs_soc,
        needs_rapids=service.needs_rapids,
        status=row.status,
        planned_start_on=iso(row.planned_start_on),
        planned_end_on=iso(row.planned_end_on),
        actual_start_on=iso(row.actual_start_on),
        ended_on=iso(row.ended_on),
        weekly_hours=decimal_text(row.weekly_hours),
        provider=row.provider,
        provider_contact=row.provider_contact,
        dollar_value=decimal_text(row.dollar_value),
        notes=row.notes,
        barrier_ids=keys_linked(row, "barriers"),
        assessment=row.assessment.name if row.assessment else "",
        exploration_reason=row.exploration_reason,
        contract=row.contract,
        continues=row.continues_id,
        continuation=row.continuation,
        category_code=service.category.code,
        program=row.program.name if row.program else "",
        assessment_id=row.assessment_id,
        expected_credentials=tuple(sorted(getattr(row, "expected_credentials", None) or ())),
        wage_steps=wage_step_items(getattr(row, "wage_steps", None)),
        is_offered=service.is_active,
        offered_until=iso(service.offered_until),
        exploration_supervisor=row.exploration_supervisor,
        **(row.detail.as_sealed() if row.detail else {}),
    )


def participation_gained(before: ServiceItem, after: ServiceItem) -> tuple[tuple[str, Any, Any], ...]:
    """A listed service that has not begun comes to cause participation, since the customer joined a program."""
    gained = after.causes_participation and not before.causes_participation and not after.actual_start_on
    return (("causes_participation", False, True),) if gained else ()


def as_it_left(row: Any, reading: Reading) -> dict[str, Any]:
    """What a removal says of a service beside its status: a removed row is never changed again."""
    return {
        "ended_on": iso(row.ended_on),
        "continues": row.continues_id if row.continuation == Continuation.FUNDING else None,
        "causes_participation": causes_participation(row, reading.enrollments),
    }


# --- going on from another ----------------------------------------------------------------------

CARRIED_OVER = (
    "service_id", "program_id", "status", "planned_start_on", "planned_end_on", "actual_start_on", "weekly_hours",
    "provider", "provider_contact", "dollar_value", "notes", "assessment_id", "exploration_reason", "contract",
    "exploration_supervisor",
)  # fmt: skip
# What the customer agreed to in a plan says nothing of the next one.
OF_ONE_PLAN = ("goal_id", "authorised_in_id", "authorised_on")


def going_on(former: Any, plan: Any, why: Continuation) -> Any:
    """An unsaved copy of a service that goes on from it; what had started needs no new permission to start."""
    names = (*CARRIED_OVER, *OF_ONE_PLAN) if former.plan_id == plan.pk else CARRIED_OVER
    values = {name: getattr(former, name) for name in names}
    exemption = GateExemption.CONTINUES if former.actual_start_on else ""
    return type(former)(plan=plan, continues=former, continuation=why, gate_exemption=exemption, **values)


UNDER_WAY = frozenset({ServiceStatus.PLANNED, ServiceStatus.STARTED, ServiceStatus.ON_HOLD})


def stays_behind(row: Any, explores: bool) -> bool:
    """What has ended, or is not allowed in the career exploration that the next plan is."""
    return row.status not in UNDER_WAY or (explores and forbidden_in_exploration(row.service.in_exploration))


SERVICE = Kind(
    name="service",
    label=_("Service"),
    model="services.PlannedService",
    plural="services",
    slug="service",
    page="services",
    item=ServiceItem,
    printed=("services", "supportive"),
    shown=("goals",),
    read=read_service,
    related=(
        "service__category",
        "program",
        "assessment",
        "apprenticeship__occupation",
        "support__support_type",
        "training__listed_provider",
        "training__training_program",
    ),
    told_with=lambda rows: rows.with_expected_credentials().with_wage_steps(),
    linked=("barriers",),
    order=("goal__position", "goal_id", "planned_start_on", "id"),
    title=lambda item: item.name,
    identity="code",
    fields=(
        Field("code", bound="service", by="code", compared=False, fixed=True),
        Field("goal_id", _("goal"), telling.named("goal"), bound="goal"),
        Field("program_code", _("program"), telling.beside("program")),
        Field("status", _("status"), telling.choice(ServiceStatus)),
        Field("planned_start_on", _("planned start"), telling.day),
        Field("planned_end_on", _("planned end"), telling.day),
        Field("actual_start_on", _("start date"), telling.day),
        Field("ended_on", _("completion date"), telling.day),
        Field("weekly_hours", _("weekly hours"), telling.hours),
        Field("provider", _("provider")),
        Field("provider_contact", _("provider's address and phone")),
        Field("dollar_value", _("dollar value"), telling.dollars),
        Field("notes", _("notes"), on_paper=False, written=True),  # for staff: the paper has no place for them
        Field("barrier_ids", _("related barriers"), telling.all_named("barrier")),
        Field("assessment_id", _("assessment that shows the need"), telling.beside("assessment")),
        Field("exploration_reason", _("why during career exploration"), written=True),
        Field("exploration_supervisor", _("supervisor who approved it during career exploration")),
        Field("contract", _("funding source or contract")),
        Field("soc_code", _("occupation (SOC)"), telling.beside("soc_title")),
        Field("rapids_id", _("RAPIDS ID")),
        Field("sponsor", _("sponsor")),
        Field("instruction_hours", _("hours of related instruction"), telling.hours),
        Field("job_hours", _("hours on the job"), telling.hours),
        Field("wage_steps", _("wage steps"), tell_steps),
        Field("support_code", _("kind of support"), telling.beside("support")),
        Field("frequency", _("how often"), telling.choice(Frequency)),
        Field("times", _("how many times")),
        Field("listed_provider_code", _("listed provider"), telling.beside("listed_provider")),
        Field("training_program_code", _("training program"), telling.beside("training_program")),
        Field("causes_participation", _("starts a participation"), compared=False),
    ),
    also=participation_gained,
    asked=("code", "service_class", "is_training", "is_supportive", "is_referral", "causes_participation"),
    removals=ServiceRemoval,
    left=as_it_left,
    enters_freely=lambda row: bool(row.continuation == Continuation.FUNDING),
    begins="actual_start_on",
    carried=CarryOver(
        asked=frozenset({"services"}),
        choice=_("Services that are planned or under way, with their goals"),
        copy=lambda row, plan: going_on(row, plan, Continuation.GOAL_CHANGED),
        stays=stays_behind,
        goal="may",
    ),
)
