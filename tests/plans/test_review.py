"""Update/Review: the next version, with everything carried forward."""

from dataclasses import replace

import pytest
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.models import Seal
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import VersionState
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, planner, tyrell
from tests.plans_in_force import iep, iss

pytestmark = pytest.mark.django_db


@pytest.mark.policy("WIS-135", "WIS-146", "WIS-178")
def test_update_review_opens_the_next_version_of_today(client):
    client.force_login(planner())
    overview = Page(client.get(f"/customers/{angela().pk}/plan/"))
    path = f"/customers/{angela().pk}/plan/review/"
    page = Page(client.post(path, overview.form(path, "Update/Review"), follow=True))
    assert "Version 2 was opened with everything carried forward." in page.words
    version = states.newest(angela())
    assert (version.number, version.state, version.created_on) == (2, VersionState.DRAFT, timezone.localdate())
    assert states.plan_of(angela()).versions.get(number=1).state == VersionState.ACTIVE


@pytest.mark.parametrize(
    "plan",
    [pytest.param(iep, marks=pytest.mark.policy("WIS-130")), pytest.param(iss, marks=pytest.mark.policy("WIS-164"))],
)
def test_everything_is_carried_forward_to_the_next_version(plan):
    version = states.reviewed(plan())
    agreed = Seal.objects.valid().get(version__plan=version.plan).contents
    carried = contents_of(version.plan, version)
    assert (agreed.about.version, carried.about.version) == (1, 2)
    assert replace(carried, about=agreed.about) == agreed
    assert version.plan.versions.active().get().number == 1


@pytest.mark.policy("WIS-130")
def test_what_was_recorded_since_then_is_carried_forward_too():
    version = states.reviewed(angela())
    carried, agreed = (
        contents_of(version.plan, version),
        Seal.objects.get(version__number=1, version__plan=version.plan),
    )
    goals = {goal.id: goal for goal in carried.goals}
    services = {service.id: service for service in carried.services}
    # What was recorded since then is free: the training has begun, and its goal with it.
    assert {goal.id: replace(goal, status=goals[goal.id].status) for goal in agreed.contents.goals} == goals
    assert services.keys() == {service.id for service in agreed.contents.services}
    for kind in ("career_goals", "barriers", "action_steps", "barriers_comment", "no_services_reason"):
        assert getattr(carried, kind) == getattr(agreed.contents, kind)


@pytest.mark.parametrize(("customer", "state"), [(lucia, "draft"), (tyrell, "awaiting acknowledgment")])
def test_while_a_version_is_open_there_is_no_other(client, customer, state):
    client.force_login(customer().planner)
    answer = client.post(f"/customers/{customer().pk}/plan/review/")
    assert answer.status_code == 409
    assert f"Version 1 is already open ({state}). Continue with it." in Page(answer).words
    assert states.plan_of(customer()).versions.count() == 1


def test_a_closed_plan_is_not_reviewed():
    states.closed(angela())
    with pytest.raises(Refusal) as refused:
        states.reviewed(angela())
    assert refused.value.code == "plan-closed"
