"""The pages of an import: what each shows, who opens it, and what is given back."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.imports import views
from careerplan.imports.enums import ImportState, RowState
from careerplan.imports.models import Import, ImportRow
from customers.models import Customer
from tests.imported import as_file, as_shown, brought, checked, person, rows_of, states
from tests.markup import Page
from tests.people import administrator, david, north_planner, planner, statewide, youth_planner
from tests.spreadsheets import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ALL = "/customers/import/"


@pytest.fixture
def planners(client):
    client.force_login(planner())
    return client


def page(name, bringing, *keys):
    return reverse(f"customer-import:{name}", args=[bringing.pk, *keys])


def choose(client, content, name="people.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(ALL, {"file": file, "encoding": "utf-8", **fields})


def text_of(response):
    return response.content.decode()


def test_a_file_is_brought_mapped_looked_at_and_imported(planners):
    response = choose(planners, as_file([person(1), person(2)]))
    bringing = Import.objects.get()
    assert response.url == page("columns", bringing)
    shown = planners.get(response.url)
    assert "Rosa" in text_of(shown)
    form = shown.context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}
    assert posted["column_0"] == "state_id"
    response = planners.post(response.url, posted, follow=True)
    assert "Confirm: import 2 rows" in text_of(response)
    assert not Customer.objects.filter(state_id="2000001").exists()
    response = planners.post(page("confirm", bringing), as_shown(bringing), follow=True)
    made = Customer.objects.get(state_id="2000001")
    assert f"/customers/{made.pk}/" in text_of(response)
    assert made.planner == planner()


def test_the_day_for_all_rows_is_typed_and_stands_there_again(planners):
    choose(planners, as_file([person(1, Program="JTED")]))
    bringing = Import.objects.get()
    form = planners.get(page("columns", bringing)).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}
    planners.post(page("columns", bringing), posted | {"begun_on": "11/02/2026"})
    assert states(bringing) == [RowState.GOOD]
    again = planners.get(page("columns", bringing))
    assert 'value="11/02/2026"' in text_of(again)


def test_a_workbook_is_brought_likewise(planners):
    choose(planners, workbook([["First name", "Last name"], ["Rosa", "Lindqvist"]]), "people.xlsx")
    assert rows_of(Import.objects.get())[0].cells == ["Rosa", "Lindqvist"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "older Excel"),
        (b"Name\nPe\xf1a\n", "a.csv", "not UTF-8"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "5.0"),
    ],
)
def test_what_can_not_be_read_is_said_at_the_form(planners, content, name, words):
    response = choose(planners, content, name)
    assert response.status_code == 422
    assert words in text_of(response).replace("\xa0", " ")
    assert not Import.objects.exists()


def test_the_same_form_sent_twice_brings_one_file(planners):
    key = "00000000-0000-4000-8000-000000000001"
    choose(planners, as_file([person()]), form_key=key)
    assert choose(planners, as_file([person()]), form_key=key).url == ALL
    assert Import.objects.count() == 1


def test_columns_that_say_too_little_are_said_at_the_form(planners):
    bringing = checked([person()])
    posted = {f"column_{place}": "" for place in range(5)}
    response = planners.post(page("columns", bringing), posted)
    assert response.status_code == 422
    assert "participant IDs" in text_of(response)


def test_the_preview_shows_reasons_counts_and_differences(planners):
    rows = [person(1), person(2, **{"Birth date": "31.12.1990"}), {"Participant ID": david().state_id}]
    rows[2]["Phone"] = "217-555-9999"
    bringing = checked(rows)
    response = planners.get(page("preview", bringing))
    words = text_of(response)
    for told in ("All rows (3)", "New (1)", "Changed (1)", "To mend (1)", "31.12.1990", "month first", "217-555-9999"):
        assert told in words
    assert "Confirm" not in words
    bad = planners.get(page("preview", bringing), {"state": "bad"})
    assert [shown.row.number for shown in bad.context["rows"]] == [3]
    assert planners.get(page("preview", bringing), {"state": "made-up"}).context["chosen"] == ""


def test_the_preview_has_fifty_rows_a_page(planners):
    bringing = brought(
        [person(1, **{"Participant ID": f"3{number}", "Last name": f"L{number}"}) for number in range(60)]
    )
    ImportRow.objects.update(state=RowState.BAD)
    Import.objects.update(state=ImportState.READY)
    first = planners.get(page("preview", bringing))
    assert len(first.context["rows"]) == 50
    second = planners.get(first.context["page"].next_url)
    assert [shown.row.number for shown in second.context["rows"]] == list(range(52, 62))


def test_the_preview_costs_the_same_however_many_rows_there_are(planners, django_assert_max_num_queries):
    bringing = brought(
        [person(1, **{"Participant ID": f"3{number}", "Last name": f"L{number}"}) for number in range(60)]
    )
    Import.objects.update(state=ImportState.READY)
    with django_assert_max_num_queries(12):
        planners.get(page("preview", bringing))


def test_a_row_is_mended_in_the_page(planners):
    bringing = checked([person(1), person(2, **{"Birth date": "31.12.1990"})])
    row = rows_of(bringing)[1]
    address = page("row", bringing, row.pk)
    shown = planners.get(address)
    assert shown.status_code == 200
    assert list(shown.context["form"].errors) == ["cell_3"]
    posted = {f"cell_{place}": cell for place, cell in enumerate(row.cells)}
    again = planners.post(address, posted)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["cell_3"])
    response = planners.post(address, posted | {"cell_3": "12/31/1990"}, follow=True)
    assert "Line 3 was mended." in text_of(response)
    assert states(bringing) == [RowState.GOOD, RowState.GOOD]


def test_a_double_is_answered_with_a_word_in_the_page(planners):
    bringing = checked([person(**{"E-mail": david().email})])
    [row] = rows_of(bringing)
    address, posted = page("row", bringing, row.pk), {f"cell_{place}": cell for place, cell in enumerate(row.cells)}
    assert "word" in planners.get(address).context["form"].fields
    assert planners.post(address, posted | {"word": " "}).status_code == 422
    planners.post(address, posted | {"word": "His sister."})
    [row] = rows_of(bringing)
    assert (row.state, row.word) == (RowState.GOOD, "His sister.")


def test_rows_are_left_out_and_taken_in_again(planners):
    bringing = checked([person(1), person(2, **{"Birth date": "31.12.1990"})])
    row = rows_of(bringing)[1]
    planners.post(page("row-out", bringing, row.pk))
    assert states(bringing) == [RowState.GOOD, RowState.LEFT_OUT]
    planners.post(page("row-out", bringing, row.pk), {"out": "no"})
    assert states(bringing) == [RowState.GOOD, RowState.BAD]
    planners.post(page("waiting-out", bringing))
    assert states(bringing) == [RowState.GOOD, RowState.LEFT_OUT]


def test_bad_rows_are_given_back_as_csv_that_runs_no_formula(planners):
    cells = {"First name": '=HYPERLINK("http://x")', "Birth date": "31.12.1990", "Phone": "+x"}
    bringing = checked([person(1), person(2, **cells)])
    response = planners.get(page("rows-file", bringing), {"state": "bad"})
    given = b"".join(response).decode("utf-8-sig")
    [headings, row] = csv.reader(io.StringIO(given))
    assert headings[-1] == "Why"
    assert row[1] == '\'=HYPERLINK("http://x")'
    assert row[5] == "'+x"
    assert "month first" in row[-1]
    # Brought again, it says what it said.
    choose(planners, given.encode())
    assert rows_of(Import.objects.latest("pk"))[0].cells[1] == cells["First name"]


def test_a_large_file_is_checked_behind_the_page_which_goes_on_by_itself(planners, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 0)
    bringing = brought([person()])
    words = text_of(planners.get(page("preview", bringing)))
    assert "0 of 1 rows are checked." in words
    assert page("progress", bringing) in words
    part = planners.get(page("progress", bringing))
    assert "hx-trigger" in text_of(part)
    bringing = checked([person()])
    assert planners.get(page("progress", bringing)).headers["HX-Redirect"] == page("preview", bringing)


def test_only_who_brought_a_file_and_statewide_staff_see_it(client):
    bringing = checked([person(**{"Birth date": "x"})])
    addresses = [page(name, bringing) for name in ("preview", "columns", "progress", "rows-file")]
    addresses.append(page("row", bringing, rows_of(bringing)[0].pk))
    for who, status in (
        (planner, 200),
        (statewide, 200),
        (youth_planner, 404),
        (north_planner, 404),
        (administrator, 403),
    ):
        client.force_login(who())
        for address in addresses:
            found = client.get(address)
            assert found.status_code == status or "HX-Redirect" in found.headers, (who.__name__, address)
        shown = client.get(ALL)
        assert (bringing.file_name in text_of(shown)) == (status == 200), who.__name__


def test_a_row_of_one_file_does_not_open_under_another(planners):
    bringing, other = checked([person(**{"Birth date": "x"})]), checked([person(2)])
    assert planners.get(page("row", other, rows_of(bringing)[0].pk)).status_code == 404


def test_a_file_that_was_imported_before_is_said_to_be(planners):
    rows = [person()]
    first = checked(rows)
    planners.post(page("confirm", first), as_shown(first))
    again = checked(rows)
    words = Page(planners.get(page("preview", again))).words
    assert "imported this same file." in words
    assert ".." not in words


def test_rows_are_thrown_away(planners):
    bringing = checked([person()])
    planners.post(page("throw-away", bringing))
    assert not ImportRow.objects.exists()
    assert planners.get(page("preview", bringing)).status_code == 404
