"""The status of a goal: who sets it, and when it starts by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import NotAllowed, Refusal
from goals.actions import save_goal
from goals.enums import GoalStatus
from goals.models import Goal, GoalCategory
from services.actions import save_service
from services.enums import ServiceStatus
from services.models import PlannedService
from tests import states
from tests.goal_statuses import goal_of, going, set_status
from tests.markup import Page
from tests.people import angela, david, planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def offered(client, goal):
    path = reverse("plan:goal-edit", args=[goal.plan.customer_id, goal.pk])
    return Page(client.get(path)).root.xpath("//select[@name='status']/option/@value")


def added(client, **values):
    """A goal that was added on the page; its status is the form's where none is chosen."""
    client.force_login(planner())
    path = reverse("plan:goal-add", args=[david().pk])
    category = GoalCategory.objects.get(code="CAREER_PLAN").pk
    posted = {"statement": "Find a mentor", "category": category, "term": "short"} | values
    posted |= going(values["status"]) if values else {}
    page = Page(client.post(path, Page(client.get(path)).form(path) | posted, follow=True))
    return Goal.objects.get(statement="Find a mentor"), page.table("Goal statements")[-1]["Status"]


@pytest.mark.policy("ILL-048", "ILL-080", "ILL-083")
def test_a_goal_begins_as_not_started(client):
    goal, shown = added(client)
    assert (goal.status, shown) == (GoalStatus.NOT_STARTED, "Not Started")


@pytest.mark.policy("ILL-080")
@pytest.mark.parametrize(("status", "label"), [("on_track", "On Track"), ("complete", "Complete")])
def test_a_goal_is_added_with_the_status_that_the_planner_sets(client, status, label):
    goal, shown = added(client, status=status)
    assert (goal.status, shown.startswith(label)) == (status, True)


@pytest.mark.policy("ILL-048", "ILL-085", "ILL-086", "ILL-088")
@pytest.mark.parametrize("status", ["on_track", "off_track", "complete", "not_started"])
def test_the_planner_sets_the_status(client, status):
    client.force_login(planner())
    goal = goal_of(angela, 1)
    path = reverse("plan:goal-edit", args=[angela().pk, goal.pk])
    client.post(path, Page(client.get(path)).form(path) | going(status))
    goal.refresh_from_db()
    assert goal.status == status


@pytest.mark.policy("ILL-048", "ILL-088")
@pytest.mark.parametrize("status", ["on_track", "complete"])
def test_the_customer_sets_no_status(status):
    goal, before = goal_of(angela), everything()
    with pytest.raises(NotAllowed):
        save_goal(goal.plan, goal, going(status), by=angela().user, at=states.now())
    assert changed(before, everything()) == {}


def test_started_is_not_offered_but_kept_where_it_stands(client):
    client.force_login(planner())
    assert "started" not in offered(client, goal_of(david))
    assert "started" in offered(client, goal_of(angela))


@pytest.mark.policy("AMB-I1")
def test_nobody_sets_started():
    goal = goal_of(david)
    with pytest.raises(Refusal) as refused:
        set_status(goal, GoalStatus.STARTED)
    assert (refused.value.code, refused.value.field) == ("started-by-system", "status")


# --- started by itself ------------------------------------------------------------------------


def start(service, **values):
    values = {"status": ServiceStatus.STARTED, "actual_start_on": timezone.localdate()} | values
    return save_service(service, values, by=service.plan.customer.planner, at=states.now())


def service_of(customer, code):
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=customer(), service__code=code)


def job():
    """A service that is no assessment, under a goal that has not begun, of a plan in force."""
    version = states.in_force()
    rows = PlannedService.objects.select_related("plan__customer", "goal")
    return rows.get(plan=version.plan, service__code="TR-OST")


@pytest.mark.policy("ILL-084", "AMB-I1")
def test_a_goal_starts_by_itself_when_a_service_under_it_starts():
    goal = start(job()).goal
    goal.refresh_from_db()
    assert goal.status == GoalStatus.STARTED
    row = goal.history.first()
    assert row.history_change_reason == "automatic: a related service started"
    assert [change["to"] for change in row.changes] == ["Started"]


@pytest.mark.policy("ILL-084")
def test_a_goal_starts_by_itself_when_a_started_service_comes_under_it():
    service = start(job())
    states.reviewed(service.plan.customer)
    goal = states.add_goal(service.plan.customer)
    save_service(service, {"goal": goal}, by=planner(), at=states.now())
    goal.refresh_from_db()
    assert goal.status == GoalStatus.STARTED


@pytest.mark.parametrize("status", ["on_track", "off_track", "complete"])
def test_a_status_that_the_planner_chose_stays_when_a_service_starts(status):
    service = job()
    set_status(service.goal, status)
    goal = start(service).goal
    goal.refresh_from_db()
    assert goal.status == status


def test_a_goal_that_the_planner_set_back_does_not_start_again_by_a_note():
    service = start(job())
    set_status(service.goal, GoalStatus.NOT_STARTED)
    service.refresh_from_db()
    goal = save_service(service, {"notes": "The room has changed."}, by=planner(), at=states.now()).goal
    goal.refresh_from_db()
    assert goal.status == GoalStatus.NOT_STARTED


@pytest.mark.policy("ILL-084", "AMB-I1")
@pytest.mark.parametrize("code", ["BC-INIT", "IC-COMP", "PE-OBJA"])
def test_an_assessment_does_not_start_its_goal(code):
    """David's goal for a job, of a plan to which he has not agreed: an assessment may start before."""
    goal = goal_of(david, 3)
    assert start(states.pen(states.newest(david())).service(code, goal)).goal == goal
    goal.refresh_from_db()
    assert goal.status == GoalStatus.NOT_STARTED


def test_a_service_that_starts_later_has_not_moved_its_goal_yet():
    service = service_of(david, "YE-01")
    later = timezone.localdate() + timedelta(days=3)
    save_service(service, {"planned_start_on": later, "planned_end_on": later}, by=planner(), at=states.now())
    assert goal_of(david).status == GoalStatus.NOT_STARTED
