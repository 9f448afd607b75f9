"""Pages of a long list by key, not by offset: page 1,000 costs what page 1 costs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE_ROWS = 25


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_url: str | None
    first_url: str | None


def page_of(
    queryset: QuerySet,
    request: HttpRequest,
    *,
    keys: Sequence[str],
    rows: int = PAGE_ROWS,
    first: Callable[[], list[Any]] | None = None,
) -> Page:
    """The page that `?after=` names. `keys`: the ordering columns, "-" for newest first; together they are unique.

    `first`: reads the first rows of the list, one more than a page has (`base/prepared.py`).
    """
    if first is not None and read_cursor(request.GET.get("after", ""), keys) is None:
        return page_with(first(), request, keys=keys, rows=rows)
    return page_of_parts([queryset], request, keys=keys, rows=rows)


def page_of_parts(
    parts: Iterable[QuerySet], request: HttpRequest, *, keys: Sequence[str], rows: int = PAGE_ROWS
) -> Page:
    """The same of a list in parts: all of one stand before the next, which is asked where the page has room."""
    after = read_cursor(request.GET.get("after", ""), keys)
    found: list[Any] = []
    for part in parts:
        if len(found) > rows:
            break
        asked = part if after is None else part.filter(beyond(keys, after))
        found += asked.order_by(*keys)[: rows + 1 - len(found)]
    return page_with(found, request, keys=keys, rows=rows, is_first=after is None)


def page_with(found: list[Any], request: HttpRequest, *, keys: Sequence[str], rows: int, is_first: bool = True) -> Page:
    """`found`: one row more than the page has, where others follow."""
    more, found = len(found) > rows, found[:rows]
    return Page(
        rows=found,
        next_url=address(request, after=cursor(found[-1], keys)) if more else None,
        first_url=None if is_first else address(request),
    )


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
    query = {name: value for name, value in request.GET.items() if name != "after" and value}
    query.update(changes)
    return f"{request.path}?{urlencode(query)}" if query else request.path
