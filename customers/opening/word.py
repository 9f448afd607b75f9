"""Word documents: archives with one part that says so."""

import re

from django.utils.translation import gettext as _

from customers.opening.archives import LOCK_OF_OFFICE, OLD_OFFICE, entries_of, has_macros, locked
from customers.opening.faces import SNIFFED_BYTES, is_program, two_faced
from customers.opening.refusing import unfit

PARTS = "[Content_Types].xml"
MAIN_PART = b"wordprocessingml.document.main+xml"
WITH_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
# A template that Word fetches when the document is opened may bring the macros that the document itself has not.
FETCHED_TEMPLATE = re.compile(rb"<Relationship\b[^>]*attachedTemplate[^>]*>", re.IGNORECASE)
FROM_ELSEWHERE = re.compile(rb"Target\s*=\s*[\"'](?:https?|ftp):", re.IGNORECASE)


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
    return any(FROM_ELSEWHERE.search(found) for found in FETCHED_TEMPLATE.findall(rels))


def refuse_old_office(content: bytes) -> None:
    """Raises Refusal where a .docx is in truth an older document, or a locked one, which looks the same."""
    if not content.startswith(OLD_OFFICE):
        return
    if LOCK_OF_OFFICE in content:
        raise locked()
    sentence = _("This document is from an older version of Word. Save it as .docx or PDF, and upload that.")
    raise unfit("older-word", sentence)
