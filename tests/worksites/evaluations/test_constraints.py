"""What the database refuses of questions to supervisors and of their answers, whoever writes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests import states, supervised
from tests.people import planner
from tests.rows import constraints_of_models, copy, refuses, write
from worksites.evaluations.models import SupervisorAnswer, SupervisorLetter, SupervisorLink

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


def evaluation(**values):
    """One more like it: what is fixed of the first stays, by its guard."""
    return lambda: copy(supervised.asked().link, secret_digest="x", **values)


def of_hours():
    placement = supervised.begun()
    return supervised.asked(placement, supervised.week(placement)).link


def hours(**values):
    def writing():
        link = of_hours()
        copy(link, **{"secret_digest": "x", "begins_on": link.begins_on + ONE_DAY} | values)

    return writing


def answered(days=0, link=lambda: supervised.asked().link, **values):
    """So many days after it was asked."""

    def writing():
        row = link()
        write(row, **{"answered_at": states.now() + days * ONE_DAY, "answered_as": "Rosa Marsh"} | values)

    return writing


def confirmed(**values):
    return answered(link=of_hours, **{"hours": Decimal(8)} | values)


def answered_and_taken_back():
    answered(withdrawn_at=states.now(), withdrawn_by=planner())()


def asked_twice_of_a_week():
    copy(of_hours(), secret_digest="x")


def answered_twice():
    question = supervised.asked()
    copy(supervised.evaluated(question).answers.first())


def letter_both_ways():
    write(supervised.asked().link.letter, sent_at=states.now(), given_up_at=states.now())


def over_before_it_was_asked():
    evaluation(ends_at=states.now() - ONE_DAY)()


def taken_back_by_nobody():
    write(supervised.asked().link, withdrawn_at=states.now())


def taken_back_never():
    write(supervised.asked().link, withdrawn_by=planner())


UNANSWERED = {"answered_at": None, "answered_as": ""}
NOT_ANSWERED = (
    {"answered_as": "Rosa Marsh"}, {"ip_address": "192.0.2.7"}, {"user_agent": supervised.PHONE},
)  # fmt: skip
CASES = {
    "a_supervisor_is_asked_something_known": [evaluation(kind="gossip")],
    "hours_are_asked_of_a_period": [
        hours(ends_on=None), hours(begins_on=None), hours(ends_on=states.days_ago(99)),
        evaluation(begins_on=states.days_ago(9), ends_on=states.days_ago(2)), evaluation(hours_asked=Decimal(8)),
    ],
    "a_supervisor_who_is_asked_has_a_name": [evaluation(sent_to="")],
    "a_supervisors_link_works_for_a_time": [over_before_it_was_asked],
    "a_supervisors_code_has_five_tries": [evaluation(tries_left=6)],
    "a_supervisor_answers_in_time_and_says_who": [
        *(answered(**UNANSWERED | values) for values in NOT_ANSWERED),
        answered(answered_as=""), answered(days=-1), answered(days=15), answered(tries_left=0), answered_and_taken_back,
    ],
    "hours_are_confirmed_with_the_answer": [confirmed(hours=None), confirmed(**UNANSWERED), answered(hours=Decimal(8))],
    "hours_asked_of_a_supervisor_can_be": [hours(hours_asked=Decimal(-1)), hours(hours_asked=Decimal("744.01"))],
    "hours_confirmed_can_be": [confirmed(hours=Decimal(-1)), confirmed(hours=Decimal("744.01"))],
    "a_link_that_was_taken_back_says_by_whom": [taken_back_by_nobody, taken_back_never],
    "one_evaluation_of_a_placement_waits": [evaluation()],
    "one_confirmation_of_a_period_waits": [asked_twice_of_a_week],
    "a_supervisor_answers_a_question_once": [answered_twice],
    "a_supervisor_letter_ends_one_way": [letter_both_ways],
}  # fmt: skip


def test_every_constraint_of_evaluations_has_a_case():
    assert CASES.keys() == constraints_of_models(SupervisorLink, SupervisorAnswer, SupervisorLetter)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    for writing in CASES[name]:
        refuses(name, writing)


def test_a_supervisor_answers_the_evaluation_that_was_asked():
    question = supervised.asked()
    placement = question.link.placement
    other = supervised.asked(placement, supervised.week(placement)).link
    answer = supervised.evaluated(question).answers.first()
    refuses("a_supervisor_answers_the_evaluation_that_was_asked", lambda: copy(answer, link=other))
