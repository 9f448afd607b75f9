"""What a planner sees is read once a request, and anew after a change; never kept for another request or person."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from careerplan.accounts.models import Office, StaffScope
from careerplan.accounts.scope import ScopeMiddleware
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.demo.cast import PINE_LAKE
from customers.models import Customer
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def within_request_of(user, act):
    """What `act` finds while a request of this person is answered."""
    found = []
    request = RequestFactory().get("/")
    request.user = user
    ScopeMiddleware(lambda asked: found.append(act()) or HttpResponse())(request)
    return found[0]


def seen_by(user):
    return set(Customer.objects.visible_to(user).values_list("pk", flat=True))


def questions(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_it_is_read_once_a_request():
    user = people.planner()
    assert within_request_of(user, lambda: [questions(lambda: seen_by(user)) for _time in range(3)]) == [2, 1, 1]
    assert [questions(lambda: seen_by(user)) for _time in range(2)] == [2, 2]


def test_the_next_request_reads_it_anew():
    user = people.north_planner()
    before = within_request_of(user, lambda: seen_by(user))
    StaffScope.objects.filter(user=user).delete()
    assert before
    assert within_request_of(user, lambda: seen_by(user)) == set()


def test_of_others_it_is_read_each_time():
    user, other = people.planner(), people.north_planner()

    def lose():
        before = seen_by(other)
        StaffScope.objects.filter(user=other).delete()
        return before, seen_by(other)

    before, after = within_request_of(user, lose)
    assert before
    assert after == set()


def give_an_office(user):
    record(StaffScope(user=user, office=Office.objects.get(name=PINE_LAKE)), by=None, at=clock.now())


def move_an_office(user):
    office = Office.objects.get(name=PINE_LAKE)
    office.region = user.scopes.exclude(region=None).get().region
    record(office, by=None, at=clock.now())


def share_a_plan(user):
    enrollment = people.keisha().enrollments.get(program__code="T1-YOUTH")
    enrollment.planner = user
    record(enrollment, by=None, at=clock.now())


@pytest.mark.parametrize(
    ("who", "change"),
    [
        (people.planner, give_an_office),
        (people.youth_planner, move_an_office),
        (people.north_planner, share_a_plan),
    ],
)
def test_a_change_within_the_request_is_seen_in_it(who, change):
    user = who()

    def act():
        before = seen_by(user)
        change(user)
        return before, seen_by(user)

    before, after = within_request_of(user, act)
    assert after - before


def test_a_planner_without_anything_asks_for_no_customer():
    user = people.north_planner()
    StaffScope.objects.filter(user=user).delete()
    assert questions(lambda: seen_by(user)) == 1
