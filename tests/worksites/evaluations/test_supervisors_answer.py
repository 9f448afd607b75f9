"""A supervisor answers once: what is kept, who is told, and what wrong codes and second people come to."""

from datetime import timedelta
from decimal import Decimal

import pytest

from careerplan.base.refusals import Refusal
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.messaging.wording import told
from customers.models import AssessmentSection, SectionAnswer, SectionRecord
from customers.sections.from_others import from_others
from customers.undelivered import report_undelivered
from tests import placed, states, supervised
from tests.at_once import all_at_once
from tests.races import refusal_of
from tests.rows import write
from worksites.evaluations import answering, asking
from worksites.evaluations.answering import Supervisor
from worksites.evaluations.models import SupervisorAnswer, SupervisorLetter, SupervisorLink
from worksites.evaluations.reading import confirmed_hours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def code_of(act, *args, **about):
    with pytest.raises(Refusal) as caught:
        act(*args, **about)
    return caught.value.code


@pytest.fixture
def question():
    return supervised.asked()


def answers_of(link):
    return {row.field.code: row.value for row in SupervisorAnswer.objects.filter(link=link).select_related("field")}


# --- evaluations ------------------------------------------------------------------------------


def test_an_evaluation_says_who_answered_when_and_from_where(question):
    link = supervised.reread(supervised.evaluated(question, on_time=4, team=5, notes="  Learns fast. "))
    assert (link.answered_as, link.ip_address, link.user_agent) == ("Rosa Marsh", "192.0.2.7", supervised.PHONE)
    assert states.now() - link.answered_at < timedelta(minutes=1)
    assert answers_of(link) == {"SITE_ON_TIME": 4, "SITE_TEAM": 5, "SITE_NOTES": "Learns fast."}


def test_nothing_of_the_customers_own_section_is_touched(question):
    supervised.evaluated(question)
    assert not SectionAnswer.objects.filter(record__customer=question.link.customer).exists()
    assert not SectionRecord.objects.filter(customer=question.link.customer).exists()


def test_two_evaluations_stand_in_the_section_the_newest_first(question):
    supervised.evaluated(question, on_time=2)
    supervised.evaluated(supervised.asked(question.link.placement), by=Supervisor("Jo Reed"), on_time=5)
    section = AssessmentSection.objects.get(code="WORKSITE")
    said = from_others(question.link.customer, section)
    assert [each.said_as for each in said] == ["Jo Reed", "Rosa Marsh"]
    assert [[words for _label, words in each.lines] for each in said] == [["5"], ["2"]] or said[0].lines[0][1][0] == "5"
    assert from_others(question.link.customer, AssessmentSection.objects.exclude(code="WORKSITE")[0]) == []


def test_an_empty_evaluation_is_none(question):
    assert code_of(supervised.evaluated, question, on_time=None, notes="") == "nothing-answered"


def test_an_answer_fits_its_question(question):
    assert code_of(supervised.evaluated, question, on_time=6) == "not-a-choice"
    assert not answers_of(question.link)


def test_what_the_link_says_itself_is_not_asked(question):
    asked = {row.field.code for row in answering.questions()}
    assert asked.isdisjoint({"SITE_NAME", "SITE_SUPERVISOR", "SITE_ON", "SITE_OTHER"})
    supervised.evaluated(question, on_time=3, supervisor="Somebody else")
    assert answers_of(question.link) == {"SITE_ON_TIME": 3}


def test_a_name_is_needed(question):
    assert code_of(supervised.evaluated, question, by=Supervisor("  "), on_time=3) == "nothing-said"


def test_the_planner_hears_who_answered(question):
    link = supervised.evaluated(question)
    [message] = Message.objects.filter(kind=Notice.SUPERVISOR_ANSWERED)
    subject, body = told(message.kind, message.facts)
    assert message.recipient == link.made_by
    assert str(link.customer) in subject
    assert "Rosa Marsh" in body
    assert "Worksite evaluation" in body
    assert message.path.endswith(f"/placements/{link.placement_id}/#supervisor")


# --- hours ------------------------------------------------------------------------------------


@pytest.fixture
def placement():
    return supervised.begun(40)


def test_hours_are_confirmed_or_corrected(placement):
    week = supervised.week(placement, "37.5")
    supervised.confirmed(supervised.asked(placement, week), "36.25")
    [found] = confirmed_hours([placement], week.begins_on, week.begins_on)
    assert (found.placement_id, found.begins_on, found.ends_on) == (placement.pk, week.begins_on, week.ends_on)
    assert (found.hours, found.confirmed_as) == (Decimal("36.25"), "Rosa Marsh")


def test_of_a_week_confirmed_twice_the_newest_answer_counts(placement):
    for hours in ("30", "31"):
        supervised.confirmed(supervised.asked(placement, supervised.week(placement)), hours)
    supervised.confirmed(supervised.asked(placement, supervised.week(placement, number=1)), "20")
    first, last = placement.starts_on, states.today()
    assert [row.hours for row in confirmed_hours([placement.pk], first, last)] == [31, 20]
    assert [row.hours for row in confirmed_hours([placement], first + timedelta(days=8), last)] == [20]
    assert confirmed_hours([supervised.begun()], first, last) == []


@pytest.mark.parametrize(
    ("hours", "code"),
    [("168.25", "hours-that-cannot-be"), ("-0.25", "hours-that-cannot-be"), ("7.105", "hours-too-fine")],
)
def test_hours_that_cannot_be_are_not_confirmed(placement, hours, code):
    question = supervised.asked(placement, supervised.week(placement))
    assert code_of(supervised.confirmed, question, hours) == code
    assert supervised.confirmed(question, "168").hours == 168


def test_hours_are_confirmed_in_hundredths_as_payroll_has_them(placement):
    question = supervised.asked(placement, supervised.week(placement, "37.35"))
    assert supervised.confirmed(question, "33.33").hours == Decimal("33.33")


def test_hours_are_of_the_days_on_which_the_placement_was_under_way(placement):
    week = supervised.week(placement)
    question = supervised.asked(placement, week)
    placed.moved(placement, "hold", inactive_on=week.begins_on + timedelta(days=2))
    with pytest.raises(Refusal) as refused:
        supervised.confirmed(question, "48.25")
    assert refused.value.code == "hours-that-cannot-be"
    assert "under way on 2 of these days, which have 48 hours together" in refused.value.sentence
    assert supervised.confirmed(question, "48").hours == 48


def test_hours_of_a_placement_that_had_ended_before_are_none(placement):
    question = supervised.asked(placement, supervised.week(placement, number=1))
    placed.moved(placement, "terminate", ends_on=placement.starts_on, termination_reason="completed")
    assert code_of(supervised.confirmed, question, "0.25") == "hours-that-cannot-be"
    assert supervised.confirmed(question, "0").hours == 0


# --- codes and ends ---------------------------------------------------------------------------


def test_five_wrong_codes_lock_the_link_and_the_right_one_opens_it_no_more(question):
    def codes():
        return code_of(answering.open_with_code, question.link, supervised.wrong(question), at=states.now())

    answering.open_with_code(question.link, f" {question.code[:3]} {question.code[3:]}", at=states.now())
    assert [codes() for _try in range(5)] == ["wrong-code"] * 4 + ["locked"]
    assert code_of(answering.open_with_code, question.link, question.code, at=states.now()) == "locked"
    assert code_of(supervised.evaluated, question) == "locked"


def test_the_planner_hears_of_a_locked_link_once(question):
    supervised.lock(question)
    supervised.lock(question)
    [message] = Message.objects.filter(kind=Notice.SUPERVISOR_LINK_LOCKED)
    subject, body = told(message.kind, message.facts)
    assert message.recipient == question.link.made_by
    assert str(question.link.customer) in subject
    assert f"The code of the link for {question.link.sent_to}" in body
    assert message.path.endswith(f"/placements/{question.link.placement_id}/#supervisor")


@pytest.mark.parametrize("change", [{"supervisor": "Jo Reed"}, {"supervisor_email": "jo@marsh.example"}], ids=str)
def test_a_link_of_a_former_supervisor_is_over_and_asked_anew(question, change, mailoutbox):
    worksite = question.link.placement.job.worksite
    write(worksite, **change)
    link = supervised.reread(question.link)
    assert code_of(answering.open_with_code, link, question.code, at=states.now()) == "replaced"
    assert code_of(supervised.evaluated, question) == "replaced"
    assert sent(mailoutbox) == []
    anew = supervised.asked(question.link.placement)
    assert supervised.reread(question.link).withdrawn_at
    assert supervised.evaluated(anew).answered_at


def test_a_supervisor_of_the_same_name_and_address_is_the_same(question):
    worksite = question.link.placement.job.worksite
    write(worksite, supervisor=f" {worksite.supervisor.upper()}", supervisor_email=worksite.supervisor_email.upper())
    assert supervised.evaluated(question).answered_at


def test_while_the_placement_has_not_begun_nothing_is_answered(question):
    began = question.link.placement.starts_on
    placement = placed.moved(question.link.placement, "not-started")
    link = supervised.reread(question.link)
    assert code_of(answering.open_with_code, link, question.code, at=states.now()) == "not_placed"
    assert code_of(supervised.evaluated, question) == "not_placed"
    placed.moved(placement, "start", starts_on=began)
    assert supervised.evaluated(question).answered_at


def taken_back(question):
    """Its placement, which was started by mistake."""
    placement = placed.moved(question.link.placement, "not-started")
    return placed.moved(placement, "withdraw", words="Another employer.")


def test_with_a_placement_its_open_links_are_taken_back(question, mailoutbox):
    planner = taken_back(question).withdrawn_by
    link = supervised.reread(question.link)
    assert (link.withdrawn_by, link.standing(states.now())) == (planner, "withdrawn")
    assert code_of(supervised.evaluated, question) == "withdrawn"
    answer = supervised.Telephone(question).open()
    assert answer.status_code == 410
    assert "The career planner took this link back." in answer.content.decode()
    assert sent(mailoutbox) == []


def test_a_link_of_a_placement_that_left_with_its_service_works_no_more(question):
    placement = placed.moved(question.link.placement, "not-started")
    states.closed(placement.customer)
    assert placed.reread(placement).withdrawn_at
    assert supervised.reread(question.link).standing(states.now()) == "withdrawn"
    assert code_of(supervised.evaluated, question) == "withdrawn"


def test_after_its_time_nothing_is_answered(question):
    supervised.made_long_ago(question.link)
    assert code_of(answering.open_with_code, question.link, question.code, at=states.now()) == "over"
    assert code_of(supervised.evaluated, question) == "over"


def test_where_the_clock_was_set_back_it_is_tried_again_later(question):
    before = question.link.made_at - timedelta(minutes=5)
    assert code_of(answering.open_with_code, question.link, question.code, at=before) == "too-early"
    assert code_of(answering.evaluate, question.link, supervised.given(on_time=4), by=supervised.ROSA, at=before) == (
        "too-early"
    )
    assert supervised.evaluated(question).answered_at


def test_what_was_taken_back_is_not_answered(question):
    asking.take_back(question.link, by=question.link.made_by, at=states.now())
    assert code_of(supervised.evaluated, question) == "withdrawn"


def test_a_second_person_overwrites_nothing(question):
    supervised.evaluated(question, on_time=4)
    assert code_of(supervised.evaluated, question, by=Supervisor("Jo Reed"), on_time=1) == "answered"
    assert answers_of(question.link) == {"SITE_ON_TIME": 4}


def test_a_secret_is_found_by_its_digest_alone(question):
    assert answering.link_of(question.secret) == question.link
    for secret in (question.link.secret_digest, question.link.seed, question.secret[:-1], "", question.secret.upper()):
        assert answering.link_of(secret) is None


# --- the e-mail -------------------------------------------------------------------------------


def sent(mailoutbox):
    while deliver_next(states.now()):
        pass
    return [letter for letter in mailoutbox if letter.to == ["rosa@marsh.example"]]


def test_the_e_mail_brings_the_link_and_neither_code_nor_name(question, mailoutbox):
    [letter] = sent(mailoutbox)
    assert f"{supervised.site_address()}/supervisor/{question.secret}/" in letter.body
    assert question.code not in letter.body.replace(question.secret, "")
    customer = question.link.customer
    assert not {customer.first_name, customer.last_name} & set(letter.body.replace(",", " ").split())
    assert SupervisorLetter.objects.get(link=question.link).sent_at


def test_the_e_mail_is_in_the_language_that_was_chosen(mailoutbox):
    supervised.asked(language="es")
    [letter] = sent(mailoutbox)
    assert "Relay: 711" in letter.body or "711" in letter.body


def test_what_was_answered_or_taken_back_is_not_sent_any_more(question, mailoutbox):
    asking.take_back(question.link, by=question.link.made_by, at=states.now())
    assert sent(mailoutbox) == []
    assert SupervisorLetter.objects.get(link=question.link).was_settled


def test_who_asked_hears_of_an_e_mail_that_never_arrives(question):
    report_undelivered(states.now())  # what the demo people have
    assert not Message.objects.filter(kind=Notice.SUPERVISOR_EMAIL_LOST).exists()
    write(question.link.letter, given_up_at=states.now(), last_error="550")
    assert [report_undelivered(states.now()) for _again in range(2)] == [1, 0]
    [message] = Message.objects.filter(kind=Notice.SUPERVISOR_EMAIL_LOST)
    subject, body = told(message.kind, message.facts)
    assert message.recipient == question.link.made_by
    assert str(question.link.placement.job.worksite) in subject
    assert "rosa@marsh.example" in body


# --- two at once ------------------------------------------------------------------------------


class TestTwoAtOnce:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_of_two_people_with_one_link_one_answers(self, people):
        question = supervised.asked()
        rows = SupervisorLink.objects.filter(pk=question.link.pk)

        def answer(name, rating):
            return lambda: supervised.evaluated(question, by=Supervisor(name), on_time=rating)

        answers = all_at_once(rows, answer("Rosa Marsh", 4), answer("Jo Reed", 1))
        assert refusal_of(answers).code == "answered"
        link = supervised.reread(question.link)
        assert answers_of(link) == {"SITE_ON_TIME": {"Rosa Marsh": 4, "Jo Reed": 1}[link.answered_as]}

    def test_of_two_planners_who_ask_the_same_one_asks(self, people):
        placement = supervised.begun()
        plan = type(placement.planned.plan).objects.filter(pk=placement.planned.plan_id)
        answers = all_at_once(plan, lambda: supervised.asked(placement), lambda: supervised.asked(placement))
        assert refusal_of(answers).code == "asked-already"

    def test_an_answer_and_a_start_that_is_taken_back_at_once(self, people):
        """Whoever comes second is refused: no answer stands of a placement that has not begun."""
        question = supervised.asked()
        placement = question.link.placement
        rows = SupervisorLink.objects.filter(pk=question.link.pk)
        answers = all_at_once(
            rows, lambda: placed.moved(placement, "not-started"), lambda: supervised.evaluated(question)
        )
        assert refusal_of(answers).code == "not_placed"
        assert placed.reread(placement).status == "planned"

    def test_wrong_codes_at_once_are_all_counted(self, people):
        question = supervised.asked()
        rows = SupervisorLink.objects.filter(pk=question.link.pk)

        def guess():
            answering.open_with_code(question.link, supervised.wrong(question), at=states.now())

        all_at_once(rows, guess, guess, guess)
        assert supervised.reread(question.link).tries_left == 2
