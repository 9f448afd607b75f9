"""What a customer agrees to in one version: frozen, canonical, readable for ever (docs/contents.md).

Pure data: built from the working copy by `working_copy.py`, sealed as canonical JSON, read back into the same classes.
Dates are ISO text, money and hours are decimal text, so that nothing is lost on the way to JSON and back.
"""

from dataclasses import dataclass, field

SCHEMA = 1


@dataclass(frozen=True)
class CareerGoalItem:
    """An occupation, career exploration, or (short-term goals of an ISS) words, in one role."""

    id: int
    role: str
    explores: bool = False
    occupation_code: str = ""
    occupation: str = ""
    words: str = ""

    @property
    def is_area(self) -> bool:
        """A group of occupations: only the codes of occupations themselves end in another digit than 0 (SOC 2018)."""
        return self.occupation_code.endswith("0")


@dataclass(frozen=True)
class GoalItem:
    """A goal statement; dates come from its services. `times_off_track`: which time it is off track, 0 if it is not."""

    id: int
    statement: str
    category: str
    term: str
    status: str
    starts_on: str = ""
    ends_on: str = ""
    times_off_track: int = 0


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


@dataclass(frozen=True)
class ServiceItem:
    """A planned service with what policy needs to know of its catalog entry on the day of sealing."""

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


@dataclass(frozen=True)
class ActionStepItem:
    """Something the customer (or the planner, or both) will do for a goal; `rewording` as a barrier's (AMB-W9)."""

    id: int
    goal_id: int
    text: str
    who: str = "customer"
    due_on: str = ""
    done_on: str = ""
    rewording: str = ""


@dataclass(frozen=True)
class Removal:
    """An item that has left the plan, and why: `kind` is barrier, service, goal, career_goal or action_step.

    `status` and `ended_on` are the row's when it left; "" where the kind has none, or in contents that do not say.
    `continues`: the service from which a service that left had gone on, with nothing but its funding changed.
    `causes_participation`: of a service, for the customer's programs when it left; None in contents that do not say.
    """

    kind: str
    id: int
    why: str
    status: str = ""
    ended_on: str = ""
    continues: int | None = None
    causes_participation: bool | None = None


@dataclass(frozen=True)
class AssessmentItem:
    name: str
    result: str
    kind: str
    assessed_on: str


@dataclass(frozen=True)
class About:
    """Whom and what the printed form names at its head. Not part of what is compared between versions."""

    customer_name: str = ""
    participant_id: str = ""
    customer_address: str = ""
    customer_phone: str = ""
    customer_email: str = ""
    language: str = "en"
    needs: str = ""
    programs: tuple[str, ...] = ()
    agency: str = ""
    region: str = ""
    office: str = ""
    office_address: str = ""
    office_phone: str = ""
    office_relay: str = ""
    grantee: str = ""
    planner_name: str = ""
    planner_phone: str = ""
    planner_email: str = ""
    version: int = 1
    created_on: str = ""
    wage_goal: str = ""
    assessment_summary: str = ""
    assessments: tuple[AssessmentItem, ...] = ()
    # Whether the customer never acknowledged a version before, and when the two assessments of an IEP were completed.
    is_first: bool = False
    initial_assessed_on: str = ""
    comprehensive_assessed_on: str = ""
    # Where the plan came from an older system with the customer's acknowledgment on file (12.7.2): which, and its day.
    moved_from: str = ""
    moved_acknowledged_on: str = ""


@dataclass(frozen=True)
class PlanContents:
    """All that the customer agrees to in one version, items in plan order."""

    plan_type: str
    career_goals: tuple[CareerGoalItem, ...] = ()
    goals: tuple[GoalItem, ...] = ()
    barriers: tuple[BarrierItem, ...] = ()
    services: tuple[ServiceItem, ...] = ()
    action_steps: tuple[ActionStepItem, ...] = ()
    barriers_comment: str = ""
    comment_rewording: str = ""
    no_services_reason: str = ""
    no_supportive_services: bool = False
    removals: tuple[Removal, ...] = ()
    about: About = field(default_factory=About)
    schema: int = SCHEMA

    @property
    def explores(self) -> bool:
        """Whether career exploration is the goal of the plan (12.7.5)."""
        return any(goal.explores for goal in self.career_goals)

    def career_goal(self, role: str) -> CareerGoalItem | None:
        return next((goal for goal in self.career_goals if goal.role == role), None)

    def services_of(self, goal_id: int) -> tuple[ServiceItem, ...]:
        return tuple(service for service in self.services if service.goal_id == goal_id)

    def steps_of(self, goal_id: int) -> tuple[ActionStepItem, ...]:
        return tuple(step for step in self.action_steps if step.goal_id == goal_id)
