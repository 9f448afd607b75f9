"""The status of a goal: who sets it, and what going off track brings about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from goals.actions import save_goal
from goals.enums import GoalStatus
from goals.models import Goal, GoalCategory
from services.actions import save_service
from services.enums import ServiceStatus
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, david, planner, tyrell, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def goal_of(customer, number=0):
    return Goal.objects.in_plan().filter(plan__customer=customer()).select_related("plan").in_order()[number]


def set_status(goal, status):
    return save_goal(goal.plan, goal, {"status": status}, by=goal.plan.customer.planner, at=states.now())


def offered(client, goal):
    path = reverse("plan:goal-edit", args=[goal.plan.customer_id, goal.pk])
    return Page(client.get(path)).root.xpath("//select[@name='status']/option/@value")


def added(client, **values):
    """A goal that was added on the page; its status is the form's where none is chosen."""
    client.force_login(planner())
    path = reverse("plan:goal-add", args=[david().pk])
    category = GoalCategory.objects.get(code="CAREER_PLAN").pk
    posted = {"statement": "Find a mentor", "category": category, "term": "short"} | values
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
    assert (goal.status, shown) == (status, label)


@pytest.mark.policy("ILL-048", "ILL-085", "ILL-086", "ILL-088")
@pytest.mark.parametrize("status", ["on_track", "off_track", "complete", "not_started"])
def test_the_planner_sets_the_status(client, status):
    client.force_login(planner())
    goal = goal_of(angela, 1)
    path = reverse("plan:goal-edit", args=[angela().pk, goal.pk])
    client.post(path, Page(client.get(path)).form(path) | {"status": status})
    goal.refresh_from_db()
    assert goal.status == status


@pytest.mark.policy("ILL-048", "ILL-088")
@pytest.mark.parametrize("status", ["on_track", "complete"])
def test_the_customer_sets_no_status(status):
    goal, before = goal_of(angela), everything()
    with pytest.raises(NotAllowed):
        save_goal(goal.plan, goal, {"status": status}, by=angela().user, at=states.now())
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
    """An assessment under David's job goal: it may start before his plan is agreed to."""
    rows = PlannedService.objects.select_related("plan__customer").filter(plan__customer=david())
    found = rows.filter(service__code="BC-INIT").first()
    return found or states.pen(states.newest(david())).service("BC-INIT", job_goal())


def job_goal():
    return goal_of(david, 3)


@pytest.mark.policy("ILL-084", "AMB-I1")
def test_a_goal_starts_by_itself_when_a_service_under_it_starts():
    start(job())
    goal = job_goal()
    assert goal.status == GoalStatus.STARTED
    row = goal.history.first()
    assert row.history_change_reason == "automatic: a related service started"
    assert [change["to"] for change in row.changes] == ["Started"]


@pytest.mark.policy("ILL-084")
def test_a_goal_starts_by_itself_when_a_started_service_comes_under_it():
    service = job()
    save_service(service, {"goal": None}, by=planner(), at=states.now())
    start(service)
    assert job_goal().status == GoalStatus.NOT_STARTED
    save_service(service, {"goal": job_goal()}, by=planner(), at=states.now())
    assert job_goal().status == GoalStatus.STARTED


@pytest.mark.parametrize("status", ["on_track", "off_track", "complete"])
def test_a_status_that_the_planner_chose_stays_when_a_service_starts(status):
    set_status(job_goal(), status)
    start(job())
    assert job_goal().status == status


def test_a_goal_that_the_planner_set_back_does_not_start_again_by_a_note():
    service = job()
    start(service)
    set_status(job_goal(), GoalStatus.NOT_STARTED)
    service.refresh_from_db()
    save_service(service, {"notes": "The room has changed."}, by=planner(), at=states.now())
    assert job_goal().status == GoalStatus.NOT_STARTED


# --- off track --------------------------------------------------------------------------------


@pytest.mark.policy("ILL-087")
def test_the_customer_is_told_that_a_goal_is_off_track():
    goal = set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    message = Message.objects.get(recipient=angela().user, kind=Notice.GOAL_OFF_TRACK)
    assert goal.statement in message.body
    assert "Devon Okafor would like to work with you to get back on track." in message.body
    assert message.sender == planner()
    waiting = Notification.objects.get(message=message)
    assert (waiting.recipient, waiting.sent_at) == (angela().user, None)


@pytest.mark.policy("ILL-075", "AMB-I7")
def test_a_goal_off_track_opens_a_draft_and_the_version_in_force_stays_in_force():
    set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    version = states.newest(angela())
    assert version.plan.versions.get(number=1).state == VersionState.ACTIVE
    assert (version.number, version.state, version.created_on) == (2, VersionState.DRAFT, timezone.localdate())


def test_a_goal_off_track_joins_the_draft():
    states.reviewed(angela())
    set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    assert states.plan_of(angela()).versions.count() == 2


def test_staying_off_track_tells_nobody_again():
    goal = set_status(goal_of(angela), GoalStatus.OFF_TRACK)
    set_status(goal, GoalStatus.OFF_TRACK)
    assert Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).count() == 1
    set_status(goal, GoalStatus.ON_TRACK)
    set_status(goal, GoalStatus.OFF_TRACK)
    assert Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).count() == 2


def test_while_a_version_is_with_the_customer_no_goal_goes_off_track(client):
    client.force_login(youth_planner())
    goal = goal_of(tyrell)
    path = reverse("plan:goal-edit", args=[tyrell().pk, goal.pk])
    data = Page(client.get(path)).form(path) | {"status": "off_track"}
    before = everything()
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["status"] == [
        "Version 1 is with the customer. Recall it first: the customer must agree to an off-track goal."
    ]
    assert changed(before, everything()) == {}


def test_a_customer_without_a_sign_in_is_not_told_and_the_goal_is_off_track_all_the_same():
    customer = states.enrolled(with_sign_in=False)
    goal = states.pen(states.started(customer)).goal("Find work", "CAREER_PLAN")
    set_status(goal, GoalStatus.OFF_TRACK)
    goal.refresh_from_db()
    assert goal.status == GoalStatus.OFF_TRACK
    assert not Message.objects.filter(kind=Notice.GOAL_OFF_TRACK).exists()


def test_a_service_that_starts_later_has_not_moved_its_goal_yet():
    service = service_of(david, "YE-01")
    later = timezone.localdate() + timedelta(days=3)
    save_service(service, {"planned_start_on": later, "planned_end_on": later}, by=planner(), at=states.now())
    assert goal_of(david).status == GoalStatus.NOT_STARTED
