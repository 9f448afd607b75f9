"""What a kind of plan item is: one object, from which all that goes through the items of a plan is made.

A kind stands beside the model of its rows (`careerplan/plans/items.py`, `goals/items.py`, `services/items.py`), and
`acknowledgments/contents/kinds.py` binds them in plan order: reading the working copy, comparing, telling a change in
words, putting the plan back, carrying over to the plan that follows, and docs/contents.md go through them. Models are
named and not imported, so that kinds, contents and rules can be read without a database. docs/adr/0011-kinds.md says
what a new kind, or a new field, touches.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.apps import apps

from careerplan.base.telling import Teller, plain


@dataclass(frozen=True)
class Field:
    """One field of an item, or of what the plan itself says.

    `label`: in words. `told`: how its value is said (value, item, names). `compared`: whether another one is a change.
    `bound`: the column of the row that holds it, where it is what the customer agreed to: it changes in a draft alone,
    and goes back with it. `by`: of a bound relation, the column by which the contents name the other row. `fixed`: the
    column never changes; `settled`: the kind itself says what becomes of the column. `on_paper`: whether a change of it
    is told on the paper. `carried_with`: of the plan itself, with which items it is carried over. `written`: the words
    of whoever writes the plan, in the plan's language (names of providers and contracts are in none).
    """

    name: str
    label: str = ""
    told: Teller = plain
    bound: str = ""
    by: str = ""
    compared: bool = True
    fixed: bool = False
    settled: bool = False
    on_paper: bool = True
    written: bool = False
    carried_with: str = ""


@dataclass(frozen=True)
class CarryOver:
    """How rows are carried over to the plan that follows: `asked` names the choices of the page of which any carries
    them; `choice`: the words of the choice that is this kind's own. `stays`: whether a row stays behind (row, whether
    the new plan explores). `copy`: the unsaved row in the new plan. `goal`: "may" or "must" stand under a goal that was
    carried over; "" for a kind that stands under none.
    """

    asked: frozenset[str]
    copy: Callable[[Any, Any], Any]
    choice: str = ""
    stays: Callable[[Any, bool], bool] = lambda row, explores: False
    goal: str = ""


def copy_of(*columns: str) -> Callable[[Any, Any], Any]:
    """A copy of the columns of a row, for another plan."""
    return lambda row, plan: type(row)(plan=plan, **{name: getattr(row, name) for name in columns})


def iso(day: date | None) -> str:
    """A day as contents hold it; "" for none."""
    return day.isoformat() if day else ""


def decimal_text(number: Decimal | None) -> str:
    """Money or hours as contents hold them; "" for none."""
    return "" if number is None else f"{number:.2f}"


@dataclass(frozen=True)
class Reading:
    """What reading a row into an item asks beside the row: all of the customer's enrollments with their programs, and
    the first and last day of each goal's services (ISO text)."""

    enrollments: tuple[Any, ...] = ()
    goal_days: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, repr=False)
class Part:
    """A part of contents that can change: a kind of item, or the plan itself.

    `text`, `rewording`: the field whose change has the planner's word, and the one that holds the word (AMB-W8, W9);
    `words`: the word as people read it. `asked`: facts that the table of rules is asked about beside the fields.
    """

    name: str
    label: str
    model: str
    fields: tuple[Field, ...]
    text: str = ""
    rewording: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()

    @property
    def rows(self) -> Any:
        """The model of its rows."""
        return apps.get_model(self.model)

    @cached_property
    def bound(self) -> frozenset[str]:
        """The columns of a row that the customer agreed to."""
        return frozenset(field.bound for field in self.fields if field.bound)

    @cached_property
    def compared(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.compared)

    @cached_property
    def compared_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.compared)

    def __repr__(self) -> str:
        return f"<{self.name}>"


def nothing_more(_before: Any, _after: Any) -> tuple[tuple[str, Any, Any], ...]:
    return ()


def nothing(*_whatever: Any) -> dict[str, Any]:
    return {}


def in_order(row: Any) -> int:
    return 0


def linked_in(name: str) -> str:
    """Under what a row carries the keys of a relation, where it was read with them."""
    return f"{name}_linked"


def keys_linked(row: Any, name: str) -> tuple[int, ...]:
    """The keys of the items in the plan, or of what stands beside it, to which a row is linked. One query, none of a
    row that was read with them."""
    if hasattr(row, linked_in(name)):
        return tuple(sorted(getattr(row, linked_in(name)) or ()))
    others = getattr(row, name).all() if row.pk else []  # one that is about to go on from another is not saved yet
    return tuple(sorted(other.pk for other in others if getattr(other, "removed_at", None) is None))


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Kind(Part):
    """A kind of plan item.

    `plural`: where the items stand in contents. `slug`: its word in addresses; `page`: the tab on which it stands.
    `item`: the frozen class, `read` makes one of a row; `printed`: the sections of the paper, `shown`: those of the
    pages where the plan is read; a kind that names none is told by all its fields. `related`, `order`: how the rows
    are fetched, `told_with`: with what an item says of other rows; `place`: in which order they stand, where the
    database can't say. `linked`: the relations to several other items; `keys_linked` says to which. `title`: what an
    item is called; `heading`: what it is, where the label says too little. `key`: under what an item is found in
    another version; `identity`: with another one it is another item. `also`: what differs beside the fields (name,
    before, after). `removals`: the reasons for leaving the plan, None where words are enough; `left`: what a removal
    keeps of the row. `settle`: what becomes of the `settled` fields as the plan goes back, or forth (row, item, the
    item in force or None, whether forth). `enters_freely`: rows that come into the plan without a draft. `begins`: of
    a kind that waits for the agreement, the column that says that it has begun. `carried`: None where it ends with its
    plan.
    """

    plural: str
    slug: str
    page: str = "goals"
    item: type
    read: Callable[[Any, Reading], Any]
    title: Callable[[Any], str]
    printed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    told_with: Callable[[Any], Any] = lambda rows: rows
    order: tuple[str, ...] = ("id",)
    place: Callable[[Any], int] = in_order
    heading: Callable[[Any], str] | None = None
    key: str = "id"
    identity: str = "id"
    also: Callable[[Any, Any], tuple[tuple[str, Any, Any], ...]] = nothing_more
    removals: Any = None
    left: Callable[[Any, Reading], dict[str, Any]] = nothing
    settle: Callable[[Any, Any, Any, bool], Any] = nothing
    enters_freely: Callable[[Any], bool] = lambda row: False
    begins: str = ""
    carried: CarryOver | None = None

    def joined(self, rows: Any) -> Any:
        """The rows with what they are fetched with. Named nothing, `select_related` would join all that they name."""
        return rows.select_related(*self.related) if self.related else rows
