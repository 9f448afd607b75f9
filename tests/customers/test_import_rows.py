"""What becomes of each row of a file of customers by itself, and why."""

from datetime import date

import pytest
from django.utils import translation

from careerplan.accounts.models import Office
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.demo.cast import HARBOR, PINE_LAKE
from careerplan.imports import actions
from careerplan.imports.enums import ImportState, RowState
from careerplan.imports.kinds import kind_of
from careerplan.imports.models import Heading
from careerplan.imports.rows import said_of
from customers.importing import KEY
from customers.models import Customer, Enrollment
from tests.imported import brought, checked, confirmed, person, rows_of, states, why
from tests.people import administrator, planner, statewide, youth_planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

GOOD, BAD, DOUBLE = RowState.GOOD, RowState.BAD, RowState.DOUBLE
CHANGED, UNCHANGED, LEFT_OUT = RowState.CHANGED, RowState.UNCHANGED, RowState.LEFT_OUT


def now():
    return clock.now()


def row_of(**cells):
    """What becomes of one row, with the present cells of `person` but for these."""
    [row] = rows_of(checked([person(**cells)]))
    return row


# --- columns ---------------------------------------------------------------------------------------


def columns_of(*headings, by=None):
    content = (",".join(headings) + "\n" + ",".join("x" for _heading in headings) + "\n").encode()
    return brought_columns(content, by or planner())


def brought_columns(content, by):
    return actions.bring(kind_of(KEY), "a.csv", content, encoding="utf-8", by=by, at=now()).columns


def test_columns_are_guessed_from_headings_of_both_languages():
    assert columns_of("Given Name", "SURNAME", "DOB", "E-Mail Address", "zip", "Shoe size", "first_name") == [
        "first_name", "last_name", "birth_date", "email", "zip_code", "", ""
    ]  # fmt: skip
    assert columns_of("Nombre", "Apellidos", "Fecha de nacimiento", "Teléfono", "Código postal", "Programa") == [
        "first_name", "last_name", "birth_date", "phone", "zip_code", "program"
    ]  # fmt: skip


def test_what_a_person_chose_for_a_heading_is_offered_to_that_person_again():
    content = b"Name,Clave\nRosa,2000001\n"
    bringing = actions.bring(kind_of(KEY), "a.csv", content, encoding="utf-8", by=planner(), at=now())
    assert bringing.columns == ["", ""]
    actions.map_columns(bringing, ["last_name", "state_id"], {}, by=planner(), at=now())
    assert columns_of("CLAVE", "name") == ["state_id", "last_name"]
    assert columns_of("CLAVE", "name", by=youth_planner()) == ["", ""]
    assert Heading.objects.filter(person=planner()).count() == 2


@pytest.mark.parametrize("columns", [["last_name", ""], ["", "last_name"]])
def test_of_two_columns_of_one_heading_the_one_that_was_chosen_is_remembered(columns):
    content = b"Clave,Clave\nRosa,x\n"
    bringing = actions.bring(kind_of(KEY), "a.csv", content, encoding="utf-8", by=planner(), at=now())
    actions.map_columns(bringing, columns, {}, by=planner(), at=now())
    assert columns_of("Clave", "Clave") == ["last_name", ""]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["first_name", "first_name"], "field-twice"),
        (["email", ""], "no-name"),
        (["first_name", "begun_on"], "no-program"),
    ],
)
def test_columns_that_say_too_little_or_twice_are_refused(columns, code):
    bringing = brought([{"First name": "Rosa", "Other": "x"}])
    with pytest.raises(Refusal) as caught:
        actions.map_columns(bringing, columns, {}, by=planner(), at=now())
    assert caught.value.code == code


# --- good rows -------------------------------------------------------------------------------------


def test_new_customers_come_about_with_all_that_their_rows_say():
    whole = person(
        **{
            "Middle name": "Eva", "Preferred name": "Rosie", "Phone": "(217) 555-0199 ext. 4", "Street": "1 Elm",
            "City": "Marlow", "State": "il", "ZIP code": "62799-0001", "Language": "Español",
            "Accommodation needs": "Large letters", "Customer type": "Dislocated Worker",
            "Office": "harbor street career center", "Career planner": planner().email.upper(),
            "Program": "Job help for adults", "Enrollment status": "inscrito", "Program begun": "2026-11-02",
        }
    )  # fmt: skip
    with translation.override("es"):
        whole["Enrollment status"] = str(Enrollment(status="enrolled").get_status_display())
    bringing = confirmed(checked([whole, person(2)]))
    assert (bringing.state, states(bringing)) == (ImportState.DONE, [GOOD, GOOD])
    [first, second] = [Customer.objects.get(pk=row.found) for row in rows_of(bringing)]
    assert (first.legal_name, first.preferred_name, first.birth_date) == (
        "Rosa Eva Lindqvistb", "Rosie", date(1990, 4, 1)
    )  # fmt: skip
    assert (first.state, first.zip_code, first.language) == ("IL", "62799-0001", "es")
    assert (first.customer_type, first.office.name, first.planner) == ("dislocated_worker", HARBOR, planner())
    [enrollment] = first.enrollments.all()
    assert (enrollment.program.code, enrollment.status, enrollment.begun_on) == (
        "T1-ADULT", "enrolled", date(2026, 11, 2)
    )  # fmt: skip
    # The office that a planner has, and the planner, where no row says so.
    assert (second.office.name, second.planner, second.enrollments.count()) == (HARBOR, planner(), 0)
    assert first.history.get().history_user == planner()
    assert Customer.objects.matching("lindqvistb").get() == first


def test_a_row_without_an_id_gets_one_and_is_found_again():
    cells = {"Participant ID": ""}
    bringing = confirmed(checked([person(**cells)]))
    assert states(bringing) == [GOOD]
    again = checked([person(**cells)])
    assert (states(again), rows_of(again)[0].found) == ([UNCHANGED], rows_of(bringing)[0].found)


# --- bad rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"Birth date": "31.12.1990"}, "birth_date", "invalid"),
        ({"Birth date": "31/12/1990"}, "birth_date", "invalid"),
        ({"Birth date": "4/2/90"}, "birth_date", "invalid"),
        ({"Birth date": "April 2, 1990"}, "birth_date", "invalid"),
        ({"Birth date": "04-02-1990"}, "birth_date", "invalid"),
        ({"Birth date": "33331"}, "birth_date", "invalid"),
        ({"Birth date": "02/29/1991"}, "birth_date", "invalid"),
        ({"Birth date": "04/02/2199"}, "birth_date", "day-to-come"),
        ({"Birth date": "04/02/1891"}, "birth_date", "unlikely-day"),
        ({"E-mail": "rosa at example"}, "email", "invalid"),
        ({"E-mail": "a@example.org; b@example.org"}, "email", "invalid"),
        ({"Phone": "call the aunt"}, "phone", "phone"),
        ({"Phone": "555"}, "phone", "phone"),
        ({"ZIP code": "2799"}, "zip_code", "zip"),
        ({"State": "Illinois"}, "state", "state"),
        ({"Language": "Klingon"}, "language", "not-a-choice"),
        ({"Customer type": "Old"}, "customer_type", "not-a-choice"),
        ({"Office": PINE_LAKE}, "office", "not-a-choice"),
        ({"Career planner": "nobody.here"}, "planner", "not-a-choice"),
        ({"Career planner": "planner.north"}, "planner", "not-a-choice"),
        ({"Program": "T9"}, "program", "not-a-choice"),
        ({"Program": "T1-ADULT"}, "begun_on", "begin-missing"),
        ({"Program": "T1-ADULT", "Status": "Exited", "Start date": "11/02/2026"}, "status", "not-a-choice"),
        ({"Program": "", "Status": "Enrolled"}, "status", "no-program"),
        ({"First name": "", "Last name": ""}, "first_name", "name-missing"),
        ({"First name": "x" * 101}, "first_name", "max_length"),
        ({"Participant ID": "x" * 21}, "state_id", "max_length"),
        ({"Last name": "#N/A"}, "last_name", "error-of-the-sheet"),
        ({"Last name": "Pe\ufffda"}, "last_name", "unreadable"),
    ],
)
def test_each_reason_stands_at_its_cell(cells, field, code):
    row = row_of(**cells)
    assert (row.state, why(row)) == (BAD, [(field, code)])
    # In the words of each language.
    assert row.faults[0]["said"]["en"] != row.faults[0]["said"]["es"] or row.faults[0]["said"]["es"] == ""


def test_days_of_both_readings_are_the_same_day():
    rows = [person(1, **{"Birth date": "4/1/1990"}), person(2, **{"Birth date": "1990-04-02 00:00:00"})]
    confirmed(checked(rows))
    born = Customer.objects.filter(last_name__startswith="Lindqvist").order_by("state_id")
    assert [row.birth_date for row in born if row.state_id.startswith("200000")] == [date(1990, 4, 1), date(1990, 4, 2)]


def test_a_row_tells_all_its_faults_at_once():
    row = row_of(**{"Birth date": "31.12.1990", "Phone": "x", "ZIP code": "1"})
    assert [field for field, _code in why(row)] == ["birth_date", "phone", "zip_code"]


def test_a_line_with_more_cells_than_headings_is_bad():
    [row] = rows_of(checked(b"First name,Last name\nRosa,Lindqvist,Esq.\n"))
    assert (row.state, why(row)) == (BAD, [("", "too-many-cells")])


def test_a_row_without_an_office_is_bad_where_none_was_chosen():
    [row] = rows_of(checked([person()], options={"office": None}))
    assert why(row) == [("office", "office-missing")]


def test_an_office_that_is_not_the_persons_does_not_count_as_chosen():
    other = Office.objects.get(name=PINE_LAKE)
    [row] = rows_of(checked([person()], options={"office": other.pk}))
    assert why(row) == [("office", "office-missing")]


def test_a_planner_of_another_office_is_bad_for_statewide_staff():
    [row] = rows_of(checked([person(**{"Career planner": "planner.north", "Office": HARBOR})], by=statewide()))
    assert why(row) == [("planner", "planner-does-not-see")]


def test_two_offices_of_one_name_are_not_guessed_between():
    harbor = Office.objects.get(name=HARBOR)
    pine_lake = Office.objects.get(name=PINE_LAKE)
    twin = Office(region=pine_lake.region, grantee=pine_lake.grantee, name=harbor.name)
    record(twin, by=administrator(), at=now())
    [row] = rows_of(checked([person(Office=HARBOR)], by=statewide()))
    assert why(row) == [("office", "not-a-choice")]
    assert "Several" in said_of(row.faults[0])
