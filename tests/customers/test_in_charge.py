"""Where nobody is in charge of a customer, the people of the office hear what concerns the customer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement import talking
from acknowledgments.agreement.signing import acknowledge
from acknowledgments.filing.making import PAUSES, make_paper
from acknowledgments.models import AcknowledgmentRequest, Paper, Seal
from careerplan.accounts.models import StaffScope
from careerplan.base import clock
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.in_charge import in_charge, staff_to_tell, whom_to_call
from tests import people, states
from tests.customers.test_handing_over import moved, of_nobody
from tests.people import north_planner, planner, statewide
from tests.rows import date_back, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def sent_and_moved():
    """Thea sent it; then the customer, who had no planner, moved north without one."""
    seal = sent_for_nobody()
    request = states.told(seal)
    moved(seal.version.plan.customer, former=None, successor=None, by=statewide)
    return AcknowledgmentRequest.objects.get(pk=request.pk)


def sent_for_nobody():
    customer = states.enrolled()
    seal = states.sent(states.written(customer))
    write(seal.version.plan.customer, planner=None)
    write(seal.version.plan.customer.enrollments.get(), planner=None)
    return Seal.objects.get(pk=seal.pk)


def told(kind, customer):
    return [row.recipient for row in Message.objects.filter(kind=kind, path__contains=f"/{customer.pk}/")]


def signed(request, customer):
    who = {"typed_name": str(customer), "ip_address": None, "user_agent": ""}
    return acknowledge(request, **who, by=customer.user, at=clock.now())


def test_a_signature_is_told_to_who_can_open_it(client):
    request = sent_and_moved()
    customer = request.seal.version.plan.customer
    assert request.seal.sealed_by == planner()
    signed(request, customer)
    assert told(Notice.PLAN_ACKNOWLEDGED, customer) == [north_planner()]
    client.force_login(north_planner())
    assert client.get(reverse("plan:overview", args=[customer.pk])).status_code == 200
    message = Message.objects.get(recipient=customer.user, kind=Notice.PLAN_SIGNED)
    assert f"call {customer.office} right away" in message.body


def test_what_the_customer_says_is_told_to_who_can_open_it():
    request = sent_and_moved()
    customer = request.seal.version.plan.customer
    talking.disagree(request, reason="Too far away.", by=customer.user, at=clock.now())
    assert told(Notice.PLAN_NOT_AGREED, customer) == [north_planner()]


def test_a_paper_that_could_not_be_made_is_told_once_to_who_can_open_it(monkeypatch):
    seal = sent_for_nobody()
    customer = seal.version.plan.customer
    moved(customer, former=None, successor=None, by=statewide)
    paper = Paper.objects.get(seal=seal)

    def fails(*_args, **_options):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("acknowledgments.filing.making.render", fails)
        make_paper(paper.pk, at=clock.now())
        make_paper(paper.pk, at=clock.now() + PAUSES[0])
    assert told(Notice.PAPER_NOT_MADE, customer) == [north_planner()]
    make_paper(paper.pk, at=clock.now() + timedelta(hours=1))
    assert Message.objects.get(recipient=north_planner(), kind=Notice.PAPER_NOT_MADE).read_at


def test_where_nobody_has_the_region_statewide_staff_are_told():
    customer = of_nobody()
    StaffScope.objects.all().delete()
    assert staff_to_tell(customer, planner()) == [statewide()]


def test_a_planner_who_is_switched_off_or_does_not_see_the_customer_is_not_in_charge():
    david = people.david()
    assert in_charge(david, north_planner()) == planner()
    assert whom_to_call(david, in_charge(david, None)) == str(planner())
    date_back(planner(), is_active=False)
    david = people.david()
    assert in_charge(david, planner()) is None
    assert whom_to_call(david, in_charge(david, planner())) == str(david.office)
    date_back(planner(), is_active=True)
    write(david, planner=north_planner())
    david = people.david()
    assert in_charge(david, None) is None
    assert staff_to_tell(david, None) == [planner(), people.person("train10")]
