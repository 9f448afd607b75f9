"""Finding an occupation by what people call it: titles, other titles, abbreviations; with mistakes, and in Spanish."""

import csv
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, models
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan import connecting
from careerplan.base import clock, letters
from careerplan.base.history import record
from goals.forms import CareerPathForm
from goals.models import Occupation, OccupationTitle
from goals.onet.models import OnetRelease, OnetTitle
from goals.searching import BEGINS, EXACT, INSIDE, RESEMBLES, WHOLE, closeness, search
from goals.wording import search_key, words_for
from tests.markup import Page, words_of
from tests.people import david, planner
from tests.rows import write

pytestmark = pytest.mark.django_db

# What is typed, and the code of an occupation that is among the first three.
USUAL = {
    "CNA": "31-1131",
    "LPN": "29-2061",
    "RN": "29-1141",
    "HVAC": "49-9021",
    "forklift": "53-7051",
    "warehouse": "53-7065",
    "welding": "51-4121",
    "teacher": "25-2021",
    "truck driver": "53-3032",
    "nurse aide": "31-1131",
    "nurse's aide": "31-1131",
    "cook": "35-2014",
    "stock": "53-7065",
    "child care": "39-9011",
    "xray tech": "29-2034",
}
MISSPELLED = {
    "weldng": "51-4121",
    "forklft": "53-7051",
    "warehose": "53-7065",
    "techer": "25-2021",
    "truk driver": "53-3032",
    "nurce aide": "31-1131",
    "nrusing assistant": "31-1131",
    "electrcian": "47-2111",
    "flebotomist": "31-9097",
}
SPANISH = {
    "enfermera": "29-1141",
    "soldador": "51-4121",
    "camionero": "53-3032",
    "cocinero": "35-2014",
    "mecanico": "49-3023",
    "MECÁNICO": "49-3023",
    "albañil": "47-2061",
    "auxiliar de enfermeria": "31-1131",
    "camionro": "53-3032",
    "cocnero": "35-2014",
}
EVERYTHING = USUAL | MISSPELLED | SPANISH


def first(typed, number=3):
    return [found.code for found in search(typed, limit=20)[:number]]


@pytest.mark.parametrize(("typed", "code"), EVERYTHING.items())
def test_what_people_call_a_job_finds_it_among_the_first_three(typed, code):
    assert code in first(typed)


INDEX = import_module("goals.migrations.0028_titles_by_letters_on_sqlite")
SEARCHED = (Occupation, OccupationTitle, OnetRelease, OnetTitle)
# Written nowhere but in the rows of O*NET that the tests below make.
OF_ONET = ("Healer", "Nurse of Welders", "Cook", "BH", 'Signal "Caller" Über')
BY_ONET = ("healer", "heale", "helaer", "nurse of welders", "bh", 'signal "caller')
SHORT = ("c", "ü", "ub", "r n", "rn c", "a b c", "OR")
STRANGE = ("%", "_", '"', "NOT nurse", "nurse*", "aide AND", "xyzzy plugh")
SEARCHES = [*EVERYTHING, *BY_ONET, *SHORT, *STRANGE]


def onet_titles():
    release = OnetRelease.objects.create(number="29.3", imported_at=clock.now())
    nurses = Occupation.objects.get(code="29-1141")
    for title in OF_ONET:
        row = OnetTitle(code="29-1141.00", occupation=nurses, title=title, came_in=release)
        row.derive()
        row.save()


@pytest.fixture
def before(request):
    """What PostgreSQL finds, of titles of ours and of O*NET."""
    onet_titles()
    return {typed: search(typed, limit=20) for typed in SEARCHES}


@pytest.fixture
def sqlite(tmp_path, before):
    """The occupations and their titles in the trial's database, which is the product's for a while.

    Our titles are there before the migration of the index, those of O*NET come after it.
    """
    made = ConnectionHandler({"default": connecting.sqlite(str(tmp_path / "one.sqlite3"))})["default"]
    rows = [list(model.objects.all()) for model in SEARCHED]
    former, connections["default"] = connections["default"], made
    try:
        with made.schema_editor() as editor:
            for model in SEARCHED:
                editor.create_model(model)
        fill(rows[:2])
        with made.schema_editor() as editor:
            INDEX.index(None, editor)
        fill(rows[2:])
        yield made
    finally:
        connections["default"] = former
        made.close()


def fill(rows):
    for found in rows:
        models.QuerySet(type(found[0])).bulk_create(found)


def asked_of(database, run):
    """The queries of titles that it asks, and how SQLite answers them."""
    with CaptureQueriesContext(database) as captured:
        run()
    queries = [one["sql"] for one in captured.captured_queries if "LIMIT" in one["sql"]]
    with database.cursor() as cursor:
        return [" / ".join(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}")) for sql in queries]


def test_the_trials_database_finds_the_same_in_the_same_order(before, sqlite):
    assert {typed: search(typed, limit=20) for typed in SEARCHES} == before
    assert {typed for typed, code in EVERYTHING.items() if code not in first(typed)} == set()
    assert {typed for typed in BY_ONET if not any(found.by_onet for found in before[typed])} == set()


@pytest.mark.parametrize("typed", ["RN", "forklift", "truck driver", "weldng"])
def test_the_trials_database_answers_from_its_index(sqlite, typed):
    plans = asked_of(sqlite, lambda: search(typed, limit=20))
    assert plans
    by_letters = re.compile(r"SEARCH \w+ USING .*\browid=\?\) .* SCAN \w+_by_letters VIRTUAL TABLE INDEX")
    assert [plan for plan in plans if not by_letters.match(plan)] == []


def test_the_trials_index_follows_what_is_written(sqlite):
    title = OnetTitle.objects.get(title="Healer")
    title.title = "Bonesetter"
    title.derive()
    title.save()
    assert first("bonesetter") == ["29-1141"]
    assert "29-1141" not in first("healer")
    OnetTitle.objects.filter(pk=title.pk).update(search_key=" quacksalver ")
    assert first("bonesetter") == []
    assert first("quacksalver") == ["29-1141"]
    OnetTitle.objects.filter(pk=title.pk).delete()
    assert first("quacksalver") == []
    for table in INDEX.TABLES:  # it fails where the index is not what the rows say
        with sqlite.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}_by_letters ({table}_by_letters, rank) VALUES ('integrity-check', 1)")


def test_the_trials_index_outlives_a_change_of_the_table(sqlite, before):
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name("colour")
    with sqlite.schema_editor() as editor:
        editor.add_field(OnetTitle, field)
    OnetTitle.objects.filter(title="Healer").update(search_key=" bonesetter ")
    assert first("bonesetter") == ["29-1141"]
    assert "29-1141" not in first("healer")
    assert search("bh", limit=20) == before["bh"]


@pytest.mark.parametrize(("name", "other"), [("MODULE", "fts0"), ("TOKENIZER", "fours")])
def test_a_sqlite_without_such_indexes_reads_the_rows_and_finds_the_same(sqlite, before, monkeypatch, name, other):
    monkeypatch.setattr(letters, name, other)
    with sqlite.schema_editor() as editor:
        INDEX.forget(None, editor)
        INDEX.index(None, editor)
    with sqlite.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE '%by_letters%' AND type != 'index'")
        assert cursor.fetchall() == []
    assert {typed: search(typed, limit=20) for typed in SEARCHES} == before
    OnetTitle.objects.get(title="Healer").delete()
    assert "29-1141" not in first("healer")


def test_the_other_title_that_was_found_is_said():
    assert [found[:3] for found in search("RN", limit=1)] == [("29-1141", "Registered Nurses", "RN")]
    assert [found.also for found in search("registered nurses", limit=1)] == [""]


@pytest.mark.parametrize(
    ("typed", "title", "how"),
    [
        ("Registered Nurses", "Registered nurse", (EXACT, 0)),
        ("nurse", "Registered Nurses", (WHOLE, 0)),
        ("registered nurse", "Nurse, registered", (WHOLE, 0)),
        ("nurs reg", "Registered Nurses", (BEGINS, 0)),
        ("smith", "Locksmiths", (INSIDE, 0)),
        ("nusre", "Registered Nurses", (RESEMBLES, 1)),
        ("phlebottomst", "Phlebotomists", (RESEMBLES, 2)),
        ("rn", "Journalists", None),  # two letters are no part of a word
        ("rm", "RN", None),  # and are typed as they are
        ("nurse pilot", "Registered Nurses", None),
        ("carts", "Cashiers", None),
    ],
)
def test_how_close_a_title_is(typed, title, how):
    assert closeness(words_for(typed), words_for(title)) == how


def test_words_come_before_letters_inside_words():
    add("49-9094", "Smith")
    codes = first("smith", 20)
    assert codes[0] == "49-9094"
    add("51-4021", "Smith of copper")
    add("51-4022", "Smithy worker")
    add("51-4023", "Coppersmith")
    codes = first("smith", 20)
    assert [code for code in codes if code in {"49-9094", "51-4021", "51-4022", "51-4023"}] == [
        "49-9094", "51-4021", "51-4022", "51-4023",
    ]  # fmt: skip


def add(code, title, **values):
    occupation = Occupation.objects.get(code=code)
    record(OccupationTitle(occupation=occupation, title=title, language="en", **values), by=None, at=clock.now())


def test_what_is_not_offered_is_not_found():
    add("29-1171", "Sawbones")
    assert first("sawbones") == ["29-1171"]
    write(OccupationTitle.objects.get(title="Sawbones"), is_active=False)
    assert first("sawbones") == []
    add("29-1171", "Bloodletter")
    write(Occupation.objects.get(code="29-1171"), is_active=False)
    assert first("bloodletter") == []
    add("29-0000", "Bonesetters")  # a group is nobody's job
    assert first("bonesetters") == []


def test_a_title_that_is_renamed_is_found_by_its_new_words():
    add("29-1171", "Sawbones")
    title = OccupationTitle.objects.get(title="Sawbones")
    title.title = "Quacksalver"
    record(title, by=None, at=clock.now())
    assert first("quacksalver") == ["29-1171"]
    assert first("sawbones") == []


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", "\\", "a" * 200, "ab " * 66, "99-9999", "xyzzy plugh", "ñ"])
def test_strange_words_find_nothing_and_fail_nothing(typed):
    assert len(search(typed, limit=20)) <= 20


def test_words_are_read_alike_however_they_are_written():
    assert search_key("Nurse’s Aides") == search_key("NURSES AIDE") == " nurse aide "
    assert search_key("Técnico de rayos X") == " tecnico rayo x "
    assert search_key("Gas and bus glass") == " gas bus glass "
    assert search_key("The") == " the "


def file_of_titles():
    with (Path(settings.BASE_DIR) / "goals/data/occupation_titles.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_product_brings_titles_of_200_usual_jobs_in_both_languages():
    rows = file_of_titles()
    for language in ("en", "es"):
        assert len({row["code"] for row in rows if row["language"] == language}) >= 200
    detailed = set(Occupation.objects.filter(level="detailed").values_list("code", flat=True))
    assert {row["code"] for row in rows} <= detailed
    assert all(words_for(row["title"]) for row in rows)


def test_each_title_of_the_product_finds_its_occupation_among_the_first_five():
    missed = [row for row in file_of_titles() if row["code"] not in first(row["title"], 5)]
    assert missed == []


def test_the_page_says_by_which_other_title_and_in_which_language(client):
    client.force_login(planner())
    path = reverse("plan:career-goal", args=[david().pk, "employment"])
    [row] = Page(client.get(path, {"q": "RN"})).root.xpath("//*[@id='occupations']//li")
    assert words_of(row.find("div")) == "Registered Nurses 29-1141 Found as: RN"
    rows = Page(client.get(path, {"q": "enfermera"})).root.xpath("//*[@id='occupations']//li")
    assert rows[0].xpath(".//bdi[@lang='es']/text()") == ["Enfermera"]


@pytest.mark.policy("ILL-042", "ILL-043")
def test_the_career_path_takes_what_people_call_a_job():
    form = CareerPathForm({"occupation_1_code": "RN", "occupation_2_code": "warehouse"})
    form.is_valid()
    assert form.cleaned_data["occupation_1_code"].code == "29-1141"
    [said] = form.errors["occupation_2_code"]
    assert "Stockers and Order Fillers (53-7065)" in said
