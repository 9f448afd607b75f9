"""Brings customers and plans to states through the product's own actions."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from acknowledgments.agreement import sending, signing
from acknowledgments.agreement.declining import decline
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.in_force import decision_for
from acknowledgments.agreement.talking import ask_about_item
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.enums import Method
from acknowledgments.models import AcknowledgmentRequest, ItemQuestion, Paper, Seal
from acknowledgments.rules.decisions import Decision
from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, User
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.demo import cast
from careerplan.demo.pen import Pen, print_papers
from careerplan.plans import actions as planning
from careerplan.plans.enums import Outcome
from careerplan.plans.loose_ends import Answer, loose_ends
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.pages import newest_plan
from customers.enums import ContactMethod
from customers.models import Customer, Enrollment, Program
from goals.actions import save_goal
from goals.enums import CareerGoalRole
from goals.items import GOAL
from goals.models import Goal
from services.items import SERVICE
from tests import people
from tests.stock import stocked

numbers = itertools.count(1)


def now() -> datetime:
    return clock.now()


def today() -> date:
    """The installation's day, which in the evening is not that of UTC."""
    return timezone.localdate()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def contact(**values: Any) -> dict[str, Any]:
    """The contact that a case note confirms."""
    return {"contact_on": timezone.localdate(), "contact_method": ContactMethod.PHONE, **values}


# --- customers --------------------------------------------------------------------------------


@stocked
def enrolled(*programs: str, with_sign_in: bool = True) -> Customer:
    """A new customer of the Harbor Street planner, in the programs (T1-ADULT where none is named), without a plan."""
    number, planner, office = next(numbers), people.planner(), Office.objects.get(name=cast.HARBOR)
    name = {"first_name": "Nora", "last_name": f"Number{number}", "email": f"nora.{number}@careerplan.test"}
    user = User(username=f"nora.{number}", role=Role.CUSTOMER, **name) if with_sign_in else None
    if user is not None:
        record(user, by=planner, at=now())
    customer = Customer(user=user, state_id=f"N{number}", office=office, planner=planner, **name)
    customer.set_keys(name["email"])
    record(customer, by=planner, at=now())
    for code in programs or ("T1-ADULT",):
        program = Program.objects.get(code=code)
        enrollment = Enrollment(customer=customer, program=program, planner=planner, begun_on=date(2026, 1, 5))
        record(enrollment, by=planner, at=now())
    return customer


# --- plans and versions -----------------------------------------------------------------------


def plan_of(customer: Customer) -> EmploymentPlan:
    plan = newest_plan(customer)
    assert plan is not None
    return plan


def newest(customer: Customer) -> PlanVersion:
    """The newest version of the customer's plan, whatever its state."""
    return plan_of(customer).versions.select_related("plan", "created_by").order_by("-number")[0]


def started(customer: Customer, *, at: datetime | None = None) -> PlanVersion:
    return planning.start_plan(customer, by=customer.planner, at=at or now())


def reviewed(customer: Customer) -> PlanVersion:
    """The next draft, opened by Update/Review."""
    return planning.open_review(plan_of(customer), by=customer.planner, at=now())


def pen(version: PlanVersion) -> Pen:
    """Writes into the draft."""
    return Pen(version, now())


def written(customer: Customer, *, at: datetime | None = None) -> PlanVersion:
    """A first draft, begun at this time (now), with all that an IEP needs before it is sent."""
    version = started(customer, at=at)
    write = pen(version)
    write.career_goal(CareerGoalRole.EMPLOYMENT, "31-1131")
    write.barrier("TRAN", "No car.")
    goal = write.goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    write.initial_assessment(goal)
    write.service("TR-OST", goal, planned_start_on=write.in_days(10))
    write.step("Hand in the health form", goal, in_days=5)
    return version


ALL_THE_SAME = "The need was plain from the interview."


def add_goal(customer: Customer, statement: str = "Find a flat") -> Goal:
    """One more goal, into the open draft."""
    plan = plan_of(customer)
    category = Goal.objects.filter(plan=plan)[0].category
    values = {"statement": statement, "category": category, "term": "short", "status": "not_started"}
    return save_goal(plan, None, values, by=customer.planner, at=now())


def talked() -> sending.Contact:
    """The review that comes before a later version is sent."""
    return sending.Contact(timezone.localdate(), ContactMethod.PHONE, "We went through the plan together.")


def decided(version: PlanVersion) -> Decision:
    """What the rules say today of the draft as it stands."""
    plan = EmploymentPlan.objects.select_related("customer").get(pk=version.plan_id)
    return decision_for(version, contents_of(plan, version), on=timezone.localdate())


def rules_of(version: PlanVersion) -> dict[tuple[str, str], str]:
    """The code of the rule for each change of the draft, by kind and label."""
    found = decided(version).requirements
    return {(row.change.kind, row.change.label): row.rule.code for row in found if row.change}


def rules_of_services(version: PlanVersion) -> dict[tuple[str, str], str]:
    """The same for the services alone: the goal of a service that started follows it."""
    found = [row for row in decided(version).requirements if row.change and row.change.what == SERVICE]
    return {(row.change.kind, row.change.label): row.rule.code for row in found if row.change}


@stocked
def draft(*programs: str) -> PlanVersion:
    """A written draft of a new customer in the programs."""
    return written(enrolled(*programs))


@stocked
def in_force(*programs: str) -> PlanVersion:
    """Version 1 of a new customer's plan, signed today: an IEP, or the ISS of a youth."""
    customer = enrolled(*programs)
    return signed(written_iss(customer) if programs == ("T1-YOUTH",) else written(customer))


def written_iss(customer: Customer) -> PlanVersion:
    """A first draft with all that an ISS needs before it is sent."""
    version = started(customer)
    write = pen(version)
    write.career_goal(CareerGoalRole.LONG_TERM, "47-2111")
    for role in (CareerGoalRole.SHORT_EMPLOYMENT, CareerGoalRole.SHORT_EDUCATION):
        write.career_goal(role, words="A first step")
    write.barrier("TRAN", "No car.")
    goal = write.goal("Earn the diploma", "EDUCATION_TRAINING")
    write.service("YE-01", goal, planned_start_on=write.in_days(5))
    write.step("Sign up for the class", goal, in_days=4)
    return version


def sent(version: PlanVersion, *, electronic: bool = True) -> Seal:
    """Sealed; its paper is ordered and not yet made, so that the customer knows nothing."""
    options = {"electronic": electronic, "reason": ALL_THE_SAME, "contact": talked()}
    return sending.send(version, **options, by=version.plan.customer.planner, at=now())


def told(seal: Seal) -> AcknowledgmentRequest:
    """The paper is made and filed, and the customer is told."""
    print_papers(seal, now())
    return AcknowledgmentRequest.objects.select_related("seal__version__plan__customer__user").get(seal=seal)


def acknowledged(request: AcknowledgmentRequest, *, at: datetime | None = None) -> PlanVersion:
    customer = request.seal.version.plan.customer
    signing.acknowledge(
        request,
        typed_name=str(customer),
        ip_address="192.0.2.7",
        user_agent="a browser",
        by=customer.user,
        at=at or now(),
    )
    return newest(customer)


def signed(version: PlanVersion) -> PlanVersion:
    """Sent on paper and signed today: in force."""
    return agreed_on_paper(sent(version, electronic=False).version)


def agreed_on_paper(version: PlanVersion, *, on: date | None = None) -> PlanVersion:
    """In force by the customer's signature of that day (today where none is named) on the paper that was sent."""
    customer = version.plan.customer
    paper = {"method": Method.PAPER, "agreed_on": on or timezone.localdate(), "name": str(customer)}
    return record_agreement(version, **paper, by=customer.planner, at=now()).version


def recalled(version: PlanVersion) -> PlanVersion:
    return sending.recall(version, by=version.plan.customer.planner, at=now())


def not_completed(version: PlanVersion) -> PlanVersion:
    note = contact(note="She does not want this plan.")
    return decline(version, **note, by=version.plan.customer.planner, at=now())


def deleted(version: PlanVersion) -> PlanVersion:
    return delete_draft(version, reason="Begun by mistake", by=version.plan.customer.planner, at=now())


def all_elsewhere(plan: EmploymentPlan) -> dict[str, Answer]:
    """The answers with which a plan closes as completed: everything that is open goes on elsewhere."""
    return {end.name: Answer("elsewhere", note="At the college") for end in loose_ends(plan)}


def closed(customer: Customer, outcome: Outcome = Outcome.COMPLETED, reason: str = "") -> EmploymentPlan:
    plan = plan_of(customer)
    how = {"outcome": outcome, "reason": reason, "answers": all_elsewhere(plan)}
    return planning.close_plan(plan, **how, by=customer.planner, at=now())


def asked_about_a_goal(customer: Customer, text: str = "Why this?") -> ItemQuestion:
    """The customer asks about the first goal of the version that waits."""
    request = request_for(newest(customer))
    line = {"kind": GOAL, "item_id": request.seal.contents.goals[0].id, "text": text, "stance": "asks"}
    return ask_about_item(request, **line, by=customer.user, at=now())


def request_for(version: PlanVersion) -> AcknowledgmentRequest:
    """The newest request that asked for this version."""
    rows = AcknowledgmentRequest.objects.select_related("seal__version__plan__customer__user")
    return rows.filter(seal__version=version).order_by("-id")[0]


def paper_of(customer: Customer) -> Paper:
    """The paper that was ordered last."""
    return Paper.objects.filter(seal__version__plan__customer=customer).order_by("-id")[0]
