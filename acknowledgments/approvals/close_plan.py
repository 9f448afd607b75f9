"""Closing a shared plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import Http404

from acknowledgments.approvals.approval import Approval, Shared, choice
from acknowledgments.enums import RequestKind
from careerplan.plans.actions import close_plan
from careerplan.plans.enums import Outcome, OutcomeReason
from customers.models import Enrollment


@dataclass(frozen=True)
class ClosePlan(Approval):
    kind = RequestKind.CLOSE_PLAN

    outcome: str = choice(Outcome)
    reason: str = ""

    def completed(self, shared: Shared) -> Self:
        if self.outcome != Outcome.NOT_COMPLETED:
            return replace(self, reason="")
        if self.reason not in OutcomeReason.values:
            raise Http404
        return self

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        about = str(Outcome(self.outcome).label)
        return f"{about}, {OutcomeReason(self.reason).label}" if self.reason else about

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        assert shared.plan is not None
        close_plan(shared.plan, outcome=self.outcome, reason=self.reason, **approval)
