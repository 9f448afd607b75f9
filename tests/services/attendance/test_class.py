"""The attendance of a class on one page: a row a customer, saved together, and nothing lost."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from services.attendance.actions import Said, record_attendance
from services.attendance.models import Attendance
from tests import states
from tests.attending import DAY, PROVIDER, a_class, attended_by, class_path, last_week
from tests.markup import Page
from tests.people import administrator, angela, lucia, north_planner, planner, statewide, youth_planner
from tests.rows import changed, date_back, everything

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def record(row, hours, day=None, span="week", by=None, seen=None):
    said = Said(row.pk, span, day or last_week(), None if hours is None else Decimal(hours), seen=seen)
    return record_attendance(said, by=by or planner(), at=states.now())


def send(client, typed, path=None, **more):
    """Save the page as it stands but for `typed`: by service the hours, or hours with the absence."""
    path = path or class_path()
    return client.post(path, Page(client.get(path)).form(path) | fields(typed, **more), follow=True)


def fields(typed, day=None, span="week"):
    found = {}
    for row, said in typed.items():
        hours, *absence = [said] if isinstance(said, str) else said
        found |= {named("hours", row, day, span): hours}
        found |= {named("absence", row, day, span): word for word in absence}
    return found


def named(name, row, day=None, span="week"):
    """What a field of the page is called."""
    return f"{name}_{row.pk}_{span}_{(day or last_week()).isoformat()}"


def standing():
    return {(row.planned_id, row.span): row.hours for row in Attendance.objects.standing()}


@pytest.mark.policy("ILL-114")
def test_the_rows_of_a_class_are_saved_together(client):
    first, second, third = a_class(3)
    answer = send(client, {first: "24", second: ("0", "sick"), third: ""})
    assert "2 rows were recorded." in Page(answer).words
    assert standing() == {(first.pk, "week"): 24, (second.pk, "week"): 0}
    row = Attendance.objects.get(planned=second)
    assert (row.day, row.absence, row.recorded_by) == (last_week(), "sick", planner())


def test_a_class_is_what_is_under_way_of_one_service_at_one_provider(client):
    (row,) = a_class(1)
    attended_by(states.enrolled(), provider="Another school")
    words = Page(client.get(class_path())).words
    assert str(row.plan.customer) in words
    assert PROVIDER in words
    assert "(1)" in words
    assert len(Page(client.get(class_path())).root.xpath("//tbody/tr")) == 1


def test_only_customers_in_the_planners_sight_are_listed(client):
    a_class(1)
    client.force_login(north_planner())
    assert PROVIDER not in Page(client.get(reverse("attendance-class"))).words
    assert "Choose again." in Page(client.get(class_path())).words


def test_who_sees_every_region_chooses_an_office_first(client):
    (row,) = a_class(1)
    client.force_login(statewide())
    assert PROVIDER not in Page(client.get(reverse("attendance-class"))).words
    chosen = class_path(office=row.plan.customer.office_id)
    assert str(row.plan.customer) in Page(client.get(chosen)).words
    send(client, {row: "8"}, chosen)
    assert standing() == {(row.pk, "week"): 8}
    other = class_path(office=lucia().office_id)
    assert str(row.plan.customer) not in Page(client.get(other)).words


def test_whoever_reads_alone_has_no_such_page(client):
    client.force_login(administrator())
    assert client.get(class_path()).status_code == 403
    client.force_login(angela().user)
    assert client.get(class_path()).status_code == 404


def test_one_day_of_the_week_is_entered_by_itself(client):
    (row,) = a_class(1)
    send(client, {row: "6"}, class_path(weekday="2"), day=last_week() + 2 * DAY, span="day")
    found = Attendance.objects.get()
    assert (found.span, found.day) == ("day", last_week() + 2 * DAY)


def test_what_can_not_be_saved_is_said_at_its_row_and_the_rest_is_saved(client):
    first, second, third, fourth = a_class(4)
    answer = send(client, {first: "24", second: "many", third: "7.3", fourth: ("", "sick")})
    assert answer.status_code == 422
    page = Page(answer)
    assert "1 row was recorded." in page.words
    assert standing() == {(first.pk, "week"): 24}
    said = {
        second: "Enter one number, for example 12.5",
        third: "Enter hours in quarters",
        fourth: "Enter the hours, too: 0 for an absence",
    }
    for row, words in said.items():
        assert words in page.root.xpath(f"string(//p[@id='id_{named('hours', row)}_error'])")
    form = page.form(class_path())
    assert form[named("hours", second)] == "many"
    assert form[named("absence", fourth)] == "sick"
    answer = client.post(class_path(), form | fields({second: "8", third: "7.25", fourth: "0"}), follow=True)
    assert "3 rows were recorded." in Page(answer).words
    assert len(standing()) == 4


def test_a_second_save_of_the_same_page_adds_nothing(client):
    rows = a_class(2)
    form = Page(client.get(class_path())).form(class_path()) | fields(dict.fromkeys(rows, "24"))
    client.post(class_path(), form)
    before = everything()
    answer = client.post(class_path(), form, follow=True)
    assert "Nothing was changed." in Page(answer).words
    assert changed(before, everything()) == {}


def test_two_planners_at_once_are_noticed_at_the_row(client):
    first, second = a_class(2)
    form = Page(client.get(class_path())).form(class_path())
    record(first, "20", by=youth_planner())
    answer = client.post(class_path(), form | fields({first: "24", second: "24"}))
    assert answer.status_code == 422
    page = Page(answer)
    error = page.root.xpath(f"string(//p[@id='id_{named('hours', first)}_error'])")
    assert "recorded 20 hours meanwhile" in error
    assert str(youth_planner()) in error
    assert standing() == {(first.pk, "week"): 20, (second.pk, "week"): 24}
    client.post(class_path(), page.form(class_path()))
    assert standing() == {(first.pk, "week"): 24, (second.pk, "week"): 24}


def test_a_row_that_was_not_touched_overwrites_no_colleague(client):
    first, second = a_class(2)
    form = Page(client.get(class_path())).form(class_path())
    record(first, "20", by=youth_planner())
    answer = client.post(class_path(), form | fields({second: "24"}), follow=True)
    assert answer.status_code == 200
    assert standing() == {(first.pk, "week"): 20, (second.pk, "week"): 24}


def test_hours_are_corrected_and_taken_back(client):
    first, second = a_class(2)
    send(client, {first: ("20", "two days sick"), second: "24"})
    shown = Page(client.get(class_path())).form(class_path())
    assert (shown[named("hours", first)], shown[named("absence", first)]) == ("20", "two days sick")
    send(client, {first: ("", ""), second: "22.5"})
    assert standing() == {(second.pk, "week"): Decimal("22.5")}
    send(client, {first: "20"})
    assert standing()[first.pk, "week"] == 20
    assert Attendance.objects.count() == 2


def test_what_is_recorded_in_the_other_way_is_told_and_not_asked(client):
    first, second = a_class(2)
    record(first, "6", span="day")
    record(second, "24")
    by_week = Page(client.get(class_path()))
    assert "6 hours, recorded day by day" in by_week.words
    assert named("hours", first) not in by_week.form(class_path())
    path = class_path(weekday="3")
    by_day = Page(client.get(path))
    assert "24 hours, recorded for the whole week" in by_day.words
    assert named("hours", second, last_week() + 3 * DAY, "day") not in by_day.form(path)


def test_services_without_days_in_this_week_are_left_out(client):
    first, second, third = a_class(3)
    date_back(first, actual_start_on=last_week() + 7 * DAY)
    date_back(second, status="complete", ended_on=last_week() - DAY)
    date_back(third, status="complete", ended_on=last_week())
    (fourth,) = a_class(1)  # still under way
    page = Page(client.get(class_path()))
    assert len(page.root.xpath("//tbody/tr")) == 2
    shown = page.root.xpath("//tbody//input/@name")
    assert {named("hours", third), named("hours", fourth)} <= set(shown)


def test_a_week_to_come_is_refused_at_each_row(client):
    (row,) = a_class(1)
    path = class_path(week=TODAY + 7 * DAY)
    answer = send(client, {row: "24"}, path, day=last_week() + 14 * DAY)
    assert answer.status_code == 422
    assert "This day has not come yet." in Page(answer).words


def test_without_a_class_the_page_says_what_to_do(client):
    client.force_login(north_planner())
    page = Page(client.get(reverse("attendance-class")))
    assert "No service with attendance is under way." in page.words


def test_a_class_is_chosen_from_those_under_way(client):
    page = Page(client.get(f"{reverse('attendance-class')}?course=&week="))
    assert "Choose the class." in page.words
    assert "Enter the week." in page.words


def test_the_service_leads_to_its_class(client):
    (row,) = a_class(1)
    path = reverse("plan:attendance", args=[row.plan.customer_id, row.pk])
    link = Page(client.get(path)).links()["Attendance of the whole class"]
    assert str(row.plan.customer) in Page(client.get(link)).words


def test_a_class_of_20_asks_no_more_than_one_of_two(client, django_assert_max_num_queries):
    a_class(20)
    client.get(class_path())
    with django_assert_max_num_queries(14):
        answer = client.get(class_path())
    assert len(Page(answer).root.xpath("//tbody/tr")) == 20


def test_saving_a_class_of_20_asks_as_often_as_saving_one_of_two(client, django_assert_max_num_queries):
    rows = a_class(20)
    form = Page(client.get(class_path())).form(class_path()) | fields(dict.fromkeys(rows, "24"))
    with django_assert_max_num_queries(30):
        client.post(class_path(), form)
    assert len(standing()) == 20


def test_a_long_class_has_pages(client):
    rows = a_class(42)
    page = Page(client.get(class_path()))
    assert len(page.root.xpath("//tbody/tr")) == 40
    following = page.links()["Next"]
    send(client, {rows[-1]: "3"}, following)
    assert standing() == {(rows[-1].pk, "week"): 3}
