"""Record an assessment that an IEP rests on: one act, from where it is missed, that makes the service (12.7.3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.paper.rows import plan_rows
from acknowledgments.rules.completeness import warnings_about
from careerplan.base.refusals import Refusal
from customers.models import Assessment, Program
from goals.models import Goal
from services.assessment_steps import record_assessment_step
from services.enums import AssessmentStep
from services.models import PlannedService
from tests import states
from tests.lacking import codes_lacking
from tests.markup import Page
from tests.people import planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db
RECORD = "Record the Initial Assessment"


@pytest.fixture
def version():
    """A first draft with all that an IEP needs but its assessment."""
    version = states.started(states.enrolled())
    pen = states.pen(version)
    pen.career_goal("employment", "31-1131")
    pen.barrier("TRAN", "No car.")
    goal = pen.goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    pen.service("TR-OST", goal, planned_start_on=pen.in_days(10))
    pen.step("Hand in the health form", goal, in_days=5)
    return version


def path_of(version):
    return reverse("plan:initial-assessment", args=[version.plan.customer_id])


def record(version, **values):
    said = {"assessed_on": states.today(), "assessed_by": "Devon Okafor", "result": "Reads well; needs a ride."}
    return record_assessment_step(version.plan, **said | values, by=planner(), at=states.now())


@pytest.mark.policy("WIS-010")
def test_where_it_is_missed_a_link_leads_to_where_it_is_recorded(client, version):
    client.force_login(planner())
    assert codes_lacking(version) == ["INITIAL-ASSESSMENT"]
    agreement = reverse("plan:agreement", args=[version.plan.customer_id])
    path = Page(client.get(agreement)).links()["Record the Initial Assessment: the first IEP is based on its results."]
    assert path == path_of(version)
    said = {"assessed_on": f"{states.today():%m/%d/%Y}", "assessed_by": "Devon Okafor", "result": "Reads well."}
    page = Page(client.post(path, Page(client.get(path)).form(path) | said, follow=True))
    assert "The Initial Assessment was recorded." in page.words
    assert "Nothing is missing." in page.words  # it goes on to what is to be done next
    review = Page(client.get(reverse("plan:assessment", args=[version.plan.customer_id])))
    assert "Devon Okafor · Reads well." in review.words


@pytest.mark.policy("WIS-010")
def test_it_makes_the_service_record_and_keeps_the_result_with_who_found_it(version):
    row = record(version)
    today = states.today()
    assert (row.service.code, row.status, row.actual_start_on, row.ended_on) == ("BC-INIT", "complete", today, today)
    assert row.program == Program.objects.get(code="T1-ADULT")
    kept = Assessment.objects.get(customer=version.plan.customer)
    assert row.assessment == kept
    assert (kept.assessed_by, kept.result, kept.assessed_on) == ("Devon Okafor", "Reads well; needs a ride.", today)
    assert codes_lacking(version) == []


def test_it_starts_no_goal_and_is_no_accomplishment(client, version):
    record(version)
    assert Goal.objects.get(plan=version.plan).status == "not_started"
    client.force_login(planner())
    customer = version.plan.customer_id
    overview = Page(client.get(reverse("plan:overview", args=[customer])))
    assert "0 Completed Services" in overview.words
    outcomes = Page(client.get(reverse("customer-outcomes", args=[customer])))
    assert "Initial Assessment of Interests" not in outcomes.words


@pytest.mark.parametrize("code", ["BC-INIT", "IC-COMP"])
def test_nor_does_an_assessment_that_stands_under_a_goal(code, version):
    goal = Goal.objects.get(plan=version.plan)
    day = states.today()
    done = {"status": "complete", "actual_start_on": day, "ended_on": day}
    states.pen(version).service(code, goal, **done)
    goal.refresh_from_db()
    assert goal.status == "not_started"
    assert not PlannedService.objects.filter(plan=version.plan).accomplished().exists()


def test_one_that_was_planned_is_completed_and_none_is_added(version):
    goal = Goal.objects.get(plan=version.plan)
    planned = states.pen(version).service("BC-INIT", goal, planned_start_on=states.today())
    assert record(version).pk == planned.pk
    goal.refresh_from_db()
    assert goal.status == "not_started"


def test_where_it_is_reviewed_it_is_offered_and_told(client, version):
    client.force_login(planner())
    review = reverse("plan:assessment", args=[version.plan.customer_id])
    assert Page(client.get(review)).links()[RECORD] == path_of(version)
    record(version)
    assert "Devon Okafor · Reads well; needs a ride." in Page(client.get(review)).words


@pytest.mark.parametrize(
    ("values", "field"),
    [({"assessed_by": " "}, "assessed_by"), ({"result": ""}, "result"), ({"assessed_on": None}, "assessed_on")],
)
def test_each_of_the_three_is_needed(client, version, values, field):
    client.force_login(planner())
    said = {"assessed_on": "01/05/2026", "assessed_by": "Devon Okafor", "result": "Reads well."}
    posted = said | {name: value or "" for name, value in values.items()}
    answer = client.post(path_of(version), posted)
    assert set(answer.context["form"].errors) == {field}
    assert not PlannedService.objects.filter(plan=version.plan, service__code="BC-INIT").exists()


def test_it_is_not_recorded_for_a_day_to_come(client, version):
    client.force_login(planner())
    day = f"{states.today() + timedelta(days=1):%m/%d/%Y}"
    before = everything()
    answer = client.post(path_of(version), {"assessed_on": day, "assessed_by": "Devon Okafor", "result": "Good."})
    assert set(answer.context["form"].errors) == {"assessed_on"}
    assert changed(before, everything()) == {}


def test_without_a_draft_it_is_refused(version):
    record(version)
    states.signed(version)
    with pytest.raises(Refusal) as refused:
        record(version)
    assert refused.value.code == "no-draft"


def test_customers_and_the_paper_read_it_though_it_stands_under_no_goal(version):
    row = record(version)
    found = plan_rows(contents_of(version.plan, version))
    assert [service["name"] for service in found["groundwork"]] == [row.service.name]
    assert row.service.name in [service["name"] for service in found["services"]]


def test_a_service_that_is_no_assessment_still_needs_its_goal(version):
    record(version)
    states.pen(version).service("BC-JSST", None, planned_start_on=states.today())
    assert "SERVICE-GOAL" in codes_lacking(version)


# --- the comprehensive one ------------------------------------------------------------------------


@pytest.mark.policy("WIS-010")
def test_the_comprehensive_assessment_is_recorded_likewise(client, version):
    client.force_login(planner())
    record(version)
    assert advised(version) == ["COMPREHENSIVE-ASSESSMENT"]
    review = reverse("plan:assessment", args=[version.plan.customer_id])
    path = Page(client.get(review)).links()["Record the Comprehensive Assessment"]
    said = {"assessed_on": f"{states.today():%m/%d/%Y}", "assessed_by": "Dr. Ada Lin", "result": "Grade 9 in reading."}
    page = Page(client.post(path, Page(client.get(path)).form(path) | said, follow=True))
    assert "The Comprehensive Assessment was recorded." in page.words
    assert "Dr. Ada Lin · Grade 9 in reading." in page.words
    row = PlannedService.objects.get(plan=version.plan, service__code="IC-COMP")
    assert (row.status, row.ended_on, row.assessment.result) == ("complete", states.today(), "Grade 9 in reading.")
    assert advised(version) == []


def advised(version):
    codes = {entry.code for entry in warnings_about(contents_of(version.plan, version))}
    return sorted(codes & {"COMPREHENSIVE-ASSESSMENT"})


def test_the_page_shows_both_assessments_with_their_days(client, version):
    client.force_login(planner())
    review = reverse("plan:assessment", args=[version.plan.customer_id])
    assert Page(client.get(review)).root.xpath("//section[@id='first-assessments']//*[@class='pill pill--done']") == []
    record(version)
    record(version, step=AssessmentStep.COMPREHENSIVE, result="Grade 9 in reading.")
    section = Page(client.get(review)).root.xpath("//section[@id='first-assessments']")[0].text_content()
    assert "Reads well; needs a ride." in section
    assert "Grade 9 in reading." in section
