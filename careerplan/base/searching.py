"""The words that people type to find rows of a list."""

from collections.abc import Sequence

from django.db.models import Q


def with_words(words: str, columns: Sequence[str]) -> Q:
    """Each word stands in one of the columns."""
    found = Q()
    for word in words.split():
        one = Q()
        for column in columns:
            one |= Q(**{f"{column}__icontains": word})
        found &= one
    return found
