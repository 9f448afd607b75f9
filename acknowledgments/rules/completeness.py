"""What must be true before a version is sent (12.7.5, Employment Plan Required Contents; 12.7.6, note).

Pure: each rule reads the contents and names what is missing, with its citation and the place where it is mended.
Sentences are marked for translation here and translated where they are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from acknowledgments.contents.items import PlanContents
from careerplan.base.sentences import _
from careerplan.base.words import is_blank
from careerplan.plans.items import BarrierItem
from careerplan.plans.policy import NO_BARRIERS, OTHER_BARRIER
from goals.fit.rules import REQUIRED, REQUIRED_OUTSIDE
from services.items import ServiceItem
from services.policy import (
    forbidden_in_exploration,
    is_groundwork_done,
    lacks_approval_in_exploration,
    needs_reason_in_exploration,
)

IEP = frozenset({"IEP", "both"})
ISS = frozenset({"ISS", "both"})
EVERY = frozenset({"IEP", "ISS", "both"})
SHORT_TERMS = ("short_employment", "short_education")


@dataclass(frozen=True)
class Rule:
    """`lacking` names the items that break the rule: ("",) where the plan as a whole does, () where none does.

    A rule that `warns` lets go on, and the reason is kept; one that `advises` lets go on, and asks for no reason.
    `task`: in short what it asks, of a rule that stands in the list of tasks though it is kept already; `asks`: whether
    it asks anything of these contents.
    """

    code: str
    citation: str
    plan_types: frozenset[str]
    place: str
    sentence: str
    lacking: Callable[[PlanContents], Iterable[str]]
    warns: bool = False
    advises: bool = False
    task: str = ""
    asks: Callable[[PlanContents], bool] = lambda contents: True


@dataclass(frozen=True)
class Missing:
    """One thing to mend before sending. `place`: one of `PLACES`."""

    code: str
    citation: str
    place: str
    sentence: str
    item: str = ""


def whole(broken: bool) -> tuple[str, ...]:
    return ("",) if broken else ()


def without_role(contents: PlanContents, *roles: str) -> bool:
    return not any(contents.career_goal(role) for role in roles)


def short_terms(contents: PlanContents) -> set[str]:
    """The roles of the short-term goals that stand."""
    return {role for role in SHORT_TERMS if contents.career_goal(role)}


def without_short_terms(contents: PlanContents) -> bool:
    """Both kinds are wanted; while exploring, none, or both (AMB-W18)."""
    return not short_terms(contents) and not contents.explores


def alone(role: str) -> Callable[[PlanContents], tuple[str, ...]]:
    """Where this short-term goal stands, the other kind is wanted, too, exploring or not (AMB-W18)."""
    return lambda contents: whole(short_terms(contents) == {role})


def names(items: Iterable[ServiceItem]) -> tuple[str, ...]:
    return tuple(item.name for item in items)


def undescribed(barrier: BarrierItem) -> bool:
    return barrier.category_code not in {NO_BARRIERS, OTHER_BARRIER} and is_blank(barrier.description)


def needs_comment(contents: PlanContents, code: str) -> bool:
    stands = any(barrier.category_code == code for barrier in contents.barriers)
    return stands and is_blank(contents.barriers_comment)


def without_goal(service: ServiceItem) -> bool:
    """A service of no goal, but for what the plan rests on."""
    return service.goal_id is None and not is_groundwork_done(
        is_gate_exempt=service.is_gate_exempt, status=service.status
    )


def without_need(contents: PlanContents) -> list[ServiceItem]:
    """Services that answer no barrier and no assessment; assessments themselves answer none."""
    return [
        service
        for service in open_services(contents)
        if not (service.barrier_ids or service.assessment or service.is_gate_exempt)
    ]


def unexplained(service: ServiceItem) -> bool:
    """Whether nothing says why it is needed in career exploration; the need of a supportive one may be a barrier."""
    if forbidden_in_exploration(service.in_exploration) or not is_blank(service.exploration_reason):
        return False
    return needs_reason_in_exploration(service.in_exploration) or (service.is_supportive and not service.barrier_ids)


def unapproved(service: ServiceItem) -> bool:
    """Whether it comes near to what career exploration forbids, and no supervisor approved it (AMB-W25)."""
    return lacks_approval_in_exploration(service.in_exploration, service.exploration_supervisor)


def asks_for_job_fit(contents: PlanContents, need: str) -> bool:
    return contents.about.job_fit is not None and contents.about.job_fit.need == need


def job_fit_lacks(contents: PlanContents, need: str) -> bool:
    """Required in this way, and done neither here nor outside (WIS-041, WIS-047)."""
    job_fit = contents.about.job_fit
    return job_fit is not None and job_fit.need == need and job_fit.is_lacking


def open_services(contents: PlanContents) -> list[ServiceItem]:
    return [service for service in contents.services if service.status == "planned"]


RULES = (
    Rule(
        "EMPLOYMENT-GOAL", "DWD 12.7.5, Goals", IEP, "career-goals",
        _("Set the employment goal: an occupation, or career exploration."),
        lambda contents: whole(without_role(contents, "employment")),
        task=_("Set the employment goal"),
    ),
    Rule(
        "ISS-GOAL", "DWD 12.7.5, Goals for Youth", ISS, "career-goals",
        _("Set an employment or an education goal."),
        lambda contents: whole(
            without_role(contents, "employment", "long_term", "short_employment", "short_education")
        ),
        task=_("Set an employment or an education goal"),
    ),
    Rule(
        "ISS-SHORT-TERM", "DWD 12.7.5, Goals for Youth", ISS, "career-goals",
        _("Set both a short-term employment goal and a short-term education/training goal."),
        lambda contents: whole(without_short_terms(contents)),
        task=_("Set both short-term goals"),
        asks=lambda contents: len(short_terms(contents)) == len(SHORT_TERMS),
    ),
    Rule(
        "ISS-SHORT-EMPLOYMENT", "DWD 12.7.5, Goals for Youth", ISS, "career-goals",
        _("Set the short-term employment goal, too. The education/training goal does not stand alone."),
        alone("short_education"),
    ),
    Rule(
        "ISS-SHORT-EDUCATION", "DWD 12.7.5, Goals for Youth", ISS, "career-goals",
        _("Set the short-term education/training goal, too. The employment goal does not stand alone."),
        alone("short_employment"),
    ),
    Rule(
        "ISS-LONG-TERM", "DWD 12.7.5, Goals for Youth", ISS, "career-goals",
        _("Set the long-term career goal (it may wait only during career exploration)."),
        lambda contents: whole(not contents.explores and without_role(contents, "long_term")),
        task=_("Set the long-term career goal"),
        asks=lambda contents: not contents.explores,
    ),
    Rule(
        "ISS-LONG-TERM-AREA", "DWD 12.7.5, Goals for Youth", ISS, "career-goals",
        _("Choose an occupation as the long-term goal: for youth a career area is not enough."),
        lambda contents: whole(any(goal.role == "long_term" and goal.is_area for goal in contents.career_goals)),
    ),
    Rule(
        "GOAL", "DWD 12.7.1; Illinois workNet, Set Goals", EVERY, "goals",
        _("Add at least one goal statement."),
        lambda contents: whole(not contents.goals),
        task=_("Write the goals"),
    ),
    Rule(
        "BARRIER", "DWD 12.7.5, Potential Barriers", EVERY, "barriers",
        _("Add the potential barriers, or say that there are none."),
        lambda contents: whole(not contents.barriers),
        task=_("Add barriers, or say that there are none"),
    ),
    Rule(
        "BARRIER-DESCRIPTION", "DWD 12.7.5, Potential Barriers", EVERY, "barriers",
        _("Describe this barrier."),
        lambda contents: [barrier.category for barrier in contents.barriers if undescribed(barrier)],
    ),
    Rule(
        "NO-BARRIERS-COMMENT", "DWD 12.7.5, Potential Barriers", EVERY, "barriers",
        _("Write a comment that says that there are no potential barriers."),
        lambda contents: whole(needs_comment(contents, NO_BARRIERS)),
    ),
    Rule(
        "OTHER-BARRIER-COMMENT", "DWD 12.7.5, Potential Barriers", EVERY, "barriers",
        _("Describe the other barrier in the comments."),
        lambda contents: whole(needs_comment(contents, OTHER_BARRIER)),
    ),
    Rule(
        "SERVICE", "DWD 12.7.1", EVERY, "services",
        _("Add at least one service, or say why none is planned."),
        lambda contents: whole(not contents.services and is_blank(contents.no_services_reason)),
        task=_("Add services"),
    ),
    Rule(
        "SERVICE-GOAL", "DWD 12.7.4; Illinois workNet, Add Steps/Services", EVERY, "unassigned",
        _("Assign this service to a goal."),
        lambda contents: names(service for service in contents.services if without_goal(service)),
    ),
    Rule(
        "PLANNED-START", "DWD 12.7.5, Services and Planned Services", EVERY, "services",
        _("Enter the planned start of this service."),
        lambda contents: names(service for service in open_services(contents) if not service.planned_start_on),
    ),
    Rule(
        "DOLLAR-VALUE", "Illinois workNet, Dollar Value", EVERY, "services",
        _("Enter the dollar value of this supportive service."),
        lambda contents: names(
            service for service in contents.services if service.needs_dollar_value and not service.dollar_value
        ),
    ),
    Rule(
        "EXPLORATION-SERVICE", "DWD 12.7.5, Career Exploration", EVERY, "services",
        _("Remove this service: it may not be given while career exploration is the goal."),
        lambda contents: names(
            service for service in contents.services
            if contents.explores and forbidden_in_exploration(service.in_exploration)
        ),
    ),
    Rule(
        "EXPLORATION-SUPPORT", "DWD 12.7.5, Career Exploration", EVERY, "services",
        _("Add the supportive services that career exploration needs, or say that none are needed."),
        lambda contents: whole(
            contents.explores
            and not contents.no_supportive_services
            and not any(service.is_supportive for service in contents.services)
        ),
    ),
    Rule(
        "EXPLORATION-REASON", "DWD 12.7.5, Career Exploration", EVERY, "services",
        _("Say why this service is needed during career exploration."),
        lambda contents: names(
            service for service in contents.services if contents.explores and unexplained(service)
        ),
    ),
    Rule(
        "EXPLORATION-APPROVAL", "DWD 12.7.5, Career Exploration", EVERY, "services",
        _("Name the supervisor who approves this service during career exploration."),
        lambda contents: names(
            service for service in contents.services if contents.explores and unapproved(service)
        ),
    ),
    Rule(
        "SERVICE-PROGRAM", "DWD 12.7.9", EVERY, "services",
        _("Say which program of the shared plan this service belongs to."),
        lambda contents: names(
            service for service in open_services(contents)
            if len(contents.about.programs) > 1 and not service.program_code
        ),
    ),
    Rule(
        "INITIAL-ASSESSMENT", "DWD 12.7.3, footnote 3", IEP, "initial-assessment",
        _("Record the Initial Assessment: the first IEP is based on its results."),
        lambda contents: whole(contents.about.is_first and not contents.about.initial_assessed_on),
        task=_("Record the Initial Assessment"),
        asks=lambda contents: contents.about.is_first,
    ),
    Rule(
        "COMPREHENSIVE-ASSESSMENT", "DWD 12.7.3, footnote 3", IEP, "services",
        _("Add a completed Comprehensive or Specialized Assessment for the IEP to be based on."),
        lambda contents: whole(contents.about.is_first and not contents.about.comprehensive_assessed_on),
        warns=True,
        task=_("Add a Comprehensive or Specialized Assessment"),
    ),
    Rule(
        "SUMMARY", "Illinois workNet, Review Assessment", EVERY, "summary",
        _("Write the Assessment Summary: the plan has goals, and they follow from what the assessments show."),
        lambda contents: whole(bool(contents.goals) and is_blank(contents.about.assessment_summary)),
        advises=True,
        task=_("Write the Assessment Summary"),
    ),
    Rule(
        "NEED", "DWD 12.7.3", EVERY, "services",
        _("Say which barrier or which assessment shows that this service is needed."),
        lambda contents: names(without_need(contents)),
        warns=True,
        task=_("Say which need each service meets"),
    ),
    Rule(
        "JOB-FIT", "DWD 12.7.5, Job Fit Review", IEP, "job-fit",
        _("Complete the Job Fit Review of the occupation: it is required of who leaves career exploration."),
        lambda contents: whole(job_fit_lacks(contents, REQUIRED)),
        task=_("Complete the Job Fit Review"),
        asks=lambda contents: asks_for_job_fit(contents, REQUIRED),
    ),
    Rule(
        "JOB-FIT-OUTSIDE", "DWD 12.7.5, Job Fit Review", IEP, "job-fit",
        _("Record an assessment from outside: there is no Job Fit Review for this occupation."),
        lambda contents: whole(job_fit_lacks(contents, REQUIRED_OUTSIDE)),
        task=_("Record the Job Fit Review from outside"),
        asks=lambda contents: asks_for_job_fit(contents, REQUIRED_OUTSIDE),
    ),
    Rule(
        "ACTION-STEP", "DWD 12.7.5, Action Steps", EVERY, "steps",
        _("Add at least one action step for a goal."),
        lambda contents: whole(not contents.action_steps),
        task=_("Write down an action step"),
    ),
    Rule(
        "PROPOSED-STEPS", "DWD 12.7.5, Action Steps, note", EVERY, "proposals",
        _("Decide on the steps that the customer proposed: accept, change or decline each."),
        lambda contents: whole(contents.about.undecided_steps > 0),
    ),
)  # fmt: skip


def missing_from(contents: PlanContents, *, blocking: frozenset[str] = frozenset()) -> list[Missing]:
    """Everything that is missing, in the order of the plan; empty when the version may be sent.

    `blocking`: codes of warnings that local policy makes a condition.
    """
    return broken(contents, [rule for rule in RULES if rule.code in blocking or not (rule.warns or rule.advises)])


def warnings_about(contents: PlanContents, *, blocking: frozenset[str] = frozenset()) -> list[Missing]:
    """What policy advises against: the version may be sent all the same, with a reason."""
    return broken(contents, [rule for rule in RULES if rule.warns and rule.code not in blocking])


def advice_about(contents: PlanContents, *, blocking: frozenset[str] = frozenset()) -> list[Missing]:
    """What policy would like to see: the version may be sent without a word about it."""
    return broken(contents, [rule for rule in RULES if rule.advises and rule.code not in blocking])


def broken(contents: PlanContents, rules: list[Rule]) -> list[Missing]:
    return [
        Missing(rule.code, rule.citation, rule.place, rule.sentence, item)
        for rule in rules
        if contents.plan_type in rule.plan_types
        for item in rule.lacking(contents)
    ]


# The order in which a plan is written: the assessments come first, since the goals rest on them.
PLACES = (
    "initial-assessment", "summary", "career-goals", "job-fit", "goals", "barriers", "steps", "proposals", "services",
    "unassigned",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """One line of the list before sending. `state`: done, to-do or advised; `lacking`: what `missing_from` says of it,
    an item's name or nothing for each."""

    code: str
    citation: str
    place: str
    sentence: str
    state: str
    lacking: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The names of those that have one."""
        return tuple(item for item in self.lacking if item)

    @property
    def number(self) -> int:
        """How many things there are to do: one, where the plan as a whole lacks it."""
        return len(self.lacking) if self.state == TO_DO else 0


DONE, TO_DO, ADVISED = "done", "to-do", "advised"


def tasks_of(contents: PlanContents, *, blocking: frozenset[str] = frozenset()) -> list[Task]:
    """What is done, what is to do and what policy advises, in the order in which a plan is written.

    What is to do is what `missing_from` says, thing for thing.
    """
    found = [
        task for rule in RULES if contents.plan_type in rule.plan_types for task in task_of(rule, contents, blocking)
    ]
    return sorted(found, key=lambda task: PLACES.index(task.place))


def task_of(rule: Rule, contents: PlanContents, blocking: frozenset[str]) -> list[Task]:
    """None of a rule that is kept, unless it is one that every plan is asked for."""
    lacking = tuple(rule.lacking(contents))
    lets_go_on = (rule.warns or rule.advises) and rule.code not in blocking
    if not lacking and (not rule.task or lets_go_on or not rule.asks(contents)):
        return []
    state = DONE if not lacking else ADVISED if lets_go_on else TO_DO
    return [Task(rule.code, rule.citation, rule.place, rule.task or rule.sentence, state, lacking)]
