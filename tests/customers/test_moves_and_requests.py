"""A customer who moves out of the sight of colleagues takes along what they asked for, and what waits for them."""

import pytest
from django.urls import reverse

from acknowledgments.approvals import requests as approvals
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from customers.models import Customer
from tests import states
from tests.customers.test_handing_over import moved, norths_office, of_nobody
from tests.people import angela, north_planner, planner, statewide, youth_planner
from tests.rows import everything, write
from tests.shared_plans import approved, asked, closing, enroll, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def of_the_state():
    """Angela's Dislocated Worker program is statewide staff's; Priya, who has the region, is a colleague alone."""
    customer = shared_angela()
    write(customer.enrollments.get(program__code="T1-DW"), planner=statewide())
    return customer


def moved_after(request):
    moved(angela())
    return StaffRequest.objects.get(pk=request.pk)


def test_what_a_colleague_asked_for_goes_to_the_new_planner(client):
    of_the_state()
    request = moved_after(asked(closing(angela(), youth_planner()), youth_planner()))
    assert (request.asked_by, request.asker) == (youth_planner(), north_planner())
    client.force_login(north_planner())
    assert client.get(reverse("requests:request", args=[request.pk])).context["may_withdraw"]
    approved(request, north_planner())
    approved(request, statewide())
    assert states.plan_of(angela()).closed_by == north_planner()


def test_the_new_planner_takes_it_back_and_asks_anew():
    of_the_state()
    request = moved_after(asked(closing(angela(), youth_planner()), youth_planner()))
    approvals.withdraw(request, by=north_planner(), at=clock.now())
    assert asked(closing(angela(), north_planner()), north_planner()).is_waiting


def test_what_waits_for_a_colleague_goes_to_the_new_planner():
    customer = shared_angela()
    request = asked(closing(customer, planner()), planner())
    write(customer.enrollments.get(program__code="T1-DW"), planner=statewide())
    request = moved_after(request)
    part = StaffAnswer.objects.waiting_for(north_planner()).get(request=request)
    assert (part.approver, part.in_charge) == (youth_planner(), north_planner())
    assert not StaffAnswer.objects.waiting_for(youth_planner()).exists()


def test_who_still_sees_the_customer_keeps_what_waits():
    of_the_state()
    request = moved_after(asked(closing(angela(), statewide()), statewide()))
    assert request.asker == statewide()


def test_nobody_moves_away_from_who_has_asked_where_nobody_takes_it_over():
    customer = of_nobody()
    enroll(customer, "T1-DW", statewide())
    states.written(customer)
    request = asked(closing(customer, youth_planner()), youth_planner())
    before = everything()
    with pytest.raises(Refusal, match="requests-left-behind") as refused:
        moved(customer, former=None, successor=None, by=statewide)
    assert str(youth_planner()) in refused.value.sentence
    assert everything() == before
    moved(customer, former=None, successor=north_planner, office=norths_office, by=statewide)
    request.refresh_from_db()
    assert request.asker == north_planner()
    assert Customer.objects.editable_by(request.asker).filter(pk=customer.pk).exists()
