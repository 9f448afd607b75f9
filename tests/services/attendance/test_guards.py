"""What the database refuses of attendance, whatever code writes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import models
from django.utils import timezone

from services.attendance.guards import KEEPS_DAYS, NOT_BOTH, OF_A_CLASS, OF_ITS_DAYS
from services.attendance.models import Attendance
from services.attendance.policy import monday_of
from tests import states
from tests.people import planner
from tests.rows import refuses, write
from tests.services.service_form import training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
WEEK = monday_of(TODAY) - 7 * DAY


def attended(day=WEEK, span="day", hours=4, planned=None):
    """Straight into the table."""
    values = {"recorded_by": planner(), "recorded_at": states.now(), "week": monday_of(day)}
    row = Attendance(planned=planned or training(), span=span, day=day, hours=hours, **values)
    return models.QuerySet(Attendance).bulk_create([row])[0]


def test_a_week_and_a_day_within_it_are_not_both_there():
    attended(WEEK, "week")
    refuses(NOT_BOTH, lambda: attended(WEEK + 6 * DAY))
    attended(WEEK + 7 * DAY if WEEK + 7 * DAY <= TODAY else WEEK - DAY)
    taken_back = attended(WEEK + 2 * DAY, hours=None)
    refuses(NOT_BOTH, lambda: write(taken_back, hours=3))


def test_a_day_and_its_week_are_not_both_there():
    day = attended(WEEK + 6 * DAY)
    refuses(NOT_BOTH, lambda: attended(WEEK, "week"))
    write(day, hours=None)
    attended(WEEK, "week")
    refuses(NOT_BOTH, lambda: write(day, hours=Decimal(3)))


def test_hours_are_of_the_days_of_a_service_that_has_begun():
    start = training().actual_start_on
    refuses(OF_ITS_DAYS, lambda: attended(start - DAY))
    refuses(OF_ITS_DAYS, lambda: attended(monday_of(start) - 7 * DAY, "week"))
    attended(monday_of(start), "week")
    write(training(), status="complete", ended_on=WEEK)
    refuses(OF_ITS_DAYS, lambda: attended(WEEK + DAY))
    refuses(OF_ITS_DAYS, lambda: attended(WEEK + 7 * DAY, "week"))
    attended(WEEK)
    taken_back = attended(WEEK + 2 * DAY, hours=None)
    refuses(OF_ITS_DAYS, lambda: write(taken_back, hours=3))


def test_hours_are_of_no_service_that_has_not_begun():
    write(training(), status="planned", actual_start_on=None)
    refuses(OF_ITS_DAYS, attended)


def test_a_service_keeps_the_days_of_what_was_attended():
    row = attended()
    refuses(KEEPS_DAYS, lambda: write(training(), status="planned", actual_start_on=None))
    refuses(KEEPS_DAYS, lambda: write(training(), actual_start_on=WEEK + DAY))
    refuses(KEEPS_DAYS, lambda: write(training(), status="complete", ended_on=WEEK - DAY))
    write(training(), status="complete", ended_on=WEEK)
    write(training(), status="started", ended_on=None)
    write(row, hours=None)
    write(training(), actual_start_on=WEEK + DAY)


def test_only_a_class_that_has_attendance_has_some():
    write(training().service, form_kind="support")
    refuses(OF_A_CLASS, attended)


@pytest.mark.parametrize("values", [{"day": WEEK + DAY}, {"span": "week"}, {"week": WEEK - 7 * DAY}])
def test_a_row_stays_of_its_day(values):
    row = attended()
    refuses("are kept as they are", lambda: write(row, **values))


def test_a_row_stays():
    row = attended()
    refuses("are kept as they are", row.delete)


def test_the_history_stays():
    entry = Attendance.history.model
    row = attended()
    row.hours = Decimal(5)
    row.save()
    refuses("are kept as they are", lambda: models.QuerySet(entry).update(hours=1))
