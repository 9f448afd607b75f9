"""Many customers go to another planner: all, or none."""

import pytest

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.models import Message
from customers.reassigning import reassign
from tests import states
from tests.people import north_planner, planner, statewide, youth_planner
from tests.rows import everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def to(successor, customers, *, former=planner, by=statewide):
    whose = former() if former else None
    return reassign(customers, former=whose, successor=successor(), by=by(), at=clock.now())


def test_who_went_to_somebody_else_meanwhile_stays_and_with_them_all():
    customers = [states.enrolled(), states.enrolled()]
    write(customers[1], planner=youth_planner())
    before = everything()
    with pytest.raises(Refusal, match="went-elsewhere"):
        to(youth_planner, customers)
    assert everything() == before


def test_the_new_planner_sees_each_of_them():
    customers = [states.enrolled()]
    for successor, code in ((north_planner, "does-not-see"), (planner, "same-person")):
        before = everything()
        with pytest.raises(Refusal, match=code):
            to(successor, customers)
        assert everything() == before


def test_only_who_keeps_the_records_reassigns_and_nobody_is_no_choice():
    with pytest.raises(NotAllowed):
        to(north_planner, [states.enrolled()], by=north_planner)
    with pytest.raises(Refusal, match="nobody-chosen"):
        to(youth_planner, [])


def test_the_new_planner_hears_once_of_all_and_by_name_of_those_whom_nobody_had():
    to(youth_planner, [states.enrolled(), states.enrolled()])
    [message] = Message.objects.filter(recipient=youth_planner(), kind="part-handed-over")
    assert str(planner()) in message.body
    nobodys = [states.enrolled(), states.enrolled()]
    for customer in nobodys:
        write(customer, planner=None)
    to(youth_planner, nobodys, former=None)
    told = {message.path for message in Message.objects.filter(recipient=youth_planner())}
    assert {f"/customers/{customer.pk}/" for customer in nobodys} <= told
