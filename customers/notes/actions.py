"""What becomes of a note once it is written: its writer edits it for a day, then it is added to; planners pin it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from customers.actions import day_of_note, require_editor
from customers.models import CaseNote, CaseNoteAddendum, Customer
from customers.models.notes import EDITED_FOR
from customers.notes.matters import named_by_evidence

# So many of one customer stand above the others: more would be a second list.
MOST_PINNED = 5


def barred_from_editing(note: CaseNote, by: User, at: datetime) -> Refusal | None:
    """Why this person can't change the words of the note now; None where nothing speaks against it."""
    if note.written_by_id != by.pk:
        return Refusal("not-the-writer", _("Only its writer can edit this note. Write an addendum instead."))
    if at >= note.written_at + EDITED_FOR:
        return Refusal(
            "note-stays",
            _("A note can be edited for 24 hours. After that, write an addendum; the note stays as it is."),
        )
    if named_by_evidence(note):
        return Refusal(
            "note-is-evidence", _("This note is part of the evidence of an agreement. Write an addendum instead.")
        )
    return None


@transaction.atomic
def edit_note(
    note: CaseNote,
    *,
    subject: str,
    text: str,
    contact_on: date | None,
    contact_method: str,
    category: str,
    seen: int | None,
    by: User,
    at: datetime,
) -> CaseNote:
    """Change the words; what they were stays in the history.

    Raises Refusal: another person wrote it, a day has passed, or evidence names it.
    """
    require_editor(note.customer, by)
    note = CaseNote.objects.select_for_update(of=("self",)).select_related("customer").get(pk=note.pk)
    if barred := barred_from_editing(note, by, at):
        raise barred
    ensure_current(note, seen)
    note.subject, note.text, note.category = subject, text, category
    note.contact_on, note.contact_method = day_of_note(contact_on, contact_method, at=at), contact_method
    record(note, by=by, at=at)
    return note


@transaction.atomic
def add_addendum(note: CaseNote, *, text: str, by: User, at: datetime) -> CaseNoteAddendum:
    """Whoever writes the record may add to a note, however old it is."""
    require_editor(note.customer, by)
    addendum = CaseNoteAddendum(note=note, text=text, written_by=by, written_at=at)
    record(addendum, by=by, at=at)
    return addendum


@transaction.atomic
def pin_note(note: CaseNote, *, by: User, at: datetime) -> CaseNote:
    """Above the others of the customer. Raises Refusal where as many as there may be stand there."""
    require_editor(note.customer, by)
    # One pin of a customer after the other, so that two at once don't make one too many.
    Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=note.customer_id)
    note = CaseNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.pinned_at is not None:
        return note
    if CaseNote.objects.pinned().filter(customer=note.customer_id).count() >= MOST_PINNED:
        sentence = _("%(number)d notes are pinned already. Unpin one of them first.") % {"number": MOST_PINNED}
        raise Refusal("enough-pinned", sentence)
    note.pinned_at = at
    record(note, by=by, at=at, reason="pinned")
    return note


@transaction.atomic
def unpin_note(note: CaseNote, *, by: User, at: datetime) -> CaseNote:
    require_editor(note.customer, by)
    note = CaseNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    note.pinned_at = None
    record(note, by=by, at=at, reason="unpinned")
    return note
