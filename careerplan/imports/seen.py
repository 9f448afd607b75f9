"""What the lines of a file have that others may have, too: which line was the first, and whom a change concerns."""

import json
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from careerplan.imports.enums import TAKEN, RowState
from careerplan.imports.kinds import SAYS, SPAN
from careerplan.imports.models import Import, ImportRow


@dataclass
class Seen:
    """Which lines have each key, of those that are taken over: what is wrong with a line, or left out, is in no other
    one's way. Each in the order of the file. `read`: how many lines of the file were read when this was known.

    `spans`: by what they are of, the line with the first and the last day as texts, whose order is that of the days.
    `said`: by what it is said of, and the field, the lines that say each value.
    """

    lines: dict[str, list[int]] = field(default_factory=dict)
    spans: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    said: dict[tuple[str, str], dict[str, list[int]]] = field(default_factory=dict)
    read: int = 0

    @classmethod
    def of(cls, bringing: Import) -> "Seen":
        seen = cls(read=lines_read(bringing))
        rows = ImportRow.objects.filter(bringing=bringing, state__in=TAKEN).order_by("number")
        for number, keys in rows.values_list("number", "keys").iterator(chunk_size=1000):
            seen.note(number, keys)
        return seen

    def note(self, number: int, keys: Iterable[str]) -> None:
        for held, line in self.places(number, keys):
            insort(held, line)

    def forget(self, number: int, keys: Iterable[str]) -> None:
        for held, line in self.places(number, keys):
            place = bisect_left(held, line)
            if held[place : place + 1] == [line]:
                del held[place]

    def places(self, number: int, keys: Iterable[str]) -> Iterator[tuple[list[Any], Any]]:
        """Of each key the list that its line stands in, and what stands there."""
        for key in keys:
            if key.startswith(SPAN):
                of, first, last = key.rsplit(":", 2)
                yield self.spans.setdefault(of, []), (number, first, last)
            elif key.startswith(SAYS):
                for thing, value in said_in(key):
                    yield self.said.setdefault(thing, {}).setdefault(value, []), number
            else:
                yield self.lines.setdefault(key, []), number

    def before(self, number: int, key: str) -> int | None:
        """The first line before this one that has the key, or days of the same span."""
        if key.startswith(SPAN):
            of, begin, end = key.rsplit(":", 2)
            spans = self.spans.get(of, ())
            first = next((line for line, first, last in spans if first <= end and last >= begin), number)
        else:
            first = next(iter(self.lines.get(key, ())), number)
        return first if first < number else None

    def other_words(self, number: int, keys: Iterable[str]) -> Iterator[tuple[str, int, str]]:
        """Where a line before this one says something else of the same thing: the field, that line, and its word."""
        for key in keys:
            for (of, name), value in said_in(key) if key.startswith(SAYS) else ():
                others = self.said.get((of, name), {}).items()
                first = min(((lines[0], word) for word, lines in others if lines and word != value), default=None)
                if first is not None and first[0] < number:
                    yield name, *first


def lines_read(bringing: Import) -> int:
    return ImportRow.objects.filter(bringing=bringing).exclude(state=RowState.UNREAD).count()


def said_in(key: str) -> list[tuple[tuple[str, str], str]]:
    of, values = json.loads(key.removeprefix(SAYS))
    return [((of, name), value) for name, value in values.items()]


class Touched:
    """Keys that a line has now, or has no more: which others may be seen otherwise because of it."""

    def __init__(self, keys: Iterable[str]):
        self.subjects: set[str] = set()
        self.said: dict[tuple[str, str], set[str]] = {}
        self.touch(keys)

    def touch(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key.startswith(SAYS):
                for thing, value in said_in(key):
                    self.said.setdefault(thing, set()).add(value)
            else:
                self.subjects.add(subject_of(key))

    def concerns(self, keys: Iterable[str]) -> bool:
        """Who says the same as what was said is not concerned."""
        return any(
            any(self.said.get(thing, set()) - {value} for thing, value in said_in(key))
            if key.startswith(SAYS)
            else subject_of(key) in self.subjects
            for key in keys
        )


def subject_of(key: str) -> str:
    return key.rsplit(":", 2)[0] if key.startswith(SPAN) else key
