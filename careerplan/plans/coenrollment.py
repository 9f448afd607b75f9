"""Co-enrollment: one shared plan, and the planners whose approval a change of it needs (12.7.9).

A customer is co-enrolled who has open enrollments of two or more planners. Statewide staff answer for every program
and need nobody's approval; an enrollment whose planner has left asks nobody.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.addresses import LONGEST_ADDRESS
from careerplan.base.refusals import Refusal
from careerplan.plans.models.plans import EmploymentPlan
from customers.models import Customer, Enrollment, Program

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Asked:
    """What an action was about to do as it found that others have to approve: its name and what it was given, as plain
    data (`acknowledgments/approvals` has a class for each). `field`: of the form that shows the refusal, for an action
    whose form holds more than what is asked."""

    action: str
    arguments: dict[str, Any] = dataclass_field(default_factory=dict)
    field: str | None = None

    def address(self, customer_id: int) -> str:
        """Of the page that asks those who have to approve.

        Raises Refusal where no address holds what is asked: letters of other scripts count six to nine there.
        """
        words = {name: word(value) for name, value in self.arguments.items()}
        address = f"{reverse('plan:ask', args=[customer_id, self.action])}?{urlencode(words)}"
        if len(address) > LONGEST_ADDRESS:
            raise Refusal(
                "too-long-to-ask",
                _("The other planners can't be asked about so much text at once. Shorten your notes, and try again."),
                field=self.field,
            )
        return address


def word(value: Any) -> str:
    """A value in an address."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


class ApprovalNeeded(Refusal):
    """Another program's planner has to approve this first; `enrollments` says whose, `asked` what. A page asks them."""

    def __init__(self, enrollments: list[Enrollment], asked: Asked | None = None):
        people = "; ".join(f"{row.planner}, {row.program.told}" for row in enrollments)
        super().__init__(
            "approval-needed",
            _("This plan is shared. Ask for the approval of %(people)s first (12.7.9).") % {"people": people},
            field=asked.field if asked else None,
        )
        self.enrollments = enrollments
        self.asked = asked
        self.leads_to = asked.address(enrollments[0].customer_id) if asked else ""
        self.leads_as = _("Ask for approval")
        self.has_page = bool(asked and asked.field is None)


def open_enrollments(customer: Customer) -> list[Enrollment]:
    """The customer's programs of today, with their planners. One query."""
    rows = Enrollment.objects.filter(customer=customer).still_open().with_programs()
    return list(rows.select_related("planner").order_by("begun_on", "id"))


def others(customer: Customer, by: User) -> list[Enrollment]:
    """The enrollments of a co-enrolled customer that other planners answer for. One query."""
    return others_among(open_enrollments(customer), by)


def others_among(enrollments: list[Enrollment], by: User) -> list[Enrollment]:
    """As `others`, where the customer's open enrollments are at hand. One query where their planners are not."""
    planned = [row for row in enrollments if row.planner_id is not None]
    if by.role == Role.STATEWIDE or not of_several_planners(planned):
        return []
    prefetch_related_objects(planned, "planner")
    found = [row for row in planned if row.planner is not None and row.planner.is_active]
    if not of_several_planners(found):
        return []
    return [row for row in found if row.planner_id != by.pk]


def of_several_planners(enrollments: list[Enrollment]) -> bool:
    return len({row.planner_id for row in enrollments}) > 1


def others_of(customer: Customer, programs: Iterable[Program | None], by: User) -> list[Enrollment]:
    """As `others`, of these programs alone."""
    keys = {program.pk for program in programs if program is not None}
    return [row for row in others(customer, by) if row.program_id in keys] if keys else []


def require_approval(enrollments: list[Enrollment], approved_by: Collection[int], asked: Asked | None = None) -> None:
    """Raises ApprovalNeeded where a planner of these enrollments has not approved. `approved_by`: keys of people."""
    waiting = [row for row in enrollments if row.planner_id not in approved_by]
    if waiting:
        raise ApprovalNeeded(waiting, asked)


def require_approval_of_goal_change(
    plan: EmploymentPlan, approved_by: Collection[int], asked: Asked | None = None, *, by: User
) -> None:
    """A goal that was once agreed to in a shared plan changes together only; a first draft is still being written."""
    if plan.was_active():
        require_approval(others(plan.customer, by), approved_by, asked)
