"""A service comes to another program, or leaves one; with a day, it goes on under that program's funding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from acknowledgments.approvals.approval import Shared, not_found, row_of, text
from acknowledgments.approvals.of_a_service import OfAService
from acknowledgments.enums import RequestKind
from careerplan.base.dates import in_row
from careerplan.plans.coenrollment import others_of
from customers.models import Enrollment, Program
from services.actions import change_funding, save_service
from services.programs import may_belong_to


@dataclass(frozen=True)
class AddService(OfAService):
    kind = RequestKind.ADD_SERVICE

    program: int | None = None
    changes_on: date | None = None
    contract: str = text(100)

    def completed(self, shared: Shared) -> Self:
        planned, program = self.planned(shared), self.new_program()
        if program is not None and not may_belong_to(planned, program):
            not_found()
        return self

    def new_program(self) -> Program | None:
        found: Program | None = row_of(Program.objects.all(), self.program) if self.program else None
        return found

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        planned = self.planned(shared)
        programs = [program.told if program else _("no program") for program in (planned.program, self.new_program())]
        about = f"{planned.service.told}: {' → '.join(programs)}"
        return f"{about}, {in_row(self.changes_on)}, {self.contract}" if self.changes_on else about

    def concerned(self, shared: Shared, by: Any) -> tuple[Enrollment, ...]:
        moved = [self.planned(shared).program, self.new_program()]
        return tuple(others_of(shared.customer, moved, by)) or not_found()

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        planned = self.stored(shared)
        program = Program.objects.get(pk=self.program) if self.program else None
        if self.changes_on is None:
            save_service(planned, {"program": program}, **approval)
        else:
            change: dict[str, Any] = {"program": program, "contract": self.contract, "changes_on": self.changes_on}
            change_funding(planned, **change, **approval)
