"""What becomes of each row of a file of customers, and why."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from careerplan.accounts.models import Office
from careerplan.base.health.tidying import tidy
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.demo.cast import HARBOR, MILLBROOK, PINE_LAKE
from careerplan.imports import actions
from careerplan.imports.enums import ImportState, RowState
from careerplan.imports.kinds import kind_of
from careerplan.imports.models import Heading, Import
from careerplan.imports.rows import said_of
from customers import importing
from customers.adding import add_customer
from customers.enrolling import end_enrollment
from customers.importing import KEY
from customers.models import Customer, Enrollment
from tests.imported import brought, changes, checked, confirmed, person, rows_of, states, why
from tests.people import administrator, angela, david, henrik, lucia, planner, statewide, youth_planner
from tests.rows import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

GOOD, BAD, DOUBLE = RowState.GOOD, RowState.BAD, RowState.DOUBLE
CHANGED, UNCHANGED, LEFT_OUT = RowState.CHANGED, RowState.UNCHANGED, RowState.LEFT_OUT


def now():
    return timezone.now()


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


# --- who is here already ---------------------------------------------------------------------------


def like(customer, **cells):
    known = {
        "Participant ID": customer.state_id,
        "First name": customer.first_name,
        "Last name": customer.last_name,
        "Birth date": f"{customer.birth_date:%m/%d/%Y}",
        "E-mail": customer.email,
    }
    return known | cells


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
    assert (first.state, second.state, why(second)) == (GOOD, DOUBLE, [("", code)])
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


# --- all or nothing --------------------------------------------------------------------------------


def test_a_row_that_stays_bad_is_not_saved():
    bringing = checked([person(**{"Birth date": "x"})])
    [row] = rows_of(bringing)
    _row, outcome = actions.mend(row, [*row.cells[:3], "y", *row.cells[4:]], word="", by=planner(), at=now())
    assert outcome.state == BAD
    assert rows_of(bringing)[0].cells == row.cells


def test_nothing_is_imported_while_a_row_waits():
    bringing = checked([person(1), person(2, **{"Birth date": "x"})])
    with pytest.raises(Refusal) as caught:
        actions.confirm(bringing, by=planner(), at=now())
    assert caught.value.code == "rows-wait"
    assert not Customer.objects.filter(state_id="2000001").exists()
    assert actions.leave_out_waiting(bringing, by=planner(), at=now()) == 1
    assert states(confirmed(bringing)) == [GOOD, LEFT_OUT]
    assert Customer.objects.filter(state_id__startswith="200000").count() == 1


def test_an_import_is_confirmed_once():
    bringing = confirmed(checked([person()]))
    with pytest.raises(Refusal) as caught:
        actions.confirm(bringing, by=planner(), at=now())
    assert caught.value.code == "imported-already"


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_imported():
    bringing = checked([person(1), person(2)])
    values = {"first_name": "Rosa", "last_name": "Lindqvistb", "state_id": "2000001", "office": david().office}
    add_customer(values, by=planner(), at=now())
    confirmed(bringing)
    assert (bringing.state, states(bringing)) == (ImportState.READY, [CHANGED, GOOD])
    assert "1 row" in bringing.why_refused
    assert not Customer.objects.filter(state_id="2000002").exists()
    assert confirmed(bringing).state == ImportState.DONE


def test_one_row_that_is_refused_while_it_is_written_takes_all_others_back(monkeypatch):
    def refuse(*_rows, **_options):
        raise Refusal("no", "Not this one.")

    bringing = checked([person(), like(david(), Phone="217-555-9999")])
    monkeypatch.setattr(importing, "write_changes", refuse)
    confirmed(bringing)
    assert (bringing.state, bringing.confirmed_by) == (ImportState.READY, None)
    assert "Not this one." in bringing.why_refused
    assert not Customer.objects.filter(state_id="2000001").exists()


@pytest.mark.parametrize("who", [administrator, lambda: henrik().user])
def test_only_who_writes_plans_brings_a_file(who):
    before = everything()
    with pytest.raises(NotAllowed):
        brought([person()], by=who())
    assert everything() == before


def test_statewide_staff_may_confirm_what_a_planner_brought():
    bringing = confirmed(checked([person()]), by=statewide())
    assert bringing.state == ImportState.DONE
    assert Customer.objects.get(state_id="2000001").history.get().history_user == statewide()


def test_the_rows_go_after_thirty_days():
    bringing = checked([person()])
    assert tidy(now() + timedelta(days=29))["rows of imports"] == 0
    gone = tidy(now() + timedelta(days=31))
    assert (gone["rows of imports"], gone["imports"]) == (1, 1)
    assert not Import.objects.filter(pk=bringing.pk).exists()
