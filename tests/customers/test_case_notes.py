"""Case notes: categories, the day of a contact, a day of edits, addenda, pins, searches and contacts (ILL-016)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format

from careerplan.base.dates import day_of
from careerplan.base.models import FormDraft
from careerplan.base.refusals import NotAllowed, Refusal
from customers.actions import add_case_note
from customers.deadlines import read_due
from customers.models import CaseNote, CaseNoteAddendum, Enrollment, Program
from customers.notes.actions import MOST_PINNED, add_addendum, edit_note, pin_note, unpin_note
from tests import people, states
from tests.markup import Page
from tests.plans_in_force import reviewed_without_customer
from tests.rows import refuses, write
from tests.sql import NOTE, update

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

DAY = timedelta(days=1)
WORDS = {"subject": "Call", "text": "Spoke of the GED.", "contact_method": "phone"}


def noted(customer, *, by=None, at=None, **more):
    at = at or states.now()
    return add_case_note(customer, **WORDS | {"contact_on": day_of(at)} | more, by=by or people.planner(), at=at)


def edited(note, *, by=None, at=None, **more):
    names = ("subject", "text", "contact_on", "contact_method", "category")
    values = {name: getattr(note, name) for name in names} | more
    return edit_note(note, **values, seen=None, by=by or people.planner(), at=at or states.now())


def address(name, customer, *more):
    return reverse(f"customers:{name}", args=[customer.pk, *more])


def test_where_there_is_no_note_a_button_opens_the_form(customer, planner):
    page = planner.get(address("case-notes", customer))
    assert Page(page).root.xpath("//details[@id='add-note'][@open]") == []
    [button] = Page(page).root.xpath("//div[@class='empty']/a")
    assert button.text_content() == "Add a case note"
    assert Page(planner.get(button.get("href"))).root.xpath("//details[@id='add-note'][@open]")
    noted(customer)
    page = planner.get(address("case-notes", customer), {"q": "nobody wrote this"})
    [button] = Page(page).root.xpath("//div[@class='empty']/a")
    assert subjects(planner.get(button.get("href"))) == ["Call"]


def subjects(page):
    """Of the notes of the list, as they stand."""
    found = Page(page).root.xpath("//article//h2/a")
    return [" ".join(link.text_content().split()) for link in found]


# --- what a note says -------------------------------------------------------------------------


@pytest.mark.policy("ILL-016")
def test_a_note_has_its_category_and_stands_with_its_contact(planner, customer):
    entry = WORDS | {"category": "exit", "contact_on": f"{states.today():%m/%d/%Y}"}
    assert planner.post(address("case-notes", customer), entry).status_code == 302
    note = CaseNote.objects.get(customer=customer)
    assert (note.category, note.contact_on, note.is_contact) == ("exit", states.today(), True)
    assert (
        f"{date_format(note.contact_on)} · Phone · Exit and follow-up"
        in Page(planner.get(address("case-notes", customer))).words
    )


def test_a_note_that_is_no_contact_needs_no_date_and_stands_under_its_day(planner, customer):
    entry = WORDS | {"contact_method": "none", "contact_on": ""}
    assert planner.post(address("case-notes", customer), entry).status_code == 302
    note = CaseNote.objects.get(customer=customer)
    assert (note.contact_on, note.is_contact, note.category) == (states.today(), False, "other")


def test_a_contact_has_its_date_whoever_writes_it_down(planner, customer):
    answer = planner.post(address("case-notes", customer), WORDS | {"contact_on": ""})
    assert answer.context["form"].errors == {"contact_on": ["Enter the date of contact."]}
    with pytest.raises(Refusal) as refused:
        noted(customer, contact_on=None)
    assert refused.value.field == "contact_on"


# --- a day of edits ---------------------------------------------------------------------------


@pytest.mark.policy("ILL-016")
def test_its_writer_edits_a_note_for_a_day_and_what_it_said_stays_readable(planner, customer):
    note = noted(customer)
    form = Page(planner.get(address("case-note-edit", customer, note.pk))).form(
        address("case-note-edit", customer, note.pk)
    )
    answer = planner.post(address("case-note-edit", customer, note.pk), form | {"text": "Spoke of the GED and math."})
    assert answer["Location"] == address("case-note", customer, note.pk)
    page = Page(planner.get(answer["Location"])).words
    assert "Spoke of the GED and math." in page
    assert "Before it was edited Call" in page
    assert "Spoke of the GED. " in page + " "
    assert note.history.count() == 2


@pytest.mark.parametrize(("hours", "may"), [(23.99, True), (24, False), (25, False)])
def test_after_a_day_the_words_stay(customer, hours, may):
    note = noted(customer)
    later = note.written_at + timedelta(hours=hours)
    if may:
        assert edited(note, text="Other words.", at=later).text == "Other words."
        return
    with pytest.raises(Refusal) as refused:
        edited(note, text="Other words.", at=later)
    assert refused.value.code == "note-stays"


def test_nobody_else_edits_a_note(client, customer):
    note = noted(customer)
    with pytest.raises(Refusal) as refused:
        edited(note, text="Other words.", by=people.statewide())
    assert refused.value.code == "not-the-writer"
    client.force_login(people.statewide())
    answer = client.get(address("case-note-edit", customer, note.pk), follow=True)
    assert "Only its writer can edit this note." in Page(answer).words
    with pytest.raises(NotAllowed):
        edited(note, text="Other words.", by=people.north_planner())


def test_two_tabs_do_not_overwrite_each_other(planner, customer):
    note = noted(customer)
    path = address("case-note-edit", customer, note.pk)
    form = Page(planner.get(path)).form(path)
    edited(note, text="From the other tab.")
    answer = planner.post(path, form | {"text": "From this tab."})
    assert answer.status_code == 422
    assert "From the other tab." in Page(answer).words
    note.refresh_from_db()
    assert note.text == "From the other tab."


def test_a_note_that_is_evidence_is_not_edited_but_added_to(customer):
    version = reviewed_without_customer(states.reviewed(states.in_force().plan.customer))
    note = version.acknowledgment.case_note
    with pytest.raises(Refusal) as refused:
        edited(note, text="Other words.", by=note.written_by)
    assert refused.value.code == "note-is-evidence"
    add_addendum(note, text="She called again.", by=note.written_by, at=states.now())


# --- addenda ----------------------------------------------------------------------------------


@pytest.mark.policy("ILL-016")
def test_what_is_added_stands_below_the_note_with_who_and_when(client, customer):
    note = noted(customer)
    client.force_login(people.statewide())
    path = address("case-note", customer, note.pk)
    assert client.post(path, {"text": "She passed the test."}).status_code == 302
    row = CaseNoteAddendum.objects.get(note=note)
    assert (row.written_by, row.text) == (people.statewide(), "She passed the test.")
    for page in (path, address("case-notes", customer)):
        assert f"by {people.statewide()} She passed the test." in Page(client.get(page)).words
    note.refresh_from_db()
    assert note.text == WORDS["text"]


def test_who_does_not_write_the_record_adds_nothing(customer):
    with pytest.raises(NotAllowed):
        add_addendum(noted(customer), text="Hello", by=people.north_planner(), at=states.now())
    assert not CaseNoteAddendum.objects.exists()


# --- what the database holds ------------------------------------------------------------------


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "column", ["subject = 'Other'", "text = 'Other'", "contact_on = '2020-01-01'", "contact_method = 'none'",
               "category = 'exit'"],
)  # fmt: skip
def test_the_database_refuses_other_words_after_a_day(customer, column):
    young, old = noted(customer), noted(customer, at=states.now() - DAY - timedelta(hours=1))
    run(f"UPDATE {NOTE} SET {column} WHERE id = {young.pk}")
    refuses("a_case_note_keeps_its_words_after_a_day", lambda: run(f"UPDATE {NOTE} SET {column} WHERE id = {old.pk}"))


def test_the_database_keeps_the_writer_and_what_asked(customer):
    note, other = noted(customer), people.statewide()
    refuses("a_case_note_keeps_its_writer", lambda: write(note, written_by=other))
    refuses("a_case_note_keeps_its_writer", lambda: write(note, written_at=states.now() + DAY))
    matter = {"about_kind": "version", "about_key": states.in_force().pk}
    refuses("a_case_note_stays_about_what_asked_for_it", lambda: write(note, **matter))


def test_the_database_keeps_addenda_as_they_were_written(customer):
    row = add_addendum(noted(customer), text="Hello", by=people.planner(), at=states.now())
    table = CaseNoteAddendum._meta.db_table
    for statement in (update(table, f"id = {row.pk}", text="'Other'"), f"DELETE FROM {table}"):
        refuses("are kept as they are", lambda statement=statement: run(statement))


def test_a_former_release_writes_notes_as_before(customer):
    note = noted(customer)
    names = "customer_id, subject, text, contact_on, contact_method, written_by_id, written_at, row_version"
    run(f"INSERT INTO {NOTE} ({names}) SELECT {names} FROM {NOTE} WHERE id = {note.pk}")
    copy = CaseNote.objects.filter(customer=customer).latest("id")
    assert (copy.category, copy.about_kind, copy.about_key, copy.pinned_at) == ("other", "", None, None)


# --- pins -------------------------------------------------------------------------------------


def test_pinned_notes_stand_first(planner, customer):
    notes = [noted(customer, subject=f"Call {number}", contact_on=states.today() - number * DAY) for number in range(3)]
    assert subjects(planner.get(address("case-notes", customer))) == ["Call 0", "Call 1", "Call 2"]
    pin = address("case-note-pin", customer, notes[2].pk)
    page = address("case-note", customer, notes[2].pk)
    assert planner.post(pin, Page(planner.get(page)).form(pin, "Pin above the others")).status_code == 302
    assert subjects(planner.get(address("case-notes", customer))) == ["Call 2", "Call 0", "Call 1"]
    planner.post(pin, Page(planner.get(page)).form(pin, "Unpin"))
    assert subjects(planner.get(address("case-notes", customer))) == ["Call 0", "Call 1", "Call 2"]


def test_a_note_is_pinned_after_a_day_as_well(customer):
    note = noted(customer, at=states.now() - 9 * DAY)
    assert pin_note(note, by=people.statewide(), at=states.now()).pinned_at
    assert unpin_note(note, by=people.planner(), at=states.now()).pinned_at is None
    with pytest.raises(NotAllowed):
        pin_note(note, by=people.north_planner(), at=states.now())


def test_so_many_notes_are_pinned_and_no_more(customer):
    for number in range(MOST_PINNED):
        pin_note(noted(customer, subject=f"Call {number}"), by=people.planner(), at=states.now())
    with pytest.raises(Refusal) as refused:
        pin_note(noted(customer), by=people.planner(), at=states.now())
    assert refused.value.code == "enough-pinned"


# --- searching --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "housing"}, ["Rent"]),
        ({"q": "RENT due"}, ["Rent"]),
        ({"q": "rent bus"}, []),
        ({"q": "welding"}, ["Bus pass"]),  # it was added to that note
        ({"category": "support"}, ["Bus pass", "Rent"]),
        ({"q": "rent", "category": "contact"}, []),
        ({"category": "none such"}, ["Bus pass", "Rent", "Call"]),
    ],
)
def test_notes_are_found_by_words_and_by_category(planner, customer, query, found):
    noted(customer)
    noted(customer, subject="Rent", text="The rent is due; housing.", category="support")
    row = noted(customer, subject="Bus pass", text="Given.", category="support")
    add_addendum(row, text="For the welding class.", by=people.planner(), at=states.now())
    assert subjects(planner.get(address("case-notes", customer), query)) == found


@pytest.mark.parametrize("query", ["jose nino", "JOSÉ", "niño", "jose\u0301", "ŁODZ nguyen", "lodz Nguyễn"])
def test_notes_are_found_with_accents_and_without(planner, customer, query):
    noted(customer, subject="Call with José", text="The NIÑO is in care. Łódź.")
    added = noted(customer, subject="Call", text="Nobody")
    add_addendum(
        CaseNote.objects.get(subject="Call with José"), text="Mr. Nguyễn.", by=people.planner(), at=states.now()
    )
    assert subjects(planner.get(address("case-notes", customer), {"q": query})) == ["Call with José"]
    assert added.subject == "Call"


@pytest.mark.parametrize("query", ["100%", "a_b", "C:\\"])
def test_signs_that_a_database_reads_otherwise_are_signs(planner, customer, query):
    noted(customer, subject="Call", text=f"It says {query} there")
    noted(customer, subject="Another", text="It says 1000, aXb and C: there")
    assert subjects(planner.get(address("case-notes", customer), {"q": query})) == ["Call"]


def test_the_pages_of_a_search_keep_what_was_asked(planner, customer):
    for number in range(30):
        noted(customer, subject=f"Rent {number}", category="support")
        noted(customer, subject=f"Call {number}")
    page = planner.get(address("case-notes", customer), {"q": "rent", "category": "support"})
    assert len(subjects(page)) == 25
    rest = planner.get(page.context["page"].next_url)
    assert subjects(rest) == [f"Rent {number}" for number in (4, 3, 2, 1, 0)]


def test_the_notes_of_another_customer_are_not_there(planner, customer):
    note = noted(states.enrolled())
    assert planner.get(address("case-note", customer, note.pk)).status_code == 404


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_of_a_note_is_offered_as_soon_as_its_writer_comes_back(planner, customer):
    path = address("case-notes", customer)
    kept = planner.post(f"{reverse('draft_keep')}?form={path}", {"subject": "Call", "text": "Half a sen"})
    assert kept.status_code == 200
    page = Page(planner.get(path))
    assert page.root.xpath("//details[@id='add-note']/@open")
    assert "You typed something here" in page.words
    assert page.links()["Show what I typed"] == f"{path}?draft=show"
    assert Page(planner.get(f"{path}?draft=show")).form(path)["text"].strip() == "Half a sen"
    planner.post(path, WORDS | {"contact_on": f"{states.today():%m/%d/%Y}"})
    assert not FormDraft.objects.exists()


# --- contacts ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-156")
def test_the_page_counts_contacts_and_says_when_the_next_is_due(planner, customer):
    write(Enrollment.objects.get(customer=customer), status="enrolled")
    write(Program.objects.get(code="T1-ADULT"), contact_interval_days=30)
    for days, method in ((0, "phone"), (29, "phone"), (30, "email"), (89, "in_person"), (90, "phone"), (1, "none")):
        noted(customer, contact_on=states.today() - days * DAY, contact_method=method)
    page = Page(planner.get(address("case-notes", customer)))
    rows = page.root.xpath("//table[caption='Contacts by kind']/tbody/tr")
    assert [tuple(cell.text_content() for cell in row) for row in rows] == [
        ("In person", "0", "0", "1"),
        ("Phone", "2", "2", "2"),
        ("E-mail", "0", "1", "1"),
        ("All contacts", "2", "3", "4"),
    ]
    [due] = [row for row in read_due(states.today(), [customer.pk]) if row.code == "contact"]
    facts = page.facts()
    assert facts["Last contact"] == date_format(states.today())
    assert facts["Next contact due"].startswith(date_format(due.due_on))


def test_an_attempt_without_contact_leaves_the_duty_as_it_was(planner, customer):
    noted(customer, contact_method="none")
    facts = Page(planner.get(address("case-notes", customer))).facts()
    assert facts["Last contact"] == "No contact is written down yet."
    assert facts["Next contact due"] == "No program of this customer asks for contacts by a day."
