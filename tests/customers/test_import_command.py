"""`manage.py import_customers`: the same import, at the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from careerplan.demo.cast import HARBOR
from careerplan.imports.models import Import
from customers.models import Customer
from tests.imported import as_file, person
from tests.people import planner, statewide
from tests.rows import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def run(tmp_path):
    def run(rows, *options):
        path = tmp_path / "people.csv"
        path.write_bytes(rows if isinstance(rows, bytes) else as_file(rows))
        told = io.StringIO()
        call_command("import_customers", str(path), *options, stdout=told)
        return told.getvalue()

    return run


def made():
    return Customer.objects.filter(state_id__startswith="200000").count()


def test_a_day_for_all_rows_that_name_none(run):
    assert "1 New" in run([person(1, Program="JTED")], "--by", "planner", "--begun-on", "2026-11-02")


def test_it_tells_what_it_finds_and_imports_nothing_unasked(run):
    told = run([person(1), person(2, **{"Birth date": "31.12.1990"})], "--by", "planner")
    assert "1 New" in told
    assert "1 To mend" in told
    assert "Line 3, Lindqvistc, Rosa · 2000002: Birth date: Write this day as 03/31/1991" in told
    assert made() == 0
    # It waits in the browser, for who is named and for statewide staff.
    assert Import.objects.get().uploaded_by == planner()


def test_it_imports_all_of_it_where_it_is_told_to(run):
    rows = [{"Nr": "2000001", "Apellido": "Lindqvistb"}]
    told = run(rows, "--map", "Nr=state_id", "apellido=last_name", "--office", HARBOR, "--confirm")
    assert "Imported: 1 new, 0 changed." in told
    customer = Customer.objects.get(state_id="2000001")
    # In the name of the only statewide person.
    assert (customer.office.name, customer.history.get().history_user) == (HARBOR, statewide())
    before = everything()
    again = run(rows, "--map", "Nr=state_id", "--office", HARBOR, "--confirm")
    assert "There is nothing to import" in again
    assert everything()[Customer] == before[Customer]


def test_it_imports_nothing_while_a_row_waits(run):
    with pytest.raises(CommandError, match="still to be mended"):
        run([person(1), person(2, **{"Birth date": "x"})], "--by", "planner", "--confirm")
    assert made() == 0


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([person()], ["--by", "nobody.here"], "Nobody who may sign in"),
        ([person()], ["--by", "admin"], "Only career planners and statewide staff"),
        ([person()], ["--map", "Color=phone"], "There is no column 'Color'"),
        ([person()], ["--map", "E-mail=color"], "There is no field 'color'"),
        ([person()], ["--office", "Nowhere"], "0 of this person's offices"),
        (b"Name\n", [], "There are no rows"),
        (b"First name\nPe\xf1a\n", [], "not UTF-8"),
    ],
)
def test_what_it_can_not_do_is_said(run, rows, options, words):
    with pytest.raises(CommandError) as caught:
        run(rows, *options)
    assert words in str(caught.value)
    assert made() == 0


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_customers", "/nowhere/people.csv")
