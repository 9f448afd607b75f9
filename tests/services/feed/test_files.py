"""Files of a feed: line by line, in the letters of Excel, with bad lines reported and the rest filed."""

import csv
import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from careerplan.base.csv_cells import safe_cell
from services.feed.files import items_of
from services.feed.models import FeedRecord, FeedRun
from tests import people
from tests.rows import changed, everything
from tests.services import feeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def imported(path, **options):
    out = io.StringIO()
    call_command("import_services", str(path), "--source", "ivle", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def source(people):
    return feeding.source()


@pytest.mark.policy("ILL-103")
def test_of_ten_thousand_records_thirty_seven_are_bad_and_reported_and_the_rest_stand(tmp_path):
    david, every = people.david(), 270
    bad = ["02/30/2026", "31.12.2026", "soon"]
    rows = [
        feeding.row(david, f"A-{number}", planned_start_on=bad[number % 3] if number % every == 100 else "2026-03-31")
        for number in range(10_000)
    ]
    lines = [number + 2 for number in range(10_000) if number % every == 100]
    assert len(lines) == 37
    path = feeding.written(tmp_path, feeding.csv_of(rows))
    said = imported(path)
    assert said.endswith("9,963 new, 0 changed, 0 unchanged, 37 refused.\n")
    assert said.splitlines()[:-1] == [
        f"Line {line} (A-{line - 2}): planned_start_on: Write the day as 2026-03-31 or 03/31/2026." for line in lines
    ]
    assert FeedRecord.objects.count() == 9_963
    before = FeedRecord.history.count()
    assert imported(path).endswith("0 new, 0 changed, 9,963 unchanged, 37 refused.\n")
    assert (FeedRecord.objects.count(), FeedRecord.history.count()) == (9_963, before)
    run = FeedRun.objects.order_by("-pk").first()
    assert (run.unchanged, run.refused, len(run.faults), run.faults[0]["place"]) == (9_963, 37, 37, lines[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_as_excel_saves_them_are_read(tmp_path, encoding, separator):
    text = feeding.csv_of([feeding.row(people.david(), provider="Peña y Asociados")]).replace(",", separator)
    assert "1 new" in imported(feeding.written(tmp_path, text, encoding=encoding))
    assert FeedRecord.objects.get().provider == "Peña y Asociados"


def test_older_letters_are_read_where_they_were_chosen_and_refused_before_anything_is_filed_where_not(tmp_path):
    rows = [feeding.row(people.david(), f"A-{number}") for number in range(1500)]
    rows.append(feeding.row(people.david(), "A-last", provider="Peña"))
    path = feeding.written(tmp_path, feeding.csv_of(rows), encoding="cp1252")
    with pytest.raises(CommandError, match="letters of this file"):
        imported(path)
    assert not FeedRecord.objects.exists()
    assert "1,501 new" in imported(path, encoding="cp1252")
    assert FeedRecord.objects.get(external_id="A-last").provider == "Peña"


def test_a_cell_that_begins_with_an_equals_sign_is_a_text_and_leaves_as_one(tmp_path):
    formula = '=HYPERLINK(""http://evil.example"")'
    text = feeding.csv_of([feeding.row(people.david(), '=""007""', notes=formula)])
    assert "1 new" in imported(feeding.written(tmp_path, text))
    row = FeedRecord.objects.get()
    assert (row.external_id, row.notes) == ("007", '=HYPERLINK("http://evil.example")')
    assert next(csv.reader([safe_cell(row.notes)]))[0].startswith("'=")


def test_lines_have_the_numbers_of_the_file_also_after_cells_of_several_lines():
    david = people.david()
    rows = [
        feeding.row(david, notes="one\ntwo"),
        {},
        feeding.row(david, "A-2"),
        feeding.row(david, "A-3", weekly_hours="x"),
    ]
    items = list(items_of(feeding.in_memory(feeding.csv_of(rows))))
    assert [line for line, _facts in items] == [2, 5, 6]
    assert items[0][1].notes == "one two"
    assert items[2][1].code == "not-a-number"


@pytest.mark.parametrize(
    ("day", "read"),
    [("2026-03-31", date(2026, 3, 31)), ("3/31/2026", date(2026, 3, 31)), ("03/31/26", None), ("31/03/2026", None)],
)
def test_a_day_has_two_readings_alone(day, read):
    text = feeding.csv_of([feeding.row(people.david(), planned_start_on=day)])
    [(_line, found)] = items_of(feeding.in_memory(text))
    assert getattr(found, "planned_start_on", None) == read


def test_a_line_with_a_quotation_mark_too_many_is_reported_and_the_next_ones_stand():
    david = people.david()
    good = feeding.csv_of([feeding.row(david, "A-1"), feeding.row(david, "A-2")]).splitlines()
    text = "\r\n".join([good[0], 'A-0,"X"x,BC-COUN', *good[1:]])
    items = list(items_of(feeding.in_memory(text)))
    assert [(line, getattr(facts, "code", facts)) for line, facts in items[:1]] == [(2, "unreadable-line")]
    assert [facts.external_id for _line, facts in items[1:]] == ["A-1", "A-2"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no rows"),
        ("external_id,service\r\nA-1,BC-COUN\r\n", "columns are missing: participant_id"),
        ("external_id,ID,participant_id,service\r\n", "Two columns are called external_id"),
        ("external_id,participant_id,service\r\nA\0\r\n", "Choose a CSV file"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(tmp_path, text, words):
    with pytest.raises(CommandError, match=words):
        imported(feeding.written(tmp_path, text))


def test_the_command_names_the_sources_that_there_are(tmp_path):
    path = feeding.written(tmp_path, feeding.csv_of([]))
    with pytest.raises(CommandError, match="There are: ivle"):
        call_command("import_services", str(path), "--source", "other")
    with pytest.raises(CommandError, match="can't be read"):
        imported(tmp_path / "none.csv")


def test_a_dry_run_files_nothing(tmp_path):
    path = feeding.written(tmp_path, feeding.csv_of([feeding.row(people.david())]))
    before = everything()
    assert "1 new" in imported(path, dry_run=True)
    assert changed(before, everything()) == {}
