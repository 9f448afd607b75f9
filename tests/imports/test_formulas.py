"""A cell that was calculated: what it comes to is written by a person, whichever program kept the file."""

import pytest

from careerplan.base import clock
from careerplan.imports import actions
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import kind_of
from tests.imported import checked, person, rows_of, states, why
from tests.people import administrator
from tests.spreadsheets import packed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def text(place, words):
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def with_formula(place, heading):
    """Of one person, with a calculated cell in column C under this heading."""
    heads = text("A1", "First name") + text("B1", "Last name") + text("C1", heading)
    cells = text("A2", "Rosa") + text("B2", "Lindqvist") + f'<c r="{place}" t="str"><f>A2</f><v>Aurora</v></c>'
    return packed(f'<row r="1">{heads}</row><row r="2">{cells}</row>')


def test_a_cell_with_a_formula_waits_whether_it_comes_in_a_workbook_or_as_csv():
    [row] = rows_of(checked(with_formula("C2", "City"), name="people.xlsx"))
    assert (row.state, why(row)) == (RowState.BAD, [("city", "formula")])
    [row] = rows_of(checked([person(City="=A2")]))
    assert (row.state, why(row)) == (RowState.BAD, [("city", "formula")])


def test_a_formula_in_a_column_that_nobody_chose_bothers_nobody():
    assert states(checked(with_formula("C2", "Our own notes"), name="people.xlsx")) == [RowState.GOOD]


def test_a_kind_whose_texts_may_begin_so_reads_what_was_calculated():
    code = "".join(text(f"{letter}1", words) for letter, words in zip("AB", ("code", "description"), strict=True))
    cells = text("A2", "SS-TRAN") + '<c r="B2" t="str"><f>"Bus"</f><v>Bus</v></c>'
    content = packed(f'<row r="1">{code}</row><row r="2">{cells}</row>')
    bringing = actions.bring(
        kind_of("services"), "s.xlsx", content, encoding="utf-8", by=administrator(), at=clock.now()
    )
    assert rows_of(bringing)[0].cells == ["SS-TRAN", "Bus"]
