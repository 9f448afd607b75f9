"""A planner writes a note from the plan's changes, comes back to a draft, adds to a note, pins it and finds it."""

import pytest

from customers.models import CaseNote
from tests import states
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import planner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("WIS-108", "ILL-016")
def test_a_planner_writes_keeps_and_finds_case_notes(page, live_server, people):
    customer = states.in_force().plan.customer
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{customer.pk}/case-notes/")
    page.locator("#add-note > summary").click()
    follow(page, "Fill in: The plan's changes and dates")
    assert page.get_by_label("Note", exact=True).input_value().startswith("Reviewed together; nothing changed since")
    both_widths(page, "70-case-note-filled-in")
    page.get_by_label("Kind of contact").select_option("phone")
    press(page, "Save case note")
    assert "The case note was saved." in said(page)
    both_widths(page, "71-case-notes")

    page.locator("#add-note > summary").click()
    page.get_by_label("Subject").fill("Bus pass")
    page.get_by_label("Note", exact=True).fill("She asked for")
    page.get_by_text("Draft saved at").wait_for()
    page.goto("/customers/")
    page.goto(f"/customers/{customer.pk}/case-notes/")
    follow(page, "Show what I typed")
    assert page.get_by_label("Note", exact=True).input_value() == "She asked for"
    page.get_by_label("Note", exact=True).fill("She asked for a bus pass.")
    page.get_by_label("Category").first.select_option("support")
    press(page, "Save case note")

    follow(page, "Bus pass")
    page.get_by_text("Add to this note").click()
    page.get_by_label("Addendum").fill("She has it.")
    press(page, "Save addendum")
    follow(page, "Edit the note")
    both_widths(page, "72-case-note-edit")
    page.get_by_label("Note", exact=True).fill("She asked for a bus pass for the course.")
    press(page, "Save case note")
    both_widths(page, "73-case-note")
    press(page, "Pin above the others")
    page.get_by_label("Words in case notes").fill("pass has")
    press(page, "Search")
    assert page.locator("article h2").all_inner_texts() == ["Bus pass Pinned"]
    both_widths(page, "74-case-notes-found")
    note = CaseNote.objects.get(subject="Bus pass")
    assert (note.category, note.pinned_at is not None, note.addenda.count()) == ("support", True, 1)
