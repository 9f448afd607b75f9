"""Rewording a goal of a shared plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404

from acknowledgments.approvals.approval import Shared, choice, text
from acknowledgments.approvals.of_a_goal import OfAGoal
from acknowledgments.enums import RequestKind
from customers.models import Enrollment
from goals.actions import save_goal
from goals.enums import Term
from goals.models import STATEMENT_LIMIT, GoalCategory


@dataclass(frozen=True)
class ChangeGoal(OfAGoal):
    """`category`: its code."""

    kind = RequestKind.CHANGE_GOAL
    of_a_draft = True

    statement: str = text(STATEMENT_LIMIT, required=True)
    term: str = choice(Term)
    category: str = text(30, required=True)

    def completed(self, shared: Shared) -> Self:
        if not GoalCategory.objects.filter(code=self.category).exists():
            raise Http404
        return super().completed(shared)

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        category = GoalCategory.objects.get(code=self.category)
        return f"{self.found(shared)} → {self.statement} ({category.told}, {Term(self.term).label})"

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        assert shared.plan is not None
        category = GoalCategory.objects.get(code=self.category)
        values = {"statement": self.statement, "term": self.term, "category": category}
        save_goal(shared.plan, self.in_plan(shared), values, seen=self.seen, **approval)
