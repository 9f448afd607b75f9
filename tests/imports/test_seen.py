"""What lines of one file have to do with each other, when one of them is bad, mended, left out, or said twice."""

import time

import pytest

from careerplan.imports import actions
from careerplan.imports.enums import ImportState
from careerplan.imports.kinds import said_key
from careerplan.imports.rows import said_of
from careerplan.imports.seen import Seen, Touched
from careerplan.imports.working import work_on
from tests.imported import LONG, checked, confirmed, person, rows_of, states, why
from tests.people import planner
from tests.states import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
SAME_ID = {"Participant ID": "2000001"}


def mend(row, place, text):
    cells = [*row.cells[:place], text, *row.cells[place + 1 :]]
    return actions.mend(row, cells, word="", by=planner(), at=now())[1]


def test_a_line_that_is_bad_itself_is_in_no_other_ones_way():
    bringing = checked([person(1, Phone="x"), person(2, **SAME_ID), person(3, **SAME_ID)])
    assert states(bringing) == ["bad", "good", "double"]
    assert "Line 3" in said_of(rows_of(bringing)[2].faults[0])


def test_once_it_is_mended_the_later_ones_wait_for_it():
    bringing = checked([person(1, Phone="x"), person(2, **SAME_ID), person(3, **SAME_ID)])
    assert mend(rows_of(bringing)[0], 5, "217-555-0101").state == "good"
    assert states(bringing) == ["good", "double", "double"]
    assert [said_of(row.faults[0])[:6] for row in rows_of(bringing)[1:]] == ["Line 2", "Line 2"]


def test_who_waits_for_one_that_waits_itself_is_looked_at_as_well():
    """The third has the e-mail of the second, which is in nobody's way while it waits for the first."""
    rows = [person(1), person(2, **SAME_ID), person(3, **{"E-mail": "rosa2@example.org"})]
    bringing = checked(rows)
    assert states(bringing) == ["good", "double", "good"]
    actions.leave_out(rows_of(bringing)[0], out=True, by=planner(), at=now())
    assert states(bringing) == ["left_out", "good", "double"]
    actions.leave_out(rows_of(bringing)[0], out=False, by=planner(), at=now())
    assert states(bringing) == ["good", "double", "good"]


def test_a_line_that_says_the_very_same_needs_no_hand():
    bringing = checked([person(1), person(1), person(1, Phone="217-555-0101")])
    assert states(bringing) == ["good", "unchanged", "double"]
    assert why(rows_of(bringing)[1]) == [("", "same-line")]
    actions.leave_out_waiting(bringing, by=planner(), at=now())
    assert confirmed(bringing).state == ImportState.DONE
    assert [bool(row.found) for row in rows_of(bringing)] == [True, False, False]


def test_the_second_of_two_same_lines_is_taken_where_the_first_is_left_out():
    bringing = checked([person(1), person(1)])
    actions.leave_out(rows_of(bringing)[0], out=True, by=planner(), at=now())
    assert states(bringing) == ["left_out", "good"]


def test_two_same_lines_of_which_no_id_says_that_they_are_one_person_still_ask():
    nobody = {"Participant ID": "", "E-mail": "", "Birth date": ""}
    assert states(checked([person(1, **nobody), person(1, **nobody)])) == ["good", "double"]


def test_one_of_very_many_alike_is_mended_at_once_and_the_others_behind_the_page(monkeypatch):
    monkeypatch.setattr(actions, "PART", 3)
    bringing = checked([person(1, Phone=f"217-555-010{n}") for n in range(6)])
    assert states(bringing) == ["good"] + ["double"] * 5
    assert mend(rows_of(bringing)[0], 0, "2000009").state == "good"
    assert states(bringing) == ["good"] + ["unread"] * 5
    bringing.refresh_from_db()
    assert bringing.state == ImportState.CHECKING
    work_on(bringing.pk, seconds=LONG)
    assert states(bringing)[0] == "good"


def test_rows_that_others_hang_on_are_written_in_sets(django_assert_max_num_queries):
    bringing = checked([person(1, Phone=f"217-555-01{n}") for n in range(10, 50)])
    with django_assert_max_num_queries(40):
        actions.leave_out(rows_of(bringing)[0], out=True, by=planner(), at=now())


def test_twenty_thousand_lines_of_one_key_are_known_in_seconds():
    seen, began = Seen(), time.monotonic()
    keys = ["=id:1", "~of:2026-11-01:2026-11-14", said_key("it", {"city": "Aurora"})]
    for number in range(20_000):
        seen.note(number, keys)
    for number in range(1, 20_000):
        assert [seen.before(number, key) for key in keys[:2]] == [0, 0]
        assert not list(seen.other_words(number, keys))
    for number in range(20_000):
        seen.forget(number, keys)
    assert seen.before(5, keys[0]) is None
    assert time.monotonic() - began < 10


def test_who_says_the_same_is_not_concerned():
    touched = Touched([said_key("it", {"city": "Aurora", "state": "IL"})])
    assert not touched.concerns([said_key("it", {"city": "Aurora"})])
    assert not touched.concerns([said_key("another", {"city": "Marlow"})])
    assert touched.concerns([said_key("it", {"city": "Marlow"})])
