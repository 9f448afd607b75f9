"""Deleting a draft that adds services of another program: they go with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import Http404
from django.utils.translation import gettext as _

from acknowledgments.agreement.drafts import added_services, delete_draft, others_losing
from acknowledgments.approvals.approval import Approval, Shared, looked_up, not_found, text
from acknowledgments.enums import RequestKind
from careerplan.base.refusals import Refusal
from careerplan.plans.models import PlanVersion
from customers.models import Enrollment
from services.models import PlannedService


@dataclass(frozen=True)
class DeleteDraft(Approval):
    """`services`: the keys of those that leave with the draft; None in a request that was made before it was kept."""

    kind = RequestKind.DELETE_DRAFT

    reason: str = text(300, required=True)
    version: int = looked_up(0)
    services: tuple[int, ...] | None = looked_up(None)

    def completed(self, shared: Shared) -> Self:
        if shared.current is None or not shared.current.is_draft:
            raise Http404
        leaving = tuple(service.pk for service in self.leaving(shared))
        return replace(self, version=shared.current.pk, services=leaving)

    def leaving(self, shared: Shared) -> list[PlannedService]:
        return added_services(shared.plan) if shared.plan is not None else []

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        asked = {enrollment.program_id for enrollment in concerned} | {None}
        named = ", ".join(row.service.told for row in self.leaving(shared) if row.program_id in asked)
        return f"{shared.current}, {named}: {self.reason}"

    def target(self) -> str:
        return f"version:{self.version}"

    def concerned(self, shared: Shared, by: Any) -> tuple[Enrollment, ...]:
        return tuple(others_losing(shared.plan, by) if shared.plan is not None else ()) or not_found()

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        version = PlanVersion.objects.get(pk=self.version, plan=shared.plan)
        leaving = tuple(service.pk for service in self.leaving(shared))
        if self.services is not None and self.services != leaving:
            raise Refusal(
                "other-services",
                _("The draft has changed, and deleting it would now remove other services. Ask again."),
            )
        delete_draft(version, reason=self.reason, **approval)
