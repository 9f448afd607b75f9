"""Importing releases of O*NET: all or nothing, faults by file and line, and what old reviews refer to stays."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from goals.models import Occupation
from goals.onet import importing
from goals.onet.models import OnetItem, OnetOccupation, OnetRelease, OnetTitle
from goals.searching import search
from tests.markup import Page, words_of
from tests.onet import FILES, RATINGS, write_release
from tests.people import david, planner
from tests.real_onet import real_release
from tests.rows import refuses, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(tmp_path):
    def write_folder(number="29.3", **more):
        return write_release(tmp_path / number, number, **more)

    return write_folder


def run(folder, capsys=None, **options):
    call_command("import_onet", folder, **options)
    return capsys.readouterr().out if capsys else None


def everything():
    return {
        model: list(model.objects.order_by("pk").values_list())
        for model in (OnetRelease, OnetOccupation, OnetTitle, OnetItem)
    }


def test_a_release_is_imported_with_its_titles_items_and_zones(release, capsys):
    said = run(release(), capsys)
    assert "occupations: 3 came, 0 changed, 0 went, 0 stayed" in said
    assert "Left out, since the SOC 2018 does not have them: 99-1111.00" in said
    assert "Skills.txt: 4 lines read." in said
    zones = dict(OnetOccupation.objects.values_list("code", "job_zone"))
    assert zones == {"31-1131.00": 2, "31-1131.01": None, "51-4121.00": 3}
    assert OnetOccupation.objects.get(code="51-4121.00").description == 'They join "metal".'
    titles = set(OnetTitle.objects.filter(code="31-1131.00").values_list("title", "is_short"))
    assert titles == {("Bedside Helper (BH)", False), ("BH", True), ("Nursing Assistants", False)}
    assert OnetItem.objects.get(element="2.A.1.a").importance == Decimal("4.12")
    assert not OnetItem.objects.filter(element="2.A.1.c").exists()  # O*NET recommends not to show it


def test_the_most_important_tasks_come_first_core_before_the_others(release):
    folder = release()
    tasks = OnetItem.objects.current().filter(kind="task", occupation__code="31-1131").most_important_first()
    run(folder)
    assert [task.element for task in tasks.all()] == ["12", "13", "11", "14"]
    (folder / "Task Ratings.txt").write_text(RATINGS)
    run(folder)
    assert [task.element for task in tasks.all()] == ["13", "12", "11", "14"]
    skills = OnetItem.objects.current().filter(kind="skill").most_important_first()
    assert [skill.text for skill in skills] == ["Reading", "Listening"]


def test_tasks_without_a_rating_keep_the_order_of_their_file(release):
    """O*NET writes the most important first, and numbers tasks by the alphabet."""
    turned = "31-1131.00\t19\tTurn people.\tCore\t08/2023\n31-1131.00\t11"
    folder = release(TaskStatements=("31-1131.00\t11", turned))
    run(folder)
    tasks = OnetItem.objects.current().filter(kind="task", occupation__code="31-1131").most_important_first()
    assert [task.element for task in tasks.all()] == ["19", "12", "13", "11", "14"]
    (folder / "Task Ratings.txt").write_text(RATINGS)
    run(folder)
    assert [task.element for task in tasks.all()] == ["13", "12", "19", "11", "14"]


TWICE = "is here twice: first in line 2."
FAULTS = [
    ("OccupationData", ("Title\t", "Name\t"), "Occupation Data.txt, line 1: The first line has no column 'Title'."),
    ("OccupationData", ("31-1131.01", "31-1131.00"), f"Occupation Data.txt, line 3: 31-1131.00 {TWICE}"),
    ("OccupationData", ("31-1131.01", "31-113101"), "Occupation Data.txt, line 3: '31-113101' is no O*NET-SOC code."),
    ("OccupationData", ("They help.", ""), "Occupation Data.txt, line 2: A text is missing."),
    ("OccupationData", ("They help.", "They\tkelp."), "Occupation Data.txt, line 2: 4 columns; the first line has 3."),
    ("OccupationData", ("They help.", "They \udcff."), "Occupation Data.txt, line 2: This is no text in UTF-8."),
    ("OccupationData", ("They help.", "They \0."), "Occupation Data.txt, line 2: This is no text."),
    ("AlternateTitles", ("Spark Maker", "S" * 201), "Titles.txt, line 4: A text has more than 200 characters."),
    ("AlternateTitles", ("51-4121.00", "51-4122.00"), "line 4: The code 51-4122.00 is not in Occupation Data.txt."),
    ("TaskStatements", ("\t14\t", "\t11\t"), f"Task Statements.txt, line 5: 31-1131.00 11 {TWICE}"),
    ("TaskStatements", ("Supplemental", "Additional"), "Task Statements.txt, line 2: 'Additional' is no task type."),
    ("TaskStatements", ("\t14\t", "\t1 4\t"), "line 5: '1 4' is no number of a task or an element."),
    ("Skills", ("4.12", "much"), "Skills.txt, line 4: 'much' is no importance from 1 to 5."),
    ("Skills", ("4.12", "5.01"), "Skills.txt, line 4: '5.01' is no importance from 1 to 5."),
    ("Knowledge", ("4.78\tN", "4.78"), "Knowledge.txt, line 2: 5 columns; the first line has 6."),
    ("JobZones", ("\t3\t", "\t6\t"), "Job Zones.txt, line 3: '6' is no job zone."),
    ("JobZones", ("51-4121.00", "31-1131.00"), f"Job Zones.txt, line 3: 31-1131.00 {TWICE}"),
    ("ReadMe", ("O*NET {number}", "Some"), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "change", "said"), FAULTS, ids=[f"{file}-{change[1][:12]!r}" for file, change, _ in FAULTS]
)
def test_a_fault_is_named_by_file_and_line_and_nothing_is_imported(release, file, change, said):
    folder = release(**{file: change})
    if said is None:
        run(folder)  # the folder's name says which release it is
        assert OnetRelease.objects.get().number == Decimal("29.3")
        return
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        run(folder)
    assert said in str(refused.value)
    assert not any(everything().values())


def test_a_rating_of_a_task_that_is_not_there_is_named_by_file_and_line(release):
    folder = release()
    (folder / "Task Ratings.txt").write_text(RATINGS.replace("\t13\tIM", "\t99\tIM"))
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        run(folder)
    said = "Task Ratings.txt, line 4: The task 99 of 31-1131.00 is not in Task Statements.txt."
    assert said in str(refused.value)
    assert not any(everything().values())


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"Read Me.txt"}))
def test_a_missing_or_empty_file_is_named(release, name):
    folder = release(without=[name])
    with pytest.raises(CommandError, match=f"{name}: This file is missing."):
        run(folder)
    (folder / name).write_text(FILES[name].splitlines()[0] + "\n")
    with pytest.raises(CommandError, match=f"{name}: This file is empty."):
        run(folder)
    assert not any(everything().values())


@pytest.mark.parametrize(
    ("folder", "number", "said"),
    [
        ("nowhere", "", "There is no such folder."),
        ("somewhere", "", "Which release is this?"),
        ("somewhere", "24.3", "older than 25"),
    ],
)
def test_a_folder_that_is_no_release_is_refused(tmp_path, folder, number, said):
    (tmp_path / "somewhere").mkdir()
    with pytest.raises(CommandError, match=said):
        run(tmp_path / folder, release=number)


def test_only_so_many_faults_are_named(release):
    folder = release(OccupationData=("Title\tDescription", "Title\tDescription\tMore"))
    path = folder / "Occupation Data.txt"
    path.write_text(path.read_text() + "31-1131.00\tA\tB\n" * 100)
    with pytest.raises(CommandError) as refused:
        run(folder)
    assert str(refused.value).count("Occupation Data.txt, line") == 20


def test_a_release_of_which_no_occupation_is_in_the_lists_is_refused(release):
    """Nothing would be known of any occupation, and our own items would stand in no longer."""
    folder = release()
    for file in folder.glob("*.txt"):
        file.write_text(file.read_text().replace("31-1131", "31-9998").replace("51-4121", "51-9998"))
    with pytest.raises(CommandError, match="None of its occupations is in the lists"):
        run(folder)
    assert not any(everything().values())


def test_an_import_that_is_cut_off_leaves_nothing(release, monkeypatch):
    written = importing.insert_quickly

    def cut_off(rows, **options):
        if isinstance(rows[0], OnetItem):
            raise KeyboardInterrupt
        written(rows, **options)

    monkeypatch.setattr(importing, "insert_quickly", cut_off)
    with pytest.raises(KeyboardInterrupt):
        run(release())
    assert not any(everything().values())


def test_a_newer_release_retires_what_it_says_otherwise_and_keeps_it_readable(release, capsys):
    run(release())
    old = OnetItem.objects.get(element="12")
    before = everything()[OnetItem]
    newer = release(
        "30.0",
        TaskStatements=("Help people to stand.", "Help people to walk."),
        AlternateTitles=("Spark Maker", "Fire Maker"),
        JobZones=("\t3\t", "\t4\t"),
    )
    text = (newer / "Task Statements.txt").read_text().replace("31-1131.00\t14\tSay good night.\t\t08/2023\n", "")
    (newer / "Task Statements.txt").write_text(text)
    said = run(newer, capsys)
    assert "tasks, skills and knowledge: 0 came, 1 changed, 1 went, 5 stayed" in said
    assert "titles: 1 came, 0 changed, 1 went, 5 stayed" in said
    assert "occupations: 0 came, 1 changed, 0 went, 2 stayed" in said
    assert OnetItem.objects.count() == len(before) + 1
    old.refresh_from_db()
    assert (old.text, str(old.retired_in)) == ("Help people to stand.", "O*NET 30.0")
    current = OnetItem.objects.current().get(element="12")
    assert (current.text, str(current.came_in), current.retired_in) == ("Help people to walk.", "O*NET 30.0", None)
    assert not OnetItem.objects.current().filter(element="14").exists()
    assert [found.code for found in search("fire maker", limit=3)] == ["51-4121"]
    assert search("spark maker", limit=3) == []


def test_an_occupation_that_went_is_named(release, capsys):
    run(release())
    newer = release("30.0", OccupationData=("31-1131.01\tNight Nursing Assistants\tThey help by night.\n", ""))
    assert "Occupations that went: 31-1131.01" in run(newer, capsys)


def test_the_same_release_again_changes_nothing_and_an_older_one_is_refused(release):
    run(release("29.3"))
    before = everything()
    run(release("29.3"))
    assert everything() == before
    with pytest.raises(CommandError, match=r"Release 29\.3 was imported already, which is newer than 29\.2\."):
        run(release("29.2"))
    assert everything() == before


def test_the_database_keeps_what_a_release_said(release):
    run(release())
    row = OnetItem.objects.get(element="12")
    refuses("rows of goals_onetitem are kept as they are", lambda: write(row, text="Something else"))
    refuses("rows of goals_onetitem are kept as they are", row.delete)
    occupation = OnetOccupation.objects.get(code="51-4121.00")
    refuses("rows of goals_onetoccupation are kept as they are", lambda: write(occupation, job_zone=1))
    refuses("an_onet_item_is_in_once", lambda: OnetItem.objects.bulk_create([again(row)]))
    refuses("importance_is_from_one_to_five", lambda: OnetItem.objects.bulk_create([again(row, importance=6)]))
    refuses("an_onet_item_is_of_a_known_kind", lambda: OnetItem.objects.bulk_create([again(row, kind="hobby")]))
    again_occupation = again(occupation, job_zone=6)
    refuses("a_job_zone_is_one_of_five", lambda: OnetOccupation.objects.bulk_create([again_occupation]))
    refuses("an_onet_occupation_is_in_once", lambda: OnetOccupation.objects.bulk_create([again(occupation)]))
    title = OnetTitle.objects.get(title="BH")
    refuses("an_onet_title_is_in_once", lambda: OnetTitle.objects.bulk_create([again(title)]))


def again(row, **values):
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row)(**same | values)


@pytest.mark.skipif(real_release() is None, reason="no real release of O*NET lies on this machine")
def test_a_real_release_comes_whole_in_less_than_a_minute():
    folder = real_release()
    began = time.process_time()  # of the clock: benchmarks/occupations.py; other programs take none of this
    run(folder)
    assert time.process_time() - began < 60
    assert Occupation.objects.filter(level="detailed").count() > 800
    in_file = len((folder / "Occupation Data.txt").read_text(encoding="utf-8").splitlines()) - 1
    assert OnetOccupation.objects.current().count() == in_file > 900
    assert OnetTitle.objects.current().count() > 50_000
    tasks = OnetItem.objects.current().filter(kind="task", occupation__code="31-1131").most_important_first()
    assert len(tasks) > 10
    assert tasks[0].is_core
    assert first_codes("nurse aide")[0] == "31-1131"


def first_codes(typed):
    return [found.code for found in search(typed, limit=3)]


ATTRIBUTION = "This page includes information from the O*NET 29.3 Database by the U.S. Department of Labor"


def test_titles_and_zones_are_shown_with_the_attribution_and_never_without(client, release):
    client.force_login(planner())
    path = reverse("plan:career-goal", args=[david().pk, "employment"])
    assert "O*NET" not in Page(client.get(path, {"q": "nursing assistant"})).words
    run(release())
    page = Page(client.get(path, {"q": "bedside helper"}))
    [row] = page.root.xpath("//*[@id='occupations']//li")
    assert words_of(row.find("div")) == (
        "Nursing Assistants 31-1131 Found as: Bedside Helper (BH) Job zone 2 of 5: usually a high school diploma"
    )
    assert ATTRIBUTION in page.words
    assert ATTRIBUTION not in Page(client.get(path, {"q": "RN"})).words  # nothing of O*NET is shown there
    lists = Page(client.get(path, {"major": "31-0000", "minor": "31-1100"}))
    assert ATTRIBUTION in lists.words


def test_the_product_brings_no_text_of_onet():
    assert not [path for path in Path("goals/data").iterdir() if "onet" in path.name.lower()]


def test_an_occupation_that_is_no_longer_offered_stays_in_its_plan(client):
    client.force_login(planner())
    path = reverse("plan:career-goal", args=[david().pk, "employment"])
    client.post(path, {"occupation": "31-1131"})
    write(Occupation.objects.get(code="31-1131"), is_active=False)
    goals = Page(client.get(reverse("plan:goals", args=[david().pk])))
    assert "Nursing Assistants (31-1131) No longer offered. It stays in this plan until another one is chosen." in (
        goals.words
    )
    assert "31-1131" not in [found.code for found in search("nursing assistants", limit=20)]
    assert client.post(path, {"occupation": "31-1131"}).status_code == 409
