"""Closing a shared plan for a changed employment goal, and beginning the next one (12.7.8)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import Http404

from acknowledgments.agreement.goal_change import CHOICES, change_employment_goal
from acknowledgments.approvals.approval import Approval, Shared, text
from acknowledgments.approvals.occupations import goal_in_words, occupation_of
from acknowledgments.enums import RequestKind
from customers.models import Enrollment


@dataclass(frozen=True)
class ChangeEmploymentGoal(Approval):
    """`occupation`: its code. The flags say what is carried over: one for each of `goal_change.CHOICES`."""

    kind = RequestKind.CHANGE_EMPLOYMENT_GOAL

    explores: bool = False
    occupation: str = text(10)
    career_goals: bool = False
    barriers: bool = False
    services: bool = False
    steps: bool = False

    def completed(self, shared: Shared) -> Self:
        occupation = occupation_of(self.occupation)
        if not (self.explores or occupation):
            raise Http404
        return replace(self, occupation=occupation.code if occupation else "")

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        return goal_in_words(self.explores, self.occupation)

    def target(self) -> str:
        return "employment-goal"

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        assert shared.plan is not None
        goal: dict[str, Any] = {"occupation": occupation_of(self.occupation), "explores": self.explores}
        carried = {name: getattr(self, name) for name in CHOICES}
        change_employment_goal(shared.plan, **goal, **carried, **approval)
