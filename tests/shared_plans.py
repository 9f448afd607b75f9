"""Co-enrolled customers, whose plan two programs share: Devon's Adult program and Priya's Dislocated Worker program."""

from typing import Any

from django.utils import timezone

from acknowledgments.approvals import requests as approvals
from acknowledgments.approvals.requests import Question
from acknowledgments.enums import RequestKind
from acknowledgments.models import StaffRequest
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.plans.coenrollment import others
from careerplan.plans.loose_ends import as_text
from customers.enums import EnrollmentStatus
from customers.models import Customer, Enrollment, Program
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.people import angela, planner, statewide, youth_planner

ADULT, WORKER = "T1-ADULT", "T1-DW"


def program(code: str) -> Program:
    return Program.objects.get(code=code)


def enroll(customer: Customer, code: str, by: User | None) -> Enrollment:
    """A further enrollment, of which this planner takes care; nobody where None."""
    enrollment = Enrollment(
        customer=customer,
        program=program(code),
        planner=by,
        begun_on=timezone.localdate(),
        status=EnrollmentStatus.ENROLLED,
    )
    record(enrollment, by=planner(), at=states.now())
    return enrollment


def co_enrolled() -> Customer:
    """Without a plan: Devon's in the Adult program, Priya's in the other."""
    customer = states.enrolled(ADULT)
    enroll(customer, WORKER, youth_planner())
    return customer


def shared_angela() -> Customer:
    """Her version 1 is in force, all its services are the Adult program's; Priya's program has joined."""
    customer = angela()
    enroll(customer, WORKER, youth_planner())
    return customer


def service(code: str) -> PlannedService:
    rows = PlannedService.objects.in_plan().select_related("plan__customer", "program", "service")
    return rows.get(plan__customer=angela(), service__code=code)


def priyas(code: str) -> PlannedService:
    """A service of Angela's that belongs to Priya's program."""
    save_service(service(code), {"program": program(WORKER)}, by=statewide(), at=states.now())
    return service(code)


def question(customer: Customer, kind: RequestKind, by: User, target: str = "plan", **arguments: Any) -> Question:
    """What concerns the whole plan: every other program's planner has to approve."""
    plan = None if kind == RequestKind.START_PLAN else states.plan_of(customer)
    return Question(kind, customer, plan, str(customer), target, arguments, tuple(others(customer, by)))


def closing(customer: Customer, by: User) -> Question:
    answers = as_text(states.all_elsewhere(states.plan_of(customer)))
    return question(customer, RequestKind.CLOSE_PLAN, by, outcome="completed", reason="", answers=answers)


def asked(question: Question, by: User) -> StaffRequest:
    return approvals.ask(question, reason="We agreed on it by phone.", by=by, at=states.now())


def approved(request: StaffRequest, by: User) -> StaffRequest:
    return approvals.answer(request, approves=True, by=by, at=states.now())
