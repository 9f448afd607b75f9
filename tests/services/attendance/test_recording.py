"""Hours of a service are recorded, corrected and taken back, of days that it has, by day or by week."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from services.actions import remove_service, save_service
from services.attendance.actions import Said, record_attendance, record_class
from services.attendance.models import Attendance
from services.attendance.policy import monday_of
from tests import states
from tests.people import angela, north_planner, planner, youth_planner
from tests.rows import changed, everything, write
from tests.services.service_form import training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
# Monday of the last whole week, in which Angela's course was under way.
WEEK = monday_of(TODAY) - 7 * DAY


def said(hours, day=WEEK, span="day", **more):
    return Said(training().pk, span, day, None if hours is None else Decimal(hours), **more)


def record(hours, day=WEEK, span="day", *, by=None, **more):
    return record_attendance(said(hours, day, span, **more), by=by or planner(), at=states.now())


def standing():
    return [(row.span, row.day, row.hours) for row in Attendance.objects.standing().order_by("day", "span")]


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_who_recorded_how_many_hours_and_when():
    at = states.now()
    row = record_attendance(said("6.25", absence=" Left early: no bus "), by=planner(), at=at)
    row.refresh_from_db()
    assert (row.span, row.day, row.week) == ("day", WEEK, WEEK)
    assert (row.hours, row.absence) == (Decimal("6.25"), "Left early: no bus")
    assert (row.recorded_by, row.recorded_at) == (planner(), at)


def test_a_week_is_named_by_its_monday():
    record("24", WEEK + 3 * DAY, "week")
    assert standing() == [("week", WEEK, Decimal(24))]


def test_a_correction_is_kept_in_the_history():
    record("6")
    row = record("5.5", by=youth_planner())
    told = [(entry.hours, entry.history_user) for entry in row.history.order_by("history_id")]
    assert told == [(Decimal(6), planner()), (Decimal("5.5"), youth_planner())]
    assert standing() == [("day", WEEK, Decimal("5.5"))]
    newest = row.history.latest()
    assert [(change["label"], change["from"], change["to"]) for change in newest.changes] == [("hours", "6.00", "5.50")]
    assert newest.about_plan_id == training().plan_id


def test_what_was_recorded_by_mistake_is_taken_back_and_stays_in_the_history():
    record("6", absence="Sick")
    row = record(None)
    assert (row.hours, row.absence) == (None, "")
    assert not standing()
    assert row.history.count() == 2
    record("4", WEEK, "week")
    assert standing() == [("week", WEEK, Decimal(4))]


def test_the_same_again_changes_nothing():
    record("6", absence="Sick")
    before = everything()
    assert record("6.00", absence="Sick", seen=0) is None
    assert changed(before, everything()) == {}


def test_nothing_said_of_an_empty_day_makes_no_row():
    assert record(None) is None
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("hours", "span", "code"),
    [
        ("24.25", "day", "hours-can-not-be"),
        ("-0.25", "day", "hours-can-not-be"),
        ("168.25", "week", "hours-can-not-be"),
        ("7.3", "day", "hours-not-in-quarters"),
        ("7.125", "week", "hours-not-in-quarters"),
    ],
)
def test_hours_that_can_not_be_are_refused(hours, span, code):
    assert code_of(lambda: record(hours, span=span)) == code
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(("hours", "span"), [("0", "day"), ("24", "day"), ("168", "week"), ("0.25", "week")])
def test_hours_that_can_be_are_recorded(hours, span):
    record(hours, span=span)
    assert standing() == [(span, WEEK, Decimal(hours))]


def test_an_absence_is_said_with_its_hours():
    assert code_of(lambda: record(None, absence="Sick")) == "absence-without-hours"
    assert code_of(lambda: record("0", absence="x" * 81)) == "absence-too-long"
    assert record("0", absence="Sick").absence == "Sick"
    assert record("2", absence=" \u200b ").absence == ""


def test_a_day_within_a_week_that_is_recorded_as_a_whole_is_refused():
    record("20", span="week")
    assert code_of(lambda: record("4", WEEK + 2 * DAY)) == "recorded-by-week"
    record("4", WEEK - DAY)
    assert len(standing()) == 2


def test_a_week_whose_days_are_recorded_is_refused():
    record("4", WEEK + 2 * DAY)
    record("2.5", WEEK + 3 * DAY)
    with pytest.raises(Refusal) as refused:
        record("20", span="week")
    assert refused.value.code == "recorded-by-day"
    assert "6.5 hours" in refused.value.sentence


def test_a_service_that_has_not_begun_has_no_attendance():
    write(training(), actual_start_on=None, status="planned")
    assert code_of(record_of_today) == "not-begun"


def record_of_today():
    return record("4", TODAY)


def test_only_the_days_of_the_service_have_attendance():
    start = training().actual_start_on
    assert code_of(lambda: record("4", start - DAY)) == "before-the-start"
    record("4", start)
    end(TODAY - DAY)
    assert code_of(record_of_today) == "after-the-end"
    record("4", TODAY - DAY)


def end(day):
    return save_service(training(), {"status": "complete", "ended_on": day}, by=planner(), at=states.now())


def test_a_week_in_which_the_service_starts_or_ends_has_attendance():
    start = training().actual_start_on
    record("4", start, "week")
    assert code_of(lambda: record("4", monday_of(start) - DAY, "week")) == "before-the-start"
    end(WEEK + DAY)
    record("4", WEEK, "week")
    assert code_of(lambda: record("4", WEEK + 7 * DAY, "week")) == "after-the-end"


def test_a_day_to_come_has_no_attendance():
    assert code_of(lambda: record("4", TODAY + DAY)) == "day-to-come"
    assert code_of(lambda: record("4", monday_of(TODAY) + 7 * DAY, "week")) == "day-to-come"
    record("4", monday_of(TODAY), "week")


def test_support_has_no_attendance():
    write(training().service, form_kind="support")
    assert code_of(lambda: record("4")) == "without-attendance"


@pytest.mark.parametrize("field", ["actual_start_on", "ended_on"])
def test_the_days_of_a_service_go_round_what_was_attended(field):
    record("4", WEEK)
    values = {
        "actual_start_on": {"actual_start_on": WEEK + DAY},
        "ended_on": {"status": "complete", "ended_on": WEEK - DAY},
    }
    with pytest.raises(Refusal) as refused:
        save_service(training(), values[field], by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("attended-outside", field)
    record(None, WEEK)
    save_service(training(), values[field], by=planner(), at=states.now())


def test_a_service_that_was_attended_has_started():
    record("4", WEEK, "week")
    with pytest.raises(Refusal) as refused:
        save_service(training(), {"status": "planned", "actual_start_on": None}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("attended-outside", "actual_start_on")


def test_another_region_records_nothing():
    with pytest.raises(NotAllowed):
        record("4", by=north_planner())
    assert not Attendance.objects.exists()


def test_a_service_that_left_the_plan_is_refused():
    row = said("4")
    states.reviewed(angela())
    remove_service(training(), removal="unavailable", by=planner(), at=states.now())
    assert code_of(lambda: record_attendance(row, by=planner(), at=states.now())) == "removed-meanwhile"


def test_a_closed_plan_has_no_more_attendance():
    states.closed(angela())
    assert code_of(lambda: record("4")) == "plan-closed"


def test_a_colleagues_hours_are_not_overwritten():
    row = record("6", by=youth_planner())
    with pytest.raises(StaleRow) as refused:
        record("5", seen=0)
    assert refused.value.current == row
    assert str(youth_planner()) in refused.value.sentence
    record("5", seen=row.row_version)
    assert standing() == [("day", WEEK, Decimal(5))]


def test_what_can_not_be_recorded_keeps_nothing_else_back():
    lines = [said("4"), said("25", WEEK + DAY), said("3", WEEK + 2 * DAY), said("2", WEEK)]
    recorded = record_class(lines, by=planner(), at=states.now())
    assert recorded.saved.keys() == {0, 2}
    assert {place: refusal.code for place, refusal in recorded.refused.items()} == {
        1: "hours-can-not-be",
        3: "said-twice",
    }
    assert [hours for _span, _day, hours in standing()] == [Decimal(4), Decimal(3)]
