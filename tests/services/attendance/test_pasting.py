"""A class is pasted from a spreadsheet: looked at line by line, then saved; what is wrong is said at its line."""

from decimal import Decimal

import pytest
from django.utils import timezone

from customers.models import Customer
from services.attendance.actions import Said, record_attendance
from services.attendance.models import Attendance
from tests import states
from tests.attending import DAY, a_class, attended_by, class_path, last_week
from tests.markup import Page
from tests.people import angela, henrik, planner, youth_planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASTE = "attendance-paste"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def path():
    return class_path(name=PASTE)


def day(number=0):
    return f"{last_week() + number * DAY:%m/%d/%Y}"


def look(client, text, span="day"):
    return Page(client.post(path(), {"text": text, "span": span}))


def told(page):
    """What becomes of each line, by its number."""
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.root.xpath("//tbody/tr")]
    return {int(cells[0]): cells[-1] for cells in rows}


def save(client, page):
    form = page.root.xpath("//form[.//button[@name='save']]")[0]
    return client.post(path(), dict(form.form_values()) | {"save": "yes"}, follow=True)


def standing():
    found = Attendance.objects.standing().order_by("planned", "day")
    return [(row.planned_id, row.day, row.hours, row.absence) for row in found]


def test_looking_writes_nothing_and_saving_writes_it(client):
    first, second = a_class(2)
    text = f"{first.plan.customer.state_id},{day()},6.5\n{second.plan.customer},{day(1)},0,sick"
    before = everything()
    page = look(client, text)
    assert told(page) == {1: "New", 2: "New"}
    assert changed(before, everything()) == {}
    assert "2 lines were recorded." in Page(save(client, page)).words
    assert set(standing()) == {
        (first.pk, last_week(), Decimal("6.5"), ""),
        (second.pk, last_week() + DAY, Decimal(0), "sick"),
    }


def test_each_line_says_what_becomes_of_it(client):
    first, second, third = a_class(3)
    for row, hours in ((first, 5), (second, 6)):
        record_attendance(Said(row.pk, "day", last_week(), Decimal(hours)), by=planner(), at=states.now())
    names = [row.plan.customer.state_id for row in (first, second, third)]
    lines = [
        f"{names[0]};{day()};5",
        f"{names[1]};{day()};7",
        f"{names[2]};{day()};7",
        f"{names[2]};{day()};7",
        f"N-nobody;{day()};7",
        f"{names[2]};{day(1)};25",
        f"{names[2]};yesterday;5",
        f"{names[2]};{day(2)};much",
    ]
    page = look(client, "\n".join(lines))
    found = told(page)
    assert found[1] == "Already so"
    assert found[2] == "Changed"
    assert "6 before" in page.words
    assert found[3] == "New"
    assert found[4].startswith("Double Line 3 says the same day")
    assert found[5].startswith("To correct Nobody of this class")
    assert found[6].startswith("To correct Enter hours from 0 to 24.")
    assert found[7].startswith("To correct Enter a real day")
    assert found[8].startswith("To correct Enter the hours after the day")
    answer = save(client, page)
    left = Page(answer)
    assert "2 lines were recorded." in left.words
    assert len(told(left)) == 5
    assert sorted(hours for _key, _day, hours, _word in standing()) == [5, 7, 7]
    rest = left.root.xpath("string(//textarea)")
    assert "N-nobody" in rest
    assert rest.count(names[2]) == 4


def test_pasting_the_same_again_changes_nothing(client):
    (row,) = a_class(1)
    text = f"{row.plan.customer},{day()},6.5"
    save(client, look(client, text))
    before = everything()
    page = look(client, text)
    assert told(page) == {1: "Already so"}
    assert not page.root.xpath("//button[@name='save']")
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_it_is_read_as_spreadsheets_write_it(client, mark, separator):
    first, second = a_class(2)
    rows = [
        ["Participant ID", "Day", "Hours"],
        [f'="{first.plan.customer.state_id}"', day(), '"6.5"'],
        ["", "", ""],
        [f'"{second.plan.customer.last_name}, {second.plan.customer.first_name}"', day(), "4"],
    ]
    page = look(client, mark + "\r\n".join(separator.join(row) for row in rows))
    assert told(page) == {2: "New", 4: "New"}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_letters_that_a_spreadsheet_took_for_others_are_read_anew(client, mark):
    (row,) = a_class(1)
    write(row.plan.customer, first_name="Ángel", last_name="Núñez Muñoz")
    text = f'{mark}Name;Día;Horas\n"Núñez Muñoz, Ángel";{day()};4'
    assert told(look(client, text)) == {2: "New"}
    assert told(look(client, as_windows_reads(text))) == {2: "New"}


def as_windows_reads(text):
    """UTF-8 opened as Windows-1252; five bytes are no letter there, and stay what they are."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())


def test_letters_are_read_anew_line_by_line(client):
    (row,) = a_class(1)
    write(row.plan.customer, first_name="José", last_name="Peña")
    text = as_windows_reads(f"José Peña;{day()};4") + f"\nJosé Peña;{day(1)};4\nعمر;{day()};1"
    found = told(look(client, text))
    assert (found[1], found[2]) == ("New", "New")


def test_a_name_whose_letters_were_lost_is_said_at_its_line(client):
    (row,) = a_class(1)
    write(row.plan.customer, first_name="José", last_name="Peña")
    found = told(look(client, f"Jos\ufffd Pe\ufffda;{day()};4"))
    assert found == {1: "To correct Letters of this name were lost on the way. Enter the participant ID."}


def test_who_is_unknown_and_who_is_of_another_region_are_told_alike(client):
    (row,) = a_class(1)
    attended_by(henrik())
    people = [henrik().state_id, str(henrik()), "Nobody Atall", str(angela())]
    found = told(look(client, "\n".join(f"{person};{day()};4" for person in people)))
    said = "To correct Nobody of this class has this participant ID or name."
    assert found == dict.fromkeys((1, 2, 3, 4), said)
    assert told(look(client, f"{row.plan.customer};{day()};4")) == {1: "New"}


def test_a_separator_that_excel_names_is_taken(client):
    (row,) = a_class(1)
    assert told(look(client, f"sep=;\n{row.plan.customer};{day()};4")) == {2: "New"}


def test_a_name_with_a_comma_needs_no_quotation_marks(client):
    (row,) = a_class(1)
    person = row.plan.customer
    assert told(look(client, f"{person.last_name}, {person.first_name}, {day()}, 4")) == {1: "New"}


@pytest.mark.parametrize("cell", ["=1+1", "=SUM(A1:A3)", '=HYPERLINK("http://x.example")'])
def test_a_formula_is_not_taken_for_what_it_comes_to(client, cell):
    (row,) = a_class(1)
    quoted = '"' + cell.replace('"', '""') + '"'
    found = told(look(client, f"{row.plan.customer},{day()},{quoted}"))
    assert found == {1: "To correct A cell begins with =. Paste what it comes to, not the formula."}


def test_two_of_one_name_are_told_apart_by_the_participant_id(client):
    first, second = a_class(2)
    for row in (first, second):
        write(row.plan.customer, first_name="Ana", last_name="Sol")
    assert told(look(client, f"Ana Sol,{day()},4"))[1].startswith("Double Two or more services")
    key = Customer.objects.get(pk=second.plan.customer_id).state_id
    save(client, look(client, f"{key},{day()},4"))
    assert [key for key, *_rest in standing()] == [second.pk]


def test_the_participant_id_may_stand_beside_the_name(client):
    first, second, third = a_class(3)
    people = [row.plan.customer for row in (first, second, third)]
    lines = [
        f"{people[0].state_id};{people[0].last_name};{people[0].first_name};{day()};4",
        f"{people[1]};{people[1].state_id};{day()};4",
        f"{people[2].state_id};Called Otherwise;{day()};4",
    ]
    assert told(look(client, "\n".join(lines))) == {1: "New", 2: "New", 3: "New"}


def test_an_id_beside_the_name_of_another_person_is_refused(client):
    first, second = a_class(2)
    one, other = first.plan.customer, second.plan.customer
    found = told(look(client, f"{one.state_id};{other};{day()};4\nN-nobody;{one};{day()};4"))
    assert found[1].startswith("To correct The participant ID is of one person and the name of another.")
    assert found[2].startswith("To correct Nobody of this class")


def test_what_changed_since_the_look_is_looked_at_again(client):
    (row,) = a_class(1)
    page = look(client, f"{row.plan.customer},{day()},4")
    record_attendance(Said(row.pk, "day", last_week(), Decimal(7)), by=youth_planner(), at=states.now())
    answer = Page(save(client, page))
    assert "Something changed since you looked." in answer.words
    assert told(answer) == {1: "Changed"}
    assert [hours for _key, _day, hours, _word in standing()] == [7]
    save(client, answer)
    assert [hours for _key, _day, hours, _word in standing()] == [4]


def test_a_day_of_a_week_that_is_recorded_as_a_whole_is_said(client):
    (row,) = a_class(1)
    record_attendance(Said(row.pk, "week", last_week(), Decimal(20)), by=planner(), at=states.now())
    assert "This week is recorded as a whole: 20 hours." in told(look(client, f"{row.plan.customer},{day(3)},4"))[1]


def test_hours_of_weeks_are_pasted_as_such(client):
    first, second = a_class(2)
    lines = [f"{first.plan.customer};{day(2)};31.5", f"{first.plan.customer};{day()};30", f"{second.plan.customer};x;1"]
    page = look(client, "\n".join(lines), "week")
    found = told(page)
    assert found[1] == "New"
    assert found[2].startswith("Double Line 1 says the same day or week")
    assert f"week of {day()}" in page.words
    left = Page(save(client, page))
    assert left.root.xpath("//input[@name='span'][@checked]/@value") == ["week"]
    row = Attendance.objects.get()
    assert (row.planned, row.span, row.day, row.hours) == (first, "week", last_week(), Decimal("31.5"))


def test_what_was_looked_at_as_days_is_not_saved_as_weeks(client):
    (row,) = a_class(1)
    form = look(client, f"{row.plan.customer};{day(2)};8").root.xpath("//form[.//button[@name='save']]")[0]
    answer = Page(client.post(path(), dict(form.form_values()) | {"save": "yes", "span": "week"}))
    assert "Something changed since you looked." in answer.words
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(("weekday", "span"), [("", "week"), ("2", "day")])
def test_pasting_begins_with_what_was_shown(client, weekday, span):
    a_class(1)
    page = Page(client.get(class_path(name=PASTE, weekday=weekday)))
    assert page.root.xpath("//input[@name='span'][@checked]/@value") == [span]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste one or more lines."),
        ("Name,Day,Hours", "Paste one or more lines."),
        ('"open,1/2/2026,4', "Line 1 can't be read"),
        ("\n".join(["x,01/02/2026,4"] * 1001), "Paste 1000 lines at most"),
    ],
)
def test_what_are_no_lines_is_refused_in_words(client, text, words):
    a_class(1)
    answer = client.post(path(), {"text": text, "span": "day"})
    assert answer.status_code == 422
    assert words in Page(answer).words


def test_what_was_typed_stays_text(client):
    a_class(1)
    answer = client.post(path(), {"text": f"<script>alert(1)</script>,{day()},4", "span": "day"})
    assert b"<script>alert(1)" not in answer.content
    assert "Nobody of this class" in Page(answer).words


def test_without_a_class_there_is_nothing_to_paste(client):
    assert client.get(class_path("Nowhere", name=PASTE)).status_code == 404
