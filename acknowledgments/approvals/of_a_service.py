"""What is asked about one planned service, whatever it is."""

from dataclasses import dataclass
from typing import Any, Self

from acknowledgments.approvals.approval import Approval, Shared, not_found, row_of
from customers.models import Enrollment
from services.models import PlannedService
from services.programs import others_answering


@dataclass(frozen=True)
class OfAService(Approval):
    service: int

    def planned(self, shared: Shared) -> PlannedService:
        """As it stands in the plan, or Http404."""
        rows = PlannedService.objects.in_plan().filter(plan=shared.plan).select_related("service", "program")
        found: PlannedService = row_of(rows, self.service)
        return found

    def stored(self, shared: Shared) -> PlannedService:
        """As it is stored, though it may have left the plan by now: then the action says so."""
        return PlannedService.objects.get(pk=self.service, plan=shared.plan)

    def completed(self, shared: Shared) -> Self:
        self.planned(shared)
        return self

    def named(self, shared: Shared) -> str:
        """The service, and the program that it belongs to, where it belongs to one."""
        planned = self.planned(shared)
        program = planned.program
        return f"{planned.service.told}, {program.told}" if program else planned.service.told

    def target(self) -> str:
        return f"service:{self.service}"

    def concerned(self, shared: Shared, by: Any) -> tuple[Enrollment, ...]:
        return tuple(others_answering(self.planned(shared), by)) or not_found()
