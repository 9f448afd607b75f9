"""Starting a plan for a co-enrolled customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from acknowledgments.approvals.approval import Approval, Shared
from acknowledgments.enums import RequestKind
from careerplan.plans.actions import start_plan
from customers.models import Enrollment


@dataclass(frozen=True)
class StartPlan(Approval):
    kind = RequestKind.START_PLAN
    needs_a_plan = False

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        return str(shared.customer)

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        start_plan(shared.customer, **approval)
