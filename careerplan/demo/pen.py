"""What brings a demo plan about: a pen that writes a draft as its planner, and what sends, prints and agrees to it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from acknowledgments.agreement.sending import send
from acknowledgments.agreement.signing import acknowledge, note_opened
from acknowledgments.approvals.requests import Question, answer
from acknowledgments.approvals.requests import ask as ask_staff
from acknowledgments.enums import RequestKind
from acknowledgments.filing.making import make_paper
from acknowledgments.models import Paper, Seal
from careerplan.accounts.models import User
from careerplan.plans.actions import start_plan
from careerplan.plans.barriers import note_on_plan, save_barrier
from careerplan.plans.coenrollment import open_enrollments, others, others_of
from careerplan.plans.models import Barrier, BarrierCategory, PlanVersion
from customers.models import Customer, Program
from goals.actions import save_goal, set_career_goal
from goals.enums import CareerGoalRole, StepWho, Term
from goals.models import Goal, GoalCategory, Occupation
from goals.steps import save_step
from services.actions import add_service, save_service
from services.enums import ServiceStatus
from services.models import PlannedService, Service

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# 192.0.2.0/24 is for documentation (RFC 5737).
ADDRESS = "192.0.2.17"
# Policy wants an assessment or a barrier behind every service, and a comprehensive assessment behind an IEP.
ALL_THE_SAME = "The interview showed the need; the comprehensive assessment follows with the course."


class PaperNotMade(Exception):
    """The paper could not be rendered, so that nothing can be acknowledged."""


class Pen:
    """Writes into a customer's draft as the planner, at one time."""

    def __init__(self, version: PlanVersion, at: datetime):
        self.version = version
        self.plan = version.plan
        self.by: Any = version.created_by
        self.at = at
        self.today = timezone.localdate(at)

    def career_goal(self, role: CareerGoalRole, code: str = "", *, explores: bool = False, words: str = "") -> None:
        occupation = Occupation.objects.get(code=code) if code else None
        goal = {"occupation": occupation, "explores": explores, "words": words}
        set_career_goal(self.plan, role, **goal, by=self.by, at=self.at)

    def goal(self, statement: str, category: str, term: Term = Term.SHORT) -> Goal:
        values = {"statement": statement, "category": GoalCategory.objects.get(code=category), "term": term}
        return save_goal(self.plan, None, values, by=self.by, at=self.at)

    def barrier(self, code: str, description: str, how_addressed: str = "") -> Barrier:
        category = BarrierCategory.objects.get(code=code)
        values = {"category": category, "description": description, "how_addressed": how_addressed}
        return save_barrier(self.plan, None, values, by=self.by, at=self.at)

    def service(self, code: str, goal: Goal | None = None, **values: Any) -> PlannedService:
        """The planners of a shared plan have agreed about each."""
        agreed = {row.planner_id for row in open_enrollments(self.plan.customer) if row.planner_id is not None}
        service = Service.objects.get(code=code)
        planned = add_service(self.plan, service, goal=goal, approved_by=agreed, by=self.by, at=self.at)
        return save_service(planned, values, by=self.by, at=self.at) if values else planned

    def initial_assessment(self, goal: Goal, **values: Any) -> PlannedService:
        """The assessment that a first IEP rests on, done the day before (12.7.3)."""
        day = self.in_days(-1)
        done = {"planned_start_on": day, "actual_start_on": day, "ended_on": day, "status": ServiceStatus.COMPLETE}
        return self.service("BC-INIT", goal, **done, **values)

    def step(self, text: str, goal: Goal, *, in_days: int, who: StepWho = StepWho.CUSTOMER) -> None:
        values = {"text": text, "goal": goal, "who": who, "due_on": self.in_days(in_days)}
        save_step(self.plan, None, values, by=self.by, at=self.at)

    def note(self, **values: Any) -> None:
        note_on_plan(self.plan, values, by=self.by, at=self.at)

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)


def begin(customer: Customer, at: datetime) -> Pen:
    return Pen(start_plan(customer, by=customer.planner, at=at), at)


def begin_together(customer: Customer, at: datetime) -> Pen:
    """Begin the shared plan of a co-enrolled customer: the other program's planner approves (12.7.9)."""
    partners = tuple(others(customer, customer.planner))
    question = Question(RequestKind.START_PLAN, customer, None, str(customer), "plan", enrollments=partners)
    approved(question, "We met with her together and agreed on one plan.", customer.planner, at)
    return Pen(PlanVersion.objects.select_related("plan").get(plan__customer=customer), at)


def give_to(program: Program, planned: PlannedService, pen: Pen) -> None:
    """A service comes to the other program of a shared plan, with its planner's approval."""
    customer = pen.plan.customer
    arguments = {"service": planned.pk, "program": program.pk}
    partners = tuple(others_of(customer, [program], customer.planner))
    about, target = f"{planned.service.told}: {program.told}", f"service:{planned.pk}"
    question = Question(RequestKind.ADD_SERVICE, customer, pen.plan, about, target, arguments, partners)
    approved(question, "The Youth program pays for the course.", customer.planner, pen.at)


def approved(question: Question, reason: str, by: User, at: datetime) -> None:
    request = ask_staff(question, reason=reason, by=by, at=at)
    for enrollment in question.enrollments:
        answer(request, approves=True, by=enrollment.planner, at=at + timedelta(minutes=30))


def ask(version: PlanVersion, at: datetime) -> Seal:
    """Send the version and file its paper, so that the customer is told."""
    seal = send(version, reason=ALL_THE_SAME, by=version.created_by, at=at)
    print_papers(seal, at + timedelta(minutes=1))
    return seal


def print_papers(seal: Seal, at: datetime) -> None:
    for paper in Paper.objects.unfinished().filter(seal=seal):
        if not make_paper(paper.pk, at=at):
            paper.refresh_from_db()
            raise PaperNotMade(f"the paper of the plan could not be made ({paper.error}).")


def agree(seal: Seal, customer: Customer, at: datetime) -> None:
    seal.request.refresh_from_db()
    note_opened(seal.request, at=at - timedelta(minutes=6))
    name = str(customer)
    acknowledge(seal.request, typed_name=name, ip_address=ADDRESS, user_agent=BROWSER, by=customer.user, at=at)
    print_papers(seal, at + timedelta(minutes=1))
