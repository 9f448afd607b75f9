"""Plans in force with an item of every kind that the lists of 12.7.8 name, and the two doors of the next draft."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.reviews import AcknowledgmentNeeded, review_without_customer
from acknowledgments.models import Seal
from acknowledgments.rules.policy import Rule
from careerplan.plans.barriers import remove_barrier
from careerplan.plans.enums import VersionState
from careerplan.plans.models import Barrier, PlanVersion
from customers.models import Customer, Program
from goals.actions import save_goal, set_career_goal, start_goal_of
from goals.models import ActionStep, Goal, Occupation
from services.actions import remove_service, save_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.rows import date_back
from tests.stock import stocked

FIRST_STEP, SECOND_STEP = "Call the college", "Visit two employers"
OPEN = "Record the review: Plan does not require participant acknowledgment"
CLOSED = "Not possible now: a change needs the customer's acknowledgment, as the rules above say."
IEP_SERVICES = ("BC-JSST", "BC-JREQ", "WE-EXP", "TR-OST", "AP-RAP", "SS-TRAN", "RF-SUPP", "PP-SECE", "PE-ELIG")
ISS_SERVICES = ("YE-01", "YE-09", "WE-EXP", "SS-TRAN", "RF-SUPP", "PP-SECE", "PP-YB", "PE-OBJA")


@stocked
def iep() -> Customer:
    """Agreed to on paper today; the initial assessment is complete."""
    version = states.started(states.enrolled())
    pen = states.pen(version)
    pen.career_goal("employment", "31-1131")
    pen.career_goal("long_term", "29-1171")
    goal = pen.goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    pen.initial_assessment(goal)
    return in_force(pen, goal, IEP_SERVICES)


@stocked
def iss() -> Customer:
    """Agreed to on paper today; the partner program's class is complete."""
    version = states.started(states.enrolled("T1-YOUTH"))
    pen = states.pen(version)
    pen.career_goal("long_term", "47-2111")
    pen.career_goal("short_employment", words="A paid summer job")
    pen.career_goal("short_education", words="The diploma")
    goal = pen.goal("Earn the diploma", "EDUCATION_TRAINING")
    return in_force(pen, goal, ISS_SERVICES, complete="PP-YB")


@stocked
def shared() -> Customer:
    """Co-enrolled in Adult and Youth, with one planner for both; all services are the Adult program's."""
    version = states.started(states.enrolled("T1-ADULT", "T1-YOUTH"))
    pen = states.pen(version)
    pen.career_goal("employment", "31-1131")
    pen.career_goal("long_term", "29-1171")
    for role in ("short_employment", "short_education"):
        pen.career_goal(role, words="A first step")
    goal = pen.goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    program = Program.objects.get(code="T1-ADULT")
    pen.initial_assessment(goal, program=program)
    return in_force(pen, goal, IEP_SERVICES, program=program)


def in_force(pen: Any, goal: Goal, codes: tuple[str, ...], *, complete: str = "", **values: Any) -> Customer:
    pen.barrier("TRAN", "No car.")
    pen.barrier("CHLD", "Two children.")
    pen.goal("Work in the trade", "CAREER_PLAN")
    for code in codes:
        pen.service(code, goal, planned_start_on=pen.in_days(5), dollar_value=60, **said_of(code), **values)
    for text in (FIRST_STEP, SECOND_STEP):
        pen.step(text, goal, in_days=9)
    if complete:
        completed_elsewhere(service(pen.version, complete))
    return states.signed(pen.version).plan.customer


def said_of(code: str) -> dict[str, Any]:
    """What a registered apprenticeship must say before the plan is sent; nothing of another service."""
    if code != "AP-RAP":
        return {}
    return {"occupation": Occupation.objects.get(code="49-9044"), "rapids_id": "IL008950001"}


# --- items of the working copy ----------------------------------------------------------------


def service(version: PlanVersion, code: str) -> PlannedService:
    rows = PlannedService.objects.in_plan().select_related("plan__customer__planner", "service")
    return rows.get(plan=version.plan_id, service__code=code)


def barrier(version: PlanVersion, code: str = "TRAN") -> Barrier:
    rows = Barrier.objects.in_plan().select_related("plan__customer__planner", "category")
    return rows.get(plan=version.plan_id, category__code=code)


def goal(version: PlanVersion) -> Goal:
    """The goal under which everything stands; the other one has nothing."""
    return Goal.objects.in_plan().select_related("plan").filter(plan=version.plan_id).in_order()[0]


def other_goal(version: PlanVersion) -> Goal:
    return Goal.objects.in_plan().select_related("plan").filter(plan=version.plan_id).in_order()[1]


def step(version: PlanVersion, text: str = FIRST_STEP) -> ActionStep:
    return ActionStep.objects.in_plan().select_related("plan").get(plan=version.plan_id, text=text)


def who_and_when(version: PlanVersion) -> dict[str, Any]:
    return {"by": version.plan.customer.planner, "at": states.now()}


def completed_elsewhere(row: PlannedService) -> None:
    """Before the plan here was agreed to, as a service of another system comes in: past the gate."""
    today = timezone.localdate()
    date_back(row, status="complete", actual_start_on=today, ended_on=today, gate_exemption="before")
    start_goal_of(row, by=row.plan.customer.planner, at=states.now())


def completed(row: PlannedService) -> PlannedService:
    return ended(row, "complete")


def ended(row: PlannedService, status: str) -> PlannedService:
    """Started and ended today."""
    today = timezone.localdate()
    values = {"status": status, "actual_start_on": today, "ended_on": today}
    return save_service(row, values, by=row.plan.customer.planner, at=states.now())


def add_service(version: PlanVersion, code: str, **values: Any) -> PlannedService:
    pen = states.pen(version)
    usual = {"planned_start_on": pen.in_days(5), "dollar_value": 60, "program": program_for(version, code)}
    values = usual | said_of(code) | values
    return pen.service(code, goal(version), **values)


def program_for(version: PlanVersion, code: str) -> Program | None:
    """The first of the customer's programs to which the catalog offers the service; None where it offers it to none."""
    programs = Program.objects.filter(enrollments__customer=version.plan.customer_id).order_by("enrollments__id")
    entry = Service.objects.get(code=code)
    return next((program for program in programs if entry.is_offered_to(program.kind)), None)


def drop_service(version: PlanVersion, code: str, removal: str = "unavailable") -> PlannedService:
    return remove_service(service(version, code), removal=removal, **who_and_when(version))


def drop_barrier(version: PlanVersion, removal: str, code: str = "TRAN") -> Barrier:
    note = {"note": "She has a car of her own now.", **states.contact()}
    return remove_barrier(barrier(version, code), removal=removal, **note, **who_and_when(version))


# --- changes of a draft, as tables of cases name them ------------------------------------------

Change = Callable[[PlanVersion], Any]


def adds(code: str) -> Change:
    return lambda draft: add_service(draft, code)


def drops(code: str, removal: str = "unavailable") -> Change:
    return lambda draft: drop_service(draft, code, removal)


def drops_a_barrier(removal: str) -> Change:
    return lambda draft: drop_barrier(draft, removal)


def chooses_another_long_term_goal(draft: PlanVersion) -> None:
    occupation = Occupation.objects.get(code="29-1141")
    set_career_goal(draft.plan, "long_term", occupation=occupation, **who_and_when(draft))


def words_a_goal_anew(draft: PlanVersion) -> None:
    save_goal(draft.plan, goal(draft), {"statement": "Pass the next course"}, **who_and_when(draft))


# --- the doors --------------------------------------------------------------------------------


def reviewed_without_customer(version: PlanVersion, **entry: Any) -> PlanVersion:
    """The staff act; in force where no change asks for the customer.

    Raises:
        AcknowledgmentNeeded: a change does.
    """
    entry = {"text": "Reviewed by phone.", **states.contact(), **entry}
    review_without_customer(version, **entry, **who_and_when(version))
    version.refresh_from_db()
    return version


def asking(version: PlanVersion) -> list[Rule]:
    """The rules by which the review is refused without the customer; none where it was recorded, and is in force."""
    try:
        reviewed_without_customer(version)
    except AcknowledgmentNeeded as refused:
        version.refresh_from_db()
        assert version.state == VersionState.DRAFT
        return [found.rule for found in refused.decision.requirements if found.needs]
    assert version.state == VersionState.ACTIVE
    return []


def decided_by(version: PlanVersion) -> list[dict[str, Any]]:
    """What is kept with the seal of a version: each change with the rule that decided about it."""
    return Seal.objects.valid().get(version=version).decision["changes"]


def agreement_page(client: Any, version: PlanVersion) -> Page:
    client.force_login(version.plan.customer.planner)
    return Page(client.get(reverse("plan:agreement", args=[version.plan.customer_id])))
