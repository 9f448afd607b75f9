"""Finds what nothing uses any more: templates, `{% load %}`, names of addresses, files for browsers."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
URL = re.compile(r'url\("\.\./([^"]+)"\)')
TAKEN = re.compile(r'@(?:use|forward|import) "([^"]+)"')
NAMED_BY_TAG = re.compile(r"""{%\s*(\w+)\s+["']([^"']+)["']""")
IN_A_SPACE = re.compile(r"[\w-]+(:[\w-]+)+")
LEADS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


def texts_of(root: Path, folders: Iterable[str], kinds: tuple[str, ...]) -> dict[Path, str]:
    """The text of every file of these kinds below the folders; migrations are history and name what was."""
    found = (path for folder in folders for path in (root / folder).rglob("*") if path.suffix in kinds)
    return {path: path.read_text(encoding="utf-8") for path in sorted(found) if "migrations" not in path.parts}


def words_in(node: ast.AST) -> Iterator[str]:
    """The texts in a piece of Python, but docstrings and the pieces of an f-string, which name nothing whole."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        is_told = isinstance(node, ast.Expr | ast.JoinedStr) and isinstance(child, ast.Constant)
        yield from () if is_told else words_in(child)


def words_of(sources: Iterable[str]) -> set[str]:
    return {word for source in sources for word in words_in(ast.parse(source))}


def named_by(tags: set[str], page: str) -> set[str]:
    """What the tags of a template name first: `{% include "_row.html" %}`."""
    return {name for tag, name in NAMED_BY_TAG.findall(COMMENT.sub("", page)) if tag in tags}


def unused_templates(templates: Path, named: set[str], *, known: Iterable[str] = ()) -> list[str]:
    """Templates that nothing leads to from what code names. `known`: those that a package looks for by itself."""
    found = {str(path.relative_to(templates)) for path in templates.rglob("*") if path.is_file()}
    used: set[str] = set()
    reached = (named | set(known)) & found
    while reached:
        used |= reached
        texts = [(templates / name).read_text(encoding="utf-8") for name in reached]
        reached = set().union(*(named_by({"include", "extends"}, text) for text in texts)) & found - used
    return sorted(found - used)


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


def led_to_by_code(source: str) -> set[str]:
    """The names of addresses that Python leads to.

    Any text counts that can be nothing else (`plan:goals`): tables name such pages for a `redirect` elsewhere. A plain
    word counts only where it is given to what leads there (`redirect("home")`), or is the setting of an address.
    """
    tree = ast.parse(source)
    given = [argument for node in ast.walk(tree) for argument in given_to_lead(node)]
    return {word for word in words_in(tree) if IN_A_SPACE.fullmatch(word)} | {
        word for argument in given for word in words_in(argument)
    }


def given_to_lead(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        function = node.func
        called = getattr(function, "id", None) or getattr(function, "attr", None)
        return node.args[:1] if called in LEADS else []
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").endswith("_URL"):
        return [node.value]
    return []


def led_to(sources: Iterable[str], pages: Iterable[str]) -> set[str]:
    """The names of addresses that code or a template leads to."""
    return set().union(*map(led_to_by_code, sources), *(named_by({"url"}, page) for page in pages))


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
    """What is compiled, and the sheets that are written by hand."""
    return [path.read_text() for path in [*(static / "src").glob("*.scss"), *(static / "css").glob("*.css")]]


def url_pattern(url: str) -> re.Pattern[str]:
    """Of `fonts/sans-#{$weight}.woff2`."""
    return re.compile("[a-z0-9-]+".join(re.escape(part) for part in re.split(r"#\{[^}]*\}", url)))
