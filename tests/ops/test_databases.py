"""What a test commits is taken back (tests/databases.py), and no more than that."""

import pytest
from django.db import connection

from customers.models import Customer
from tests import databases, states
from tests.people import david, lucia
from tests.rows import everything, write

pytestmark = pytest.mark.django_db(transaction=True)


def deleted_past_the_guards(row):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])
        cursor.execute("SET session_replication_role = origin")


COMMITTED = {
    "rows that are new": lambda: states.sent(states.newest(lucia())),
    "a row that is another": lambda: write(david(), phone="555-0199"),
    "a row that is gone": lambda: deleted_past_the_guards(Customer.objects.order_by("pk").last()),
    "nothing": lambda: None,
}


@pytest.mark.parametrize("committed", COMMITTED)
def test_what_a_test_commits_is_taken_back(committed):
    before, copy = everything(), databases.Copy(databases.source())
    for _time in range(2):
        COMMITTED[committed]()
        assert (everything() == before) is (committed == "nothing")
        copy.take_back()
        assert everything() == before


def test_no_number_of_a_row_is_given_twice():
    copy, numbers = databases.Copy(databases.source()), set()
    for _time in range(2):
        numbers.add(states.sent(states.newest(lucia())).pk)
        copy.take_back()
    assert len(numbers) == 2
