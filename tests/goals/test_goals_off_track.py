"""A goal goes off track: whom that is told, and what it brings about."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.enums import VersionState
from goals.enums import GoalStatus
from tests import states
from tests.goal_statuses import OFF_TRACK, goal_of, set_status
from tests.markup import Page
from tests.people import angela, planner, tyrell, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


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
    data = Page(client.get(path)).form(path) | OFF_TRACK
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
