"""Career goals, goals and action steps as contents hold them (12.7.5; Illinois workNet, Set Goals). Pure."""

from dataclasses import dataclass
from typing import Any

from careerplan.base import telling
from careerplan.base.sentences import _
from careerplan.plans.kinds import CarryOver, Field, Kind, Reading, copy_of, iso, keys_linked
from careerplan.plans.policy import ANOTHER, CLEARER
from goals.enums import CareerGoalRole, GoalStatus, StepWho, Term


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
    """A goal statement; dates come from its services. `times_off_track`: which time it is off track, 0 if it is not.

    `setback_reason`, `setback_remedy`: why it is off track, and what will be done; `verified_how`: of one that is
    complete. `assessments`: what those of `assessment_ids` are called, by the alphabet.
    """

    id: int
    statement: str
    category: str
    term: str
    status: str
    starts_on: str = ""
    ends_on: str = ""
    times_off_track: int = 0
    category_code: str = ""
    setback_reason: str = ""
    setback_remedy: str = ""
    verified_how: str = ""
    barrier_ids: tuple[int, ...] = ()
    assessment_ids: tuple[int, ...] = ()
    assessments: tuple[str, ...] = ()
    credential: str = ""


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


# --- career goals -----------------------------------------------------------------------------

ROLE_ORDER = ("employment", "short_employment", "short_education", "long_term", "self_sufficiency")
EXPLORATION = _("Career exploration")


def read_career_goal(row: Any, _reading: Reading) -> CareerGoalItem:
    return CareerGoalItem(
        id=row.pk,
        role=row.role,
        explores=row.explores,
        occupation_code=row.occupation.code if row.occupation else "",
        occupation=row.occupation.title if row.occupation else "",
        words=row.words,
    )


CAREER_GOAL = Kind(
    name="career_goal",
    label=_("Career goal"),
    model="goals.CareerGoal",
    plural="career_goals",
    slug="career-goal",
    item=CareerGoalItem,
    printed=("goals",),
    shown=("career_goals",),
    read=read_career_goal,
    related=("occupation",),
    place=lambda row: ROLE_ORDER.index(row.role),
    title=lambda item: EXPLORATION if item.explores else item.words or item.occupation,
    heading=lambda item: str(CareerGoalRole(item.role).label),
    key="role",
    identity="role",
    fields=(
        Field("explores", _("career exploration"), bound="explores"),
        Field(
            "occupation_code",
            _("occupation"),
            telling.beside("occupation", with_code=True),
            bound="occupation",
            by="code",
        ),
        Field("words", _("wording"), bound="words", written=True),
    ),
    carried=CarryOver(
        asked=frozenset({"career_goals"}),
        choice=_("The other career goals"),
        copy=copy_of("role", "occupation", "explores", "words"),
        stays=lambda row, explores: row.role == CareerGoalRole.EMPLOYMENT,
    ),
)

# --- goals ------------------------------------------------------------------------------------

# How a goal goes: recorded freely, but that it is off track, each time anew (ILL-075; AMB-I7).
TRACK = frozenset({"status", "times_off_track"})
# What is compared of it, and recorded at any time: how it goes, what it answers, where it leads (ILL-071).
RECORDED = TRACK | {"barrier_ids", "assessment_ids", "credential"}


def read_goal(row: Any, reading: Reading) -> GoalItem:
    starts_on, ends_on = reading.goal_days.get(row.pk, ("", ""))
    is_off_track = row.status == GoalStatus.OFF_TRACK
    return GoalItem(
        id=row.pk,
        statement=row.statement,
        category=row.category.name,
        term=row.term,
        status=row.status,
        starts_on=starts_on,
        ends_on=ends_on,
        times_off_track=row.times_off_track if is_off_track else 0,
        category_code=row.category.code,
        setback_reason=(is_off_track and getattr(row, "setback_reason", "")) or "",
        setback_remedy=(is_off_track and getattr(row, "setback_remedy", "")) or "",
        barrier_ids=keys_linked(row, "barriers"),
        assessment_ids=keys_linked(row, "assessments"),
        assessments=tuple(sorted(getattr(row, "assessment_names", None) or ())),
        credential=row.credential,
        verified_how=(row.status == GoalStatus.COMPLETE and row.verified_how) or "",
    )


def settle_status(row: Any, item: GoalItem, in_force: GoalItem | None, goes_forth: bool) -> None:
    """A goal is off track with the customer's agreement only (ILL-075): the status goes back, or forth, with the draft.

    Each time anew (AMB-I7). Every other status is recorded freely and stays.
    """
    agreed = item.status == GoalStatus.OFF_TRACK and item.times_off_track == row.times_off_track
    by_the_draft = goes_forth and (in_force is None or in_force.times_off_track != item.times_off_track)
    if row.status == GoalStatus.OFF_TRACK and not agreed:
        earlier = row.history.exclude(status=GoalStatus.OFF_TRACK).order_by("-history_id")
        row.status = earlier.values_list("status", flat=True).first() or item.status
    elif by_the_draft and item.status == GoalStatus.OFF_TRACK:
        row.status = GoalStatus.OFF_TRACK


GOAL = Kind(
    name="goal",
    label=_("Goal"),
    model="goals.Goal",
    plural="goals",
    slug="goal",
    item=GoalItem,
    printed=("goals",),
    shown=("goals",),
    read=read_goal,
    related=("category", "looked_by"),
    linked=("barriers", "assessments"),
    told_with=lambda rows: rows.with_setback().with_assessment_names().with_service_count(),
    order=("position", "id"),
    title=lambda item: item.statement,
    fields=(
        Field("statement", _("wording"), bound="statement", written=True),
        Field("category_code", _("category"), telling.beside("category"), bound="category", by="code"),
        Field("term", _("short or long term"), telling.choice(Term), bound="term"),
        Field("status", _("status"), telling.choice(GoalStatus), settled=True),
        Field("times_off_track", _("times off track"), bound="times_off_track", settled=True),
        Field("barrier_ids", _("related barriers"), telling.all_named("barrier")),
        Field("assessment_ids", _("related assessments"), telling.all_beside("assessments")),
        Field("credential", _("credential that it leads to"), written=True),
        # What goes with the status is no change of its own.
        Field("setback_reason", compared=False, written=True),
        Field("setback_remedy", compared=False, written=True),
        Field("verified_how", compared=False, written=True),
    ),
    settle=settle_status,
    carried=CarryOver(
        asked=frozenset({"services", "steps"}),
        copy=copy_of(
            *("statement", "category", "term", "status", "position", "credential"),
            *(
                "is_specific",
                "is_measurable",
                "is_attainable",
                "is_realistic",
                "is_time_bound",
                "looked_at",
                "looked_by",
            ),
        ),
        stays=lambda row, explores: row.status == GoalStatus.COMPLETE,
    ),
)

# --- action steps -----------------------------------------------------------------------------


def read_step(row: Any, _reading: Reading) -> ActionStepItem:
    return ActionStepItem(
        id=row.pk,
        goal_id=row.goal_id,
        text=row.text,
        who=row.who,
        due_on=iso(row.due_on),
        done_on=iso(row.done_on),
        rewording=row.rewording,
    )


ACTION_STEP = Kind(
    name="action_step",
    label=_("Action step"),
    model="goals.ActionStep",
    plural="action_steps",
    slug="step",
    item=ActionStepItem,
    printed=("steps",),
    shown=("goals",),
    read=read_step,
    order=("goal__position", "id"),
    title=lambda item: item.text,
    fields=(
        Field("goal_id", _("goal"), telling.named("goal"), bound="goal"),
        Field("text", _("wording"), bound="text", written=True),
        Field("who", _("who does it"), telling.choice(StepWho)),
        Field("due_on", _("due"), telling.day),
        Field("done_on", _("done"), telling.day),
        Field("rewording", bound="rewording", compared=False),
    ),
    text="text",
    rewording="rewording",
    words={CLEARER: _("The planner: the same step, in clearer words."), ANOTHER: _("The planner: another step.")},
    begins="done_on",
    carried=CarryOver(
        asked=frozenset({"steps"}),
        choice=_("Action steps that are not done, with their goals"),
        copy=copy_of("text", "who", "due_on"),
        stays=lambda row, explores: row.done_on is not None,
        goal="must",
    ),
)
