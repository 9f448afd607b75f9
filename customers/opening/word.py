"""Word documents: archives with one part that says so."""

import re
from html import unescape
from urllib.parse import unquote

from django.utils.translation import gettext as _

from customers.opening.archives import LOCK_OF_OFFICE, OLD_OFFICE, entries_of, has_macros, locked
from customers.opening.faces import SNIFFED_BYTES, is_program, two_faced
from customers.opening.refusing import unfit

PARTS = "[Content_Types].xml"
MAIN_PART = b"wordprocessingml.document.main+xml"
WITH_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
# A template that Word fetches when the document is opened may bring the macros that the document itself has not.
# No part of a tag is read twice: a part of many that never end takes no longer than another.
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>", re.IGNORECASE)
ATTACHED_TEMPLATE = re.compile(r"attachedTemplate", re.IGNORECASE)
TARGET = re.compile(r"\bTarget\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
# Another computer, by the address of a page or of a shared folder; a path of this computer has one slash.
FROM_ELSEWHERE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|(?:file:)?//", re.IGNORECASE)
ON_THIS_COMPUTER = re.compile(r"file:/*[a-z][:|]/|file://(?:localhost)?/(?!/)", re.IGNORECASE)


def refuse_unfit_document(content: bytes) -> None:
    """Raises Refusal: locked, with macros, unpacking to too much, no Word document, or more than one."""
    if is_program(content) or b"%PDF-" in content[:SNIFFED_BYTES]:
        raise two_faced()
    entries = entries_of(content)
    parts = b"".join(part for name, part in entries if name == PARTS)
    if WITH_MACROS.search(parts) or any(fetches_its_template(part) for part in rels_of(entries)):
        raise has_macros()
    if MAIN_PART not in parts:
        sentence = _("This file is not a Word document. Open it, save it as a PDF, and upload that.")
        raise unfit("not-what-it-says", sentence)


def rels_of(entries: list[tuple[str, bytes]]) -> list[bytes]:
    return [content for name, content in entries if name.endswith(".rels")]


def fetches_its_template(rels: bytes) -> bool:
    tags = (unescape(tag.decode("utf-8", "replace")) for tag in RELATIONSHIP.findall(rels))
    return any(is_elsewhere(target) for tag in tags if ATTACHED_TEMPLATE.search(tag) for target in TARGET.findall(tag))


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
