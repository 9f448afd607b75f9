"""Removing a goal of a shared plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from acknowledgments.approvals.approval import Shared
from acknowledgments.approvals.of_a_goal import OfAGoal
from acknowledgments.enums import RequestKind
from careerplan.base.history import ensure_current
from customers.models import Enrollment
from goals.actions import remove_goal


@dataclass(frozen=True)
class RemoveGoal(OfAGoal):
    kind = RequestKind.REMOVE_GOAL
    of_a_draft = True

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        return str(self.found(shared))

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        goal = self.in_plan(shared)
        ensure_current(goal, self.seen)
        remove_goal(goal, reason=reason[:300], **approval)
