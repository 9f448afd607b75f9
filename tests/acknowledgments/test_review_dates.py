"""When a plan is reviewed next: the three examples of 12.7.8, through the pages, and the interval of the program."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.enums import Method
from acknowledgments.models import Acknowledgment, Seal
from careerplan.plans.enums import VersionState
from customers.models import Program
from goals.steps import remove_step
from services.actions import remove_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import angela, tyrell
from tests.rows import date_back, write

pytestmark = pytest.mark.django_db

WHY = "No acknowledgment was needed: she can go on as before."


def today():
    return timezone.localdate()


def address(name, customer):
    return reverse(f"plan:{name}", args=[customer.pk])


def opened(client, customer, *, days_ago):
    """A review of the plan, which has been in force for so many days, is opened on the page."""
    version = states.newest(customer)
    day = today() - timedelta(days=days_ago)
    date_back(version, created_on=day, approved_on=day, next_review_on=day + timedelta(days=90))
    client.force_login(customer.planner)
    client.post(address("review", customer))
    return states.newest(customer)


def reviewed_without_customer(client, customer):
    page = Page(client.get(address("agreement", customer)))
    path = page.links()["Record the review: Plan does not require participant acknowledgment"]
    filled = Page(client.get(path)).form(path, "Acknowledge")
    client.post(path, filled | {"not_required": "on", "text": WHY, "contact_method": "phone"})
    version = states.newest(customer)
    assert Acknowledgment.objects.get(version=version).method == Method.NOT_REQUIRED
    return version


def agreed(client, customer):
    path = address("send", customer)
    filled = Page(client.get(address("agreement", customer))).form(path)
    client.post(path, filled | {"way": "electronic", "reason": "Plain need.", "note": WHY, "contact_method": "phone"})
    return states.acknowledged(states.told(Seal.objects.valid().get(version=states.newest(customer))))


def says_the_next_review(client, customer, version, *, in_days=90):
    due = today() + timedelta(days=in_days)
    assert (version.number, version.state, version.approved_on) == (2, VersionState.ACTIVE, today())
    assert version.next_review_on == due
    assert Page(client.get(address("agreement", customer))).facts()["Next review"] == date_format(due)


def without_a_step(version):
    step = version.plan.action_steps.in_plan()[0]
    remove_step(step, reason="Done otherwise", by=version.plan.customer.planner, at=states.now())


def without_support(version):
    row = PlannedService.objects.get(plan=version.plan, service__code="SS-TRAN")
    remove_service(row, removal="not_wanted", by=version.plan.customer.planner, at=states.now())


@pytest.mark.policy("WIS-104")
@pytest.mark.parametrize("remove", [without_a_step, without_support])
def test_after_a_removal_on_day_sixty_the_ninety_days_begin_anew(client, settings, remove):
    """The first example: an action step or a supportive service is removed, which a local area may count as light."""
    settings.SUPPORT_REMOVAL_ACK = False
    remove(opened(client, angela(), days_ago=60))
    says_the_next_review(client, angela(), reviewed_without_customer(client, angela()))


@pytest.mark.policy("WIS-106")
@pytest.mark.parametrize(
    ("rules", "way"), [("wisconsin", reviewed_without_customer), ("both", agreed)], ids=["wisconsin", "both"]
)
def test_after_an_addition_on_day_eighty_the_ninety_days_begin_anew(client, settings, rules, way):
    """The third example: a service that causes no participation. Wisconsin alone asks nobody for it."""
    settings.ACKNOWLEDGMENT_RULES = rules
    version = opened(client, angela(), days_ago=80)
    added = Service.objects.get(code="BC-JREQ")
    assert not added.causes_participation(Program.objects.values_list("kind", flat=True))
    write_in = states.pen(version)
    write_in.service(added.code, write_in.plan.goals.in_order()[0], planned_start_on=write_in.in_days(3))
    says_the_next_review(client, angela(), way(client, angela()))


@pytest.mark.policy("WIS-018")
@pytest.mark.parametrize("days", [30, 60])
def test_an_iss_is_reviewed_as_often_as_local_policy_says(client, days):
    write(Program.objects.get(code="T1-YOUTH"), review_interval_days=days)
    first = states.acknowledged(states.request_for(states.newest(tyrell())))
    assert first.next_review_on == today() + timedelta(days=days)
    opened(client, tyrell(), days_ago=days)
    second = reviewed_without_customer(client, tyrell())
    says_the_next_review(client, tyrell(), second, in_days=days)
