"""Word documents, and what else Office packs in archives: among their parts, some say what the others are and need."""

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError, XMLParser

from django.utils.translation import gettext as _

from customers.opening.archives import LOCK_OF_OFFICE, OLD_OFFICE, damaged, locked
from customers.opening.refusing import unfit

Entries = list[tuple[tuple[str, ...], bytes]]
Attributes = dict[str, str]
Question = Callable[[Attributes], bool]

PARTS = "[content_types].xml"
MAIN_PART = "wordprocessingml.document.main+xml"
WITH_MACROS = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
# What Word fetches when the document is opened may bring the macros that the document itself has not, or a program;
# links and pictures that stand elsewhere bring none.
RELATIONSHIPS = ".rels"
TEMPLATE = ("attachedtemplate",)
OTHER_PARTS = ("oleobject", "frame", "subdocument")
# Another computer, by the address of a page or of a shared folder; a path of this computer has one slash.
FROM_ELSEWHERE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|(?:file:)?//", re.IGNORECASE)
ON_THIS_COMPUTER = re.compile(r"file:/*[a-z][:|]/|file://(?:localhost)?/(?!/)", re.IGNORECASE)


def refuse_macros(entries: Entries) -> None:
    """Raises Refusal: a document of Office has macros or may fetch them; or what it says of its parts can't be read."""
    if any(any_element(xml, has_macros_by) for xml in named(entries, PARTS)):
        raise has_macros()
    if any(any_element(xml, partial(fetches, TEMPLATE)) for xml in named(entries, RELATIONSHIPS)):
        raise fetches_its_template()
    if any(any_element(xml, partial(fetches, OTHER_PARTS)) for xml in named(entries, RELATIONSHIPS)):
        raise fetches_parts()


def refuse_other_documents(entries: Entries) -> None:
    if not any(any_element(xml, is_main_part) for xml in named(entries, PARTS)):
        sentence = _("This file is not a Word document. Open it, save it as a PDF, and upload that.")
        raise unfit("not-what-it-says", sentence)


def named(entries: Entries, ending: str) -> list[bytes]:
    """Small and capital letters of the names of parts are the same."""
    return [content for names, content in entries if any(name.lower().endswith(ending) for name in names)]


class Elements:
    """Asks a question of the attributes of each element, and takes no document type: without one no entities grow."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.answer = False

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise ValueError("Parts of a document have no document type.")

    def start(self, tag: str, attributes: Attributes) -> None:
        self.answer = self.answer or self.question(attributes)

    def close(self) -> None:
        """The parser calls it at the end."""


def any_element(xml: bytes, question: Question) -> bool:
    """Whether it is so of the attributes of any element, whatever the encoding. Raises Refusal: it can't be read."""
    elements = Elements(question)
    parser = XMLParser(target=elements)
    try:
        parser.feed(xml)
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise damaged() from error
    return elements.answer


def has_macros_by(attributes: Attributes) -> bool:
    return any(WITH_MACROS.search(value) for value in attributes.values())


def is_main_part(attributes: Attributes) -> bool:
    return any(MAIN_PART in value for value in attributes.values())


def fetches(kinds: tuple[str, ...], attributes: Attributes) -> bool:
    kind = attributes.get("Type", "").strip().lower().rsplit("/", 1)[-1]
    return kind in kinds and is_elsewhere(attributes.get("Target", ""))


def is_elsewhere(target: str) -> bool:
    path = unquote(target).strip().replace("\\", "/")
    return bool(FROM_ELSEWHERE.match(path)) and not ON_THIS_COMPUTER.match(path)


def refuse_old_office(content: bytes) -> None:
    """Raises Refusal where a .docx is in truth an older document, or a locked one, which looks the same."""
    if not content.startswith(OLD_OFFICE):
        return
    if LOCK_OF_OFFICE in content:
        raise locked()
    sentence = _("This document is from an older version of Word. Save it as .docx or PDF, and upload that.")
    raise unfit("older-word", sentence)


def has_macros() -> Exception:
    sentence = _("This document has macros, so we can't accept it. Save it as a PDF, and upload that.")
    return unfit("macros", sentence)


def fetches_its_template() -> Exception:
    sentence = _(
        "This document fetches its template from another computer, and we can't look into that. Save it as a PDF, and "
        "upload that."
    )
    return unfit("fetches-from-elsewhere", sentence)


def fetches_parts() -> Exception:
    sentence = _(
        "This document fetches a part of itself from another computer, and we can't look into that. Save it as a PDF, "
        "and upload that."
    )
    return unfit("fetches-from-elsewhere", sentence)
