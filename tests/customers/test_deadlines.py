"""What is due, of whom, and by when: the day before, the day, and the day after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from acknowledgments.agreement.talking import disagree
from careerplan.accounts.models import Region
from careerplan.base.history import record
from customers.actions import add_case_note
from customers.deadlines import Due, Topic, all_deadlines, end_of_week, read_due
from customers.enums import ContactMethod, EnrollmentStatus
from customers.models import Enrollment, LocalInterval, Program
from goals.actions import save_goal
from goals.models import Goal
from services.actions import save_service
from services.models import PlannedService
from tests import people, plans_in_force, states
from tests.goal_statuses import OFF_TRACK
from tests.rows import date_back, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

DAY = timedelta(days=1)


def rows(customer, code, on):
    return [row for row in read_due(on, [customer.pk]) if row.code == code]


def only(customer, code, on=None):
    (row,) = rows(customer, code, on or states.today())
    return row


def late_on_the_days(row):
    """How late it is on the day before it is due, on the day, and on the two days after."""
    return [row.days_late(row.due_on + number * DAY) for number in (-1, 0, 1, 2)]


def enrolled(*programs):
    """No applicant any more."""
    customer = states.enrolled(*programs)
    date_back(Enrollment.objects.get(customer=customer), status=EnrollmentStatus.ENROLLED)
    return customer


# --- reviews --------------------------------------------------------------------------------------


@pytest.mark.policy("WIS-103", "WIS-018", "AMB-W11")
def test_a_review_is_due_on_day_90_and_overdue_from_day_91():
    version = states.in_force()
    row = only(version.plan.customer, "next-review")
    assert row.due_on == version.approved_on + 90 * DAY
    assert late_on_the_days(row) == [0, 0, 1, 2]
    assert row.path == f"/customers/{version.plan.customer_id}/plan/agreement/"


def test_who_left_every_program_has_no_review_and_no_contact_due():
    version = states.in_force()
    enrollment = Enrollment.objects.get(customer=version.plan.customer)
    enrollment.status, enrollment.exited_on = EnrollmentStatus.EXITED, states.today()
    record(enrollment, by=people.planner(), at=states.now())
    assert rows(version.plan.customer, "next-review", states.today()) == []


@pytest.mark.policy("WIS-018", "AMB-W11")
def test_a_region_reviews_as_often_as_its_local_policy_says():
    customer = states.enrolled("T1-YOUTH")
    local(customer, "T1-YOUTH", review_interval_days=45)
    version = states.signed(states.written_iss(customer))
    assert only(customer, "next-review").due_on == version.approved_on + 45 * DAY


def test_the_local_policy_of_another_region_changes_nothing():
    customer = states.enrolled()
    elsewhere = Region.objects.exclude(pk=customer.office.region_id)[0]
    policy = LocalInterval(program=Program.objects.get(code="T1-ADULT"), region=elsewhere, review_interval_days=30)
    record(policy, by=people.administrator(), at=states.now())
    version = states.signed(states.written(customer))
    assert version.next_review_on == version.approved_on + 90 * DAY


def local(customer, program, **days):
    policy = LocalInterval(program=Program.objects.get(code=program), region=customer.office.region, **days)
    record(policy, by=people.administrator(), at=states.now())


def test_a_local_policy_says_something():
    customer = states.enrolled()
    refuses("a_local_policy_says_something", lambda: local(customer, "T1-ADULT"))


# --- plans ----------------------------------------------------------------------------------------


@pytest.mark.policy("WIS-001")
def test_an_enrolled_customer_without_a_plan_waits_for_one():
    customer = enrolled()
    row = only(customer, "plan-missing")
    assert row.due_on == date(2026, 1, 5)
    assert row.path == f"/customers/{customer.pk}/plan/"


@pytest.mark.policy("WIS-001")
def test_a_plan_that_never_came_into_force_is_due_as_well():
    customer = enrolled()
    version = states.written(customer)
    assert rows(customer, "plan-missing", states.today()) == []
    assert only(customer, "plan-not-in-force").due_on == date(2026, 1, 5)
    states.signed(version)
    assert rows(customer, "plan-not-in-force", states.today()) == []


def test_an_applicant_needs_no_plan_yet():
    customer = enrolled()
    date_back(Enrollment.objects.get(customer=customer), status=EnrollmentStatus.APPLICANT)
    assert rows(customer, "plan-missing", states.today()) == []


def test_a_later_draft_waits_without_a_day():
    version = states.in_force()
    states.reviewed(version.plan.customer)
    row = only(version.plan.customer, "draft")
    assert (row.due_on, row.since) == (None, states.today())


# --- contacts -------------------------------------------------------------------------------------


def contacted(customer, on, method=ContactMethod.PHONE):
    values = {"subject": "Call", "text": "How are things", "contact_on": on, "contact_method": method}
    add_case_note(customer, **values, by=customer.planner, at=states.now())


@pytest.mark.policy("WIS-156")
@pytest.mark.parametrize("days", [30, 60])
def test_a_contact_is_due_as_local_policy_says(days):
    customer = enrolled()
    assert rows(customer, "contact", states.today()) == []
    local(customer, "T1-ADULT", contact_interval_days=days)
    assert only(customer, "contact").due_on == date(2026, 1, 5) + days * DAY
    contacted(customer, states.today() - 3 * DAY)
    row = only(customer, "contact")
    assert row.due_on == states.today() + (days - 3) * DAY
    assert late_on_the_days(row) == [0, 0, 1, 2]


@pytest.mark.policy("WIS-156")
def test_a_note_without_a_contact_does_not_count_as_one():
    customer = enrolled()
    local(customer, "T1-ADULT", contact_interval_days=30)
    contacted(customer, states.today(), ContactMethod.NONE)
    assert only(customer, "contact").due_on == date(2026, 1, 5) + 30 * DAY


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2023, 1, 30), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2024, 3, 30)),
    ],
)
def test_days_are_counted_over_a_leap_day(last, due):
    customer = enrolled()
    date_back(Enrollment.objects.get(customer=customer), begun_on=last - DAY)
    local(customer, "T1-ADULT", contact_interval_days=30)
    contacted(customer, last)
    assert only(customer, "contact").due_on == due


# --- services -------------------------------------------------------------------------------------


def planned(customer, **values):
    service = PlannedService.objects.in_plan().filter(plan__customer=customer, status="planned")[0]
    date_back(service, **values)
    return service


@pytest.mark.policy("WIS-061", "WIS-062", "AMB-W19")
def test_the_reason_is_asked_for_from_the_day_after_the_planned_start_and_late_after_ten_days():
    customer = states.in_force().plan.customer
    service = planned(customer, planned_start_on=date(2026, 3, 1))
    assert rows(customer, "never-provided", date(2026, 3, 1)) == []
    row = only(customer, "never-provided", date(2026, 3, 2))
    assert (row.key, row.due_on, row.about) == (service.pk, date(2026, 3, 11), service.service.plain_name)
    assert late_on_the_days(row) == [0, 0, 1, 2]


@pytest.mark.policy("WIS-061", "AMB-W19", "AMB-X6")
@pytest.mark.parametrize("how", ["started", "planned anew", "never provided"])
def test_it_is_asked_for_no_more_once_it_started_is_planned_anew_or_has_its_reason(how):
    customer = states.in_force().plan.customer
    service = planned(customer, planned_start_on=states.today() - 3 * DAY, planned_end_on=None)
    only(customer, "never-provided")
    values = {
        "started": {"status": "started", "actual_start_on": states.today()},
        "planned anew": {"planned_start_on": states.today() + DAY},
        "never provided": {"status": "never_provided", "never_provided_reason": "no_show", "notes": "Did not come."},
    }[how]
    service.refresh_from_db()
    save_service(service, values, by=customer.planner, at=states.now())
    assert rows(customer, "never-provided", states.today()) == []


def test_a_youth_needs_a_first_element_within_ninety_days():
    customer = plans_in_force.iss()
    date_back(Enrollment.objects.get(customer=customer), status=EnrollmentStatus.ENROLLED)
    row = only(customer, "first-element")
    assert row.due_on == date(2026, 1, 5) + 90 * DAY
    element = PlannedService.objects.get(plan__customer=customer, service__code="YE-01")
    save_service(
        element, {"status": "started", "actual_start_on": states.today()}, by=customer.planner, at=states.now()
    )
    assert rows(customer, "first-element", states.today()) == []


# --- goals ----------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-004")
def test_a_goal_that_goes_off_track_is_flagged():
    customer = states.in_force().plan.customer
    assert rows(customer, "goal-off-track", states.today()) == []
    states.reviewed(customer)
    goal = Goal.objects.filter(plan__customer=customer)[0]
    save_goal(goal.plan, goal, OFF_TRACK, by=customer.planner, at=states.now())
    row = only(customer, "goal-off-track")
    assert (row.key, row.about, row.deadline.topic) == (goal.pk, goal.statement, Topic.SERVICES)


def test_a_goal_without_movement_for_sixty_days_is_looked_at_and_a_change_of_its_service_is_a_movement():
    customer = states.in_force().plan.customer
    goal = Goal.objects.filter(plan__customer=customer)[0]
    last = states.today() + 60 * DAY
    assert rows(customer, "goal-standstill", last - DAY) == []
    row = only(customer, "goal-standstill", last)
    assert row.due_on == last
    assert late_on_the_days(row) == [0, 0, 1, 2]
    service = goal.services.exclude(status="complete")[0]
    save_service(service, {"weekly_hours": 5}, by=customer.planner, at=states.now() + 5 * DAY)
    assert rows(customer, "goal-standstill", last + 4 * DAY) == []
    assert only(customer, "goal-standstill", last + 5 * DAY).due_on == last + 5 * DAY


# --- agreements -----------------------------------------------------------------------------------


@pytest.mark.policy("WIS-080", "WIS-084", "WIS-086", "AMB-W20")
def test_the_signed_paper_is_due_thirty_days_after_the_agreement():
    version = states.in_force()
    row = only(version.plan.customer, "evidence")
    assert row.due_on == states.today() + 30 * DAY
    assert late_on_the_days(row) == [0, 0, 1, 2]


@pytest.mark.policy("WIS-085", "WIS-087", "AMB-W20")
def test_it_is_due_at_exit_where_that_is_earlier_and_stays_due_after_it():
    customer = states.in_force().plan.customer
    enrollment = Enrollment.objects.get(customer=customer)
    enrollment.status, enrollment.exited_on = EnrollmentStatus.EXITED, states.today()
    record(enrollment, by=people.planner(), at=states.now())
    assert only(customer, "evidence", states.today() + 5 * DAY).days_late(states.today() + 5 * DAY) == 5


@pytest.mark.policy("WIS-013")
def test_what_waits_for_the_customer_waits_since_the_customer_was_told():
    customer = states.enrolled()
    request = states.told(states.sent(states.written(customer)))
    row = only(customer, "request")
    assert (row.due_on, row.since, row.waits_for_staff) == (None, states.today(), False)
    states.acknowledged(request)
    assert rows(customer, "request", states.today()) == []


def test_a_customer_who_says_no_waits_for_the_planner_and_is_reminded_of_nothing():
    customer = states.enrolled()
    request = states.told(states.sent(states.written(customer)))
    disagree(request, reason="Too far from home.", by=customer.user, at=states.now())
    assert rows(customer, "request", states.today()) == []
    assert only(customer, "disagreed").waits_for_staff


@pytest.mark.parametrize(
    ("told", "zone", "day"),
    [
        (datetime(2026, 3, 8, 5, 30, tzinfo=UTC), "America/Chicago", date(2026, 3, 7)),
        (datetime(2026, 3, 8, 5, 30, tzinfo=UTC), "America/New_York", date(2026, 3, 8)),
        (datetime(2026, 3, 9, 4, 30, tzinfo=UTC), "America/Chicago", date(2026, 3, 8)),
        (datetime(2026, 11, 2, 5, 30, tzinfo=UTC), "America/Chicago", date(2026, 11, 1)),
    ],
)
def test_the_day_since_which_something_waits_is_the_readers_own(told, zone, day):
    customer = states.enrolled()
    request = states.told(states.sent(states.written(customer)))
    date_back(request, notified_at=told, created_at=told)
    with timezone.override(zone):
        assert only(customer, "request").since == day


# --- all of them ----------------------------------------------------------------------------------


def test_all_deadlines_of_many_customers_are_one_question(django_assert_num_queries):
    keys = [people.david().pk, people.angela().pk, people.tyrell().pk]
    with django_assert_num_queries(1):
        found = read_due(states.today(), keys)
    assert {row.customer for row in found} <= set(keys)
    assert found == sorted(found, key=lambda row: row.in_order)


def test_each_deadline_has_its_words_its_citation_and_a_page(client):
    assert len({row.code for row in all_deadlines()}) == len(all_deadlines()) >= 12
    for row in all_deadlines():
        assert row.citation
        assert str(row.what)
        assert str(row.act)
        assert row.page(1, 1).startswith("/")


@pytest.mark.parametrize(("on", "last"), [(date(2026, 11, 23), 29), (date(2026, 11, 29), 29), (date(2026, 11, 30), 6)])
def test_a_week_ends_on_sunday(on, last):
    assert end_of_week(on).day == last
    assert end_of_week(on).weekday() == 6


def test_the_database_takes_no_interval_of_no_days():
    program = Program.objects.get(code="T1-ADULT")
    refuses("a_program_contacts_after_a_day_or_more", lambda: write(program, contact_interval_days=0))


# --- what is late, and not before -------------------------------------------------------------


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("deadline", [row for row in all_deadlines() if row.late_only], ids=lambda row: row.code)
def test_what_is_late_only_gives_no_row_of_a_later_day(deadline):
    """The count of a state's work takes all that was open yesterday for late, and asks nobody for its day."""
    for days in (0, 30, 400):
        day = states.today() + timedelta(days=days)
        rows = [Due(*values) for values in deadline.due_rows(day)]
        assert [row for row in rows if row.due_on > day] == []
    assert rows
