"""The attendance of a service on its page: quick entry, the weeks against the plan, and corrections."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from services.attendance.actions import Said, record_attendance
from services.attendance.models import Attendance
from services.attendance.policy import monday_of
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, lucia, planner, youth_planner
from tests.rows import changed, date_back, everything, write
from tests.services.service_form import path_of, posted, training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
WEEK = monday_of(TODAY) - 7 * DAY


@pytest.fixture
def client(client):
    long_ago = TODAY - 60 * DAY
    date_back(training(), authorised_on=long_ago, actual_start_on=long_ago)
    client.force_login(planner())
    return client


def record(hours, day=WEEK, span="day", *, by=None, **more):
    said = Said(training().pk, span, day, None if hours is None else Decimal(hours), **more)
    return record_attendance(said, by=by or planner(), at=states.now())


def attendance_path(planned=None):
    planned = planned or training()
    return reverse("plan:attendance", args=[planned.plan.customer_id, planned.pk])


def edit_path(row):
    return reverse("plan:attendance-edit", args=[angela().pk, training().pk, row.pk])


def enter(client, **values):
    return posted(client, attendance_path(), values)


@pytest.mark.parametrize(
    "form_kind",
    [
        pytest.param("worksite", marks=pytest.mark.policy("ILL-112")),
        pytest.param("career_training", marks=pytest.mark.policy("ILL-114")),
        pytest.param("apprenticeship", marks=pytest.mark.policy("ILL-115")),
    ],
)
def test_the_page_of_a_service_takes_its_attendance(client, form_kind):
    write(training().service, form_kind=form_kind)
    page = Page(client.get(path_of(training())))
    asked = page.root.xpath(f"//form[@action='{attendance_path()}']//*[@name and not(@type='hidden')]/@name")
    assert set(asked) == {"span", "day", "hours", "absence"}
    form = page.form(attendance_path())
    answer = client.post(attendance_path(), form | {"hours": "6.5", "absence": "left early"}, follow=True)
    assert "The attendance was recorded." in Page(answer).words
    row = Attendance.objects.get()
    assert (row.planned, row.span, row.day, row.hours, row.absence) == (
        training(),
        "day",
        TODAY,
        Decimal("6.5"),
        "left early",
    )


def test_support_has_no_attendance(client):
    write(training().service, form_kind="support")
    assert "Attendance" not in Page(client.get(path_of(training()))).words
    assert client.get(attendance_path()).status_code == 404


def test_what_has_not_started_has_no_attendance(client):
    write(training(), status="planned", actual_start_on=None)
    assert "Attendance" not in Page(client.get(path_of(training()))).words
    assert client.get(attendance_path()).status_code == 404


def test_a_service_that_ended_is_offered_its_last_day(client):
    write(training(), status="complete", ended_on=WEEK + DAY)
    assert Page(client.get(attendance_path())).form(attendance_path())["day"] == f"{WEEK + DAY:%m/%d/%Y}"


def test_a_week_is_entered_by_any_day_in_it(client):
    enter(client, span="week", day=WEEK + 2 * DAY, hours="24")
    row = Attendance.objects.get()
    assert (row.span, row.day) == ("week", WEEK)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"hours": "7.3"}, "Enter hours in quarters, for example 3.25 or 7.5."),
        ({"hours": "25"}, "Enter hours from 0 to 24."),
        ({"hours": ""}, "Enter the hours."),
        ({"hours": "169", "span": "week"}, "Enter 168 or less."),
        ({"hours": "4", "day": TODAY + DAY}, "This day has not come yet."),
        ({"hours": "4", "day": TODAY - 2000 * DAY}, "The service started on"),
    ],
)
def test_what_can_not_be_is_said_and_stays_as_typed(client, values, words):
    answer = enter(client, **values)
    assert answer.status_code == 422
    page = Page(answer)
    assert words in page.words
    assert page.form(attendance_path()).get("hours", "") == values["hours"]
    assert not Attendance.objects.exists()


def test_a_day_that_is_recorded_is_not_overwritten_by_quick_entry(client):
    record("6", TODAY, by=youth_planner())
    answer = enter(client, hours="4")
    assert answer.status_code == 422
    assert f"{youth_planner()} recorded 6 hours here already." in Page(answer).words.replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert Attendance.objects.get().hours == 6


def test_the_same_post_twice_records_once(client):
    form = Page(client.get(attendance_path())).form(attendance_path()) | {"hours": "6"}
    for _time in range(2):
        client.post(attendance_path(), form)
    assert Attendance.objects.get().row_version == 1


def test_the_weeks_stand_against_what_is_planned(client):
    write(training(), weekly_hours=20)
    record("21.5", WEEK, "week")
    record("4", WEEK - 7 * DAY)
    record("3.25", WEEK - 5 * DAY, absence="Bus was late")
    page = Page(client.get(path_of(training())))
    rows = [" ".join(row.text_content().split()) for row in page.root.xpath("//section[@id='attendance']//tbody/tr")]
    assert [row.split()[1:3] for row in rows] == [["21.5", "+1.5"], ["7.25", "-12.75"]]
    assert "Bus was late" in rows[1]
    assert "28.75 hours in 2 recorded weeks; 40 were planned." in page.words


def test_the_chart_has_a_bar_for_each_week_and_the_numbers_of_the_table(client):
    write(training(), weekly_hours=20)
    record("10", WEEK, "week")
    record("20", WEEK - 7 * DAY, "week")
    svg = Page(client.get(path_of(training()))).root.xpath("//section[@id='attendance']//svg")[0]
    bars = [int(bar.get("width")) for bar in svg.xpath(".//rect")]
    assert bars == [180, 90]
    assert len(svg.xpath(".//line")) == 2
    labels = [text.text_content() for text in svg.xpath(".//text")]
    assert labels.index("20") < labels.index("10")


def test_without_planned_hours_nothing_is_compared(client):
    write(training(), weekly_hours=None)
    record("10", WEEK, "week")
    page = Page(client.get(attendance_path()))
    assert "Against the plan" not in page.words
    assert len(page.root.xpath("//figure//line")) == 1


def test_zero_hours_are_a_bar_of_no_length(client):
    record("0", WEEK, absence="Sick")
    page = Page(client.get(attendance_path()))
    assert not page.root.xpath("//figure//rect")
    assert "0 hours in 1 recorded week" in page.words


def test_a_correction_says_who_recorded_before(client):
    row = record("6", by=youth_planner())
    page = Page(client.get(edit_path(row)))
    assert f"Recorded by {youth_planner()}" in page.words
    posted(client, edit_path(row), {"hours": "5.75", "absence": "left early"})
    row.refresh_from_db()
    assert (row.hours, row.absence, row.recorded_by) == (Decimal("5.75"), "left early", planner())


def test_an_emptied_correction_takes_it_back(client):
    row = record("6", absence="Sick")
    posted(client, edit_path(row), {"hours": "", "absence": ""})
    row.refresh_from_db()
    assert (row.hours, row.absence, row.row_version) == (None, "", 2)
    assert "No attendance is recorded in these weeks." in Page(client.get(attendance_path())).words


def test_a_correction_notices_a_colleagues(client):
    row = record("6")
    form = Page(client.get(edit_path(row))).form(edit_path(row)) | {"hours": "5"}
    record("4", by=youth_planner(), seen=1)
    answer = client.post(edit_path(row), form)
    assert answer.status_code == 422
    assert "Someone else changed this in the meantime" in Page(answer).words
    assert Attendance.objects.get().hours == 4
    again = Page(answer).form(edit_path(row))
    assert client.post(edit_path(row), again).status_code == 302
    assert Attendance.objects.get().hours == 5


def test_what_reads_alone_records_nothing(client):
    client.force_login(administrator())
    page = Page(client.get(path_of(training())))
    assert "Attendance" in page.words
    assert "Record attendance" not in page.words
    before = everything()
    assert client.post(attendance_path(), {"span": "day", "day": f"{TODAY:%m/%d/%Y}", "hours": "4"}).status_code == 403
    assert changed(before, everything()) == {}


def test_the_row_of_another_service_is_not_found(client):
    row = record("6")
    other = reverse("plan:attendance-edit", args=[angela().pk, training().pk + 1, row.pk])
    assert client.get(other).status_code == 404
    assert client.get(reverse("plan:attendance-edit", args=[lucia().pk, training().pk, row.pk])).status_code == 404
    assert client.get(reverse("plan:attendance-edit", args=[angela().pk, training().pk, row.pk + 1])).status_code == 404


def test_a_correction_shows_what_was_recorded_before(client):
    row = record("6", WEEK, absence="Left early")
    record("5", by=youth_planner())
    words = Page(client.get(edit_path(row))).words
    assert f"{planner()} 6 hours, Left early" in words
    assert f"{youth_planner()} 5 hours" in words


def test_what_was_taken_back_is_entered_anew(client):
    row = record("6", TODAY)
    record(None, TODAY)
    enter(client, hours="4")
    row.refresh_from_db()
    assert (row.hours, row.row_version) == (4, 3)
