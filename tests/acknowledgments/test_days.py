"""The days of a plan are those of the installation, whoever acts and wherever; each act has one moment."""

import zoneinfo
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from acknowledgments.agreement import sending
from acknowledgments.agreement.signing import acknowledge
from acknowledgments.filing.making import tell_customer
from acknowledgments.models import AcknowledgmentRequest
from careerplan.plans.actions import open_review
from tests import states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

# On both sides of every zone in which the tests may run (servers.ZONES).
WEST, EAST = "Pacific/Pago_Pago", "Asia/Manila"
# Of a day to come: the version before is acknowledged today, and no review is opened before that.
DAY = timezone.localdate() + timedelta(days=3)
JUST_AFTER_MIDNIGHT = datetime.combine(DAY, time(0, 10), tzinfo=timezone.get_default_timezone())


def opened(at):
    """A review of a plan that is in force, opened at this moment."""
    customer = states.enrolled()
    states.acknowledged(states.told(states.sent(states.written(customer))))
    return open_review(states.plan_of(customer), by=customer.planner, at=at)


def sent(version, at):
    contact = sending.Contact(DAY, "phone", "We went through it.")
    seal = sending.send(version, reason="The talk.", contact=contact, by=version.plan.customer.planner, at=at)
    tell_customer(seal, at=at)
    return AcknowledgmentRequest.objects.select_related("seal__version__plan__customer__user").get(seal=seal)


def signed(request, at):
    customer = request.seal.version.plan.customer
    evidence = {"typed_name": str(customer), "ip_address": None, "user_agent": ""}
    return acknowledge(request, **evidence, by=customer.user, at=at)


@pytest.mark.parametrize("zone", [WEST, EAST])
def test_a_customer_in_another_time_zone_agrees_on_the_installations_day(zone):
    """For one in the west it is still yesterday, before the version was created; the evidence keeps both clocks."""
    request = sent(opened(JUST_AFTER_MIDNIGHT), JUST_AFTER_MIDNIGHT)
    at = JUST_AFTER_MIDNIGHT + timedelta(minutes=5)
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        evidence = signed(request, at)
    version = states.newest(request.seal.version.plan.customer)
    assert (version.created_on, version.approved_on) == (DAY, DAY)
    assert evidence.acknowledged_at == at
    assert evidence.local_time == at.astimezone(zoneinfo.ZoneInfo(zone)).isoformat(timespec="seconds")
    assert evidence.time_zone == zone


@pytest.mark.parametrize("zone", [WEST, EAST])
def test_a_planner_in_another_time_zone_opens_a_version_on_the_installations_day(zone):
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        version = opened(JUST_AFTER_MIDNIGHT)
        request = sent(version, JUST_AFTER_MIDNIGHT + timedelta(seconds=1))
    assert (version.created_on, request.seal.decision["decided_on"]) == (DAY, DAY.isoformat())


def test_an_act_around_midnight_has_the_day_of_its_one_moment():
    """Whatever the clock says while its statements run."""
    last_second = JUST_AFTER_MIDNIGHT.replace(hour=23, minute=59, second=59, microsecond=999_999)
    request = sent(opened(JUST_AFTER_MIDNIGHT), JUST_AFTER_MIDNIGHT)
    evidence = signed(request, last_second)
    version = states.newest(request.seal.version.plan.customer)
    assert version.approved_on == DAY
    assert version.next_review_on == DAY + timedelta(days=90)
    assert version.approved_at == evidence.acknowledged_at == version.events.latest("id").at == last_second
    assert set(version.plan.services.in_plan().values_list("authorised_on", flat=True)) == {
        version.plan.versions.get(number=1).approved_on
    }
