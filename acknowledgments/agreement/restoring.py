"""The working copy goes back, or forth, to sealed contents: of deleted, recovered and declined drafts (12.7.7)."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.permissions import permit_steps_as_they_stand
from acknowledgments.contents.items import GoalItem, PlanContents
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan
from goals.enums import GoalStatus
from goals.models import ActionStep, CareerGoal, Goal, GoalCategory, Occupation
from services.enums import Continuation
from services.models import PlannedService

REMOVED_WITH_DRAFT = "The draft in which it was added ended"


def restore_agreed(plan: EmploymentPlan, *, reason: str, by: User, at: datetime) -> None:
    """The working copy as in the version in force; empty where none is."""
    restore(plan, agreed_contents(plan), reason=reason, by=by, at=at)


def agreed_contents(plan: EmploymentPlan) -> PlanContents:
    return contents_of_active(plan.pk) or PlanContents(plan_type=plan.plan_type)


def restore(
    plan: EmploymentPlan,
    contents: PlanContents,
    *,
    goes_forth: bool = False,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Bound fields and membership as in `contents`: added items leave, removed ones return, changed ones go back.

    `goes_forth`: to a draft that is recovered, and not back to what was agreed to.
    """
    plan.plan_type = contents.plan_type
    plan.barriers_comment, plan.comment_rewording = contents.barriers_comment, contents.comment_rewording
    plan.no_services_reason = contents.no_services_reason
    plan.no_supportive_services = contents.no_supportive_services
    record(plan, by=by, at=at, reason=reason)
    occupations = {
        row.code: row for row in Occupation.objects.filter(code__in=[g.occupation_code for g in contents.career_goals])
    }
    categories = {row.name: row for row in GoalCategory.objects.all()}
    barriers = BarrierCategory.objects.in_bulk([item.category_code for item in contents.barriers], field_name="code")
    # Items leave before others return, so that what may stand once never stands twice; goals leave last, return first.
    kinds = (
        (
            ActionStep,
            contents.action_steps,
            lambda row, item: set_all(row, text=item.text, goal_id=item.goal_id, rewording=item.rewording),
        ),
        (PlannedService, contents.services, lambda row, item: set_all(row, goal_id=item.goal_id)),
        (
            Barrier,
            contents.barriers,
            lambda row, item: set_all(
                row,
                description=item.description,
                category=barriers[item.category_code],
                rewording=item.rewording,
            ),
        ),
        (
            CareerGoal,
            contents.career_goals,
            lambda row, item: set_all(
                row, explores=item.explores, words=item.words, occupation=occupations.get(item.occupation_code)
            ),
        ),
        (
            Goal,
            contents.goals,
            lambda row, item: set_all(
                row,
                statement=item.statement,
                term=item.term,
                category=categories.get(item.category, row.category),
                status=status_with(row, item, own=goes_forth and agreed_as.get(item.id) != item.times_off_track),
            ),
        ),
    )
    agreed_as = {goal.id: goal.times_off_track for goal in agreed_contents(plan).goals if goal.times_off_track}
    moved = with_another_category(plan, contents)
    removals = {(removal.kind, removal.id): removal.why for removal in contents.removals}
    for model, items, _set_bound in kinds:
        kept = {item.id for item in items} - (moved if model is Barrier else set())
        whys = {key: why for (kind, key), why in removals.items() if kind == KINDS[model]}
        take_added_out(model, plan, kept, whys, reason=reason, by=by, at=at)
    for model, items, set_bound in reversed(kinds):
        bring_back(model, plan, {item.id: item for item in items}, set_bound, reason=reason, by=by, at=at)
    follow_former(plan, contents, reason=reason, by=by, at=at)
    permit_steps_as_they_stand(plan.pk, by=by, at=at)


KINDS: dict[type, str] = {
    ActionStep: "action_step",
    PlannedService: "service",
    Barrier: "barrier",
    CareerGoal: "career_goal",
    Goal: "goal",
}


def with_another_category(plan: EmploymentPlan, contents: PlanContents) -> set[int]:
    """Barriers whose category was changed: they leave and return, since another may have taken their category."""
    agreed = {item.id: item.category_code for item in contents.barriers}
    standing = Barrier.objects.in_plan().filter(plan=plan, pk__in=agreed).values_list("pk", "category__code")
    return {pk for pk, code in standing if agreed[pk] != code}


def set_all(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def status_with(row: Goal, item: GoalItem, *, own: bool) -> str:
    """A goal is off track with the customer's agreement only (ILL-075): the status goes back, or forth, with the draft.

    Each time anew (AMB-I7). Every other status is recorded freely and stays. `own`: the draft itself put it off track.
    """
    agreed = item.status == GoalStatus.OFF_TRACK and item.times_off_track == row.times_off_track
    if row.status == GoalStatus.OFF_TRACK and not agreed:
        earlier = (
            row.history.exclude(status=GoalStatus.OFF_TRACK).order_by("-history_id").values_list("status", flat=True)
        )
        return str(earlier.first() or item.status)
    if own and item.status == GoalStatus.OFF_TRACK:
        return str(GoalStatus.OFF_TRACK)
    return row.status


def take_added_out(
    model: Any, plan: EmploymentPlan, kept: set[int], whys: dict[int, str], *, reason: str, by: User, at: datetime
) -> None:
    """`whys`: why an item had left the contents that return, by its key; the others were entered in error."""
    rows = model.objects.in_plan().filter(plan=plan).exclude(pk__in=kept)
    if model is PlannedService:  # recorded at any time, whatever becomes of the draft (12.7.5)
        rows = rows.exclude(~Q(pk__in=whys), continuation=Continuation.FUNDING)
    for row in rows:
        row.plan = plan
        row.removed_at, row.removed_by = at, by
        row.removed_reason = (last_reason(row) if row.pk in whys else "") or REMOVED_WITH_DRAFT
        if hasattr(row, "removal"):
            row.removal = whys.get(row.pk) or "entered_in_error"
        record(row, by=by, at=at, reason=reason)


def last_reason(row: Any) -> str:
    """In which words the item left the plan before it came back; its history knows."""
    words = row.history.exclude(removed_reason="").order_by("-history_id").values_list("removed_reason", flat=True)
    return str(words.first() or "")


def bring_back(
    model: Any, plan: EmploymentPlan, items: dict[int, Any], set_bound: Any, *, reason: str, by: User, at: datetime
) -> None:
    for row in model.objects.filter(plan=plan, pk__in=items):
        row.plan = plan
        row.removed_at, row.removed_by, row.removed_reason = None, None, ""
        if hasattr(row, "removal"):
            row.removal = ""
        set_bound(row, items[row.pk])
        record(row, by=by, at=at, reason=reason)


def follow_former(plan: EmploymentPlan, contents: PlanContents, *, reason: str, by: User, at: datetime) -> None:
    """What was re-created for its funding after `contents` stands where the service does from which it goes on."""
    known = {item.id for item in contents.services}
    known |= {removal.id for removal in contents.removals if removal.kind == KINDS[PlannedService]}
    rows = {row.pk: row for row in PlannedService.objects.filter(plan=plan).order_by("id")}
    later = [row for row in rows.values() if row.continuation == Continuation.FUNDING and row.pk not in known]
    for row in {row.continues_id: row for row in later}.values():  # the last one, where one before it was removed
        former = rows[row.continues_id]
        row.plan = plan
        names = ("goal_id", "removed_at", "removed_by_id", "removed_reason", "removal")
        set_all(row, **{name: getattr(former, name) for name in names})
        record(row, by=by, at=at, reason=reason)
