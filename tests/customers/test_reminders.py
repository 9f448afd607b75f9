"""Each person is told once a day which deadlines are near or have passed, and of each once for each threshold."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from acknowledgments.agreement.deadlines import APPROVAL, ASKED, REQUEST
from careerplan.base.dates import day_of
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.deadlines import NEXT_REVIEW
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion
from customers import deadlines, reminders
from customers.models import Reminder
from tests import people, states
from tests.at_once import before_the_commit
from tests.rows import date_back, write
from tests.shared_plans import asked, closing, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NOON = datetime(2026, 6, 1, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_chicago(settings):
    settings.TIME_ZONE = "America/Chicago"


@pytest.fixture
def alone(monkeypatch):
    """Of all deadlines the next review alone: Angela's plan in force; those of others are due when nobody lives."""
    monkeypatch.setattr(deadlines, "_registered", {NEXT_REVIEW.code: NEXT_REVIEW})
    monkeypatch.setattr(deadlines, "_reminded", {})
    due(in_force(), date(2090, 1, 1))
    return in_force().filter(plan__customer=people.angela())


@pytest.fixture
def others():
    """Another customer of the same planner."""
    version = states.in_force()
    assert version.plan.customer.planner == people.planner()
    return in_force().filter(pk=version.pk)


def in_force():
    return PlanVersion.objects.filter(state=VersionState.ACTIVE)


def due(versions, day):
    before = day - timedelta(days=90)
    for version in versions:
        date_back(version, created_on=before, approved_on=before, next_review_on=day)


def told():
    return list(Message.objects.filter(kind=Notice.DEADLINES_NEAR).order_by("pk"))


def remind_each_day(first, last):
    """Of each day from the first to the last (days after June 1): on which of them somebody was told."""
    return [day for day in range(first, last + 1) if reminders.remind(NOON + timedelta(days=day))]


@pytest.mark.policy("WIS-018")
def test_a_review_is_told_a_week_before_on_its_day_and_a_week_late(alone):
    due(alone, day_of(NOON) + timedelta(days=20))
    assert remind_each_day(0, 60) == [13, 20, 27]
    [ahead, *_others] = told()
    assert ahead.recipient == people.planner()
    assert ahead.subject == "Deadlines that are near or have passed: 1"
    assert ahead.body.startswith("Review the plan with the customer (1). Open Today")
    assert ahead.path == "/today/"


def test_it_is_told_once_however_often_the_task_runs(alone):
    due(alone, day_of(NOON) + timedelta(days=7))
    assert [reminders.remind(NOON + timedelta(hours=hour)) for hour in range(4)] == [1, 0, 0, 0]


def test_a_task_that_did_not_run_for_days_tells_what_it_missed_once(alone):
    due(alone, day_of(NOON) + timedelta(days=2))
    assert remind_each_day(0, 0) == [0]
    assert remind_each_day(1, 1) == []
    due(alone, day_of(NOON) - timedelta(days=3))
    assert remind_each_day(1, 3) == [1]


def test_a_deadline_that_moves_is_told_of_anew(alone):
    due(alone, day_of(NOON) + timedelta(days=7))
    assert reminders.remind(NOON)
    due(alone, day_of(NOON) + timedelta(days=8))
    assert reminders.remind(NOON + timedelta(days=1))


def test_what_is_late_for_long_is_not_told_by_a_new_installation(alone):
    due(alone, day_of(NOON) - timedelta(days=39))
    assert not reminders.remind(NOON)
    due(alone, day_of(NOON) - timedelta(days=38))
    assert reminders.remind(NOON)


def test_all_of_a_person_is_one_message_and_one_email(alone, others):
    due(in_force(), day_of(NOON))
    number = in_force().count()
    assert number > 1
    assert reminders.remind(NOON) == 1
    [message] = told()
    assert f"({number})" in message.body
    assert Notification.objects.filter(message=message).count() == 1


def test_found_after_the_days_message_it_is_told_tomorrow(alone, others):
    due(alone, day_of(NOON))
    assert reminders.remind(NOON) == 1
    due(others, day_of(NOON))
    assert reminders.remind(NOON + timedelta(hours=1)) == 0
    assert Reminder.objects.untold().exists()
    assert reminders.remind(NOON + timedelta(days=1)) == 1


def test_who_is_switched_off_is_not_told_and_keeps_nobody_waiting(alone):
    due(alone, day_of(NOON))
    date_back(people.planner(), is_active=False)
    assert not reminders.remind(NOON)
    assert not Reminder.objects.exists()


def test_a_run_that_died_after_finding_goes_on_with_telling(alone):
    due(alone, day_of(NOON))
    reminders.find(NEXT_REVIEW, day_of(NOON))
    assert told() == []
    assert reminders.remind(NOON + timedelta(days=1)) == 1
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize(
    "noon",
    [
        datetime(2028, 2, 22, 18, tzinfo=UTC),  # a week before the 29th
        datetime(2026, 3, 1, 18, tzinfo=UTC),  # over the night of 23 hours
        datetime(2026, 10, 25, 17, tzinfo=UTC),  # over the day of 25
        datetime(2026, 12, 28, 18, tzinfo=UTC),
    ],
)
def test_a_week_is_seven_days_of_the_calendar(alone, noon):
    due(alone, day_of(noon) + timedelta(days=7))
    assert [reminders.remind(noon + timedelta(days=day)) for day in (-1, 0, 1, 6, 7, 8)] == [0, 1, 0, 0, 1, 0]


def test_the_day_is_that_of_the_agency(alone):
    due(alone, day_of(NOON) + timedelta(days=7))
    before_midnight_in_chicago = datetime(2026, 6, 1, 4, 59, tzinfo=UTC)
    assert not reminders.remind(before_midnight_in_chicago)
    assert reminders.remind(before_midnight_in_chicago + timedelta(minutes=1))


def test_what_was_told_long_ago_is_cleared_away(alone):
    due(alone, day_of(NOON))
    reminders.remind(NOON)
    assert not reminders.ended(NOON + timedelta(days=400)).exists()
    assert reminders.ended(NOON + timedelta(days=401)).exists()


def test_the_clock_set_back_tells_nothing_twice(alone):
    due(alone, day_of(NOON) + timedelta(days=7))
    assert reminders.remind(NOON)
    assert not reminders.remind(NOON - timedelta(hours=1))
    assert not reminders.remind(NOON - timedelta(days=1))


@pytest.mark.parametrize("code", [deadline.code for deadline in deadlines.all_reminded()])
def test_every_deadline_can_be_read_and_tells_each_of_its_thresholds(code):
    [deadline] = [each for each in deadlines.all_reminded() if each.code == code]
    assert deadline.reminds == tuple(sorted(set(deadline.reminds), reverse=True))
    reminders.find(deadline, day_of(NOON))


def test_all_of_them_are_told_of_one_after_the_other(caplog):
    states.started(states.enrolled())
    assert reminders.remind(states.now() + timedelta(days=14))
    assert {"plan-not-in-force"} <= set(Reminder.objects.values_list("code", flat=True))
    assert caplog.messages == []


def test_one_that_can_not_be_read_keeps_none_of_the_others(alone, monkeypatch, caplog):
    broken = dataclasses.replace(NEXT_REVIEW, code="broken", customer="nobody")
    monkeypatch.setattr(deadlines, "_registered", {"broken": broken, NEXT_REVIEW.code: NEXT_REVIEW})
    due(alone, day_of(NOON))
    assert reminders.remind(NOON) == 1
    assert caplog.messages == ["Nobody could be reminded of broken."]


def test_what_was_done_before_it_could_be_told_is_told_to_nobody(alone):
    due(alone, day_of(NOON))
    reminders.find(NEXT_REVIEW, day_of(NOON))
    due(alone, day_of(NOON) + timedelta(days=90))
    assert reminders.remind(NOON + timedelta(days=1)) == 0
    assert not Reminder.objects.untold().exists()


def test_a_former_planner_is_not_told_of_a_customer_who_was_handed_over(alone):
    due(alone, day_of(NOON))
    reminders.find(NEXT_REVIEW, day_of(NOON))
    write(people.angela(), planner=people.youth_planner())
    assert reminders.remind(NOON + timedelta(days=1)) == 1
    assert [message.recipient for message in told()] == [people.youth_planner()]


def test_the_colleague_who_is_asked_is_reminded_and_not_who_asked(monkeypatch):
    monkeypatch.setattr(deadlines, "_registered", {APPROVAL.code: APPROVAL})
    monkeypatch.setattr(deadlines, "_reminded", {ASKED.code: ASKED})
    request = asked(closing(shared_angela(), people.planner()), people.planner())
    [approver] = {answer.approver for answer in request.answers.all()}
    days = [day for day in range(15) if reminders.remind(request.asked_at + timedelta(days=day))]
    assert days == [3, 10]
    assert {message.recipient for message in told()} == {approver}


def test_a_customer_is_reminded_of_the_plan_that_waits_to_be_signed(monkeypatch):
    monkeypatch.setattr(deadlines, "_registered", {REQUEST.code: REQUEST})
    tyrell = people.tyrell()
    request = REQUEST.open_rows(day_of(NOON)).get(seal__version__plan__customer=tyrell)
    for other in REQUEST.open_rows(day_of(NOON)).exclude(pk=request.pk):
        date_back(other, notified_at=NOON - timedelta(days=3000), created_at=NOON - timedelta(days=3000))
    at = NOON.replace(hour=18)
    date_back(request, notified_at=at, created_at=at)
    days = [day for day in range(15) if reminders.remind(at + timedelta(days=day))]
    assert days == [3, 10]
    message = Message.objects.filter(kind=Notice.STILL_WAITS).latest("pk")
    assert (message.recipient, message.path) == (tyrell.user, request.path)


def test_many_customers_are_told_with_the_questions_of_one_each_of_the_own_page(
    monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(deadlines, "_registered", {REQUEST.code: REQUEST})
    for _each in range(2):
        states.told(states.sent(states.draft()))
    requests = list(REQUEST.open_rows(day_of(NOON)))
    assert len(requests) == 3
    for request in requests:
        date_back(request, notified_at=NOON, created_at=NOON)
    on = day_of(NOON) + timedelta(days=3)
    reminders.find(REQUEST, on)
    with django_assert_max_num_queries(12):
        assert reminders.tell(NOON + timedelta(days=3)) == len(requests)
    rows = Message.objects.filter(kind=Notice.STILL_WAITS).values_list("path", flat=True)
    assert sorted(rows) == sorted(request.path for request in requests)


def test_people_are_told_so_many_at_a_time_and_one_failure_keeps_none_of_the_others(alone, others, monkeypatch, caplog):
    """Whom a later portion holds is told where an earlier one failed."""
    monkeypatch.setattr(reminders, "PEOPLE_AT_A_TIME", 1)
    due(alone | others, day_of(NOON))
    write(others.get().plan.customer, planner=people.youth_planner())
    first, second = sorted([people.planner(), people.youth_planner()], key=lambda person: person.pk)
    tell_some = reminders.tell_some

    def fails_once(keys, *, at):
        if keys == [first.pk]:
            raise RuntimeError("the first portion fails")
        return tell_some(keys, at=at)

    monkeypatch.setattr(reminders, "tell_some", fails_once)
    assert reminders.remind(NOON) == 1
    assert [message.recipient for message in told()] == [second]
    assert "Some people could not be reminded." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_tasks_at_once_tell_once(alone):
    due(alone, day_of(NOON))
    assert before_the_commit(lambda: reminders.remind(NOON), lambda: reminders.remind(NOON)) == 0
    assert len(told()) == 1
