"""The notes of a customer as their pages show them: pinned ones first, the others by day, with what was added."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from careerplan.accounts.models import User
from careerplan.base.addresses import search_asked
from careerplan.base.folded import says
from careerplan.base.history.rows import history_model
from careerplan.base.keyset import PAGE_ROWS, Page, page_of
from careerplan.base.prepared import PreparedRows
from customers.enums import ContactMethod, NoteCategory
from customers.models import CaseNote, CaseNoteAddendum
from customers.notes.matters import Place, place_of

IN_ORDER = ["-contact_on", "-id"]
MOST_WORDS = 10  # that a search asks for; more would only narrow it further
WORDS = ("subject", "text", "contact_on", "contact_method", "category")


class Chosen(NamedTuple):
    """Which notes the address asks for."""

    words: str
    category: str

    @classmethod
    def read(cls, request: HttpRequest) -> "Chosen":
        """Raises BadRequest, as `search_asked`."""
        category = request.GET.get("category", "")
        return cls(search_asked(request.GET), category if category in NoteCategory.values else "")

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.category)

    def of(self, rows: QuerySet[CaseNote]) -> QuerySet[CaseNote]:
        """Each word stands in the subject, in the text, or in what was added, with its accents or without."""
        if self.category:
            rows = rows.filter(category=self.category)
        for word in self.words.split()[:MOST_WORDS]:
            added = CaseNoteAddendum.objects.filter(says("text", word), note=OuterRef("pk"))
            rows = rows.filter(Q(says("subject", word)) | Q(says("text", word)) | Exists(added))
        return rows


class Line(NamedTuple):
    """One note of a list."""

    note: CaseNote
    place: Place | None
    addenda: list[CaseNoteAddendum]


class Former(NamedTuple):
    """How a note read before an edit: until when, and who changed it then."""

    note: Any
    method: str
    changed_at: datetime
    changed_by: Any


def notes_of(customer: int) -> QuerySet[Any]:
    """With `has_addenda`: few notes have any."""
    added = Exists(CaseNoteAddendum.objects.filter(note=OuterRef("pk")))
    return CaseNote.objects.filter(customer=customer).select_related("written_by").annotate(has_addenda=added)


def first_notes(customer: int) -> QuerySet[Any]:
    return notes_of(customer).filter(pinned_at__isnull=True).order_by(*IN_ORDER)[: PAGE_ROWS + 1]


def pinned_notes(customer: int) -> QuerySet[Any]:
    return notes_of(customer).filter(pinned_at__isnull=False).order_by(*IN_ORDER)


FIRST, PINNED = PreparedRows(first_notes), PreparedRows(pinned_notes)


def page_of_notes(request: HttpRequest, customer: int, person: User, chosen: Chosen) -> Page:
    """Those that are not pinned."""
    mine: Any = notes_of(customer)
    rows = chosen.of(mine.visible_to(person).filter(pinned_at__isnull=True))
    first = None if chosen.narrows else partial(FIRST.read, customer)
    return page_of(rows, request, keys=IN_ORDER, first=first)


def pinned_of(customer: int, chosen: Chosen) -> list[CaseNote]:
    """They stand above the first page."""
    if chosen.narrows:
        return list(chosen.of(pinned_notes(customer)))
    return PINNED.read(customer)


def lines_of(customer: int, notes: Iterable[Any]) -> list[Line]:
    """With what was added to each, the oldest first, and the kind of what it is about. One query, or none."""
    notes = list(notes)
    addenda = addenda_to([note.pk for note in notes if note.has_addenda])
    return [Line(note, place_of(customer, note), addenda.get(note.pk, [])) for note in notes]


def addenda_to(notes: list[int]) -> dict[int, list[CaseNoteAddendum]]:
    """By the key of the note, the oldest first. One query, none where there is nothing to ask for."""
    found: dict[int, list[CaseNoteAddendum]] = defaultdict(list)
    rows = CaseNoteAddendum.objects.filter(note__in=notes).select_related("written_by").order_by("id") if notes else ()
    for row in rows:
        found[row.note_id] += [row]
    return found


def former_words(note: CaseNote) -> list[Former]:
    """What the note said before each edit of its words, the last one first. One query."""
    rows = list(
        history_model(CaseNote).objects.filter(id=note.pk).select_related("history_user").order_by("history_id")
    )
    found = [
        Former(row, str(ContactMethod(row.contact_method).label), later.history_date, later.history_user)
        for row, later in pairwise(rows)
        if any(getattr(row, name) != getattr(later, name) for name in WORDS)
    ]
    return found[::-1]
