"""A planner asks the supervisor of a worksite: whom, about what, for how long; and takes a question back."""

from datetime import timedelta
from decimal import Decimal

import pytest

from careerplan.base.refusals import NotAllowed, Refusal
from tests import placed, states, supervised
from tests.people import north_planner
from tests.rows import refuses, write
from worksites.evaluations import asking, codes
from worksites.evaluations.asking import Period
from worksites.evaluations.enums import Asked, LinkStanding
from worksites.evaluations.models import SupervisorAnswer, SupervisorLetter, SupervisorLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def refused(act, *args, **about):
    with pytest.raises(Refusal) as caught:
        act(*args, **about)
    return caught.value.code


@pytest.fixture
def placement():
    return supervised.begun()


def test_the_supervisor_of_the_worksite_is_asked_for_two_weeks(placement):
    at = states.now()
    link = supervised.asked(placement, at=at).link
    assert (link.sent_to, link.email) == ("Rosa Marsh", "rosa@marsh.example")
    assert link.ends_at == at + timedelta(days=14)
    assert link.standing(at) == LinkStanding.WAITS
    assert link.standing(link.ends_at) == LinkStanding.OVER
    assert SupervisorLetter.objects.get(link=link).sent_at is None


def test_whoever_is_named_later_changes_no_question(placement):
    link = supervised.asked(placement).link
    write(placement.job.worksite, supervisor="Jo Reed", supervisor_email="jo@marsh.example")
    assert supervised.reread(link).sent_to == "Rosa Marsh"


def test_the_database_knows_neither_secret_nor_code(placement):
    question = supervised.asked(placement)
    kept = str(SupervisorLink.objects.filter(pk=question.link.pk).values().get())
    assert question.secret not in kept
    assert question.code not in kept.replace(question.link.seed, "").replace(question.link.code_digest, "").replace(
        question.link.secret_digest, ""
    )
    assert len(question.secret) * 4 == 256
    assert codes.secret_of(question.link.seed) == question.secret


def test_a_code_is_six_digits_however_it_is_typed():
    seed = codes.new_seed()
    digest = codes.code_digest("012345", seed)
    assert codes.is_code("012 345", seed, digest)
    assert codes.is_code("012-345", seed, digest)
    assert codes.is_code("012\u00a0345", seed, digest)
    assert codes.is_code("٠١٢ ٣٤٥", seed, digest)
    assert not codes.is_code("12345", seed, digest)
    assert not codes.is_code("012346", seed, digest)
    assert not codes.is_code("012345", codes.new_seed(), digest)


def test_without_an_address_no_e_mail_waits(placement):
    write(placement.job.worksite, supervisor_email="")
    assert not SupervisorLetter.objects.filter(link=supervised.asked(placement).link).exists()


def test_a_worksite_without_a_supervisor_is_asked_nothing(placement):
    write(placement.job.worksite, supervisor="")
    assert refused(supervised.asked, placement) == "no-supervisor"


def test_a_placement_that_has_not_begun_is_asked_nothing():
    assert refused(supervised.asked, placed.planned()) == "not-begun"


def test_one_evaluation_waits_at_a_time(placement):
    first = supervised.asked(placement)
    assert refused(supervised.asked, placement) == "asked-already"
    supervised.evaluated(first)
    assert supervised.asked(placement).link.pk != first.link.pk


def test_what_is_over_or_locked_makes_room_for_a_new_link(placement):
    first = supervised.asked(placement)
    supervised.made_long_ago(first.link)
    second = supervised.asked(placement)
    supervised.lock(second)
    third = supervised.asked(placement)
    standings = [supervised.reread(each.link).standing(states.now()) for each in (first, second, third)]
    assert standings == [LinkStanding.WITHDRAWN, LinkStanding.WITHDRAWN, LinkStanding.WAITS]


def test_only_planners_of_the_customer_ask(placement):
    for somebody in (north_planner(), placement.customer.user):
        with pytest.raises(NotAllowed):
            supervised.asked(placement, by=somebody)


def test_in_a_closed_plan_in_which_work_goes_on_the_supervisor_is_asked(placement):
    states.closed(placement.customer)
    link = supervised.asked(placement, supervised.week(placement)).link
    assert link.standing(states.now()) == LinkStanding.WAITS
    for somebody in (north_planner(), placement.customer.user):
        with pytest.raises(NotAllowed):
            supervised.asked(placement, by=somebody)


# --- the period of hours ----------------------------------------------------------------------


def hours_refused(placement, first, last, hours=None):
    """`first`, `last`: days after the start."""
    days = [placement.starts_on + timedelta(days=number) for number in (first, last)]
    return refused(supervised.asked, placement, Period(*days, None if hours is None else Decimal(hours)))


def test_hours_are_asked_of_days_of_the_placement_that_are_over():
    placement = supervised.begun(40)
    assert hours_refused(placement, 3, 2) == "period-backwards"
    assert hours_refused(placement, 0, 31) == "period-too-long"
    assert hours_refused(placement, -1, 5) == "before-the-start"
    assert hours_refused(placement, 35, 41) == "period-not-over"
    link = supervised.asked(placement, supervised.week(placement, "37.5")).link
    assert (link.hours_asked, link.kind) == (Decimal("37.50"), Asked.HOURS)


def test_hours_of_a_placement_that_ended_are_asked_up_to_its_end():
    placement = supervised.begun(30)
    ended = {"ends_on": placement.starts_on + timedelta(days=10), "termination_reason": "completed"}
    placement = placed.moved(placement, "terminate", **ended)
    assert hours_refused(placement, 5, 11) == "after-the-end"
    assert supervised.asked(placement, supervised.week(placement)).link.pk


@pytest.mark.parametrize(
    ("hours", "code"),
    [("168.25", "hours-that-cannot-be"), ("-1", "hours-that-cannot-be"), ("7.305", "hours-too-fine")],
)
def test_hours_that_cannot_be_are_not_asked(placement, hours, code):
    assert hours_refused(placement, 0, 6, hours) == code


def test_a_period_is_asked_once_at_a_time_and_parts_of_two_never(placement):
    first = supervised.asked(placement, supervised.week(placement))
    assert refused(supervised.asked, placement, supervised.week(placement)) == "asked-already"
    assert hours_refused(placement, 6, 9) == "asked-already"
    supervised.confirmed(first, "30")
    assert hours_refused(placement, 6, 9) == "periods-overlap"
    assert supervised.asked(placement, supervised.week(placement, "31")).link.pk
    assert supervised.asked(placement, supervised.week(placement, number=1)).link.pk


# --- taking back ------------------------------------------------------------------------------


def test_what_was_taken_back_says_when_and_by_whom(placement):
    link, by, at = supervised.asked(placement).link, placement.planned.plan.customer.planner, states.now()
    asking.take_back(link, by=by, at=at)
    link = supervised.reread(link)
    assert (link.withdrawn_at, link.withdrawn_by, link.standing(at)) == (at, by, LinkStanding.WITHDRAWN)
    assert refused(asking.take_back, link, by=by, at=at) == "taken-back-already"


def test_what_was_answered_is_not_taken_back(placement):
    question = supervised.asked(placement)
    supervised.evaluated(question)
    by = placement.planned.plan.customer.planner
    assert refused(asking.take_back, question.link, by=by, at=states.now()) == "answered-already"


def test_a_planner_elsewhere_takes_nothing_back(placement):
    with pytest.raises(NotAllowed):
        asking.take_back(supervised.asked(placement).link, by=north_planner(), at=states.now())


def test_in_a_closed_plan_a_link_is_taken_back(placement):
    link, by = supervised.asked(placement).link, placement.customer.planner
    states.closed(placement.customer)
    with pytest.raises(NotAllowed):
        asking.take_back(link, by=north_planner(), at=states.now())
    assert asking.take_back(link, by=by, at=states.now()).withdrawn_by == by


# --- what the database refuses ----------------------------------------------------------------


def test_the_database_holds_what_was_asked_and_answered(placement):
    evaluation = supervised.asked(placement)
    hours = supervised.asked(placement, supervised.week(placement))
    for link in (evaluation.link, hours.link):
        refuses("are kept as they are", lambda link=link: write(link, sent_to="Somebody else"))
        refuses(
            "are kept as they are", lambda link=link: SupervisorLink.objects.filter(pk=link.pk)._raw_delete("default")
        )
    write(hours.link, tries_left=4)
    refuses("tries_of_a_supervisors_code_go_down", lambda: write(hours.link, tries_left=5))
    answered = {"answered_at": states.now(), "answered_as": "Rosa Marsh"}
    refuses("hours_are_confirmed_with_the_answer", lambda: write(hours.link, **answered))
    refuses(
        "a_supervisor_answers_in_time_and_says_who", lambda: write(evaluation.link, **answered | {"answered_as": ""})
    )
    late = answered | {"answered_at": states.now() + timedelta(days=15)}
    refuses("a_supervisor_answers_in_time_and_says_who", lambda: write(evaluation.link, **late))
    refuses("hours_confirmed_can_be", lambda: write(hours.link, **answered, hours=Decimal("744.01")))
    supervised.evaluated(evaluation)
    refuses("what_a_supervisor_answered_stays", lambda: write(evaluation.link, answered_as="Somebody else"))
    row = evaluation.link.answers.first()
    refuses("are kept as they are", lambda: write(row, value=1))
    refuses("are kept as they are", lambda: SupervisorAnswer.objects.filter(pk=row.pk)._raw_delete("default"))
