"""A page asks at most twelve questions, also of a customer of whom all stands that it may show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acknowledgments.agreement.talking import disagree
from acknowledgments.models import AcknowledgmentRequest
from careerplan.plans.models import EmploymentPlan
from customers.models import AssessmentSection
from goals.actions import save_career_path
from goals.models import ActionStep, Goal
from goals.proposing.actions import propose_step
from goals.proving.actions import finish_own_step_with_proof
from tests import fit, states
from tests.people import planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

MOST = 12
PAGES = (
    "plan:goals",
    "plan:goal-add",
    "plan:step-add",
    "plan:barrier-add",
    "plan:assessment",
    "plan:summaries",
    "plan:career-path",
    "plan:job-fit",
    "customers:assessments",
    "customers:assessment-add",
)
OWN = ("my:dashboard", "my:career-path", "my:steps", "my:step-propose", "my:sections")


def wish(customer):
    values = {"occupation_1": fit.occupation(fit.CNA), "occupation_2": fit.occupation("51-4121"), "wage_goal": "21.50"}
    save_career_path(customer, values, by=customer.user, at=states.now())


def everything_of(version):
    """A step that the customer did and proved, one that the customer proposes, a path, and a goal that lacks much."""
    customer = version.plan.customer
    wish(customer)
    step = ActionStep.objects.get(plan=version.plan)
    finish_own_step_with_proof(step, [fit.document()], by=customer.user, at=states.now())
    propose_step(version.plan, text="Ask the college", by=customer.user, at=states.now())
    draft = states.reviewed(customer)
    states.add_goal(customer)
    return draft


@pytest.fixture
def chosen(tmp_path):
    """An occupation is chosen, and its job fit review goes on."""
    fit.onet_imported(tmp_path)
    draft = everything_of(states.signed(states.draft("T1-ADULT")))
    fit.begun(draft)
    return draft


@pytest.fixture
def explored(tmp_path):
    """The goal is career exploration."""
    fit.onet_imported(tmp_path)
    return everything_of(fit.exploring("T1-ADULT"))


def asked(client, address):
    client.get(address)  # what is read once a process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def too_many(client, addresses):
    numbers = {address: asked(client, address) for address in addresses}
    return {address: number for address, number in numbers.items() if number > MOST}


def addresses_of(version):
    customer, goal = version.plan.customer_id, Goal.objects.in_plan().filter(plan=version.plan).earliest("pk")
    sections = [section.slug for section in AssessmentSection.objects.all()]
    return [
        *(reverse(name, args=[customer]) for name in PAGES),
        reverse("plan:goal-edit", args=[customer, goal.pk]),
        reverse("plan:career-goal", args=[customer, "employment"]),
        reverse("plan:career-path-occupation", args=[customer, "first"]),
        *(reverse("customers:section", args=[customer, slug]) for slug in sections),
    ]


@pytest.mark.parametrize("state", ["chosen", "explored"])
def test_the_planners_pages_ask_few_questions(client, request, state):
    version = request.getfixturevalue(state)
    client.force_login(planner())
    assert too_many(client, addresses_of(version)) == {}


def test_the_pages_of_a_job_fit_review_ask_few_questions(client, chosen):
    review = chosen.plan.job_fit_reviews.get()
    customer = chosen.plan.customer
    screens = ("task", "skill", "knowledge")
    client.force_login(planner())
    pages = [reverse("plan:job-fit-result", args=[customer.pk, review.pk])]
    pages += [reverse("plan:job-fit-rate", args=[customer.pk, review.pk, kind]) for kind in screens]
    assert too_many(client, pages) == {}
    client.force_login(customer.user)
    pages = [reverse("my:job-fit", args=[review.pk])]
    pages += [reverse("my:job-fit-rate", args=[review.pk, kind]) for kind in screens]
    assert too_many(client, pages) == {}


def test_the_customers_own_pages_ask_few_questions(client, chosen):
    client.force_login(chosen.plan.customer.user)
    sections = [section.slug for section in AssessmentSection.objects.all()]
    about_me = [reverse("my:section", args=[slug]) for slug in sections]
    assert too_many(client, [*(reverse(name) for name in OWN), *about_me]) == {}


def test_the_dashboard_asks_few_questions_while_a_version_waits_to_which_the_customer_said_no(client):
    version = states.signed(states.draft("T1-ADULT"))
    wish(version.plan.customer)
    draft = states.reviewed(version.plan.customer)
    request = states.told(states.sent(draft))
    disagree(request, reason="Not my job", by=version.plan.customer.user, at=states.now())
    assert AcknowledgmentRequest.objects.filter(seal__version=draft).count() == 1
    client.force_login(EmploymentPlan.objects.get(pk=draft.plan_id).customer.user)
    assert too_many(client, [reverse("my:dashboard")]) == {}
