"""A service belongs to a program that may give it, and whose approval is asked follows from both (12.7.9)."""

import pytest
from django.urls import reverse

from acknowledgments.approvals import requests as approvals
from acknowledgments.models import StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.plans.coenrollment import ApprovalNeeded
from services.actions import add_service, change_funding, remove_service, save_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.naming import offered_as, shown
from tests.people import planner, statewide, youth_planner
from tests.rows import write
from tests.shared_plans import ADULT, WORKER, enroll, program

pytestmark = pytest.mark.django_db
YOUTH = "T1-YOUTH"
MENTORING, CHILD_CARE, TRAINING = "YE-08", "SS-CHLD", "TR-OST"


@pytest.fixture
def customer():
    """Devon's in the Adult program and Priya's in the Youth program, with a draft."""
    customer = states.enrolled(ADULT)
    states.written(customer)
    enroll(customer, YOUTH, youth_planner())
    return customer


@pytest.fixture
def plan(customer):
    return states.plan_of(customer)


def entry(code):
    return Service.objects.get(code=code)


def add(plan, code, by, **options):
    return add_service(plan, entry(code), by=by, at=states.now(), **options)


def save(planned, by, **values):
    return save_service(planned, values, by=by, at=states.now())


# --- adding -----------------------------------------------------------------------------------


def test_what_only_one_program_offers_comes_under_it(plan):
    assert add(plan, TRAINING, planner()).program == program(ADULT)
    assert add(plan, MENTORING, youth_planner()).program == program(YOUTH)


def test_where_both_offer_it_there_is_a_choice(plan):
    assert add(plan, CHILD_CARE, planner()).program is None


@pytest.mark.policy("WIS-188")
def test_what_only_anothers_program_offers_waits_for_its_planner(plan):
    with pytest.raises(ApprovalNeeded) as needed:
        add(plan, MENTORING, planner())
    assert [row.planner for row in needed.value.enrollments] == [youth_planner()]
    assert not PlannedService.objects.filter(plan=plan, service__code=MENTORING).exists()


@pytest.mark.parametrize("by", [youth_planner, statewide])
def test_who_answers_for_the_program_adds_it(plan, by):
    assert add(plan, MENTORING, by()).program == program(YOUTH)


@pytest.mark.policy("WIS-188")
def test_the_planner_asks_on_a_page_and_the_approval_adds_it(client, plan, customer):
    client.force_login(planner())
    where = reverse("plan:service-add", args=[customer.pk])
    page = Page(client.post(where, {"service": MENTORING}, follow=True))
    assert "Ask for approval" in page.words
    assert f"Priya Raman ({shown(program(YOUTH))})" in page.words
    path = page.root.xpath("string(//main//form[@class='prose']/@action)")
    client.post(path, page.form(path) | {"reason": "She asked for a mentor."})
    asked = StaffRequest.objects.get(customer=customer)
    approvals.answer(asked, approves=True, by=youth_planner(), at=states.now())
    assert PlannedService.objects.get(plan=plan, service__code=MENTORING).program == program(YOUTH)


def test_from_the_catalog_the_whole_page_leads_to_the_question(client, plan, customer):
    client.force_login(planner())
    where = reverse("plan:service-add", args=[customer.pk])
    answer = client.post(where, {"service": MENTORING}, headers={"HX-Request": "true"})
    assert "/ask/" in answer.headers["HX-Redirect"]


# --- choosing ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-188")
def test_one_cannot_choose_ones_own_program_for_what_it_does_not_offer(client, plan, customer):
    planned = add(plan, MENTORING, youth_planner())
    with pytest.raises(Refusal) as refused:
        save(planned, planner(), program=program(ADULT))
    assert (refused.value.code, refused.value.field) == ("program-not-offered", "program")
    client.force_login(planner())
    page = Page(client.get(reverse("plan:service-edit", args=[customer.pk, planned.pk])))
    offered = [option.text for option in page.root.xpath("//select[@name='program']/option")]
    assert offered == ["Not set", offered_as(program(YOUTH))]


def test_the_only_program_is_chosen_already(client, customer, plan):
    """Of a row that an older release wrote without its program."""
    planned = add(plan, TRAINING, planner())
    write(planned, program=None)
    client.force_login(planner())
    path = reverse("plan:service-edit", args=[customer.pk, planned.pk])
    assert Page(client.get(path)).form(path)["program"] == str(program(ADULT).pk)


def test_a_program_in_which_the_customer_is_not_is_refused(plan):
    with pytest.raises(Refusal, match="program-not-offered"):
        save(add(plan, CHILD_CARE, planner()), planner(), program=program(WORKER))


def test_what_stands_under_a_program_of_before_can_still_be_saved(plan):
    planned = add(plan, CHILD_CARE, planner())
    write(planned, program=program(WORKER))
    planned.refresh_from_db()
    assert save(planned, planner(), notes="A bus pass.").program == program(WORKER)


def test_other_funding_comes_from_a_program_that_offers_it():
    version = states.in_force()
    planned = PlannedService.objects.filter(plan=version.plan, service__offered_youth=False)[0]
    write(planned, status="started", actual_start_on=states.today(), ended_on=None, gate_exemption="not_gated")
    enroll(version.plan.customer, YOUTH, version.plan.customer.planner)
    values = {"program": program(YOUTH), "contract": "ITA 7", "changes_on": states.today()}
    with pytest.raises(Refusal, match="program-not-offered"):
        change_funding(planned, **values, by=version.plan.customer.planner, at=states.now())


# --- what names no program --------------------------------------------------------------------


@pytest.mark.policy("WIS-188")
def test_what_names_no_program_is_removed_by_those_who_offer_it(plan):
    planned = add(plan, MENTORING, youth_planner())
    write(planned, program=None)
    planned = PlannedService.objects.get(pk=planned.pk)
    with pytest.raises(ApprovalNeeded):
        remove_service(planned, removal="not_wanted", by=planner(), at=states.now())
    both = add(plan, CHILD_CARE, planner())
    assert remove_service(both, removal="not_wanted", by=planner(), at=states.now()).removed_at
