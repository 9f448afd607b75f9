"""The older acknowledgment of a plan that moves here holds on the planner's word, not for ever (12.7.2; AMB-W29)."""

from datetime import date
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.declining import decline
from acknowledgments.models import Acknowledgment
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import register_legacy_plan
from customers.models import Enrollment
from tests import states
from tests.markup import Page
from tests.moved_plans import VALUES, moved, recorded
from tests.people import planner
from tests.rows import date_back

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
UNCHANGED = (
    "Nothing has changed since the customer acknowledged the plan in ASSET on Aug. 3, 2026, or only what needs no "
    "acknowledgment (12.7.8)."
)


@pytest.mark.policy("WIS-008", "AMB-W29")
def test_without_the_planners_word_that_it_is_unchanged_it_is_not_recorded():
    version = moved()
    with pytest.raises(Refusal) as refused:
        recorded(version, unchanged=False)
    assert (refused.value.code, refused.value.field) == ("unchanged-not-said", "unchanged")


@pytest.mark.policy("AMB-W29")
def test_the_word_is_kept_with_the_evidence(client):
    version = moved()
    client.force_login(planner())
    path = reverse("plan:review-without-customer", args=[version.plan.customer_id])
    assert UNCHANGED in Page(client.get(path)).words
    filled = {"not_required": "on", "text": "We talked.", "contact_method": "phone", "contact_on": str(TODAY)}
    assert client.post(path, filled).status_code == 422
    assert client.post(path, filled | {"unchanged": "on"}).status_code == 302
    kept = Acknowledgment.objects.get(version=version)
    assert (kept.statement, kept.statement_version) == (f"{UNCHANGED}\nWe talked.", "staff-moved-2026-1")


@pytest.mark.policy("AMB-W29")
def test_a_later_review_is_not_asked_for_it(client):
    version = moved()
    recorded(version)
    second = states.reviewed(version.plan.customer)
    client.force_login(planner())
    path = reverse("plan:review-without-customer", args=[version.plan.customer_id])
    assert "Nothing has changed since" not in Page(client.get(path)).words
    assert recorded(second, unchanged=False).statement == "Nothing changed."


@pytest.mark.policy("AMB-W29")
def test_what_was_acknowledged_before_the_program_began_belongs_to_an_earlier_plan():
    customer = states.enrolled()
    with pytest.raises(Refusal) as refused:
        register_legacy_plan(customer, VALUES | {"acknowledged_on": date(2026, 1, 4)}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("before-enrollment", "acknowledged_on")
    register_legacy_plan(customer, VALUES | {"acknowledged_on": date(2026, 1, 5)}, by=planner(), at=states.now())


@pytest.mark.policy("AMB-W29")
def test_who_refused_the_plan_here_agreed_to_it_no_longer_in_the_older_system():
    customer = states.enrolled()
    date_back(Enrollment.objects.get(customer=customer), begun_on=date(2026, 1, 5))
    register = partial(register_legacy_plan, customer, by=customer.planner)
    register(VALUES, at=states.now())
    decline(
        states.sent(states.written(customer)).version,
        note="She wants another plan",
        **states.contact(),
        by=customer.planner,
        at=states.now(),
    )
    with pytest.raises(Refusal) as refused:
        register(VALUES, at=states.now())
    assert (refused.value.code, refused.value.field) == ("refused-since", "acknowledged_on")
    assert register(VALUES | {"acknowledged_on": None}, at=states.now()).moved_to is None
