"""How a sealed value is said, in the language in force: (value, item, names of other items) to text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base import readable
from careerplan.base.spoken import in_language_of

# What items are called, by the name of their kind and their id, where another item refers to them.
Names = Mapping[tuple[str, int], str]
Teller = Callable[[Any, Any, Names], str]


def plain(value: Any, _item: Any, _names: Names) -> str:
    """As it stands; yes or no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else str(value)  # words keep their language (`base/spoken.py`)


def day(value: str, _item: Any, _names: Names) -> str:
    return readable.day(value)


def dollars(value: str, _item: Any, _names: Names) -> str:
    return readable.dollars(value)


def hours(value: str, _item: Any, _names: Names) -> str:
    return readable.hours(value)


def choice(choices: Any) -> Teller:
    """The label of a choice."""
    labels = dict(choices.choices)
    return lambda value, _item, _names: str(labels.get(value, value))


@dataclass(frozen=True)
class Beside:
    """Tells a code by the name that stands in the item beside it."""

    name: str
    with_code: bool = False

    def __call__(self, code: Any, item: Any, _names: Names) -> str:
        words: str = getattr(item, self.name) or str(code or "")
        return in_language_of(words, f"{words} ({code})") if self.with_code and code else words


class AllBeside(Beside):
    """Tells several keys by the names that stand in the item beside them."""

    def __call__(self, _keys: Any, item: Any, _names: Names) -> str:
        return ", ".join(getattr(item, self.name))


def all_beside(name: str) -> Teller:
    """The names that stand in the item beside several keys."""
    return AllBeside(name)


def beside(name: str, *, with_code: bool = False) -> Teller:
    """The name that stands in the item beside a code."""
    return Beside(name, with_code)


def named(kind: str) -> Teller:
    """What the other item is called."""
    return lambda key, _item, names: names.get((kind, key)) or _("none")


def all_named(kind: str) -> Teller:
    return lambda keys, _item, names: ", ".join(names[kind, key] for key in keys if (kind, key) in names)
