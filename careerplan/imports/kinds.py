"""What the rows of a file are about: a kind says its fields, reads a row, finds what is there already, and writes.

A floor above registers its kind. The pages, the mapping of columns, the states of rows and the confirmation are the
same for all of them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import User
from careerplan.base.every_language import in_every_language
from careerplan.imports.enums import RowState

if TYPE_CHECKING:
    from careerplan.imports.models import Import, ImportRow

# Keys of one row that another row of the file may have, too: those that begin so can be one row's alone.
UNIQUE = "="
# Of such keys ("~of what:2027-03-01:2027-03-14") two rows of a file may not have days together.
SPAN = "~"
# Of such keys it counts what the row says beside them: whoever shares one is looked at again when that changes.
WEIGHED = "+"
# What a row says of a thing of which other rows speak, too: all must say the same.
SAYS = "!"
# Two rows that say the very same.
SAME = "*"


def span_key(of: str, first: date, last: date) -> str:
    return f"{SPAN}{of}:{first.isoformat()}:{last.isoformat()}"


def said_key(of: str, values: Mapping[str, str]) -> str:
    """`values`: by field, texts in no language."""
    return SAYS + json.dumps([of, values], ensure_ascii=False)


@dataclass(frozen=True)
class Field:
    """A field that a column may be mapped to. `headings`: what people call it, in both languages, in small letters."""

    name: str
    label: Any
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a row can't be taken: at a field, or "" for the row as a whole. `said`: the sentence, by language."""

    field: str
    code: str
    said: dict[str, str]

    @classmethod
    def of(cls, name: str, code: str, say: Callable[[], Any]) -> "Fault":
        return cls(name, code, in_every_language(lambda: str(say())))

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "code": self.code, "said": self.said}


@dataclass(frozen=True)
class Difference:
    """What a row would change: texts in no language, as `Kind.shown` reads them."""

    field: str
    before: str
    after: str

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Read:
    """A row as its cells say it. `keys`: under which other rows find it that may be about the same; `asks`: under which
    it looks for those."""

    values: dict[str, Any]
    faults: list[Fault]
    keys: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    # Why it is another one than those like it, in a person's words.
    word: str = ""
    # Of the file.
    line: int = 0


@dataclass(slots=True)
class Outcome:
    """What becomes of a row. `found`: the key of what it changes; `doubt`: why it may be double."""

    state: RowState
    found: int | None = None
    faults: list[Fault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    # Under which other rows of the file find it that hang on it, beside those of its cells (`Read.keys`).
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What the list says of a row before it is confirmed. `name`: what it is about, as the records name it ("": as
    `Kind.name_of`), with `place` below; `cells`: those of `Kind.columns_beside`; `notes`: what is worth a second look
    and no fault."""

    name: str = ""
    place: str = ""
    cells: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads and writes rows for one person and one import; keeps what it has looked up."""

    def read(self, texts: Mapping[str, str], word: str) -> Read: ...

    def look(self, reads: Sequence[Read]) -> list[Outcome]:
        """What becomes of each row, whatever else is in the file; of rows without faults alone. Set by set."""
        ...

    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        """Write new and changed rows, in the caller's transaction; the key of what each is about. Raises Refusal."""
        ...


class Kind:
    """`key` stands in the row of the import."""

    key: str
    title: Any
    fields: tuple[Field, ...]
    # Where its pages hang: the name of an address, and what that page is called.
    home: str = "customers:list"
    home_label: Any = gettext_lazy("Customers")
    # The heading over what each row is about; what is said of a row that another one repeats; who may bring a file.
    rows_are: Any = gettext_lazy("Who")
    again: Any = gettext_lazy("Line %(line)d is about the same person. Leave one of them out.")
    # At which field that is said: the first of these that the row fills.
    again_at: tuple[str, ...] = ()
    who_may: Any = gettext_lazy("Only career planners and statewide staff can import.")
    # Whether a cell that was calculated waits until a person writes what it comes to. Without it, texts may begin with
    # "=", and of a workbook is read what was last calculated.
    minds_formulas = True
    # The headings of what the list shows of each row beside that (`beside`).
    columns_beside: tuple[Any, ...] = ()
    # The name of the address that gives a file to fill in, and what its link says; "" where there is none.
    sheet: str = ""
    sheet_label: Any = ""

    def may_bring(self, person: User) -> bool:
        raise NotImplementedError

    def refuse_unfit(self, content: bytes) -> None:
        """Raises Refusal for a file that may not be taken whatever is in its cells (a virus)."""

    def refuse_columns(self, names: set[str]) -> None:
        """Raises Refusal where the fields that have a column are too few."""

    def refuse_options(self, options: Mapping[str, Any]) -> None:
        """Raises Refusal at the field of `options` that can't be; they come as they are kept, days as 2027-03-31."""

    def options(self, person: User) -> dict[str, forms.Field]:
        """What holds for rows that say nothing of it: fields of the page of columns."""
        return {}

    def reader(self, bringing: "Import") -> Reader:
        raise NotImplementedError

    def name_of(self, texts: Mapping[str, str]) -> str:
        """What a row is about, for its line in the list."""
        raise NotImplementedError

    def beside(self, bringing: "Import", rows: Sequence["ImportRow"], person: User) -> dict[int, Beside]:
        """By the key of the row, as this person sees what it is about. A fixed number of queries."""
        return {}

    def shown(self, name: str, text: str) -> str:
        """A text of a difference for the reader."""
        return text

    def address_of(self, found: int) -> str:
        """The page of what was found or made."""
        raise NotImplementedError

    def besides(self, bringing: "Import") -> list[str]:
        """What confirming does beside writing the rows, in sentences."""
        return []

    def kept_at(self, bringing: "Import") -> str:
        """The page of what stays of the whole file after it was imported; "" where there are only its rows."""
        return ""

    def label_of(self, name: str) -> Any:
        return next((one.label for one in self.fields if one.name == name), name)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds_of(person: User) -> list[str]:
    """The keys of those of which this person may bring files."""
    return [key for key, kind in _kinds.items() if kind.may_bring(person)]


def kind_of(key: str) -> Kind:
    return _kinds[key]
