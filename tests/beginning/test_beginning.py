"""A state begins: from a folder that is checked whole, or from answers; all of it, once, or nothing."""

import io
import re
import shutil

import pytest
from django.core.management import CommandError, call_command

from careerplan.accounts.enums import LetterKind
from careerplan.accounts.models import Grantee, LocalAdministration, Office, Region, SignInLetter, StaffScope, User
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.beginning.actions import Faulty, begin, has_begun
from careerplan.beginning.sheets import EXAMPLE, LARGEST_FILE, SHEETS, files_in, read
from customers.models import Program
from tests.accounts.test_passwords import link_in, set_by_link
from tests.accounts.test_sign_in import PASSWORD, sign_in, signed_in
from tests.at_once import before_the_commit
from tests.empty import empty_everything
from tests.mail import letters_about_signing_in
from tests.rows import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_zone_of_the_example(settings):
    """The suite runs in several."""
    settings.TIME_ZONE = "America/Chicago"


def command(*words):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("begin", *words, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue() + str(error)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(empty, tmp_path):
    """The example, as the command gives it."""
    command("--example", str(tmp_path / "state"))
    return tmp_path / "state"


def written():
    return [model.objects.count() for model in (Region, Grantee, Office, User)]


# --- from a folder ----------------------------------------------------------------------------


def test_the_example_begins_a_state(folder, settings, client):
    settings.SITE_ADDRESS = "http://careerplan.example"
    out, err = command("--from", str(folder))
    assert err == ""
    assert written() == [2, 2, 3, 5]
    assert Program.objects.get(code="T1-YOUTH").review_interval_days == 60
    assert Program.objects.get(code="JTED").review_interval_days == 90, "which the folder says nothing of"
    assert Program.objects.get(code="STATE-1").name == "State Training Fund"
    head = User.objects.get(email="head.river@agency.example")
    assert LocalAdministration.objects.get(user=head).region.code == "RIVER"
    offices = StaffScope.objects.filter(user__email="planner.harbor@agency.example").values_list(
        "office__name", flat=True
    )
    assert set(offices) == {"Harbor Street Career Center", "Millbrook Career Center"}
    invitations = SignInLetter.objects.filter(kind=LetterKind.INVITATION)
    assert set(invitations.values_list("address", flat=True)) == set(User.objects.values_list("email", flat=True))
    link = re.search(r"http://careerplan.example(/accounts/password/reset/key/\S+)", out)[1]
    set_by_link(client, link, PASSWORD)
    sign_in(client, "first.administrator@agency.example", PASSWORD)
    assert signed_in(client)


def test_what_has_begun_does_not_begin_again(folder):
    command("--from", str(folder))
    before = everything()
    for words in (["--from", str(folder)], []):
        assert "has begun" in command(*words)[1]
    with pytest.raises(Refusal, match="begun-already"):
        begin(read(files_in(folder))[0], by=None, at=clock.now())
    assert everything() == before


@pytest.mark.usefixtures("people")
def test_the_demo_has_begun():
    assert has_begun()
    assert "has begun" in command("--from", str(EXAMPLE))[1]


def test_a_look_at_a_folder_writes_nothing(folder):
    before = everything()
    assert "Nothing is wrong." in command("--from", str(folder), "--check")[0]
    assert everything() == before


def test_an_administrator_who_is_here_already_begins_and_is_enough(folder):
    administrator = User.objects.create_superuser("first", "first@agency.example", first_name="A")
    (folder / "people.csv").write_text("email,role,last_name,regions\nplanner@agency.example,planner,Berg,NORTH\n")
    assert not has_begun()
    [invited] = begin(read(files_in(folder))[0], by=administrator, at=clock.now())
    assert User.history.filter(id=invited.pk, history_user=administrator).exists()
    planner = User.objects.get(pk=invited.pk)
    with pytest.raises(NotAllowed):
        begin(read(files_in(folder))[0], by=planner, at=clock.now())


# A file's new text (or what is put in the place of what), and what is said of it.
WRONG = {
    "no-such-region": ("offices.csv", ("NORTH,Nor", "SOUTH,Nor"), "offices.csv, line 2, column region: regions.csv"),
    "no-such-grantee": ("offices.csv", ("NORTH,Northern", "NORTH,Nothern"), "line 2, column grantee: grantees.csv has"),
    "region-twice": ("regions.csv", ("RIVER,", "NORTH,"), "regions.csv, line 3, column code: Line 2 has the same"),
    "code-with-sign": ("regions.csv", ("NORTH,", "NO/RTH,"), "regions.csv, line 2, column code: A code has no / in it"),
    "empty-cell": ("regions.csv", (",River Valley", ","), "regions.csv, line 3, column name: The cell is empty"),
    "no-address": ("people.csv", ("head.river@", "head.river "), "people.csv, line 4, column email: Enter a valid"),
    "address-twice": ("people.csv", ("planner.harbor@", "Head.River@"), "line 5, column email: Line 4 has the same"),
    "no-such-role": ("people.csv", (",statewide,", ",boss,"), "line 3, column role: Use one of: planner, "),
    "customer": ("people.csv", (",statewide,", ",customer,"), "line 3, column role: Use one of"),
    "nobody-manages": ("people.csv", (",administrator,", ",statewide,"), "people.csv: Nobody is an administrator"),
    "no-such-office": ("people.csv", ("/Pine", "/Oak"), "line 6, column offices: offices.csv has no office NORTH/Oak"),
    "planner-of-nothing": ("people.csv", ("NORTH/Pine Lake Career Center", ""), "line 6, column offices: A planner"),
    "scope-of-others": ("people.csv", ("Novak,,,", "Novak,,NORTH,"), "line 3, column regions: Only planners have"),
    "nameless": ("people.csv", ("Peter,Novak", ","), "line 3, column first_name: Enter a first or a last name"),
    "days": ("programs.csv", ("T1-DW,90", "T1-DW,ninety"), "line 3, column review_interval_days: Enter a whole number"),
    "no-days": ("programs.csv", ("T1-DW,90", "T1-DW,0"), "line 3, column review_interval_days: Enter a whole number"),
    "unknown-program": ("programs.csv", (",State Training Fund,state", ",,state"), "line 5, column name: The product"),
    "kind": ("programs.csv", (",state,IEP", ",county,IEP"), "programs.csv, line 5, column kind: Use one of: adult"),
    "time-zone": ("agency.csv", ("America/Chicago", "Chicago"), "agency.csv, line 2, column time_zone: Enter a"),
    "other-zone": ("agency.csv", ("America/Chicago", "America/Denver"), "The environment says TIME_ZONE=America/Ch"),
    "rules": ("agency.csv", ("both", "iowa"), "agency.csv, line 2, column acknowledgment_rules: Use one of: both"),
    "two-agencies": ("agency.csv", ("both\n", "both\nB,America/Chicago,both\n"), "agency.csv: The file has one line"),
    "other-column": ("regions.csv", ("code,name", "code,name,color"), "line 1, column color: There is no such column"),
    "column-missing": ("regions.csv", ("code,name", "code"), "regions.csv, line 1, column name: The column is missing"),
    "column-twice": ("regions.csv", ("code,name", "code,name,name"), "line 1, column name: The column stands here"),
    "more-cells": ("regions.csv", ("Northern Lakes", "Northern,Lakes"), "regions.csv, line 2: The line has more cells"),
    "open-quote": ("regions.csv", ("Northern", '"Northern'), "regions.csv, line 3: The line can't be read"),
    "too-long": ("regions.csv", ("Northern", "N" * 200), "regions.csv, line 2, column name: Ensure this"),
    "nothing-to-see": ("regions.csv", ("Northern Lakes", "\u200b"), "regions.csv, line 2"),
    "no-office": ("offices.csv", None, "offices.csv: The file has at least one line"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_each_fault_is_said_with_its_place_and_nothing_is_written(folder, name):
    file, change, said = WRONG[name]
    text = (folder / file).read_text()
    changed = text.replace(*change, 1) if change else text.splitlines()[0] + "\n"
    assert changed != text
    (folder / file).write_text(changed)
    before = everything()
    _out, err = command("--from", str(folder))
    assert said in err
    assert "Nothing was written." in err
    assert everything() == before


def test_every_fault_is_said_at_once(folder):
    (folder / "regions.csv").write_text("code,name\nNORTH,\nRIVER,River Valley\n")
    (folder / "people.csv").write_text("email,role,last_name\nx,planner,A\ny@agency.example,boss,B\n")
    _out, err = command("--from", str(folder))
    places = re.findall(r"^(\w+\.csv, line \d+, column \w+):", err, flags=re.MULTILINE)
    assert places == [
        "regions.csv, line 2, column name", "people.csv, line 2, column offices", "people.csv, line 2, column email",
        "people.csv, line 3, column role",
    ]  # fmt: skip


def test_files_that_are_missing_foreign_too_large_or_of_another_writing(folder):
    (folder / "people.csv").unlink()
    (folder / "programs.csv").unlink()
    (folder / "customers.csv").write_text("a\n")
    (folder / "regions.csv").write_bytes("code,name\nNORTH,Nördliche Seen\n".encode("latin-1"))
    (folder / "offices.csv").write_bytes(b"x" * (LARGEST_FILE + 1))
    _out, err = command("--from", str(folder))
    assert "people.csv: The file is missing." in err
    assert "programs.csv" not in err
    assert "customers.csv: There is no such file in a beginning." in err
    assert "regions.csv, line 2: The file is not UTF-8 text." in err
    assert "offices.csv: The file is larger than 1 MB." in err


def test_a_folder_that_is_not_there_and_an_example_over_what_is_filled_in(folder, tmp_path):
    assert "can't be read: No such file" in command("--from", str(tmp_path / "nowhere"))[1]
    assert "is there already" in command("--example", str(folder))[1]


def test_a_file_as_spreadsheets_write_it(folder):
    """With the mark of UTF-8, lines of Windows, empty lines at the end, and a name over two lines."""
    text = 'code,name\r\nNORTH,"Northern\nLakes"\r\nRIVER , River Valley\r\n,\r\n\r\n'
    (folder / "regions.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    tables, faults = read(files_in(folder))
    assert faults == []
    assert [(line.number, line["code"]) for line in tables.lines["regions"]] == [(2, "NORTH"), (4, "RIVER")]


def test_the_example_has_every_file_with_every_column():
    for sheet in SHEETS:
        head = (EXAMPLE / sheet.file).read_text().splitlines()[0].split(",")
        assert set(head) == set(sheet.columns)


def test_a_line_that_fails_while_it_is_written_takes_all_back(folder, monkeypatch):
    tables, _faults = read(files_in(folder))
    monkeypatch.setattr("careerplan.beginning.actions.send_invitation", fails_at_the_third())
    before = everything()
    with pytest.raises(OSError, match="third"):
        begin(tables, by=None, at=clock.now())
    assert everything() == before


def fails_at_the_third():
    calls = iter(range(3))

    def send(*_words, **_options):
        if next(calls) == 2:
            raise OSError("third")

    return send


# --- from answers -----------------------------------------------------------------------------

YES = ["", "", ""]  # agency, time zone, rules: as in the environment
PLACES = [
    "Valley Partners", "", "", "no address", "Valley Partners", "", "office@valley.example", "",
    "RIVER", "", "River Valley",
    "Harbor Street", "", "", "40 Harbor Street", "Marlow", "IL", "62799", "", "",
    "", "",
]  # fmt: skip


def answers(monkeypatch, *given):
    left = iter(given)

    def answer(_question):
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    return left


def of_people(*people):
    return [word for person in people for word in person] + [""]


ADMINISTRATOR = ["first@agency.example", "", "Alma", "Reyes", "", "", "", ""]


def test_a_state_begins_with_answers(empty, monkeypatch):
    programs = ["60"] + [""] * 5 + [""]
    planner = ["ines@agency.example", "", "Ines", "", "planner", "RIVER", "", "RIVER"]
    places = ["Valley Partners", "", "", "office@valley.example", "", *PLACES[8:]]
    left = answers(monkeypatch, *YES, *places, *programs, *of_people(ADMINISTRATOR, planner), "yes")
    out, err = command()
    assert err == ""
    assert list(left) == []
    assert written() == [1, 1, 1, 2]
    assert Office.objects.get().grantee.name == "Valley Partners"
    assert Program.objects.get(code="T1-ADULT").review_interval_days == 60
    assert User.objects.get(first_name="Ines").is_local_administrator
    assert "/accounts/password/reset/key/" in out
    assert [letter.to for letter in letters_about_signing_in()] == [["first@agency.example"], ["ines@agency.example"]]
    assert link_in(letters_about_signing_in()[0])


def test_an_answer_that_can_not_be_is_asked_again(empty, monkeypatch):
    answers(monkeypatch, *YES, *PLACES[:4], "Valley Partners")
    assert "email: Enter a valid email address." in command()[1]


@pytest.mark.parametrize("last", [["no"], []])
def test_nothing_is_written_without_a_yes(empty, monkeypatch, last):
    places = ["Valley Partners", "", "", "", "", *PLACES[8:]]
    answers(monkeypatch, *YES, *places, *[""] * 7, *of_people(ADMINISTRATOR), *last)
    before = everything()
    assert "Nothing was written." in command()[1]
    assert everything() == before


def test_an_agency_other_than_the_environments_prints_what_to_set(empty, monkeypatch):
    answers(monkeypatch, "Department of Workforce Development", "America/Denver", "wisconsin")
    out, err = command()
    assert "TIME_ZONE=America/Denver\nACKNOWLEDGMENT_RULES=wisconsin" in out
    assert "AGENCY_NAME=Department of Workforce Development" in out
    assert "Set these in the environment, then begin again. Nothing was written." in err


def test_the_folder_of_the_example_is_never_written_to(folder):
    shutil.rmtree(folder)
    assert sorted(path.name for path in EXAMPLE.iterdir()) == sorted(sheet.file for sheet in SHEETS)


def test_faults_are_counted():
    assert str(Faulty([])) == "0"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_begins():
    """With other places and people, so that no row is another's."""
    empty_everything()
    first, second = read(files_in(EXAMPLE))[0], read(other_files())[0]
    with pytest.raises(Refusal, match="begun-already"):
        before_the_commit(lambda: begin(first, by=None, at=clock.now()), lambda: begin(second, by=None, at=clock.now()))
    assert written() == [2, 2, 3, 5]


def other_files():
    words = [(b"NORTH", b"EAST"), (b"RIVER", b"WEST"), (b"Workforce Board", b"Board"), (b"Partners", b"Friends")]
    words += [(b"@agency", b"@office"), (b"STATE-1", b"STATE-2")]
    files = files_in(EXAMPLE)
    for before, after in words:
        files = {name: content.replace(before, after) for name, content in files.items()}
    return files
