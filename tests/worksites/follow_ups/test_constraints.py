"""What the database refuses of follow-ups, whoever writes."""

from decimal import Decimal

import pytest

from tests import placed
from tests.rows import copy, refuses, write
from tests.worksites.follow_ups.done import after, do, placement_since

pytestmark = pytest.mark.django_db


def done(**values):
    return lambda: write(do(after(placement_since(), 30)), **values)


CASES = {
    "a_placement_is_followed_up_once_after_days": [lambda: copy(after(placed.started(), 30))],
    "a_done_follow_up_says_when_by_whom_and_what": [
        *(done(**{name: None}) for name in ("done_on", "done_by", "done_at")),
        lambda: write(after(placed.started(), 30), outcome="not_employed"),
    ],
    "who_is_employed_has_wage_hours_and_how_verified": [
        *(done(**values) for values in ({"hourly_wage": None}, {"weekly_hours": None}, {"verification": ""})),
        done(outcome="not_employed"),
    ],
    "hours_at_a_follow_up_are_of_a_week": [done(weekly_hours=Decimal("168.01")), done(weekly_hours=Decimal(-1))],
    "wage_at_a_follow_up_is_not_negative": [done(hourly_wage=Decimal("-0.01"))],
}


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    for writing in CASES[name]:
        refuses(name, writing)
