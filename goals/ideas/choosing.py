"""Which ideas a planner is offered for a new goal, and what one of them fills in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from careerplan.base.spoken import Words
from careerplan.plans.models import Barrier, EmploymentPlan
from goals.ideas.models import SPANISH, GoalIdea
from goals.models import GoalCategory


@dataclass(frozen=True)
class Ideas:
    """What is offered in a plan; `category`: the code of the one that was chosen to see, "" for all."""

    plan: EmploymentPlan
    barriers: Collection[Barrier]
    offered: Sequence[GoalIdea]
    category: str = ""
    idea: str = ""

    @property
    def shown(self) -> list[tuple[GoalIdea, Words]]:
        """Each with its words."""
        rows = [idea for idea in self.offered if self.category in {"", idea.category.code}]
        return [(idea, idea.written_in(self.plan.written_in)) for idea in rows]

    @property
    def categories(self) -> list[GoalCategory]:
        """Those that have ideas here, in their order."""
        found = {idea.category_id: idea.category for idea in self.offered}
        return sorted(found.values(), key=lambda category: category.position)

    @property
    def chosen(self) -> GoalIdea | None:
        """The one from which the planner starts."""
        return next((idea for idea in self.offered if self.idea and idea.code == self.idea), None)

    def begins_with(self) -> dict[str, Any]:
        """What the form of a new goal begins with; all of it may be changed."""
        idea = self.chosen
        if idea is None:
            return {}
        barriers = [barrier for barrier in self.barriers if barrier.category_id == idea.barrier_id]
        statement = str(idea.written_in(self.plan.written_in))
        return {"statement": statement, "category": idea.category, "term": idea.term, "barriers": barriers}


def ideas_for(plan: EmploymentPlan, barriers: Collection[Barrier], *, category: str, idea: str) -> Ideas:
    """Those for the barriers of the plan first, then those for every plan; in the language of the plan. One query."""
    fits = Q(barrier=None) | Q(barrier__in=[barrier.category_id for barrier in barriers])
    rows = GoalIdea.objects.filter(fits, is_active=True, category__is_active=True).select_related("category", "barrier")
    if plan.written_in == SPANISH:
        rows = rows.exclude(spanish="")
    found = sorted(rows.order_by("category__position", "code"), key=lambda row: row.barrier is None)
    return Ideas(plan, barriers, found, category, idea)
