"""Pages of a long list by key, not by offset: page 1,000 costs what page 1 costs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE_ROWS = 25
# What an address says of the place in a list.
PLACES = frozenset({"after", "before"})


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_url: str | None
    previous_url: str | None


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind a row (`after`), or so that it ends before one. None of the two: at the beginning."""

    after: list[Any] | None
    before: list[Any] | None

    @property
    def is_first(self) -> bool:
        return self.after is None and self.before is None


def place_asked(request: HttpRequest, keys: Sequence[str]) -> Place:
    after = read_cursor(request.GET.get("after", ""), keys)
    before = read_cursor(request.GET.get("before", ""), keys) if after is None else None
    return Place(after, before)


def page_of(
    queryset: QuerySet,
    request: HttpRequest,
    *,
    keys: Sequence[str],
    rows: int = PAGE_ROWS,
    first: Callable[[], list[Any]] | None = None,
) -> Page:
    """The page that `?after=` or `?before=` names. `keys`: the ordering columns, "-" for newest first; together they
    are unique.

    `first`: reads the first rows of the list, one more than a page has (`base/prepared.py`).
    """
    place = place_asked(request, keys)
    if first is not None and place.is_first:
        return page_with(first(), request, keys=keys, rows=rows, place=place)
    return page_of_parts([queryset], request, keys=keys, rows=rows)


def page_of_parts(
    parts: Iterable[QuerySet], request: HttpRequest, *, keys: Sequence[str], rows: int = PAGE_ROWS
) -> Page:
    """The same of a list in parts: all of one stand before the next, which is asked where the page has room."""
    place = place_asked(request, keys)
    if place.before is None:
        found = read_parts(parts, keys, place.after, rows + 1)
    else:
        back = [turned(key) for key in keys]
        found = read_parts(reversed(list(parts)), back, place.before, rows + 1)
    return page_with(found, request, keys=keys, rows=rows, place=place)


def read_parts(parts: Iterable[QuerySet], keys: Sequence[str], behind: list[Any] | None, number: int) -> list[Any]:
    """So many rows of the parts in turn, behind the row with these values."""
    found: list[Any] = []
    for part in parts:
        if len(found) == number:
            break
        asked = part if behind is None else part.filter(beyond(keys, behind))
        found += asked.order_by(*keys)[: number - len(found)]
    return found


def turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def page_with(found: list[Any], request: HttpRequest, *, keys: Sequence[str], rows: int, place: Place) -> Page:
    """`found`: one row more than the page has, where others follow in the direction in which they were read."""
    more, shown = len(found) > rows, found[:rows]
    if place.before is not None:
        shown.reverse()
    has_next = more if place.before is None else True
    has_previous = more if place.before is not None else place.after is not None
    return Page(
        rows=shown,
        next_url=address(request, after=cursor(shown[-1], keys)) if shown and has_next else None,
        previous_url=previous_address(request, shown, keys) if has_previous else None,
    )


def previous_address(request: HttpRequest, shown: list[Any], keys: Sequence[str]) -> str:
    """Where nothing is left behind the row, the way back leads to the beginning."""
    return address(request, before=cursor(shown[0], keys)) if shown else address(request)


def beyond(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) > (x, y), written for columns that may run in different directions.

    That no row before x is asked for is said once more: it is what an index begins at.
    """
    condition = Q()
    for index, key in enumerate(keys):
        comparison = "__lt" if key.startswith("-") else "__gt"
        step = Q(**{key.lstrip("-") + comparison: values[index]})
        for earlier, value in zip(keys[:index], values[:index], strict=True):
            step &= Q(**{earlier.lstrip("-"): value})
        condition |= step
    first, direction = keys[0].lstrip("-"), "__lte" if keys[0].startswith("-") else "__gte"
    return Q(**{first + direction: values[0]}) & condition


def cursor(row: Any, keys: Sequence[str]) -> str:
    get: Callable[[str], Any] = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    values = [get(key.lstrip("-")) for key in keys]
    plain = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
    return signing.dumps(plain, salt=salt(keys))


def read_cursor(text: str, keys: Sequence[str]) -> list[Any] | None:
    """The values of a cursor for these keys; None where the text is none, or one of another list."""
    try:
        return signing.loads(text, salt=salt(keys)) if text else None
    except signing.BadSignature:
        return None


def salt(keys: Sequence[str]) -> str:
    return f"careerplan.base.keyset: {','.join(keys)}"


def address(request: HttpRequest, **changes: str) -> str:
    """The present address with other query values; keeps filters, drops the old place."""
    query = {name: value for name, value in request.GET.items() if name not in PLACES and value}
    query.update(changes)
    return f"{request.path}?{urlencode(query)}" if query else request.path
