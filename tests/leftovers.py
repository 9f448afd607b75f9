"""Finds what nothing uses any more: templates, `{% load %}`, names of addresses."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
QUOTED = re.compile(r"""(?<=["'])[^"'\n]+(?=["'])""")


def texts_of(root: Path, folders: Iterable[str], kinds: tuple[str, ...]) -> dict[Path, str]:
    """The text of every file of these kinds below the folders; migrations are history and name what was."""
    found = (path for folder in folders for path in (root / folder).rglob("*") if path.suffix in kinds)
    return {path: path.read_text(encoding="utf-8") for path in sorted(found) if "migrations" not in path.parts}


def quoted_in(texts: Iterable[str]) -> set[str]:
    """Everything that stands in quotes, as a template, a view or a script names something."""
    return {word for text in texts for word in QUOTED.findall(text)}


def unused_templates(templates: Path, named: set[str], *, known: Iterable[str] = ()) -> list[str]:
    """Templates that nothing names. `known`: those that a package looks for by itself."""
    found = {str(path.relative_to(templates)) for path in templates.rglob("*") if path.is_file()}
    return sorted(found - named - set(known))


def unused_loads(text: str, libraries: dict[str, tuple[set[str], set[str]]]) -> list[str]:
    """What a template loads and does not use. `libraries`: by name, their tags and filters."""
    bare = COMMENT.sub("", text)
    return [name for name, tags, filters in loaded(bare, libraries) if not uses(bare, tags, filters)]


def loaded(text: str, libraries: dict[str, tuple[set[str], set[str]]]) -> Iterator[tuple[str, set[str], set[str]]]:
    for words in (found.split() for found in LOAD.findall(text)):
        if "from" in words:
            for name in words[: words.index("from")]:
                yield name, {name}, {name}
        else:
            for name in words:
                yield name, *libraries[name]


def uses(text: str, tags: set[str], filters: set[str]) -> bool:
    used_tags = set(re.findall(r"{%\s*(\w+)", text))
    used_filters = set(re.findall(r"\|\s*(\w+)", text))
    return bool(tags & used_tags or filters & used_filters)


def unused_names(names: Iterable[str], named: set[str]) -> list[str]:
    """Names of addresses that nothing leads to."""
    return sorted(set(names) - named)
