"""Which entries of the list people mean: by their label, by their ID, else by words."""

from typing import Any

from careerplan.base.searching import with_words
from services.providers.models import Provider, TrainingProgram


def labelled(entry: Provider | TrainingProgram) -> str:
    """As a form shows it, which names it without doubt."""
    if isinstance(entry, TrainingProgram):
        return f"{entry.name}, {entry.provider.name} ({entry.code})"
    return f"{entry.name} ({entry.code})"


def programs_like(typed: str, *, limit: int) -> list[TrainingProgram]:
    """Those that may be chosen; one alone where its label or its ID was typed."""
    rows = TrainingProgram.objects.offered().in_order()
    return meant(rows, typed, ("name", "code", "provider__name"), limit)


def providers_like(typed: str, *, limit: int) -> list[Provider]:
    rows = Provider.objects.offered().order_by("name", "pk")
    return meant(rows, typed, ("name", "code"), limit)


def meant(rows: Any, typed: str, columns: tuple[str, ...], limit: int) -> list[Any]:
    code = typed.rsplit("(", 1)[-1].rstrip(")").strip()
    of_the_code = list(rows.filter(code__iexact=code)[: limit + 1])
    exactly = [row for row in of_the_code if labelled(row) == typed]
    if exactly or of_the_code:
        return exactly or of_the_code
    named = list(rows.filter(name__iexact=typed)[:limit])
    return named or list(rows.filter(with_words(typed, columns))[:limit])
