"""The Spanish words: all of them, whole, and compiled; what pages and code say is what the catalog holds."""

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.catalog import CATALOG, KEPT, messages, words_of
from tests.leftovers import texts_of

ROOMS = (
    "careerplan", "customers", "goals", "services", "worksites", "acknowledgments", "templates", "manage.py",
)  # fmt: skip


def run(*command: object, folder: Path = settings.BASE_DIR) -> str:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def compiled(catalog: Path, folder: Path) -> dict:
    """The messages of a .po file by gettext's own compiler, which also checks the placeholders of each."""
    target = folder / "compiled.mo"
    run("msgfmt", "--check-format", "--check-header", "--output-file", target, catalog)
    return words_of(target)


def entries(catalog: Path, kind: str) -> list[str]:
    """The entries of a kind that a catalog should have none of, without the head."""
    found = run("msgattrib", "--no-wrap", "--no-location", kind, catalog).strip().split("\n\n")
    return [entry for entry in found if entry and "Plural-Forms" not in entry]


@cache
def plurals() -> list[tuple[str, str]]:
    text = run("msgcat", "--no-wrap", "--no-location", CATALOG)
    return re.findall(r'^msgid "(.*)"\nmsgid_plural "(.*)"$', text, re.MULTILINE)


@pytest.mark.parametrize("kind", ["--untranslated", "--only-fuzzy", "--only-obsolete"])
def test_the_catalog_has_no_message_that_is(kind):
    assert entries(CATALOG, kind) == []


def test_the_compiled_catalog_is_the_catalog(tmp_path):
    assert len(messages()) > 1000
    assert messages() == compiled(CATALOG, tmp_path)


def test_every_placeholder_is_kept():
    wrong = {
        message: words
        for message, words in messages().items()
        if isinstance(message, str) and message and sorted(KEPT.findall(message)) != sorted(KEPT.findall(words))
    }
    # A sentence may name a person twice in one language and once in the other.
    assert {message for message in wrong if {*KEPT.findall(message)} != {*KEPT.findall(wrong[message])}} == set()


def test_every_plural_has_both_forms_with_their_placeholders():
    assert len(plurals()) >= 5
    for one, many in plurals():
        for form in (0, 1):
            assert {*KEPT.findall(messages()[one, form])} == {*KEPT.findall(many)}, many


def test_a_translation_begins_and_ends_as_its_message_does():
    """A sentence stays a sentence, a label a label, a space at an end a space."""
    signs = {"?", "!", ".", ":"}
    other = {"No.", "Hello,"}  # number is n.º, and a letter's greeting ends with a colon
    words = {key: text for key, text in messages().items() if isinstance(key, str) and key and key not in other}
    ends = {message: text for message, text in words.items() if {message[-1], text[-1]} & signs}
    assert {message: text for message, text in ends.items() if message[-1] != text[-1]} == {}
    assert {message for message, text in words.items() if message != message.strip() and text == text.strip()} == set()
    questions = {message for message, text in words.items() if text.count("?") != text.count("¿")}
    assert {message for message in questions if "[?]" not in message} == set()


def test_nobody_is_called_tu():
    """Adults are addressed with usted."""
    familiar = re.compile(r"\b(tú|tus?|ti|contigo|eres|tienes|puedes|debes|quieres|vosotros)\b", re.IGNORECASE)
    found = {str(message): text for message, text in messages().items() if message and familiar.search(text)}
    assert found == {}


def test_whatever_is_marked_in_code_and_pages_stands_in_the_catalog(tmp_path):
    """`make messages` would add nothing and leave nothing over."""
    for room in ROOMS:
        source = settings.BASE_DIR / room
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        options = {"ignore": shutil.ignore_patterns("__pycache__", "data")} if source.is_dir() else {}
        copy(source, tmp_path / room, **options)
    run(sys.executable, "manage.py", "makemessages", "--locale", "es", "--no-obsolete", folder=tmp_path)
    scanned = tmp_path / CATALOG.relative_to(settings.BASE_DIR)
    for kind in ("--untranslated", "--only-fuzzy"):
        assert entries(scanned, kind) == [], "Run `make messages` and translate what is new."
    assert set(compiled(scanned, tmp_path)) == set(messages()), "Run `make messages`: some messages are no more."


MARKS = {"_", "gettext", "gettext_lazy"}


def test_whatever_is_marked_within_a_formatted_text_stands_in_the_catalog():
    """The tool that collects the words reads over f-strings: give the words a name on a line of their own."""
    sources = texts_of(settings.BASE_DIR, ROOMS, (".py",)).values()
    formatted = (node for text in sources for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr))
    calls = (call for node in formatted for call in ast.walk(node) if isinstance(call, ast.Call))
    given = (call.args[0] for call in calls if getattr(call.func, "id", "") in MARKS)
    said = {words.value for words in given if isinstance(words, ast.Constant)}
    assert len(said) > 5
    assert said - set(messages()) == set()
