"""A page asks the database a fixed number of questions, whatever the number of rows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.history import record_all
from careerplan.messaging.actions import send_message
from careerplan.plans.models import Barrier, BarrierCategory
from customers.models import Customer
from goals.models import ActionStep, Goal, GoalCategory
from goals.proposing.actions import decline_proposal, propose_step
from services.models import PlannedService, Service
from tests import people as cast
from tests import states
from tests.services import feeding
from tests.services.costs.money import entered, promised

pytestmark = pytest.mark.django_db

# The page's address, and how many questions it may ask. Two or three are of the list beside the steps, which checks the
# draft: they are the same however much stands in it.
LIMITS = {
    "plan:overview": 12,
    "plan:goals": 12,
    "plan:services": 12,
    "plan:agreement": 17,
    "plan:log": 12,
    "plan:versions": 12,
    "plan:assessment": 12,
    "plan:summaries": 12,
    "plan:catalog": 12,
    "plan:goal-add": 12,
    "plan:step-add": 12,
    "plan:barrier-add": 12,
    "plan:career-path": 12,
    "customer-outcomes": 9,
    "customer-worksites": 9,
    "customers:overview": 12,
    "customers:case-notes": 13,
    "customers:assessments": 12,
}


def fill(plan, by):
    """40 goals, 200 services, 20 barriers and 80 action steps more."""
    at = clock.now()
    category = GoalCategory.objects.first()
    goals = [
        Goal(plan=plan, statement=f"Goal {number}", category=category, term="short", position=100 + number)
        for number in range(40)
    ]
    record_all(goals, by=by, at=at)
    catalog = list(Service.objects.all()[:50])
    record_all(
        [
            PlannedService(
                plan=plan,
                service=catalog[number % 50],
                goal=goals[number % 40],
                planned_start_on=date(2026, 12, 1),
                planned_end_on=date(2027, 1, 31),
            )
            for number in range(200)
        ],
        by=by,
        at=at,
    )
    steps = [ActionStep(plan=plan, goal=goals[number % 40], text=f"Step {number}") for number in range(80)]
    record_all(steps, by=by, at=at)
    used = Barrier.objects.in_plan().filter(plan=plan).values("category")
    free = BarrierCategory.objects.exclude(pk__in=used).exclude(is_system=True)[:20]
    record_all([Barrier(plan=plan, category=row, description="It is so") for row in free], by=by, at=at)


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_page_of_a_full_plan_asks_as_much_as_of_a_small_one(client, people):
    david, planner = cast.david(), cast.planner()
    client.force_login(planner)
    addresses = {name: reverse(name, args=[david.pk]) for name in LIMITS}
    few = {name: asked(client, address) for name, address in addresses.items()}
    fill(david.plans.get(), planner)
    many = {name: asked(client, address) for name, address in addresses.items()}
    assert many == few
    assert {name: number for name, number in many.items() if number > LIMITS[name]} == {}


def test_the_customer_list_asks_as_much_for_a_full_page(client, people):
    client.force_login(cast.statewide())
    address = reverse("customers:list")
    few = asked(client, address)
    office = cast.david().office
    more = [
        Customer(first_name="Ada", last_name=f"Larsen{number}", email="", state_id=f"T{number}", office=office)
        for number in range(60)
    ]
    for customer in more:
        customer.set_keys()
    record_all(more, by=None, at=clock.now())
    assert asked(client, address) == few <= 14
    assert asked(client, address + "?q=ada") <= 14


@pytest.mark.parametrize("code", ["SS-TRAN", "TR-OST", "SS-CHLD"])
@pytest.mark.parametrize("has_draft", [False, True])
def test_the_page_of_a_service_asks_as_much_of_a_full_plan_as_of_a_small_one(client, people, code, has_draft):
    angela, planner = cast.angela(), cast.planner()
    plan = states.reviewed(angela).plan if has_draft else angela.plans.get()
    client.force_login(planner)
    row = plan.services.in_plan().select_related("plan__customer", "service").get(service__code=code)
    address = reverse("plan:service-edit", args=[angela.pk, row.pk])
    few = asked(client, address)
    if has_draft:
        fill(plan, planner)
    for _number in range(8):
        promised(entered("1.00", service=row))
        feeding.waiting(angela, service=code)
    assert asked(client, address) == few <= 12


# The pages of one row, of what the customer proposed, and of the customer.
OF_A_STEP = {"plan:goal-edit": 20, "plan:step-edit": 16, "plan:step-proof": 13, "plan:proposal-accept": 14}
OWN_STEPS = {"my:steps": 7, "my:step-propose": 7, "my:step-proof": 7}


def add_steps(version, number):
    write = states.pen(version)
    for each in range(number):
        write.step(f"Step {each}", write.goal(f"Goal {each}", "CAREER_PLAN"), in_days=3)


def add_proposals(plan, number):
    """As many that wait as were declined."""
    customer, goal, at = plan.customer, plan.goals.in_plan()[0], clock.now()
    for each in range(number):
        declined = propose_step(plan, text=f"Declined {each}", by=customer.user, at=at)
        decline_proposal(declined, word="Not now.", by=customer.planner, at=at)
        propose_step(plan, text=f"Proposed {each}", goal=goal, by=customer.user, at=at)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("name", OF_A_STEP)
def test_a_page_of_a_goal_or_a_step_asks_as_much_of_a_full_plan_as_of_a_small_one(client, name):
    version = states.reviewed(cast.angela())
    plan = version.plan
    add_proposals(plan, 1)
    client.force_login(cast.planner())
    rows = {"plan:goal-edit": plan.goals.in_plan(), "plan:proposal-accept": plan.step_proposals.waiting()}
    row = rows.get(name, plan.action_steps.in_plan())[0]
    address = reverse(name, args=[cast.angela().pk, row.pk])
    few = asked(client, address)
    add_steps(version, 12)
    add_proposals(plan, 12)
    many = asked(client, address)
    assert many == few
    assert many <= OF_A_STEP[name]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("name", OWN_STEPS)
def test_the_customers_pages_of_steps_ask_as_much_of_many_as_of_few(client, name):
    plan = states.newest(cast.angela()).plan
    add_proposals(plan, 1)
    client.force_login(cast.angela().user)
    step = plan.action_steps.in_plan().filter(done_on=None)[0]
    address = reverse(name, args=[step.pk] if name == "my:step-proof" else [])
    few = asked(client, address)
    version = states.reviewed(cast.angela())
    add_steps(version, 12)
    for proposal in plan.step_proposals.waiting():
        decline_proposal(proposal, word="Not now.", by=cast.planner(), at=clock.now())
    states.signed(version)
    add_proposals(plan, 12)
    many = asked(client, address)
    assert many == few
    assert many <= OWN_STEPS[name]


def test_the_customers_dashboard_asks_as_much_of_a_full_plan_as_of_a_small_one(client, people):
    angela = cast.angela()
    client.force_login(angela.user)
    few = asked(client, reverse("my:dashboard"))
    version = states.reviewed(angela)
    write = states.pen(version)
    for number in range(40):
        goal = write.goal(f"Goal {number}", "CAREER_PLAN")
        write.service("BC-COUN", goal, planned_start_on=write.today)
        write.step(f"Step {number}", goal, in_days=3)
    states.acknowledged(states.told(states.sent(version)))
    for number in range(9):
        send_message(angela.user, subject=f"Hello {number}", body="-", path="", by=cast.planner(), at=states.now())
    assert asked(client, reverse("my:dashboard")) == few <= 12
