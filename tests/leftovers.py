"""Finds what nothing uses any more: templates, `{% load %}`, names of addresses, files for browsers."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
URL = re.compile(r'url\("\.\./([^"]+)"\)')
TAKEN = re.compile(r'@(?:use|forward|import) "([^"]+)"')
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


def unused_files(static: Path, pages: Iterable[str]) -> list[str]:
    """Files for browsers that no page and no part of the look names; licences stand beside what they are of."""
    text, urls = " ".join(pages), [url_pattern(url) for look in looks(static) for url in URL.findall(look)]
    files = (path for folder in ("css", "fonts", "img", "js") for path in (static / folder).rglob("*.*"))
    names = [str(path.relative_to(static)) for path in files if "LICENSE" not in path.name]
    return sorted(name for name in names if name not in text and not any(url.fullmatch(name) for url in urls))


def unused_parts(static: Path) -> list[str]:
    """Parts of the look (`_forms.scss`) that no other one takes in."""
    taken = {name for look in looks(static) for name in TAKEN.findall(look)}
    return sorted(path.name for path in (static / "src").glob("_*.scss") if path.stem.removeprefix("_") not in taken)


def looks(static: Path) -> list[str]:
    return [path.read_text() for path in (static / "src").glob("*.scss")]


def url_pattern(url: str) -> re.Pattern[str]:
    """Of `fonts/sans-#{$weight}.woff2`."""
    return re.compile("[a-z0-9-]+".join(re.escape(part) for part in re.split(r"#\{[^}]*\}", url)))
