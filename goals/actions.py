"""Changes of career goals, goal statements and the desired career path."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.history import changed_values, ensure_current, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.messaging.actions import notify, settle_rows
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import typed
from careerplan.messaging.models import Message, Notification
from careerplan.plans.actions import begin_version
from careerplan.plans.coenrollment import NOBODY, Asked, require_approval_of_goal_change
from careerplan.plans.models import EmploymentPlan, plan_type_now
from careerplan.plans.rows import for_changing, item_for_saving, take_out
from careerplan.plans.transitions import lock_plan
from customers.actions import require_editor
from customers.enums import PlanType
from customers.models import Customer
from goals.answering import LINKS, changed_links, keep_links, keep_look, require_own
from goals.careers.paths import OCCUPATIONS
from goals.enums import CareerGoalRole, GoalStatus, OccupationLevel
from goals.fit.actions import end_reviews_of_others
from goals.items import CAREER_GOAL, GOAL, TRACK
from goals.models import ActionStep, CareerGoal, CareerPath, Goal, Occupation
from goals.progress.models import GoalSetback
from goals.progress.saying import SAID, in_history, keep_verification, setback_of

OFF_TRACK_KEY = "off-track"
# What a goal says to the customer: in a shared plan, the planners of the other programs approve it (12.7.9).
ASKED_OF_OTHERS = GOAL.bound - TRACK


@transaction.atomic
def save_goal(
    plan: EmploymentPlan,
    goal: Goal | None,
    values: dict[str, Any],
    *,
    seen: int | None = None,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> Goal:
    """Add (`goal` None) or change a goal statement.

    A goal that goes off track joins the open draft or opens one, since the customer has to agree to the update
    (ILL-075), and the customer is told (ILL-087). `values` say why, and what will be done; of a goal that is complete,
    how it was verified (ILL-088).

    Raises:
        ApprovalNeeded: a goal of a shared plan is reworded, and another program's planner has not approved (12.7.9).
        Refusal: the status is the system's to set, does not say what it has to, or the version is with the customer.
    """
    told = {name: value for name, value in values.items() if name in SAID}
    links = {name: list(values[name]) for name in LINKS if name in values}
    columns = {name: value for name, value in values.items() if name not in {*SAID, *LINKS, "smart"}}
    goal = item_for_saving(GOAL, plan, goal, columns, seen=seen, by=by)
    require_own(goal, links)
    keep_look(goal, values.get("smart"), by=by, at=at)
    if not goal._state.adding and is_reworded(goal):
        says = {"statement": goal.statement, "term": goal.term, "category": goal.category.code}
        require_approval_of_goal_change(goal.plan, approved_by, Asked("change_goal", {"goal": goal.pk, **says}), by=by)
    changes_status = "status" in changed_values(goal)
    if changes_status and goal.status == GoalStatus.STARTED:
        raise Refusal(
            "started-by-system",
            _("The system sets Started when a service under the goal starts. Choose another status."),
            field="status",
        )
    if goal._state.adding:
        goal.position = (plan.goals.aggregate(last=Max("position"))["last"] or 0) + 1
    keep_verification(goal, told.get("verified_how"))
    goes_off_track = changes_status and goal.status == GoalStatus.OFF_TRACK
    if goes_off_track:
        join_or_open_draft(goal.plan, by=by, at=at)
        goal.times_off_track += 1
    setback = setback_of(goal, told, goes_off_track=goes_off_track, by=by, at=at)
    record(goal, by=by, at=at, also=[*changed_links(goal, links), *in_history(setback)])
    keep_links(goal, links)
    if setback is not None:
        setback.save()
    if setback is not None and goes_off_track:
        tell_off_track(goal, setback, by=by, at=at)
    settle_back_on_track(goal.plan, at=at)
    return goal


def is_reworded(goal: Goal) -> bool:
    """Whether it says another thing to the customer: what was agreed to of it changes, but how it goes."""
    changed = changed_values(goal).keys()
    says = [field for field in Goal._meta.concrete_fields if field.name in ASKED_OF_OTHERS]
    return any(field.attname in changed for field in says)


def join_or_open_draft(plan: EmploymentPlan, *, by: User, at: datetime) -> None:
    version = plan.versions.open().first()
    if version is None:
        begin_version(plan, by=by, at=at)
    elif version.is_awaiting:
        raise Refusal(
            "awaiting",
            _("Version %(number)d is with the customer. Recall it first: the customer must agree to an off-track goal.")
            % {"number": version.number},
            field="status",
        )


def tell_off_track(goal: Goal, setback: GoalSetback, *, by: User, at: datetime) -> None:
    customer = goal.plan.customer
    if customer.user is not None:
        texts = {"goal": goal.statement, "reason": setback.reason, "remedy": setback.remedy}
        names = {name: typed(text, goal.plan.written_in) for name, text in texts.items()} | {"planner": str(by)}
        key = f"{OFF_TRACK_KEY}:{goal.pk}:{goal.row_version}"
        notify(customer.user, Notice.GOAL_OFF_TRACK, key=key, names=names, path=reverse("my:dashboard"), by=by, at=at)


def settle_back_on_track(plan: EmploymentPlan, *, at: datetime) -> None:
    """That a goal is off track is no news once it is so no more, or has left the plan. Two queries, or one."""
    told = Notification.objects.filter(recipient__customer=plan.customer_id, message__kind=Notice.GOAL_OFF_TRACK)
    goals = {row.message_id: int(row.key.split(":")[1]) for row in told.filter(message__read_at=None)}
    if goals:
        off_track = set(plan.goals.in_plan().filter(status=GoalStatus.OFF_TRACK).values_list("pk", flat=True))
        passed = [message for message, goal in goals.items() if goal not in off_track]
        settle_rows(Message.objects.filter(pk__in=passed), at=at)


@transaction.atomic
def remove_goal(goal: Goal, *, reason: str, approved_by: Collection[int] = NOBODY, by: User, at: datetime) -> Goal:
    """Take a goal out of the plan.

    Raises:
        ApprovalNeeded: the plan is shared, and another program's planner has not approved (12.7.9).
        Refusal: services or action steps still hang under it.
    """
    plan = for_changing(goal.plan, by=by)
    if ActionStep.objects.in_plan().filter(goal=goal).exists() or goal.services.in_plan().exists():
        raise Refusal(
            "goal-in-use", _("This goal still has steps or services. Move them to another goal or remove them first.")
        )
    require_approval_of_goal_change(plan, approved_by, Asked("remove_goal", {"goal": goal.pk}), by=by)
    removed: Goal = take_out(plan, goal, reason=reason, by=by, at=at)
    settle_back_on_track(plan, at=at)
    return removed


def start_goal_of(service: Any, *, by: User, at: datetime) -> None:
    """Not Started becomes Started by itself when a related service has started (ILL-084), logged as automatic.

    What a plan rests on, such as an assessment, is no step toward a goal: goals follow from it (AMB-I1; 12.7.3).
    """
    if service.service.is_gate_exempt:
        return
    goal = Goal.objects.select_for_update(of=("self",)).select_related("plan").get(pk=service.goal_id)
    if goal.status == GoalStatus.NOT_STARTED:
        goal.status = GoalStatus.STARTED
        record(goal, by=by, at=at, reason=gettext_noop("automatic: a related service started"))


@transaction.atomic
def set_career_goal(
    plan: EmploymentPlan,
    role: str,
    *,
    occupation: Occupation | None = None,
    explores: bool = False,
    words: str = "",
    seen: int | None = None,
    approved_by: Collection[int] = NOBODY,
    by: User,
    at: datetime,
) -> CareerGoal:
    """Set the occupation, or career exploration, of one role.

    Raises:
        ApprovalNeeded: a goal of a shared plan changes, and another program's planner has not approved (12.7.9).
        Refusal: the employment goal of a plan that was once active is to be changed (12.7.8: close it and begin anew).
    """
    lock_plan(plan.pk)  # before looking: two planners may set the same role at once
    current = CareerGoal.objects.in_plan().filter(plan=plan, role=role).first()
    values = {"role": role, "occupation": occupation, "explores": explores, "words": words}
    goal: CareerGoal = item_for_saving(CAREER_GOAL, plan, current, values, seen=seen, by=by)
    refuse_unfit_choice(role, occupation=occupation, explores=explores, words=words)
    refuse_mere_area(goal.plan, role, occupation)
    refuse_retired(goal, occupation)
    if current is not None and (goal.occupation_id, goal.explores) != (current.occupation_id, current.explores):
        refuse_fixed_employment_goal(goal)
    if changed_values(goal):
        chosen = {"occupation": occupation.code if occupation else "", "explores": explores, "words": words}
        require_approval_of_goal_change(
            goal.plan, approved_by, Asked("change_career_goal", {"role": role, **chosen}), by=by
        )
    record(goal, by=by, at=at)
    end_reviews_of_others(goal.plan, by=by, at=at)
    return goal


IN_WORDS = frozenset({CareerGoalRole.SHORT_EMPLOYMENT, CareerGoalRole.SHORT_EDUCATION})


def refuse_unfit_choice(role: str, *, occupation: Occupation | None, explores: bool, words: str) -> None:
    """One of the three; exploration is the employment goal's alone, and words are for short-term goals (12.7.5)."""
    chosen = [occupation is not None, explores, not is_blank(words)]
    unfit = (explores and role != CareerGoalRole.EMPLOYMENT) or (words and role not in IN_WORDS)
    if chosen.count(True) != 1 or unfit:
        raise Refusal("no-occupation", _("Choose an occupation or career exploration."), field="occupation")


def may_be_an_area(plan: EmploymentPlan, role: str) -> bool:
    """The long-term goal of an IEP is a career area or an occupation; for youth it is an occupation (12.7.5, Goals)."""
    return role == CareerGoalRole.LONG_TERM and plan_type_now(plan) == PlanType.IEP


def refuse_mere_area(plan: EmploymentPlan, role: str, occupation: Occupation | None) -> None:
    """A group of occupations is no occupation."""
    if occupation is None or occupation.level == OccupationLevel.DETAILED or may_be_an_area(plan, role):
        return
    raise Refusal("no-occupation", _("Choose an occupation or career exploration."), field="occupation")


def refuse_retired(goal: CareerGoal, occupation: Occupation | None) -> None:
    """An occupation that is no longer offered stays where it stands, and is not chosen anew."""
    if occupation is not None and not occupation.is_active and "occupation_id" in changed_values(goal):
        raise Refusal(
            "occupation-retired",
            _("%(occupation)s is no longer offered. Choose another occupation.") % {"occupation": occupation},
            field="occupation",
        )


def refuse_fixed_employment_goal(goal: CareerGoal) -> None:
    if goal.role == CareerGoalRole.EMPLOYMENT and goal.plan.was_iep():
        raise Refusal(
            "employment-goal-fixed",
            _(
                "The employment goal of an IEP can't be changed once the plan has been active. Use Change "
                "employment goal: it closes this plan as not completed and begins the next one (12.7.8)."
            ),
            field="occupation",
        )


@transaction.atomic
def remove_career_goal(
    goal: CareerGoal, *, reason: str, approved_by: Collection[int] = NOBODY, by: User, at: datetime
) -> CareerGoal:
    """Raises Refusal where it is the employment goal of an IEP that was once active; ApprovalNeeded as for a change."""
    plan = for_changing(goal.plan, by=by)
    refuse_fixed_employment_goal(goal)
    asked = Asked("change_career_goal", {"role": goal.role, "removed": True})
    require_approval_of_goal_change(plan, approved_by, asked, by=by)
    removed: CareerGoal = take_out(plan, goal, reason=reason, by=by, at=at)
    end_reviews_of_others(plan, by=by, at=at)
    return removed


@transaction.atomic
def save_career_path(
    customer: Customer, values: dict[str, Any], *, seen: int | None = None, by: User, at: datetime
) -> CareerPath:
    """The desired career path may be updated any time, by staff or the customer (ILL-040).

    Raises:
        NotAllowed: neither the customer nor a planner of the customer.
        StaleRow: somebody changed it meanwhile.
        Refusal: it names a group of occupations, or one that is no longer offered.
    """
    if customer.user_id != by.pk:
        require_editor(customer, by)
    path = CareerPath.objects.select_for_update(of=("self",)).filter(customer=customer).first()
    if path is not None:
        ensure_current(path, seen)
    path = path or CareerPath(customer=customer)
    for name, value in values.items():
        setattr(path, name, value)
    for name in OCCUPATIONS.values():
        refuse_unoffered(path, name)
    record(path, by=by, at=at)
    return path


def refuse_unoffered(path: CareerPath, name: str) -> None:
    """Occupations stand in it, and no group of them (ILL-042); one that is offered no longer stays, and is not chosen
    anew."""
    occupation: Occupation | None = getattr(path, name)
    if occupation is None or f"{name}_id" not in changed_values(path):
        return
    if not occupation.is_active or occupation.level != OccupationLevel.DETAILED:
        raise Refusal("no-occupation", _("Choose an occupation from the list."), field=f"{name}_code")
