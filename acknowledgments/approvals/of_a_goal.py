"""What is asked about one goal, as it stood then: what a colleague wrote later was approved by nobody."""

from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext as _

from acknowledgments.approvals.approval import Approval, Shared, looked_up, row_of
from careerplan.base.refusals import Refusal
from goals.models import Goal


@dataclass(frozen=True)
class OfAGoal(Approval):
    """`seen`: the goal's number of changes when it was asked for."""

    goal: int
    seen: int = looked_up(0, kw_only=True)

    def found(self, shared: Shared) -> Goal:
        """The goal as it is in the plan, or Http404."""
        rows = Goal.objects.in_plan().filter(plan=shared.plan).select_related("category")
        goal: Goal = row_of(rows, self.goal)
        return goal

    def in_plan(self, shared: Shared) -> Goal:
        """As `found`; Refusal where it was removed since."""
        goal: Goal | None = Goal.objects.in_plan().filter(plan=shared.plan, pk=self.goal).first()
        if goal is None:
            raise Refusal("already-removed", _("This was already removed."))
        return goal

    def completed(self, shared: Shared) -> Self:
        return replace(self, seen=self.found(shared).row_version)

    def target(self) -> str:
        return f"goal:{self.goal}"
