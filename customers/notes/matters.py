"""What a case note is written about: most of all what policy asks one for (WIS-061, WIS-096, WIS-108, WIS-151).

The floor that owns the rows registers their kind, since this one doesn't know them. The note names the row by kind and
key, and the row's page lists its notes (`notes_about`). The database holds that both are of one customer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from careerplan.base.addresses import key_in
from careerplan.base.refusals import Refusal
from customers.enums import ContactMethod, NoteCategory, NoteMatter
from customers.models import CaseNote, Customer


class Matter(NamedTuple):
    """A row that a note is written about; in an address "service-12"."""

    kind: str
    key: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.key}"


@dataclass(frozen=True)
class Beginning:
    """With what a note begins; its writer goes on from there."""

    subject: str
    text: str
    category: str = NoteCategory.OTHER
    about: Matter | None = None
    contact_method: str = ContactMethod.NONE

    @property
    def initial(self) -> dict[str, Any]:
        """Of the form."""
        about = str(self.about) if self.about else ""
        told = {"subject": self.subject[:120], "text": self.text, "category": self.category}
        return told | {"about": about, "contact_method": self.contact_method}


@dataclass(frozen=True)
class MatterKind:
    """`rows(customer)`: a customer's own; `page(customer, key)`: its address; `begin(row, on)`: a note about it."""

    kind: NoteMatter
    rows: Callable[[int], QuerySet]
    page: Callable[[int, int], str]
    begin: Callable[[Any, date], Beginning]


@dataclass(frozen=True)
class Offer:
    """What a note may be filled with, whatever it is about. `begin(customer, on)`: None where there is nothing."""

    code: str
    label: Any
    is_open: Callable[[int], bool]
    begin: Callable[[Customer, date], Beginning | None]


@dataclass
class Registered:
    kinds: dict[str, MatterKind] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    # Whether evidence names a note, whose words stay then.
    evidence: list[Callable[[int], bool]] = field(default_factory=list)


_registered = Registered()


def register(*kinds: MatterKind) -> None:
    _registered.kinds.update({row.kind.value: row for row in kinds})


def register_offer(*offers: Offer) -> None:
    _registered.offers.update({offer.code: offer for offer in offers})


def register_evidence(names_note: Callable[[int], bool]) -> None:
    if names_note not in _registered.evidence:
        _registered.evidence.append(names_note)


def named_by_evidence(note: CaseNote) -> bool:
    return any(names_note(note.pk) for names_note in _registered.evidence)


# --- reading ----------------------------------------------------------------------------------


def matter_in(text: str) -> Matter | None:
    """What "service-12" names; None where it names no kind, or no key."""
    kind, _dash, key = text.partition("-")
    found = Matter(kind, key_in(key))
    return found if found.kind in _registered.kinds and found.key else None


def row_of(customer: int, matter: Matter) -> Any | None:
    """The customer's own; None where there is none of this key."""
    return _registered.kinds[matter.kind].rows(customer).filter(pk=matter.key).first()


def require_own(customer: int, matter: Matter | None) -> None:
    """Raises Refusal where the matter is another customer's, or gone."""
    if matter is not None and row_of(customer, matter) is None:
        raise Refusal("matter-gone", _("What this note was about is not in this record. Open the page again."))


def beginning_about(customer: int, matter: Matter, *, on: date) -> Beginning | None:
    row = row_of(customer, matter)
    return None if row is None else _registered.kinds[matter.kind].begin(row, on)


def open_offers(customer: int) -> list[Offer]:
    return [offer for offer in _registered.offers.values() if offer.is_open(customer)]


def beginning_of(code: str, customer: Customer, *, on: date) -> Beginning | None:
    offer = _registered.offers.get(code)
    return offer.begin(customer, on) if offer and offer.is_open(customer.pk) else None


class Place(NamedTuple):
    """What a note is about, as its page tells it."""

    name: str
    path: str


def place_of(customer: int, note: CaseNote, *, named: bool = False) -> Place | None:
    """Told by its kind; `named`: by its own name, for one query. None where the note is about nothing in particular."""
    kind = _registered.kinds.get(note.about_kind)
    if kind is None or note.about_key is None:
        return None
    row = kind.rows(customer).filter(pk=note.about_key).first() if named else None
    return Place(str(row or kind.kind.label), kind.page(customer, note.about_key))


def notes_about(kind: NoteMatter, key: int) -> QuerySet[CaseNote]:
    """The notes that were written about a row, the newest first: for its page."""
    rows: QuerySet[CaseNote] = CaseNote.objects.filter(about_kind=kind, about_key=key)
    return rows.select_related("written_by").order_by("-contact_on", "-id")
