"""What a file holds, and what that holds: no programs and macros, and nothing that can't be looked into.

A document, an e-mail or a PDF inside another file is looked at by the rules of one that is uploaded by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from customers.opening import mail, pdf, pictures, word
from customers.opening.account import Account
from customers.opening.archives import (
    GZIP,
    LOCK_OF_OFFICE,
    MACROS_OF_OLD_OFFICE,
    NOTES_OF_MACS,
    OLD_OFFICE,
    PACKED_DRAWINGS,
    embeds_a_file,
    entries_of,
    is_archive,
    is_closed,
    locked,
)
from customers.opening.faces import SNIFFED_BYTES, holds_an_archive, is_program, two_faced
from customers.opening.names import CLOSED_ENDINGS, MACRO_ENDINGS, ends_with, is_programs_name, shown
from customers.opening.refusing import unfit

Names = tuple[str, ...]

ATTACHED_EMAIL = ".eml"  # what an e-mail is called that hangs on another as an e-mail


def refuse_unfit_document(content: bytes) -> None:
    """Raises Refusal: locked, with macros, unpacking to too much, no Word document, or more than one."""
    if is_program(content) or b"%PDF-" in content[:SNIFFED_BYTES]:
        raise two_faced()
    word.refuse_other_documents(Inside().archive(content))


def refuse_unfit_email(content: bytes) -> None:
    """Raises Refusal: too many parts, or one of them has a program, macros, a lock, or too much in it."""
    if holds_an_archive(content):
        raise two_faced()
    Inside().email(content)


def refuse_unfit_pdf(content: bytes) -> None:
    """Raises Refusal: locked by a password, cut short, or more than a PDF, in itself or in what hangs on it."""
    Inside().pdf(content)


class Inside:
    """Looks into a file and all that it holds, on one account.

    `depth`: of the archives, how many are around it.
    """

    def __init__(self) -> None:
        self.account = Account()

    def look_at(self, names: Names, content: bytes, *, depth: int = 0) -> None:
        refuse_harmful(names, content)
        if not content or is_beside_a_file(content):
            return
        with self.account.a_level_deeper():
            if is_archive(content) or ends_with(names, (".zip",)):
                self.archive(content, depth=depth + 1)
                return
            is_email = mail.is_email(content)
            signs = (ends_with(names, (".pdf",)), pdf.is_pdf(content))
            if all(signs) or (any(signs) and not is_email):  # an e-mail may be called “Re: plan.pdf”, or tell of a PDF
                self.pdf(content, depth=depth)
            if ends_with(names, (".eml",)) or is_email:
                self.account.take_bytes(len(content))
                self.account.take_email()
                self.email(content, depth=depth)

    def look_at_attached(self, names: Names, content: bytes, *, depth: int) -> None:
        with self.naming(names):
            self.look_at(names, content, depth=depth)

    @contextmanager
    def naming(self, names: Names) -> Iterator[None]:
        """A refusal says which attachment it is, as its reader finds it: of those within others the outermost."""
        is_outermost = self.account.level == 0
        try:
            yield
        except Refusal as refusal:
            if not is_outermost:
                raise
            raise of_attachment(names, refusal) from refusal

    def archive(self, content: bytes, *, depth: int = 1) -> word.Entries:
        entries = entries_of(content, self.account, depth=depth)
        word.refuse_macros(entries)
        for names, inside in entries:
            self.look_at(names, inside, depth=depth)
        return entries

    def email(self, content: bytes, *, depth: int = 0) -> None:
        for part in mail.parts_of(content):
            with self.naming(part.names):
                self.part(part, depth=depth)

    def part(self, part: mail.Part, *, depth: int) -> None:
        """What an e-mail says itself is read, and opened by nobody, whatever it tells of."""
        if part.is_message or part.is_text:
            refuse_harmful(part.names, part.content, may_be_a_site=part.is_message)
        else:
            self.look_at(part.names + ((ATTACHED_EMAIL,) if part.is_email else ()), part.content, depth=depth)

    def pdf(self, content: bytes, *, depth: int = 0) -> None:
        pdf.refuse_unfit_pdf(content, self.account, partial(self.look_at_attached, depth=depth))


def refuse_harmful(names: Names, content: bytes, *, may_be_a_site: bool = False) -> None:
    """Raises Refusal: a program, a document with macros, a locked one, or an archive that nobody here can open.

    `may_be_a_site`: see `is_programs_name`.
    """
    is_old_office = content.startswith(OLD_OFFICE)
    if ends_with(names, MACRO_ENDINGS) or (is_old_office and MACROS_OF_OLD_OFFICE in content):
        raise word.has_macros()
    may_be_a_site = may_be_a_site or pictures.is_picture(content) or mail.is_email(content)
    if any(is_programs_name(name, may_be_a_site=may_be_a_site) for name in names) or is_program(content):
        sentence = _("This file contains a program, so we can't accept it. Upload only the document, as a PDF.")
        raise unfit("program-inside", sentence)
    if is_old_office and LOCK_OF_OFFICE in content:
        raise locked()
    if embeds_a_file(content):
        sentence = _(
            "This document has a file embedded in it that we can't look into. Save it as a PDF, and upload that."
        )
        raise unfit("file-embedded", sentence)
    is_packed = content.startswith(GZIP) and not ends_with(names, PACKED_DRAWINGS)
    if ends_with(names, CLOSED_ENDINGS) or is_closed(content) or is_packed:
        sentence = _(
            "We can't look into this file, so we can't accept it. Save what it holds as a PDF, and upload that."
        )
        raise unfit("closed", sentence)


def is_beside_a_file(content: bytes) -> bool:
    """Whether it is what a Mac keeps beside a file, which is no PDF, archive or e-mail whatever its name says."""
    return content.startswith(NOTES_OF_MACS) and not (pdf.is_pdf(content) or holds_an_archive(content))


def of_attachment(names: Names, refusal: Refusal) -> Exception:
    name = next((shown(name) for name in names if shown(name) and name != ATTACHED_EMAIL), "")
    which = _("Look at the attachment “%(name)s”.") if name else _("Look at the attachment without a name.")
    return unfit(refusal.code, f"{which % {'name': name}} {refusal.sentence}")
