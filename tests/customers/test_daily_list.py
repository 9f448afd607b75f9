"""Whose programs all ended long ago leaves the daily list by an index, and is found all the same."""

from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.history import record
from customers.actions import leave_daily_list
from customers.models import ORDER_LISTED, Customer, Enrollment
from customers.policy import DAYS_IN_DAILY_LIST
from tests import people
from tests.markup import Page
from tests.plans_of_queries import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def today():
    return day_of(clock.now())


def end_programs(customer, on):
    for enrollment in Enrollment.objects.filter(customer=customer):
        enrollment.begun_on = min(enrollment.begun_on, on)
        enrollment.status, enrollment.exited_on = "exited", on
        record(enrollment, by=None, at=clock.now())


def open_again(customer):
    enrollment = Enrollment.objects.filter(customer=customer).first()
    enrollment.status, enrollment.exited_on = "enrolled", None
    record(enrollment, by=None, at=clock.now())


def many_left(like):
    """Of the same office, so that an index of all its customers would be read in vain."""
    numbers = range(3000)
    gone = {"office_id": like.office_id, "in_daily_list": False, "programs_ended_on": date(2020, 1, 1)}
    rows = [
        Customer(first_name="Ada", last_name="Gone", state_id=f"T-{n}", name_key=f"gone {n}", **gone) for n in numbers
    ]
    models.QuerySet(Customer).bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_customer")


def shown(client, **asked):
    client.force_login(people.planner())
    page = client.get(reverse("customers:list"), {"show": "all"} | asked)
    return people.david() in page.context["page"].rows


def test_a_customer_stays_in_the_list_for_a_year_after_the_last_program(client):
    end_programs(people.david(), today() - timedelta(days=DAYS_IN_DAILY_LIST))
    assert shown(client)
    end_programs(people.david(), today() - timedelta(days=DAYS_IN_DAILY_LIST + 1))
    assert not shown(client)


def test_who_has_left_is_found_by_the_filter_and_by_the_search(client):
    end_programs(people.david(), today() - timedelta(days=DAYS_IN_DAILY_LIST + 1))
    assert not shown(client)
    assert shown(client, ended="yes")
    assert shown(client, q="kruse")
    page = Page(client.get(reverse("customers:list"), {"ended": "yes"}))
    assert "Ended over a year ago" in page.words


def test_who_comes_back_or_keeps_one_program_stays(client):
    customer = people.david()
    end_programs(customer, today() - timedelta(days=DAYS_IN_DAILY_LIST + 1))
    open_again(customer)
    assert shown(client)
    customer.refresh_from_db()
    assert (customer.programs_ended_on, customer.in_daily_list) == (None, True)


def test_the_days_go_on_and_the_list_follows(client):
    ended = today()
    end_programs(people.david(), ended)
    assert shown(client)
    assert leave_daily_list(on=ended + timedelta(days=DAYS_IN_DAILY_LIST)) == 0
    assert leave_daily_list(on=ended + timedelta(days=DAYS_IN_DAILY_LIST + 1)) == 1
    assert not shown(client)
    assert Customer.objects.get(pk=people.david().pk).programs_ended_on == ended


def test_a_customer_without_a_program_is_in_the_list(client):
    assert Customer.objects.filter(enrollments=None, in_daily_list=False).count() == 0


def test_what_is_derived_leaves_no_history_and_makes_no_form_stale():
    customer = people.david()
    before = (customer.row_version, Customer.history.filter(id=customer.pk).count())
    end_programs(customer, today() - timedelta(days=DAYS_IN_DAILY_LIST + 1))
    customer.refresh_from_db()
    assert (customer.row_version, Customer.history.filter(id=customer.pk).count()) == before


@pytest.mark.parametrize("office", [False, True])
def test_the_list_is_a_range_of_an_index_of_those_who_are_in_it(office):
    many_left(people.david())
    seen = Customer.objects.daily_list()
    seen = seen.filter(office=people.david().office_id) if office else seen
    plan = plan_of(seen.order_by(*ORDER_LISTED)[:25])
    assert {index for index, _scan in plan.indexes} <= {"customers_listed_by_name", "customers_listed_of_an_office"}
    assert plan.indexes
    assert not plan.sorts
