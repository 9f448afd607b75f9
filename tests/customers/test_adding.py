"""A new customer, and who may be one already: one rule, whoever asks."""

from datetime import date

import pytest

from careerplan.accounts.models import Office
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.demo.cast import HARBOR
from careerplan.messaging.models import Message
from customers.adding import add_customer, add_customers
from customers.doubles import Likeness, doubles_of, doubles_of_many
from customers.enums import EnrollmentStatus
from customers.models import Customer, Program
from tests import people
from tests.people import david, lucia, north_planner, planner, statewide
from tests.rows import everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def values(**others):
    known = {"first_name": "Rosa", "last_name": "Lindqvist", "birth_date": date(1990, 4, 2), "office": harbor()}
    return known | others


def harbor():
    return Office.objects.get(name=HARBOR)


def added(by=planner, word="", **others):
    return add_customer(values(**others), word_on_doubles=word, by=by(), at=clock.now())


def refused(**options):
    before = everything()
    with pytest.raises(Refusal) as caught:
        added(**options)
    assert everything() == before
    return caught.value


def like(customer, **others):
    """The values of a customer's record that say who it is."""
    names = ("first_name", "last_name", "birth_date", "email", "state_id")
    return {name: getattr(customer, name) for name in names} | others


def test_a_customer_is_added_found_and_listed_with_the_first_program():
    program = Program.objects.get(code="T1-ADULT")
    first = {"program": program, "status": EnrollmentStatus.ENROLLED, "begun_on": date(2026, 11, 2)}
    customer = added(email="Rosa@Example.org", planner=planner(), **first)
    customer.refresh_from_db()
    assert Customer.objects.matching("lindqvist 4/2/1990").get() == customer
    [row] = customer.enrollments.all()
    assert (row.program, row.status, row.begun_on, row.planner) == (*first.values(), planner())
    assert customer.history.get().history_user == planner()
    assert row.history.get().history_user == planner()
    assert not Message.objects.filter(path=f"/customers/{customer.pk}/").exists()


def test_without_a_participant_id_the_product_makes_one_that_says_so():
    customers = add_customers(
        [(values(first_name=name), "") for name in ("Ada", "Bea", "Cora")], by=planner(), at=clock.now()
    )
    numbers = {customer.state_id for customer in customers}
    assert len(numbers) == 3
    assert all(number.startswith("CP-") for number in numbers)
    assert added(state_id=" 77-1 ").state_id == "77-1"


def test_whose_customer_it_is_hears_of_it():
    customer = added(by=statewide, planner=planner())
    message = Message.objects.get(recipient=planner(), path=f"/customers/{customer.pk}/")
    assert str(customer) in message.body


@pytest.mark.parametrize(
    ("others", "code", "field"),
    [
        ({"first_name": "", "last_name": " "}, "name-missing", "first_name"),
        ({"email": "no address"}, "not-valid", "email"),
        ({"birth_date": date(2990, 1, 1)}, "day-to-come", "birth_date"),
        ({"language": "xx"}, "not-a-choice", "language"),
        ({"office": None}, "office-missing", "office"),
        ({"zip_code": "1" * 11}, "not-valid", "zip_code"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(others, code, field):
    refusal = refused(**others)
    assert (refusal.code, refusal.field, refusal.facts["row"]) == (code, field, 0)


def test_a_first_program_has_a_day_on_which_it_began_and_has_not_ended():
    program = Program.objects.get(code="T1-ADULT")
    assert refused(program=program).code == "begin-missing"
    ended = {"program": program, "status": EnrollmentStatus.EXITED, "begun_on": date(2026, 1, 5)}
    assert refused(**ended).code == "ends-elsewhere"


def test_a_planner_adds_to_own_offices_alone_and_a_customer_nowhere():
    for by in (north_planner, lambda: david().user):
        with pytest.raises(NotAllowed):
            added(by=by)
    assert refused(by=statewide, planner=north_planner()).code == "planner-does-not-see"
    assert refused(by=statewide, planner=people.administrator()).code == "planner-not-at-work"


@pytest.mark.parametrize(
    ("others", "likeness"),
    [
        ({"state_id": "X1"}, Likeness.NAME_AND_BIRTH),
        ({"state_id": "X1", "email": "", "first_name": "DÁVID", "middle_name": "Q."}, Likeness.NAME_AND_BIRTH),
        ({"state_id": "X1", "email": "", "birth_date": None}, Likeness.NAME),
        ({"state_id": "X1", "first_name": "Somebody", "last_name": "Else"}, Likeness.EMAIL),
        ({"first_name": "Somebody", "last_name": "Else", "email": "", "birth_date": None}, Likeness.PARTICIPANT_ID),
        ({"state_id": "X1", "email": "", "birth_date": date(1999, 9, 9)}, None),
        ({"state_id": "X1", "email": "", "last_name": "Else"}, None),
    ],
)
def test_who_may_be_a_double(others, likeness):
    write(david(), birth_date=date(1980, 5, 6))
    found = doubles_of(like(david(), **others), user=planner())
    assert [(double.customer, double.likeness) for double in found] == ([(david(), likeness)] if likeness else [])


def test_first_and_last_name_may_stand_in_either_order():
    one = david()
    swapped = like(one, first_name=one.last_name, last_name=one.first_name, state_id="", email="")
    assert doubles_of(swapped, user=planner())[0].customer == one
    assert doubles_of(swapped, user=planner(), but=one.pk) == []


def test_of_a_record_that_one_may_not_see_nothing_is_told():
    [double] = doubles_of(like(lucia()), user=planner())
    assert double.customer is None
    assert "another office" in double.sentence
    assert str(lucia().state_id) not in double.sentence
    [seen] = doubles_of(like(lucia()), user=statewide())
    assert seen.customer == lucia()


def test_many_rows_cost_no_more_queries_than_one(django_assert_num_queries):
    user = statewide()
    rows = [like(david()), *(values(first_name=f"Nobody{number}") for number in range(500)), like(lucia())]
    with django_assert_num_queries(3):
        found = doubles_of_many(rows, user=user)
    assert [bool(doubles) for doubles in found] == [True] + [False] * 500 + [True]


def test_a_possible_double_is_added_with_a_word_that_stays_in_the_record():
    twin = like(david(), state_id="", email="")
    refusal = refused(**twin)
    assert (refusal.code, refusal.field) == ("possible-double", "word_on_doubles")
    assert [double.customer for double in refusal.facts["doubles"]] == [david()]
    assert refused(word=" ​ ", **twin).code == "possible-double"
    customer = added(word="The son has the same name.", **twin)
    note = customer.case_notes.get()
    assert "The son has the same name." in note.text
    assert david().state_id in note.text


def test_a_participant_id_is_one_persons_whatever_the_word():
    refusal = refused(state_id=david().state_id.lower(), word="Another person.")
    assert (refusal.code, refusal.field) == ("participant-id-taken", "state_id")


def test_all_or_none_are_added_and_the_refusal_says_which_row():
    before = everything()
    rows = [(values(), ""), (values(first_name="Other"), ""), (like(david(), state_id="", office=harbor()), "")]
    with pytest.raises(Refusal) as caught:
        add_customers(rows, by=planner(), at=clock.now())
    assert (caught.value.facts["row"], everything()) == (2, before)
