"""Whom a row of a file finds: a customer who is here already, or another line of the file."""

from datetime import date

import pytest

from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.demo.cast import MILLBROOK
from careerplan.imports import actions
from careerplan.imports.enums import RowState
from careerplan.imports.rows import said_of
from customers.adding import add_customer
from customers.enrolling import end_enrollment, enroll
from customers.merging import merge
from customers.models import Customer, Program
from tests import states as states_of
from tests.imported import changes, checked, confirmed, like, person, rows_of, states, why
from tests.people import angela, david, lucia, planner, statewide, youth_planner
from tests.rows import everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

GOOD, BAD, DOUBLE = RowState.GOOD, RowState.BAD, RowState.DOUBLE
CHANGED, UNCHANGED, LEFT_OUT = RowState.CHANGED, RowState.UNCHANGED, RowState.LEFT_OUT


def now():
    return clock.now()


def row_of(**cells):
    """What becomes of one row, with the present cells of `person` but for these."""
    [row] = rows_of(checked([person(**cells)]))
    return row


# --- who is here already ---------------------------------------------------------------------------


def test_a_customer_is_found_by_the_id_and_the_differences_are_shown():
    [row] = rows_of(checked([like(david(), Phone="217-555-9999", City="")]))
    assert (row.state, row.found) == (CHANGED, david().pk)
    assert changes(row) == {"phone": (david().phone, "217-555-9999")}


@pytest.mark.parametrize("without", [["E-mail"], ["Birth date"]], ids=["name and birth date", "e-mail and name"])
def test_a_row_without_an_id_finds_its_customer(without):
    cells = {"Participant ID": ""} | dict.fromkeys(without, "")
    [row] = rows_of(checked([like(david(), **cells)]))
    assert (row.state, row.found) == (UNCHANGED, david().pk)


def test_the_same_email_with_another_name_and_birth_date_may_be_double():
    [row] = rows_of(checked([person(**{"Participant ID": "", "E-mail": david().email})]))
    assert (row.state, why(row)) == (DOUBLE, [("", "possible-double")])
    assert david().state_id in said_of(row.faults[0])


def test_another_id_for_a_person_who_is_here_may_be_double():
    [row] = rows_of(checked([like(david(), **{"Participant ID": "2000009"})]))
    assert (row.state, why(row)) == (DOUBLE, [("", "possible-double")])


def test_an_id_that_was_made_here_gives_way_to_the_states():
    values = {"first_name": "Rosa", "last_name": "Lindqvistb", "birth_date": date(1990, 4, 1)}
    made = add_customer(values | {"office": david().office}, by=planner(), at=now())
    bringing = checked([person()])
    [row] = rows_of(bringing)
    assert (row.state, row.found, changes(row)["state_id"]) == (CHANGED, made.pk, (made.state_id, "2000001"))
    confirmed(bringing)
    made.refresh_from_db()
    assert made.state_id == "2000001"


def test_an_id_that_belongs_to_another_person_is_bad():
    [row] = rows_of(checked([person(**{"Participant ID": david().state_id})]))
    assert (row.state, why(row)) == (BAD, [("state_id", "id-of-another-person")])


def test_an_id_of_another_region_is_bad_and_tells_nothing_of_its_person():
    [row] = rows_of(checked([like(lucia())]))
    assert (row.state, why(row), row.found) == (BAD, [("state_id", "id-of-another-office")], None)
    assert lucia().last_name not in str(row.faults)


def test_a_person_of_another_region_is_told_of_without_a_name():
    [row] = rows_of(checked([like(lucia(), **{"Participant ID": ""})]))
    assert (row.state, why(row), row.found) == (DOUBLE, [("", "possible-double")], None)
    assert lucia().last_name not in str(row.faults)
    assert lucia().state_id not in str(row.faults)


def test_statewide_staff_find_every_customer():
    [row] = rows_of(checked([like(lucia(), Phone="217-555-9999")], by=statewide()))
    assert (row.state, row.found) == (CHANGED, lucia().pk)


def test_a_word_makes_another_person_of_a_double_and_stays_with_the_record():
    bringing = checked([person(**{"E-mail": david().email})])
    [row] = rows_of(bringing)
    assert row.state == DOUBLE
    _row, outcome = actions.mend(row, row.cells, word="They share an e-mail.", by=planner(), at=now())
    assert outcome.state == GOOD
    confirmed(bringing)
    made = Customer.objects.get(state_id="2000001")
    assert "They share an e-mail." in made.case_notes.get().text
    assert states(checked([person(**{"E-mail": david().email})])) == [UNCHANGED]


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"Office": MILLBROOK}, "office", "other-office"),
        ({"Career planner": "planner.youth"}, "planner", "other-planner"),
        ({"E-mail": "david@example.org"}, "email", "email-of-sign-in"),
        ({"Program": "JTED"}, "begun_on", "begin-missing"),
    ],
)
def test_what_a_file_does_not_change_of_a_customer_is_said(cells, field, code):
    [row] = rows_of(checked([like(david(), **cells)], by=youth_planner()))
    assert (row.state, row.found, why(row)) == (BAD, david().pk, [(field, code)])


def test_a_program_is_begun_changed_and_left_alone():
    program = {"Program": "T1-YOUTH", "Enrollment status": "Enrolled"}
    bringing = checked([like(david(), **program)])
    assert changes(rows_of(bringing)[0]) == {"status": ("registrant", "enrolled")}
    confirmed(bringing)
    [present] = david().enrollments.all()
    assert (present.status, present.history.count()) == ("enrolled", 2)
    bringing = checked([like(david(), Program="JTED", **{"Program begun": "11/02/2026"})])
    assert changes(rows_of(bringing)[0]) == {"program": ("", "JTED")}
    confirmed(bringing)
    joined = david().enrollments.get(program__code="JTED")
    assert (joined.begun_on, joined.status) == (date(2026, 11, 2), "applicant")
    end_enrollment(joined, exited_on=date(2026, 11, 3), by=planner(), at=now())
    assert states(checked([like(david(), Program="JTED", **{"Program begun": "11/02/2026"})])) == [UNCHANGED]


def test_a_day_of_the_program_that_would_fall_into_the_time_before_is_bad():
    end_enrollment(david().enrollments.get(), exited_on=date(2026, 6, 1), by=planner(), at=clock.now())
    program = {"program": Program.objects.get(code="T1-YOUTH"), "status": "enrolled", "begun_on": date(2026, 6, 1)}
    enroll(david(), program, by=planner(), at=clock.now())
    bringing = checked([like(david(), Program="T1-YOUTH", **{"Program begun": "05/31/2026"})])
    assert why(rows_of(bringing)[0]) == [("begun_on", "program-twice")]
    assert states(checked([like(david(), Program="T1-YOUTH", **{"Program begun": "06/02/2026"})])) == [CHANGED]


def test_an_empty_cell_erases_nothing():
    before = david()
    [row] = rows_of(checked([{"Participant ID": before.state_id, "Phone": "", "First name": ""}]))
    assert row.state == UNCHANGED


def test_a_second_run_of_the_same_file_changes_nothing():
    rows = [person(), person(2, **{"Participant ID": ""}), like(david(), Phone="217-555-9999"), like(angela())]
    bringing = confirmed(checked(rows))
    assert states(bringing) == [GOOD, GOOD, CHANGED, UNCHANGED]
    before = everything()
    again = checked(rows)
    assert states(again) == [UNCHANGED] * 4
    with pytest.raises(Refusal) as caught:
        actions.confirm(again, by=planner(), at=now())
    assert caught.value.code == "nothing-to-import"
    again.delete()
    assert everything() == before


# --- doubles within the file -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Participant ID": "2000001"}, "again"),
        ({"E-mail": "ROSA1@example.org"}, "like-another-line"),
        ({"Last name": "Rosa", "First name": "Lindqvistb", "Birth date": "1990-04-01"}, "like-another-line"),
        ({"Last name": "Lindqvistb", "Birth date": ""}, "like-another-line"),
    ],
    ids=["ID", "e-mail", "name and birth date", "name, and no birth date"],
)
def test_the_second_of_two_lines_about_one_person_waits(cells, code):
    bringing = checked([person(1), person(2, **cells)])
    [first, second] = rows_of(bringing)
    assert (first.state, second.state, why(second)) == (GOOD, DOUBLE, [("state_id" if code == "again" else "", code)])
    assert "2" in said_of(second.faults[0])
    if code == "like-another-line":
        assert actions.mend(second, second.cells, word="Twins.", by=planner(), at=now())[1].state == GOOD
    else:
        assert actions.mend(second, second.cells, word="Twins.", by=planner(), at=now())[1].state == DOUBLE


def test_two_people_of_one_name_born_on_different_days_are_two():
    assert states(checked([person(1), person(2, **{"Last name": "Lindqvistb"})])) == [GOOD, GOOD]


def test_two_lines_that_find_one_customer_are_one_person():
    bringing = checked([like(david()), like(david(), **{"Participant ID": "", "Phone": "217-555-9999"})])
    assert states(bringing) == [UNCHANGED, DOUBLE]


def test_a_line_that_is_left_out_is_in_no_other_ones_way():
    bringing = checked([person(1), person(2, **{"Participant ID": "2000001"})])
    first = rows_of(bringing)[0]
    actions.leave_out(first, out=True, by=planner(), at=now())
    assert states(bringing) == [LEFT_OUT, GOOD]
    actions.leave_out(first, out=False, by=planner(), at=now())
    assert states(bringing) == [GOOD, DOUBLE]


def test_what_is_mended_frees_the_lines_that_waited_for_it():
    bringing = checked([person(1), person(2, **{"Participant ID": "2000001"})])
    first = rows_of(bringing)[0]
    cells = ["2000008", *first.cells[1:]]
    _row, outcome = actions.mend(first, cells, word="", by=planner(), at=now())
    assert (outcome.state, states(bringing)) == (GOOD, [GOOD, GOOD])


def test_the_row_of_a_former_record_changes_nothing_of_the_person_however_often_the_file_comes():
    kept, other = states_of.enrolled(), states_of.enrolled(with_sign_in=False)
    end_enrollment(other.enrollments.get(), exited_on=states_of.today(), by=planner(), at=now())
    write(kept, birth_date=date(1990, 2, 4))
    write(other, first_name="Honora", last_name="Altnam", birth_date=date(1990, 2, 3), phone="217-555-0001")
    for row in (kept, other):
        row.refresh_from_db()
    former = [like(other, Phone="217-555-9999"), like(other, **{"Participant ID": ""})]
    merge(kept, other, reason="One person.", by=statewide(), at=now())
    before = everything()[Customer]
    for row in (*former, like(kept)):
        bringing = checked([row])
        assert [(one.state, one.found) for one in rows_of(bringing)] == [(UNCHANGED, kept.pk)]
    assert everything()[Customer] == before
    [row] = rows_of(checked([like(kept, Phone="217-555-9999")]))
    assert row.state == CHANGED
