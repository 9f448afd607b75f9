"""Recovering a deleted draft: statewide staff's own act, for which a planner asks (12.7.7, Delete, note)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404

from acknowledgments.agreement.drafts import may_come_back, recover_draft
from acknowledgments.approvals.approval import Approval, Shared, row_of
from acknowledgments.enums import RequestKind
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion
from customers.models import Enrollment


@dataclass(frozen=True)
class RecoverDraft(Approval):
    kind = RequestKind.RECOVER_DRAFT
    own_act = True

    version: int

    def deleted(self, shared: Shared) -> PlanVersion:
        rows = PlanVersion.objects.filter(plan=shared.plan, state=VersionState.DELETED).select_related("plan")
        found: PlanVersion = row_of(rows, self.version)
        return found

    def completed(self, shared: Shared) -> Self:
        if not may_come_back(self.deleted(shared)):
            raise Http404
        return self

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        return str(self.deleted(shared))

    def target(self) -> str:
        return f"version:{self.version}"

    def concerned(self, shared: Shared, by: Any) -> tuple[Enrollment, ...]:
        return ()

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        version = PlanVersion.objects.get(pk=self.version, plan=shared.plan)
        recover_draft(version, note=reason, by=approval["by"], at=approval["at"])
