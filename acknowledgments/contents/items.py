"""What a customer agrees to in one version: frozen, canonical, readable for ever (docs/contents.md).

Pure data: built from the working copy, sealed as canonical JSON, read back into the same classes. The items stand with
their kinds (`careerplan/plans/items.py`, `goals/items.py`, `services/items.py`). Dates are ISO text, money and hours
are decimal text, so that nothing is lost on the way to JSON and back.
"""

from dataclasses import dataclass, field
from typing import Any

from careerplan.plans.items import BARRIER, BarrierItem
from careerplan.plans.kinds import Kind
from goals.fit.rules import RECOMMENDED, lacks
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL, ActionStepItem, CareerGoalItem, GoalItem
from services.items import SERVICE, ServiceItem

SCHEMA = 2
# Every kind of plan item, in plan order: the one list of them. `PlanContents` holds a list of items for each.
KINDS = (CAREER_GOAL, GOAL, BARRIER, SERVICE, ACTION_STEP)


@dataclass(frozen=True)
class Removal:
    """An item that has left the plan, and why: `kind` is the name of its kind.

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
class JobFitItem:
    """The job fit review of the plan's occupation (12.7.5, Job Fit). `need`: what was asked for (`goals/fit/rules.py`).

    Done here, it counts what it asked, what fits and what is to be learned; done outside, it names the assessment.
    """

    need: str = ""
    occupation_code: str = ""
    occupation: str = ""
    done_on: str = ""
    asked_of: int = 0
    fits: int = 0
    learns: int = 0
    outside: str = ""
    outside_result: str = ""

    @property
    def is_lacking(self) -> bool:
        """Whether sending waits for it."""
        done = bool(self.done_on)
        return lacks(self.need, is_done=done and not self.outside, is_done_outside=done and bool(self.outside))

    @property
    def is_hint(self) -> bool:
        """Recommended, and not done: said, and stops nothing (WIS-042)."""
        return self.need == RECOMMENDED and not self.done_on


@dataclass(frozen=True)
class ContactItem:
    """Whom to call in an emergency."""

    name: str
    relation: str = ""
    phone: str = ""
    other_phone: str = ""


@dataclass(frozen=True)
class AssistanceItem:
    """Help with finding work, and on which days it was offered and given."""

    what: str
    offered_on: str = ""
    provided_on: str = ""


@dataclass(frozen=True)
class CredentialItem:
    """A credential that the customer has earned. `is_listed`: approved for a training program, with the list's name."""

    name: str
    credential_type: str = ""
    earned_on: str = ""
    is_listed: bool = False


@dataclass(frozen=True)
class About:
    """Whom and what the paper names at its head. Not part of what is compared between versions."""

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
    # The language of what the planner wrote.
    written_in: str = "en"
    # None where no occupation is chosen, and of what was sealed before there were such reviews.
    job_fit: JobFitItem | None = None
    # What the sections of the assessment say, as far as a planner wrote or reviewed it and this form asks for it. Of a
    # choice its code, and what it is called in English.
    county: str = ""
    phone_home: str = ""
    phone_work: str = ""
    phone_cell: str = ""
    best_time: str = ""
    emergency_contacts: tuple[ContactItem, ...] = ()
    education_level: str = ""
    education_level_name: str = ""
    school_status: str = ""
    school_status_name: str = ""
    industry: str = ""
    distance: str = ""
    employment_assistance: tuple[AssistanceItem, ...] = ()
    # Which of the programs are for youth, in school or out of it.
    youth_programs: tuple[str, ...] = ()
    # How many steps that the customer proposed are not decided: none, in what was sent.
    undecided_steps: int = 0
    # In the order in which they were earned.
    credentials: tuple[CredentialItem, ...] = ()


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

    def of(self, kind: Kind) -> tuple[Any, ...]:
        """The items of a kind, in plan order."""
        found: tuple[Any, ...] = getattr(self, kind.plural)
        return found

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
