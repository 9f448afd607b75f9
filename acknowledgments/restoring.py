"""Deleting a draft: the working copy goes back to the contents of the version in force (12.7.7, Delete).

The draft's own contents are kept with the version, so that they can be looked at and recovered.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from acknowledgments.actions import seal_contents
from acknowledgments.contents import PlanContents
from acknowledgments.models import Seal
from acknowledgments.working_copy import contents_of
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan, PlanVersion
from careerplan.plans.transitions import check, move
from goals.models import ActionStep, CareerGoal, Goal, GoalCategory, Occupation
from services.models import PlannedService

DRAFT_DELETED = gettext_noop("draft deleted")
REMOVED_WITH_DRAFT = "The draft in which it was added was deleted"


@transaction.atomic
def delete_draft(version: PlanVersion, *, reason: str, by: User, at: datetime) -> PlanVersion:
    """Delete a draft that never became active; what was recorded freely meanwhile (dates, notes ...) stays."""
    version = check(version, "delete", by)
    plan = version.plan
    kept = seal_contents(version, contents_of(plan, version), by=by, at=at)
    kept.voided_at = at
    kept.save(update_fields=["voided_at"])
    active = plan.versions.active().first()
    seal = Seal.objects.valid().filter(version=active).first() if active else None
    restore(plan, seal.contents if seal else PlanContents(plan_type=plan.plan_type), by=by, at=at)
    return move(version, "delete", by=by, at=at, deleted_at=at, deleted_reason=reason)


def restore(plan: EmploymentPlan, contents: PlanContents, *, by: User, at: datetime) -> None:
    """Bound fields and membership as in `contents`: added items leave, removed ones return, changed ones go back."""
    plan.barriers_comment = contents.barriers_comment
    plan.no_services_reason = contents.no_services_reason
    plan.no_supportive_services = contents.no_supportive_services
    record(plan, by=by, at=at, reason=DRAFT_DELETED)
    occupations = {
        row.code: row for row in Occupation.objects.filter(code__in=[g.occupation_code for g in contents.career_goals])
    }
    categories = {row.name: row for row in GoalCategory.objects.all()}
    barriers = BarrierCategory.objects.in_bulk([item.category_code for item in contents.barriers], field_name="code")
    # Items leave before others return, so that what may stand once never stands twice; goals leave last, return first.
    kinds = (
        (ActionStep, contents.action_steps, lambda row, item: set_all(row, text=item.text, goal_id=item.goal_id)),
        (PlannedService, contents.services, lambda row, item: set_all(row, goal_id=item.goal_id)),
        (
            Barrier,
            contents.barriers,
            lambda row, item: set_all(row, description=item.description, category=barriers[item.category_code]),
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
                row, statement=item.statement, term=item.term, category=categories.get(item.category, row.category)
            ),
        ),
    )
    moved = with_another_category(plan, contents)
    for model, items, _set_bound in kinds:
        kept = {item.id for item in items} - (moved if model is Barrier else set())
        take_added_out(model, plan, kept, by=by, at=at)
    for model, items, set_bound in reversed(kinds):
        bring_back(model, plan, {item.id: item for item in items}, set_bound, by=by, at=at)


def with_another_category(plan: EmploymentPlan, contents: PlanContents) -> set[int]:
    """Barriers whose category was changed: they leave and return, since another may have taken their category."""
    agreed = {item.id: item.category_code for item in contents.barriers}
    standing = Barrier.objects.in_plan().filter(plan=plan, pk__in=agreed).values_list("pk", "category__code")
    return {pk for pk, code in standing if agreed[pk] != code}


def set_all(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def take_added_out(model: Any, plan: EmploymentPlan, kept: set[int], *, by: User, at: datetime) -> None:
    for row in model.objects.in_plan().filter(plan=plan).exclude(pk__in=kept):
        row.plan = plan
        row.removed_at, row.removed_by, row.removed_reason = at, by, REMOVED_WITH_DRAFT
        if hasattr(row, "removal"):
            row.removal = "entered_in_error"
        record(row, by=by, at=at, reason=DRAFT_DELETED)


def bring_back(
    model: Any, plan: EmploymentPlan, items: dict[int, Any], set_bound: Any, *, by: User, at: datetime
) -> None:
    for row in model.objects.filter(plan=plan, pk__in=items):
        row.plan = plan
        row.removed_at, row.removed_by, row.removed_reason = None, None, ""
        if hasattr(row, "removal"):
            row.removal = ""
        set_bound(row, items[row.pk])
        record(row, by=by, at=at, reason=DRAFT_DELETED)
