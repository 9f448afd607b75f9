"""What touches another program waits for its planner; a changed employment goal; a plan that moves here."""

import pytest

from acknowledgments.models import StaffRequest
from careerplan.plans.models import EmploymentPlan
from services.models import PlannedService
from tests import states
from tests.journeys.browser import both_widths
from tests.journeys.steps import follow, in_one_line, of_the_log, press, said, table
from tests.journeys.test_two_people import browser_of
from tests.people import angela, henrik, keisha, lucia, north_planner, planner, statewide, youth_planner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("WIS-186", "WIS-188")
def test_a_service_of_another_program_leaves_with_its_planners_approval(chromium, live_server, people):
    course = PlannedService.objects.get(plan__customer=keisha(), service__code="YE-04")
    with (
        browser_of(planner(), chromium, live_server) as devon,
        browser_of(youth_planner(), chromium, live_server) as priya,
    ):
        devon_asks(devon, course)
        course.refresh_from_db()
        assert course.removed_at is None
        priya_approves(priya)
        devon_reads_the_answer(devon, course)
    course.refresh_from_db()
    assert (course.removed_by, course.removal) == (planner(), "unavailable")


def devon_asks(page, course):
    page.goto(f"/customers/{keisha().pk}/plan/services/{course.pk}/remove/")
    page.get_by_label("The service or its funding is unavailable").check()
    press(page, "Remove")
    assert page.get_by_role("heading", name="Ask for approval", exact=True).first.is_visible()
    assert "Priya Raman (Job and school help for youth WIOA Title I Youth)" in page.locator("#main").inner_text()
    both_widths(page, "60-ask")
    press(page, "Send the request")
    assert page.title().startswith("Error:")
    page.get_by_label("Why").fill("The college has closed the course; she goes to the one at the library.")
    press(page, "Send the request")
    assert "The request was sent. You will get a message when it is answered." in said(page)
    both_widths(page, "61-requests-asked")
    page.goto(f"/customers/{keisha().pk}/plan/agreement/")
    assert "Devon Okafor asked on" in page.get_by_role("region", name="Requests waiting for an answer").inner_text()
    both_widths(page, "62-agreement-with-request")


def priya_approves(page):
    page.goto("/")
    follow(page, "Requests")
    waiting = page.get_by_role("region", name="Waiting for your answer")
    both_widths(page, "63-requests-waiting")
    follow(page, "Remove a service of another program", within=waiting)
    assert "The college has closed the course" in page.locator("#main").inner_text()
    both_widths(page, "64-request")
    page.get_by_label("Refuse").check()
    press(page, "Save my answer")
    assert "Say why you refuse." in page.locator("#id_note_error").inner_text()
    both_widths(page, "65-request-refused-without-reason")
    page.get_by_label("Approve").check()
    press(page, "Save my answer")
    assert "Your answer was saved." in said(page)
    assert "Approved" in in_one_line(page.locator("#main").inner_text())
    both_widths(page, "66-request-approved")


def devon_reads_the_answer(page, course):
    page.goto("/requests/")
    assert table(page, "What you asked for")[0][-1] == "Approved"
    page.goto(f"/customers/{keisha().pk}/plan/services/")
    assert str(course) not in page.locator("#main").inner_text()


@pytest.mark.policy("WIS-109", "WIS-112", "WIS-113", "WIS-115", "WIS-117", "WIS-118", "WIS-119")
def test_the_employment_goal_is_changed(chromium, live_server, people):
    former = EmploymentPlan.objects.get(customer=angela())
    with browser_of(planner(), chromium, live_server) as page:
        page.goto(f"/customers/{angela().pk}/plan/agreement/")
        both_widths(page, "67-agreement-active")
        follow(page, "Change employment goal")
        page.get_by_label("Search", exact=False).last.fill("electrician")
        page.get_by_role("link", name="Choose Electricians").wait_for()
        both_widths(page, "68-goal-change-choose")
        follow(page, "Choose Electricians")
        assert "there is no way to reopen it" in page.locator("#main").inner_text()
        both_widths(page, "69-goal-change")
        page.get_by_label("Action steps that are not done").uncheck()
        press(page, "Close this plan and begin the next one")
        assert "Check this box: a closed plan can't be reopened." in page.locator("#main").inner_text()
        assert not page.get_by_label("Action steps that are not done").is_checked()
        page.get_by_label("I understand that the closed plan can't be reopened.").check()
        press(page, "Close this plan and begin the next one")
        assert "The plan was closed, and the next one was started with the new goal." in said(page)
        assert "Electricians (47-2111)" in page.locator("#career-goals").inner_text()
        both_widths(page, "70-set-goals-after-the-change")
        of_the_log(page, "Versions")
        assert [row[1] for row in table(page, "Versions")] == ["Draft", "Last in force"]
        follow(page, "Version 1", within=page.get_by_role("row").nth(1))
        assert "The employment goal changed." in page.locator("#main").inner_text()
        both_widths(page, "71-version-that-follows")
    former.refresh_from_db()
    assert (former.state, former.outcome_reason) == ("closed", "goal_changed")


@pytest.mark.policy("WIS-093", "WIS-007")
def test_a_deleted_draft_comes_back_and_a_plan_moves_here(chromium, live_server, people):
    version = states.deleted(states.newest(lucia()))
    with browser_of(north_planner(), chromium, live_server) as page:
        page.goto(f"/customers/{lucia().pk}/plan/versions/{version.pk}/")
        both_widths(page, "72-deleted-version")
        follow(page, "Ask to recover this draft")
        page.get_by_label("Why").fill("She came back today.")
        both_widths(page, "73-ask-to-recover")
        press(page, "Send the request")
        page.goto(f"/customers/{henrik().pk}/plan/")
        follow(page, "Register a plan in an older system")
        page.get_by_label("Older system").fill("ASSET")
        page.get_by_label("Next review").fill("2026-12-01")
        both_widths(page, "74-register-older-plan")
        press(page, "Register")
        assert (
            "The plan is still in an older system (ASSET). It moves here at its next review, by Dec. 1, 2026"
            in page.locator("#plan-state").inner_text()
        )
        both_widths(page, "75-older-plan")
        press(page, "Begin the review and move the plan here")
        assert "The plan was started." in said(page)
    with browser_of(statewide(), chromium, live_server) as page:
        page.goto(f"/requests/{StaffRequest.objects.latest('id').pk}/")
        page.get_by_label("Approve").check()
        press(page, "Save my answer")
    version.refresh_from_db()
    assert version.state == "draft"
