"""Co-enrollment: one shared plan, and the planners whose approval a change of it needs (12.7.9).

A customer is co-enrolled who has open enrollments of two or more planners. Statewide staff answer for every program
and need nobody's approval; an enrollment whose planner has left asks nobody.
"""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from careerplan.plans.models.plans import EmploymentPlan
from customers.models import Customer, Enrollment, Program

NOBODY: frozenset[int] = frozenset()


class ApprovalNeeded(Refusal):
    """Another program's planner has to approve this first; `enrollments` says whose. A page asks them."""

    has_page = True

    def __init__(self, enrollments: list[Enrollment]):
        people = ", ".join(f"{row.planner} ({row.program})" for row in enrollments)
        super().__init__(
            "approval-needed",
            _("This plan is shared. Ask for the approval of %(people)s first (12.7.9).") % {"people": people},
        )
        self.enrollments = enrollments


def open_enrollments(customer: Customer) -> list[Enrollment]:
    """The customer's programs of today, with their planners. One query."""
    rows = Enrollment.objects.filter(customer=customer, exited_on__isnull=True)
    return list(rows.select_related("program", "planner").order_by("begun_on", "id"))


def others(customer: Customer, by: User) -> list[Enrollment]:
    """The enrollments of a co-enrolled customer that other planners answer for. One query."""
    return others_among(open_enrollments(customer), by)


def others_among(enrollments: list[Enrollment], by: User) -> list[Enrollment]:
    """As `others`, where the customer's open enrollments are at hand."""
    found = [row for row in enrollments if row.planner is not None and row.planner.is_active]
    if by.role == Role.STATEWIDE or len({row.planner_id for row in found}) < 2:
        return []
    return [row for row in found if row.planner_id != by.pk]


def others_of(customer: Customer, programs: Iterable[Program | None], by: User) -> list[Enrollment]:
    """As `others`, of these programs alone."""
    keys = {program.pk for program in programs if program is not None}
    return [row for row in others(customer, by) if row.program_id in keys] if keys else []


def require_approval(enrollments: list[Enrollment], approved_by: Collection[int]) -> None:
    """Raises ApprovalNeeded where a planner of these enrollments has not approved. `approved_by`: keys of people."""
    waiting = [row for row in enrollments if row.planner_id not in approved_by]
    if waiting:
        raise ApprovalNeeded(waiting)


def require_approval_of_goal_change(plan: EmploymentPlan, approved_by: Collection[int], *, by: User) -> None:
    """A goal that was once agreed to in a shared plan changes together only; a first draft is still being written."""
    if plan.was_active():
        require_approval(others(plan.customer, by), approved_by)
