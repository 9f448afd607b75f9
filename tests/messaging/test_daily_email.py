"""One e-mail a day, for who chose it: all that came, each kind with its number. Some things come at once anyway."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from careerplan.accounts.models import User
from careerplan.base.outbox import CLAIM
from careerplan.messaging.actions import settle, tell_also
from careerplan.messaging.choices import choose
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.leaving import DAILY_EMAIL_AT, next_at
from careerplan.messaging.models import Notification
from tests import people
from tests.at_once import on_own_connection
from tests.messaging.test_notify import AT, tell
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

# 15:00 UTC is 9:00 in Chicago, so that the next e-mail leaves at 6:30 the next day.
MORNING = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_outbox(settings):
    settings.TIME_ZONE = "America/Chicago"
    Notification.objects.all().delete()


def at_the_same_moment(first, second):
    """What the second returns, on a connection of its own, before the first is committed."""
    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        first()
        return threads.submit(on_own_connection, second).result()


@pytest.fixture
def planner():
    return choose(people.planner(), emails_daily=True, by=people.planner(), at=AT)


def deliver(at):
    while deliver_next(at):
        pass
    return mail.outbox


def test_all_of_a_day_leaves_in_one_email_in_the_morning(planner):
    for number in range(3):
        tell(planner, f"acknowledged:{number}", kind=Notice.PLAN_ACKNOWLEDGED, at=AT + timedelta(hours=number))
    tell(planner, "asked", kind=Notice.STAFF_REQUEST_ASKED)
    assert deliver(MORNING - timedelta(seconds=1)) == []
    [letter] = deliver(MORNING)
    assert letter.subject == "4 messages in CareerPlan"
    assert "- Plan acknowledged: 3\n- Approval requested: 1\n" in letter.body
    assert "<li>Plan acknowledged: 3</li>" in letter.alternatives[0][0]
    assert set(Notification.objects.values_list("sent_at", flat=True)) == {MORNING}
    assert deliver(MORNING + timedelta(days=1)) == [letter]


def test_one_alone_is_written_as_ever(planner):
    tell(planner, "asked", kind=Notice.STAFF_REQUEST_ASKED)
    assert [letter.subject for letter in deliver(MORNING)] == ["Something is waiting for your approval in CareerPlan"]


def test_who_chose_nothing_is_told_at_once():
    tell(people.planner())
    assert len(deliver(AT)) == 1


@pytest.mark.policy("ILL-034")
def test_what_has_to_be_signed_is_told_at_once_whatever_was_chosen():
    angela = choose(people.angela().user, emails_daily=True, by=people.angela().user, at=AT)
    tell(angela, "sign", kind=Notice.ACKNOWLEDGMENT_REQUESTED)
    tell(angela, "message", kind=Notice.GOAL_OFF_TRACK)
    assert [letter.subject for letter in deliver(AT)] == ["Something is waiting for you to read and sign in CareerPlan"]


def test_people_who_are_told_also_choose_for_themselves(planner):
    message = tell(people.youth_planner(), "first")
    tell_also(message, [planner])
    assert [letter.to for letter in deliver(AT)] == [[people.youth_planner().email]]


def test_what_has_passed_by_the_morning_is_not_counted(planner):
    for number in range(3):
        tell(planner, f"event:{number}", path=f"/{number}/")
    settle("/1/", at=AT)
    [letter] = deliver(MORNING)
    assert letter.subject == "2 messages in CareerPlan"


def test_who_wants_them_at_once_again_gets_what_waits_now(planner):
    tell(planner, "one")
    tell(planner, "two")
    later = AT + timedelta(minutes=5)
    choose(planner, emails_daily=False, by=planner, at=later)
    assert len(deliver(later)) == 2


def test_an_email_that_fails_is_tried_again_with_all_that_stood_in_it(planner, settings):
    tell(planner, "one")
    tell(planner, "two")
    settings.EMAIL_BACKEND = "tests.mail.Slow"  # there is none: whatever goes wrong
    assert deliver_next(MORNING)
    assert set(Notification.objects.values_list("attempts", "sent_at", "given_up_at")) == {(1, None, None)}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    [letter] = deliver(MORNING + timedelta(minutes=1))
    assert letter.subject == "2 messages in CareerPlan"


def test_a_worker_that_dies_leaves_the_email_to_the_next_with_the_same_id(planner):
    tell(planner, "one")
    tell(planner, "two")
    claimed = Notification.objects.claim_next(MORNING)
    assert [row.key for row in claimed.together] == ["two"]
    assert Notification.objects.claim_next(MORNING) is None
    again = Notification.objects.claim_next(MORNING + CLAIM)
    assert again.pk == claimed.pk


def test_a_refused_address_gives_all_of_it_up(planner, settings):
    settings.EMAIL_BACKEND = "tests.mail.RefusesEverybody"
    tell(planner, "one")
    tell(planner, "two")
    deliver_next(MORNING)
    assert Notification.objects.filter(given_up_at=MORNING).count() == 2


@pytest.mark.parametrize(
    ("zone", "at", "leaves"),
    [
        ("", datetime(2026, 3, 2, 12, 29, 59, tzinfo=UTC), datetime(2026, 3, 2, 12, 30, tzinfo=UTC)),
        ("", datetime(2026, 3, 2, 12, 30, tzinfo=UTC), datetime(2026, 3, 3, 12, 30, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 3, 2, 12, 30, tzinfo=UTC), datetime(2026, 3, 2, 14, 30, tzinfo=UTC)),
        # The clocks go forward on March 8, and back on November 1.
        ("", datetime(2026, 3, 7, 15, tzinfo=UTC), datetime(2026, 3, 8, 11, 30, tzinfo=UTC)),
        ("", datetime(2026, 10, 31, 15, tzinfo=UTC), datetime(2026, 11, 1, 12, 30, tzinfo=UTC)),
    ],
)
def test_it_is_morning_by_the_clock_of_who_gets_it(zone, at, leaves):
    assert next_at(User(time_zone=zone), DAILY_EMAIL_AT, at) == leaves


def test_a_customers_daily_email_names_the_planner_and_nobody_who_wrote():
    angela = choose(people.angela().user, emails_daily=True, by=people.angela().user, at=AT)
    write(people.planner(), phone="217-555-0140")
    tell(angela, "one")
    tell(angela, "two")
    assert "Career planner: Devon Okafor, 217-555-0140\n" in deliver(MORNING)[0].body


@pytest.mark.django_db(transaction=True)
def test_two_workers_who_begin_at_the_same_moment_write_one_email(planner):
    for number in range(4):
        tell(planner, f"event:{number}")

    def claim():
        row = Notification.objects.claim_next(MORNING)
        return row and {row.key, *(other.key for other in row.together)}

    found = []
    assert at_the_same_moment(lambda: found.append(claim()), claim) is None
    assert found[0] == {f"event:{number}" for number in range(4)}


def test_what_a_worker_is_sending_is_not_sent_again_by_another_choice(planner):
    tell(planner, "one")
    tell(planner, "two")
    Notification.objects.claim_next(MORNING)
    choose(planner, emails_daily=False, by=planner, at=MORNING)
    assert not deliver_next(MORNING)


def test_the_days_email_says_no_more_of_a_goal_than_the_single_one():
    angela = choose(people.angela().user, emails_daily=True, by=people.angela().user, at=AT)
    tell(angela, "one")
    tell(angela, "two")
    body = deliver(MORNING)[0].body
    assert "off track" not in body.lower()
    assert "- Your career planner would like to talk with you: 2\n" in body
