"""How much one file may hold, with all that is inside it, however deep: one account a file."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from customers.opening.refusing import unfit

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 2000
# E-mails that hang on others as files, each within the next or beside it.
MAX_EMAILS = 20
# A report of a thousand pages, each of its lines marked up for screen readers, has some hundred thousand.
MAX_OBJECTS_OF_PDFS = 200_000
# Of all kinds, each in the next. Each level is some calls deep, and Python refuses a thousand.
MAX_LEVELS = 25


class Account:
    def __init__(self) -> None:
        self.bytes_left = MAX_UNPACKED_BYTES
        self.entries_left = MAX_ENTRIES
        self.emails_left = MAX_EMAILS
        self.objects_left = MAX_OBJECTS_OF_PDFS
        self.level = 0

    def take_bytes(self, count: int) -> None:
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise bomb()

    def take_entries(self, count: int) -> None:
        self.entries_left -= count
        if self.entries_left < 0:
            raise bomb()

    def take_email(self) -> None:
        self.emails_left -= 1
        if self.emails_left < 0:
            raise too_many_parts()

    @contextmanager
    def a_level_deeper(self) -> Iterator[None]:
        self.level += 1
        if self.level > MAX_LEVELS:
            raise too_deep()
        yield
        self.level -= 1


def bomb() -> Exception:
    sentence = _(
        "This file is too large when it is unpacked, so we can't accept it. Save it as a PDF, and upload that."
    )
    return unfit("unpacks-to-too-much", sentence)


def too_deep() -> Exception:
    sentence = _(
        "This file has files within files, deeper than we can look. Take the document out of them, save it as a PDF, "
        "and upload that."
    )
    return unfit("too-deep", sentence)


def too_many_parts() -> Exception:
    return unfit("too-many-parts", _("This e-mail has too many parts. Print it as a PDF, and upload that."))
