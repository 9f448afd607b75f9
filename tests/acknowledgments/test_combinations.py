"""Two things at once, each right alone: a draft that ended and what was done meanwhile, a program joined since."""

from datetime import date

import pytest
from django.utils import timezone

from acknowledgments.agreement.declining import decline, note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.drafts import delete_draft, recover_draft
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.approvals.requests import Question
from acknowledgments.enums import RequestKind
from careerplan.base.history import record
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.plans.actions import open_review, register_legacy_plan
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.coenrollment import ApprovalNeeded, others_of
from careerplan.plans.gate import TooEarly
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan
from careerplan.plans.rows import put_back
from customers.actions import add_case_note
from customers.models import Enrollment
from goals.actions import remove_career_goal, save_goal, set_career_goal
from goals.items import ACTION_STEP
from goals.models import ActionStep, Occupation
from goals.steps import remove_step, save_step
from services.actions import add_service, change_funding, save_service
from services.models import PlannedService, Service
from tests import plans_in_force as plans
from tests import states
from tests.goal_statuses import OFF_TRACK
from tests.lacking import codes_lacking
from tests.people import planner, statewide, youth_planner
from tests.shared_plans import ADULT, WORKER, approved, asked, enroll, priyas, program, question, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = timezone.localdate()


def by(person=planner):
    return {"by": person(), "at": states.now()}


def leave(customer, code):
    enrollment = Enrollment.objects.get(customer=customer, program__code=code, exited_on=None)
    enrollment.status, enrollment.exited_on = "exited", TODAY
    record(enrollment, **by())


@pytest.fixture
def customer():
    return states.in_force().plan.customer


def step_of(customer):
    return ActionStep.objects.select_related("plan__customer", "goal").get(plan__customer=customer)


# --- drafts that ended ----------------------------------------------------------------------------


@pytest.mark.policy("WIS-134", "AMB-W9")
def test_a_draft_is_not_recovered_over_a_step_that_was_done_since(customer):
    review = states.reviewed(customer)
    save_step(review.plan, step_of(customer), {"text": "Sign the contract", "rewording": "another"}, **by())
    states.deleted(review)
    save_step(review.plan, step_of(customer), {"done_on": TODAY}, **by())
    with pytest.raises(Refusal) as refused:
        recover_draft(states.newest(customer), **by(statewide))
    assert refused.value.code == "step-done-since"
    save_step(review.plan, step_of(customer), {"done_on": None}, **by())
    recover_draft(states.newest(customer), **by(statewide))
    assert step_of(customer).text == "Sign the contract"


@pytest.mark.policy("WIS-134", "AMB-W30")
def test_a_step_that_left_with_a_version_and_comes_back_is_added_once_more(customer):
    review = states.reviewed(customer)
    remove_step(step_of(customer), reason="Not now", **by())
    states.pen(review).step("Visit two employers", review.plan.goals.get(), in_days=3)
    states.signed(review)
    states.reviewed(customer)
    gone = ActionStep.objects.select_related("plan__customer").get(plan=review.plan_id, removed_at__isnull=False)
    put_back(ACTION_STEP, gone, **by())
    step = ActionStep.objects.select_related("plan__customer").get(pk=gone.pk)
    assert states.rules_of(states.newest(customer))["added", step.text] == "WI-IEP-ACK-7"
    with pytest.raises(TooEarly):
        save_step(step.plan, step, {"done_on": TODAY}, **by())


@pytest.mark.policy("WIS-188")
def test_a_service_that_another_program_funds_since_does_not_leave_with_the_draft_unasked():
    review = open_review(states.plan_of(shared_angela()), **by())
    entry = Service.objects.get(code="BC-JREQ")
    planned = add_service(review.plan, entry, goal=plans.goal(review), **by())
    save_service(planned, {"program": program(ADULT), "status": "started", "actual_start_on": TODAY}, **by())
    other = {"program": program(WORKER), "contract": "DW 1", "changes_on": TODAY}
    change_funding(planned, **other, approved_by={youth_planner().pk}, **by())
    with pytest.raises(ApprovalNeeded):
        delete_draft(review, reason="Begun too early", **by())


@pytest.mark.policy("AMB-X4")
def test_what_a_recalled_version_permitted_does_not_serve_the_one_that_is_sent_anew(settings):
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    version = states.draft()
    states.sent(version, electronic=False)
    note_unable(states.newest(version.plan.customer), reason="no_answer", **states.contact(note="None."), **by())
    planned = PlannedService.objects.select_related("plan__customer").get(plan=version.plan, service__code="TR-OST")
    planned = save_service(planned, {"status": "started", "actual_start_on": TODAY}, **by())
    states.recalled(states.newest(version.plan.customer))
    states.sent(states.newest(version.plan.customer), electronic=False)
    planned = save_service(planned, {"status": "planned", "actual_start_on": None}, **by())
    with pytest.raises(TooEarly):
        save_service(planned, {"status": "started", "actual_start_on": TODAY}, **by())


# --- programs that were joined or left meanwhile --------------------------------------------------

ON_FILE = {"system": "ASSET", "acknowledged_on": date(2026, 8, 3), "next_review_on": date(2026, 12, 1)}


@pytest.mark.policy("AMB-W29", "AMB-W21")
@pytest.mark.parametrize("joined", [False, True])
def test_who_joined_a_program_since_the_older_plan_was_acknowledged_is_asked(joined):
    customer = states.enrolled()
    register_legacy_plan(customer, ON_FILE, **by())
    if joined:
        enroll(customer, "T1-YOUTH", customer.planner)
    version = states.written(customer)
    assert states.decided(version).needs_acknowledgment is joined


@pytest.mark.policy("AMB-W29", "ILL-075")
def test_a_plan_that_moves_here_with_a_goal_off_track_asks():
    customer = states.enrolled()
    register_legacy_plan(customer, ON_FILE, **by())
    version = states.written(customer)
    save_goal(version.plan, plans.goal(version), OFF_TRACK, **by())
    with pytest.raises(Refusal) as refused:
        review_without_customer(version, text="Moved.", unchanged=True, **states.contact(), **by())
    assert refused.value.code == "acknowledgment-needed"


@pytest.mark.policy("AMB-W21")
def test_a_career_area_is_no_long_term_goal_once_the_customer_is_a_youth(customer):
    review = states.reviewed(customer)
    set_career_goal(review.plan, "long_term", occupation=Occupation.objects.filter(level="major")[0], **by())
    states.signed(review)
    enroll(customer, "T1-YOUTH", customer.planner)
    version = states.reviewed(customer)
    plan = EmploymentPlan.objects.select_related("customer").get(pk=version.plan_id)
    assert "ISS-LONG-TERM-AREA" in codes_lacking(version)
    set_career_goal(plan, "long_term", occupation=Occupation.objects.get(code="29-1141"), **by())
    assert "ISS-LONG-TERM-AREA" not in codes_lacking(version)


@pytest.mark.policy("AMB-W23")
def test_the_employment_goal_stays_fixed_while_the_customer_is_in_youth_only(customer):
    enroll(customer, "T1-YOUTH", customer.planner)
    leave(customer, "T1-ADULT")
    review = states.reviewed(customer)
    goal = review.plan.career_goals.select_related("plan__customer").get(role="employment")
    with pytest.raises(Refusal) as refused:
        set_career_goal(review.plan, "employment", occupation=Occupation.objects.get(code="29-1141"), **by())
    assert refused.value.code == "employment-goal-fixed"
    with pytest.raises(Refusal):
        remove_career_goal(goal, reason="Not asked of youth", **by())


# --- reasons, and questions that have gone stale --------------------------------------------------


@pytest.mark.policy("WIS-126", "AMB-W4")
def test_a_barrier_does_not_leave_for_the_reason_of_one_that_took_its_place(customer):
    states.reviewed(customer)
    barrier = Barrier.objects.select_related("plan__customer").get(plan__customer=customer)
    housing = BarrierCategory.objects.exclude(code__in=["TRAN", "NONE", "OTHR"])[0]
    barrier = save_barrier(barrier.plan, barrier, {"category": housing}, **by())
    with pytest.raises(Refusal) as refused:
        remove_barrier(barrier, removal="resolved", **states.contact(note="She has a flat now."), **by())
    assert refused.value.code == "became-another"


def test_an_ending_that_was_approved_does_not_overwrite_what_was_recorded_since():
    customer = shared_angela()
    planned = priyas("BC-JSST")
    ended = {"was": planned.status, "status": "never_provided", "reason": "no_show", "ended_on": ""}
    arguments = {"service": planned.pk, **ended}
    partners = tuple(others_of(customer, [planned.program], planner()))
    plan = states.plan_of(customer)
    asking = Question(RequestKind.END_SERVICE, customer, plan, "x", f"service:{planned.pk}", arguments, partners)
    request = asked(asking, planner())
    save_service(planned, {"status": "started", "actual_start_on": TODAY}, **by(youth_planner))
    with pytest.raises(Refusal) as refused:
        approved(request, youth_planner())
    assert refused.value.code == "ended-since"


def test_a_career_goal_that_was_approved_does_not_overwrite_a_newer_choice():
    customer = shared_angela()
    review = open_review(states.plan_of(customer), **by())
    current = review.plan.career_goals.in_plan().get(role="long_term")
    words = {"role": "long_term", "explores": False, "words": "", "seen": current.row_version}
    kind = RequestKind.CHANGE_CAREER_GOAL
    request = asked(
        question(customer, kind, planner(), "career-goal:long_term", occupation="29-1141", **words), planner()
    )
    set_career_goal(review.plan, "long_term", occupation=Occupation.objects.get(code="47-2111"), **by(statewide))
    with pytest.raises(StaleRow):
        approved(request, youth_planner())


def test_what_has_started_was_provided():
    shared_angela()
    planned = priyas("TR-OST")
    assert planned.actual_start_on
    values = {"status": "never_provided", "never_provided_reason": "no_show"}
    with pytest.raises(Refusal) as refused:
        save_service(planned, values, **by(youth_planner))
    assert refused.value.code == "started-and-never-provided"


# --- words and days -------------------------------------------------------------------------------


def test_evidence_on_paper_carries_the_words_of_the_form():
    customer = states.enrolled()
    version = states.sent(states.written(customer), electronic=False).version
    about = {"method": "paper", "agreed_on": TODAY, "name": str(customer), "sender": "nobody"}
    agreement = record_agreement(version, **about, statement=" \u200b ", **by())
    assert agreement.statement.startswith("I helped make this plan.")
    assert agreement.sender == ""


def test_no_contact_is_still_to_come(customer):
    tomorrow = states.contact(contact_on=date(2031, 1, 1))
    with pytest.raises(Refusal) as refused:
        decline(states.reviewed(customer), note="She wants no plan.", **tomorrow, **by())
    assert (refused.value.code, refused.value.field) == ("day-to-come", "contact_on")
    with pytest.raises(Refusal):
        add_case_note(customer, subject="A talk", text="We talked.", **tomorrow, **by())
