"""Which column is which field: as the person chose it the last time, else guessed from the heading."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from careerplan.base.names import fold
from careerplan.imports.kinds import Kind


def heading_key(heading: str) -> str:
    return fold(heading.replace("_", " "))[:100]


def guessed(headings: Sequence[str], kind: Kind, remembered: Mapping[str, str]) -> list[str]:
    """The field of each column, "" for none; none has two. `remembered`: by `heading_key`."""
    known = {**guesses(kind), **remembered}
    fields, names = list[str](), {one.name for one in kind.fields}
    for heading in headings:
        name = known.get(heading_key(heading), "")
        fields.append(name if name in names and name not in fields else "")
    return fields


def guesses(kind: Kind) -> dict[str, str]:
    """By `heading_key`: names and labels in each language, and what else people call a field."""
    found: dict[str, str] = {}
    for one in kind.fields:
        for said in (one.name, *one.headings, *in_each_language(one.label)):
            found.setdefault(heading_key(said), one.name)
    return found


def in_each_language(label: Any) -> list[str]:
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.append(str(label))
    return said
