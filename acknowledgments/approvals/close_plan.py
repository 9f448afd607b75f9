"""Closing a shared plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import Http404

from acknowledgments.approvals.approval import Approval, Shared, choice, text
from acknowledgments.enums import RequestKind
from careerplan.base.addresses import LONGEST_VALUE
from careerplan.plans.actions import close_plan
from careerplan.plans.enums import Ending, Outcome, OutcomeReason
from careerplan.plans.loose_ends import Answer, from_text
from customers.models import Enrollment


@dataclass(frozen=True)
class ClosePlan(Approval):
    kind = RequestKind.CLOSE_PLAN

    outcome: str = choice(Outcome)
    reason: str = ""
    answers: str = text(LONGEST_VALUE)

    def said_of_ends(self) -> dict[str, Answer]:
        """How each loose end ends; Http404 where the address does not say it as the form does."""
        try:
            return from_text(self.answers)
        except ValueError as error:
            raise Http404 from error

    def completed(self, shared: Shared) -> Self:
        if self.outcome != Outcome.NOT_COMPLETED:
            self.said_of_ends()
            return replace(self, reason="")
        if self.reason not in OutcomeReason.values:
            raise Http404
        return self

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        about = str(Outcome(self.outcome).label)
        if self.reason:
            return f"{about}, {OutcomeReason(self.reason).label}"
        counts = Counter(answer.ending for answer in self.said_of_ends().values())
        return "; ".join([about, *(f"{Ending(ending).label}: {number}" for ending, number in sorted(counts.items()))])

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        assert shared.plan is not None
        answers = self.said_of_ends()
        close_plan(shared.plan, outcome=self.outcome, reason=self.reason, answers=answers, **approval)
