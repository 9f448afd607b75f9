"""A message about a plan is no news any more once what it asks for is done, by whichever button."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acknowledgments.agreement.sending import recall
from acknowledgments.agreement.talking import answer_question, disagree
from acknowledgments.approvals.requests import answer, withdraw
from careerplan.messaging.actions import settle
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.messaging.wording import names_of
from careerplan.plans.enums import Outcome, OutcomeReason, VersionState
from careerplan.plans.news import NEWS_IN, settle_passed
from goals.actions import remove_goal, save_goal
from goals.models import Goal
from tests import states
from tests.goal_statuses import OFF_TRACK, going
from tests.people import angela, lucia, north_planner, planner, tyrell, youth_planner
from tests.plans_of_queries import plan_of
from tests.shared_plans import asked as asked_for
from tests.shared_plans import closing, shared_angela

pytestmark = pytest.mark.django_db


def asked(customer):
    return Message.objects.get(recipient=customer.user, kind="acknowledgment-requested")


def taken_back(request):
    recall(request.seal.version, by=north_planner(), at=states.now())


def acknowledged(request):
    states.acknowledged(request)


def not_wanted(request):
    states.not_completed(request.seal.version)


def waiting():
    """Told, and not opened."""
    return states.told(states.sent(states.newest(lucia())))


def test_the_message_is_new_until_the_plan_is_acknowledged_from_the_dashboard():
    request = waiting()
    assert asked(lucia()).read_at is None
    states.acknowledged(request)
    assert asked(lucia()).read_at is not None


def test_so_is_one_about_a_version_that_was_taken_back():
    request = waiting()
    recall(request.seal.version, by=north_planner(), at=states.now())
    assert asked(lucia()).read_at is not None
    taken_back = Message.objects.get(recipient=lucia().user, kind="request-withdrawn")
    assert taken_back.read_at is None


def test_so_is_one_about_a_version_to_which_the_customer_agreed_on_paper():
    states.agreed_on_paper(waiting().seal.version)
    assert asked(lucia()).read_at is not None


def test_so_is_one_about_a_version_that_the_customer_did_not_want():
    states.not_completed(waiting().seal.version)
    assert asked(lucia()).read_at is not None


@pytest.mark.parametrize("end", [taken_back, acknowledged, not_wanted])
def test_an_answer_that_was_not_read_stays_new_whatever_becomes_of_the_version(end):
    request = waiting()
    question = states.asked_about_a_goal(lucia())
    answer_question(question, answer="It is the nearest", by=north_planner(), at=states.now())
    end(request)
    assert is_news(Notice.ITEM_ANSWERED, lucia().user)
    assert not is_news(Notice.ACKNOWLEDGMENT_REQUESTED, lucia().user)


def test_the_messages_of_another_customer_stay_new():
    tyrells = Message.objects.filter(recipient=tyrell().user, read_at=None).count()
    states.acknowledged(waiting())
    assert Message.objects.filter(recipient=tyrell().user, read_at=None).count() == tyrells


# --- what has passed --------------------------------------------------------------------------


def is_news(kind, person):
    """Whether the newest message of this kind is still new to this person."""
    return Message.objects.filter(kind=kind, recipient=person).order_by("-id")[0].read_at is None


def in_force(version):
    return states.signed(version)


def plan_taken_back():
    states.recalled(waiting().seal.version)
    assert is_news(Notice.REQUEST_WITHDRAWN, lucia().user)
    return states.newest(lucia())


def test_that_a_plan_was_taken_back_is_news_until_the_customer_is_told_of_the_next():
    seal = states.sent(plan_taken_back())
    assert is_news(Notice.REQUEST_WITHDRAWN, lucia().user)  # the paper is still being made
    states.told(seal)
    assert not is_news(Notice.REQUEST_WITHDRAWN, lucia().user)


@pytest.mark.parametrize("end", [states.deleted, states.not_completed, in_force])
def test_it_is_none_once_the_version_has_ended_otherwise(end):
    end(plan_taken_back())
    assert not is_news(Notice.REQUEST_WITHDRAWN, lucia().user)


@pytest.fixture
def off_track():
    """A goal of Angela's, of which she was told."""
    goal = Goal.objects.in_plan().filter(plan__customer=angela())[0]
    saved = save_goal(goal.plan, goal, OFF_TRACK, by=planner(), at=states.now())
    assert is_news(Notice.GOAL_OFF_TRACK, angela().user)
    return saved


@pytest.mark.parametrize("status", ["on_track", "complete"])
def test_that_a_goal_is_off_track_is_news_until_it_is_so_no_more(off_track, status):
    save_goal(off_track.plan, off_track, {"notes": "Called her."}, by=planner(), at=states.now())
    assert is_news(Notice.GOAL_OFF_TRACK, angela().user)
    save_goal(off_track.plan, off_track, going(status), by=planner(), at=states.now())
    assert not is_news(Notice.GOAL_OFF_TRACK, angela().user)


def test_another_goal_says_nothing_of_it(off_track):
    other = states.add_goal(angela())
    save_goal(other.plan, other, {"status": "on_track"}, by=planner(), at=states.now())
    assert is_news(Notice.GOAL_OFF_TRACK, angela().user)


@pytest.mark.parametrize("end", [states.deleted, states.not_completed])
def test_the_draft_that_ends_puts_it_back_on_track(off_track, end):
    end(states.newest(angela()))
    assert not is_news(Notice.GOAL_OFF_TRACK, angela().user)


def test_so_does_its_removal():
    customer = states.in_force().plan.customer
    states.reviewed(customer)
    goal = states.add_goal(customer)
    user = goal.plan.customer.user
    save_goal(goal.plan, goal, OFF_TRACK, by=planner(), at=states.now())
    remove_goal(goal, reason="Not needed", by=planner(), at=states.now())
    assert not is_news(Notice.GOAL_OFF_TRACK, user)


def test_in_a_closed_plan_nothing_is_off_track(off_track):
    in_force(states.newest(angela()))
    assert is_news(Notice.GOAL_OFF_TRACK, angela().user)
    states.closed(angela(), Outcome.NOT_COMPLETED, OutcomeReason.OTHER)
    assert not is_news(Notice.GOAL_OFF_TRACK, angela().user)


def test_who_said_no_has_answered():
    disagree(waiting(), reason="Too far away.", by=lucia().user, at=states.now())
    assert not is_news(Notice.ACKNOWLEDGMENT_REQUESTED, lucia().user)


def acknowledged(version):
    return states.acknowledged(states.request_for(version))


@pytest.mark.parametrize("step", [states.recalled, states.not_completed, acknowledged])
def test_that_the_customer_said_no_is_news_while_the_version_waits(step):
    disagree(waiting(), reason="Too far away.", by=lucia().user, at=states.now())
    assert is_news(Notice.PLAN_NOT_AGREED, lucia().planner)
    step(states.newest(lucia()))
    assert not is_news(Notice.PLAN_NOT_AGREED, lucia().planner)


@pytest.mark.parametrize(
    ("step", "news"), [(states.recalled, True), (acknowledged, True), (states.not_completed, False)]
)
def test_a_question_is_news_while_its_answer_is_of_use(step, news):
    waiting()
    states.asked_about_a_goal(lucia())
    step(states.newest(lucia()))
    assert is_news(Notice.ITEM_ASKED, lucia().planner) == news


def test_that_a_shared_draft_was_opened_is_news_until_it_is_sent():
    customer = shared_angela()
    version = states.reviewed(customer)
    assert is_news(Notice.SHARED_PLAN_OPENED, youth_planner())
    states.deleted(version)
    assert not is_news(Notice.SHARED_PLAN_OPENED, youth_planner())


@pytest.mark.parametrize("end", ["answered", "withdrawn"])
def test_that_an_approval_is_asked_for_is_news_until_it_is_settled(end):
    request = asked_for(closing(shared_angela(), planner()), planner())
    assert is_news(Notice.STAFF_REQUEST_ASKED, youth_planner())
    if end == "answered":
        answer(request, approves=False, note="Not yet.", by=youth_planner(), at=states.now())
    else:
        withdraw(request, by=planner(), at=states.now())
    assert not is_news(Notice.STAFF_REQUEST_ASKED, youth_planner())


@pytest.mark.parametrize("kind", NEWS_IN)
def test_what_is_news_of_a_version_names_the_version(kind):
    """By its number the messages of one version are told from those of the next."""
    assert "version" in names_of(kind)
    assert NEWS_IN[kind] < set(VersionState)


def test_a_question_about_a_version_is_no_news_once_another_one_takes_its_place():
    request = states.told(states.sent(states.draft("T1-ADULT")))
    customer = request.seal.version.plan.customer
    states.asked_about_a_goal(customer)
    asked_about = Message.objects.filter(recipient=planner(), kind=Notice.ITEM_ASKED, path__contains=f"/{customer.pk}/")
    states.acknowledged(request)
    assert asked_about.get().read_at is None
    states.signed(states.reviewed(customer))
    assert asked_about.get().read_at is not None


def test_what_has_passed_is_found_by_an_index(people):
    """Among all messages of a state, at each sending and signing."""
    version = states.newest(angela())
    other = {"recipient": planner(), "kind": Notice.MESSAGE, "written_subject": "-", "sent_at": states.now()}
    Message.objects.bulk_create(Message(path=f"/elsewhere/{number}/", **other) for number in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE messaging_message")
    for settles in (
        lambda: settle("/my/plan/1/", at=states.now()),
        lambda: settle_passed([version], ended="/my/plan/1/", at=states.now()),
    ):
        with CaptureQueriesContext(connection) as queries:
            settles()
        [asks] = [query["sql"] for query in queries if 'SELECT "messaging_message"."id"' in query["sql"]]
        plan = plan_of(asks)
        assert (plan.whole, plan.unbounded) == ([], [])
        assert "messages_by_path" in {index for index, _scan in plan.indexes}
