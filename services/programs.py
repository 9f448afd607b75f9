"""The programs under which a service may be given, and whose planners answer for it (12.7.9).

A program may give what its catalog entry is offered to, to a customer who is enrolled in it. Where no program is set
yet, those that may give the service answer for it: nobody can give what only another planner's program offers.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.plans.coenrollment import open_enrollments, others_among
from customers.models import Customer, Enrollment, Program

if TYPE_CHECKING:
    from services.models import PlannedService, Service


def offered_programs(service: "Service", enrollments: Iterable[Enrollment]) -> list[Program]:
    """Of the customer's open enrollments, the programs that may give the service."""
    return [row.program for row in enrollments if service.is_offered_to(row.program.kind)]


def only_program(service: "Service", enrollments: Iterable[Enrollment]) -> Program | None:
    """The one program that may give it; None where there is a choice, or nothing to choose."""
    found = offered_programs(service, enrollments)
    return found[0] if len(found) == 1 else None


def likely_program(planned: "PlannedService", by: User) -> Program | None:
    """The one that a service without a program belongs to: the only one that may give it, else the only one of those
    that this planner answers for. None where it is for the planner to choose."""
    return likely_among(planned, open_enrollments(planned.plan.customer), by)


def likely_among(planned: "PlannedService", enrollments: list[Enrollment], by: User) -> Program | None:
    """As `likely_program`, where the open enrollments are at hand."""
    mine = [row for row in enrollments if row.planner_id == by.pk]
    return only_program(planned.service, enrollments) or only_program(planned.service, mine)


def may_belong_to(planned: "PlannedService", program: Program) -> bool:
    """A program that may give it, or the one that it names already."""
    offered = offered_programs(planned.service, open_enrollments(planned.plan.customer))
    return program in offered or program.pk == planned.program_id


def refuse_program_not_offered(service: "Service", program: Program | None, customer: Customer) -> None:
    """Raises Refusal where the customer is not enrolled in the program, or the program doesn't offer the service."""
    if program is not None and program not in offered_programs(service, open_enrollments(customer)):
        raise Refusal(
            "program-not-offered",
            _("%(program)s can't give this service to this customer. Choose one of the programs in the list.")
            % {"program": program.told},
            field="program",
        )


def others_answering(planned: "PlannedService", by: User) -> list[Enrollment]:
    """The enrollments of other planners who answer for the service; none where `by` answers for it, too."""
    enrollments = open_enrollments(planned.plan.customer)
    others = others_among(enrollments, by)
    if planned.program_id is not None:
        return [row for row in others if row.program_id == planned.program_id]
    offering = {program.pk for program in offered_programs(planned.service, enrollments)}
    asked = [row for row in others if row.program_id in offering]
    return asked if {row.program_id for row in asked} == offering else []
