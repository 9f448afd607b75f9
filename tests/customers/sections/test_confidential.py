"""Confidential answers: who reads them, who looked, and that they stand nowhere else."""

import pytest
from django.db import connection

from careerplan.base.refusals import NotAllowed
from customers.models import ConfidentialAnswer, ConfidentialLook, SectionRecord
from customers.sections.confidential import looks_at, may_read
from customers.sections.reading import answers_to, sections_of
from tests import people
from tests.assessed import fill_confidential, look
from tests.customers.sections.section_forms import CLOSED, SECRET
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def reader(person=people.planner):
    write(person(), reads_confidential=True)
    return person()


def answer(customer, by):
    return fill_confidential(customer, CLOSED, by=by, DISABILITY="1", DISABILITY_KIND=SECRET)


READS = [
    (people.planner, False, False),
    (people.planner, True, True),
    (people.north_planner, True, False),
    (people.statewide, False, False),
    (people.statewide, True, True),
    (people.administrator, False, False),
    (people.administrator, True, True),
    (lambda: people.angela().user, False, False),
]


@pytest.mark.parametrize(("person", "given", "reads"), READS)
def test_staff_read_them_to_whom_it_was_given_of_those_whom_they_see(customer, person, given, reads):
    if given:
        write(person(), reads_confidential=True)
    assert may_read(customer, person()) is reads
    if not reads:
        with pytest.raises(NotAllowed):
            look(customer, CLOSED, by=person())
        assert not ConfidentialLook.objects.exists()


def test_the_customer_reads_ones_own(customer):
    answer(customer, customer.user)
    assert look(customer, CLOSED, by=customer.user)["DISABILITY_KIND"].value == SECRET


def test_who_was_switched_off_reads_nothing(customer):
    write(reader(people.statewide), is_active=False)
    assert not may_read(customer, people.statewide())


def test_a_look_is_written_down_with_who_whose_and_which(customer):
    answer(customer, customer.user)
    look(customer, CLOSED, by=reader())
    [row] = looks_at(customer)
    assert (row.looked_by, row.customer, row.section.code) == (people.planner(), customer, CLOSED)


def test_a_planner_who_may_not_read_does_not_write_them_either(customer):
    with pytest.raises(NotAllowed):
        answer(customer, people.planner())
    assert not ConfidentialAnswer.objects.exists()


def test_an_administrator_who_reads_writes_nothing(customer):
    with pytest.raises(NotAllowed):
        answer(customer, reader(people.administrator))


def test_the_history_says_that_something_changed_and_not_what(customer):
    row = answer(customer, customer.user)
    entry = SectionRecord.history.filter(id=row.pk).latest()
    told = [change for change in entry.changes if change["label"] == "Confidential answer"]
    assert told == [{"label": "Confidential answer", "from": "", "to": "changed"}] * 2


def test_it_stands_in_one_table_and_in_no_other(customer):
    answer(customer, reader())
    with connection.cursor() as cursor:
        found = [table for table in connection.introspection.table_names(cursor) if says(cursor, table, SECRET)]
    assert found == ["customers_confidentialanswer"]


def says(cursor, table, text):
    """Whether a row of the table has the text, in whichever column."""
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name} row WHERE row::text LIKE %s)", [f"%{text}%"])
    return cursor.fetchone()[0]


def test_what_others_read_does_not_hold_it(customer):
    answer(customer, reader())
    assert answers_to(customer.pk) == {}
    [line] = [one for one in sections_of(customer.pk) if one.section.code == CLOSED]
    assert (line.answered, SECRET in repr(line)) == (2, False)


def test_a_confidential_answer_does_not_say_itself(customer):
    answer(customer, reader())
    told = [f"{row!r} {row}" for row in ConfidentialAnswer.objects.all()]
    assert told
    assert not [words for words in told if SECRET in words]
