"""What the pages show of career goals, the desired career path, and what stands beside an occupation."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from careerplan.plans.models import EmploymentPlan
from careerplan.plans.pages import PlanPage
from customers.models import Customer
from goals.careers.exploring import explores_since, limits_for
from goals.careers.paths import LastChange, occupations_of
from goals.careers.roles import EXAMPLES, IN_ORDER, meaning_of, roles_of
from goals.careers.same import is_the_same, may_be_the_same
from goals.careers.wages import wage_floor
from goals.enums import CareerGoalRole, JobZone
from goals.items import CAREER_GOAL
from goals.models import CareerGoal, CareerPath, Occupation
from goals.onet.showing import shown_of


class ShownRole(NamedTuple):
    """A role of the plan. `is_same`: it says what the employment goal says; `may_follow`: one click makes it so."""

    role: CareerGoalRole
    goal: CareerGoal | None
    meaning: Any
    zone: JobZone | None
    is_same: bool
    may_follow: bool


def career_goals_by_role(plan: EmploymentPlan) -> dict[str, CareerGoal]:
    rows = CareerGoal.objects.in_plan().filter(plan=plan).select_related("occupation")
    return {goal.role: goal for goal in rows}


def goals_by_role(page: PlanPage) -> dict[str, CareerGoal]:
    """The same, of the rows that the page has read."""
    return {row.role: row for row in page.in_plan(CAREER_GOAL)}


def shown_roles(plan: EmploymentPlan, career_goals: Iterable[str]) -> list[CareerGoalRole]:
    """As `roles_of`, and those that stand though the plan is of another kind now: they can be removed."""
    return [role for role in IN_ORDER if role in roles_of(plan) or role in career_goals]


def careers_of(page: PlanPage, path: CareerPath | None, changed: LastChange | None, *, on: date) -> dict[str, Any]:
    """The career goals beside the desired career path: three queries, five during career exploration."""
    plan = page.plan
    assert plan is not None
    goals = goals_by_role(page)
    occupations = [goal.occupation for goal in goals.values() if goal.occupation] + occupations_of(path)
    beside = beside_of(page.customer, occupations, on=on)
    zones = beside.pop("zones")
    roles = [row_of(plan, role, goals, zones) for role in shown_roles(plan, goals)]
    employment = goals.get(CareerGoalRole.EMPLOYMENT)
    explores = employment is not None and employment.explores
    return beside | {
        "roles": roles,
        "examples": EXAMPLES if plan.is_iep else (),
        "exploring": exploring_of(page) if explores else None,
        **path_shown(path, changed, zones),
    }


def row_of(
    plan: EmploymentPlan, role: CareerGoalRole, goals: dict[str, CareerGoal], zones: dict[str, JobZone]
) -> ShownRole:
    goal, employment = goals.get(role), goals.get(CareerGoalRole.EMPLOYMENT)
    wanted = employment.occupation if employment else None
    is_same = goal is not None and wanted is not None and is_the_same(goal, wanted)
    may_follow = may_be_the_same(plan, role) and wanted is not None and wanted.is_active and not is_same
    zone = zones.get(goal.occupation.code) if goal and goal.occupation else None
    return ShownRole(role, goal, meaning_of(role, plan), zone, is_same, may_follow)


def beside_of(customer: Customer, occupations: Iterable[Occupation], *, on: date) -> dict[str, Any]:
    """Job zones by SOC code with the release of O*NET that they are of, and the wage floor. At most three queries."""
    shown = shown_of([row.code for row in occupations])
    return {
        "zones": shown.zones,
        "onet": shown.release if shown.zones else None,
        "floor": wage_floor(customer, on=on),
    }


def path_shown(path: CareerPath | None, changed: LastChange | None, zones: dict[str, JobZone]) -> dict[str, Any]:
    rows = [path.occupation_1, path.occupation_2] if path is not None else [None, None]
    return {
        "path": path,
        "path_occupations": [(row, zones.get(row.code) if row else None) for row in rows],
        "path_changed": changed,
    }


def exploring_of(page: PlanPage) -> dict[str, Any]:
    """The limits of career exploration, and since when it is the goal. Two queries."""
    assert page.plan is not None
    return {"since": explores_since(page.plan, page.versions), "limits": limits_of(page)}


def limits_of(page: PlanPage) -> Any:
    """What may be given in career exploration to a customer of these programs. One query."""
    enrollments = page.profile.open_enrollments if page.profile else []
    return limits_for({enrollment.program.kind for enrollment in enrollments})


def role_shown(page: PlanPage, role: str, *, on: date) -> dict[str, Any]:
    """A role on the page on which it is chosen: at most six queries."""
    assert page.plan is not None
    goals = goals_by_role(page)
    goal = goals.get(role)
    beside = beside_of(page.customer, [goal.occupation] if goal and goal.occupation else [], on=on)
    row = row_of(page.plan, CareerGoalRole(role), goals, beside.pop("zones"))
    is_employment = role == CareerGoalRole.EMPLOYMENT
    return {
        "role": row.role,
        "chosen": row,
        "floor": beside["floor"],
        "chosen_onet": beside["onet"],
        "limits": limits_of(page) if is_employment else None,
        "since": explores_since(page.plan, page.versions) if goal is not None and goal.explores else None,
    }
