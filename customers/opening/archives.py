"""What files hold (archives, of which a Word document is one, and e-mails): within limits, no macros and programs."""

import io
import zipfile
from collections.abc import Iterable

from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from customers.opening.faces import holds_an_archive, is_program, two_faced
from customers.opening.mail import is_email, parts_of, too_many_parts
from customers.opening.refusing import unfit

ARCHIVE = b"PK\x03\x04"
# Of Word, Excel and Outlook before 2007, and of every document of today that is locked by a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS_OF_OLD_OFFICE = "_VBA_PROJECT".encode("utf-16-le")
LOCK_OF_OFFICE = "EncryptedPackage".encode("utf-16-le")

MAX_ENTRIES = 2000
# A drawing or table within a document is an archive itself; in that one, nothing more.
MAX_DEPTH = 2
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
# Text of the kind that documents hold packs to a twentieth, now and then to a hundredth; a bomb to a thousandth.
MAX_RATIO = 200
# E-mails that hang on others as files, each within the next or beside it.
MAX_EMAILS = 20
SMALL_BYTES = 4 * 1024 * 1024
PIECE_BYTES = 1024 * 1024

RUNNING_ENDINGS = (
    ".exe", ".dll", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta",
    ".jar", ".lnk", ".sh", ".app", ".apk", ".iso", ".img", ".chm", ".reg",
)  # fmt: skip
MACRO_ENDINGS = (
    ".docm",
    ".dotm",
    ".xlsm",
    ".xltm",
    ".xlam",
    ".pptm",
    ".potm",
    ".ppsm",
    "vbaproject.bin",
    "vbadata.xml",
)


def is_archive(content: bytes) -> bool:
    return content.startswith(ARCHIVE)


def refuse_harmful(name: str, content: bytes) -> None:
    """Raises Refusal where a file, or what it holds, is a program, has macros, or unpacks to more than may be."""
    Unpacking().look_at(name, content)


def refuse_harmful_files(files: Iterable[tuple[str, bytes]]) -> None:
    """As `refuse_harmful`, of the files that one file holds: together they may unpack to as much as one."""
    unpacking = Unpacking()
    for name, content in files:
        unpacking.take(len(content))
        unpacking.look_at(name, content)


def refuse_unfit_email(content: bytes) -> None:
    """Raises Refusal: it has too many parts, or a program, macros or too large an archive among them."""
    if holds_an_archive(content):
        raise two_faced()
    for name, attached in parts_of(content):
        refuse_harmful(name, attached)


def entries_of(content: bytes) -> list[tuple[str, bytes]]:
    """The files of an archive with their names, each looked at. Raises Refusal."""
    return Unpacking().entries(content, depth=1)


class Unpacking:
    """Unpacks a file with all that it holds, on one account of bytes and files."""

    def __init__(self) -> None:
        self.bytes_left = MAX_UNPACKED_BYTES
        self.entries_left = MAX_ENTRIES
        self.emails_left = MAX_EMAILS

    def look_at(self, name: str, content: bytes, *, depth: int = 0) -> None:
        name = name.lower()
        if name.endswith(MACRO_ENDINGS) or (content.startswith(OLD_OFFICE) and MACROS_OF_OLD_OFFICE in content):
            raise has_macros()
        if name.endswith(RUNNING_ENDINGS) or is_program(content):
            sentence = _("This file contains a program, so we can't accept it. Upload only the document, as a PDF.")
            raise unfit("program-inside", sentence)
        if is_archive(content):
            self.entries(content, depth=depth + 1)
        elif name.endswith(".eml") or is_email(content):
            self.parts(content, depth=depth)

    def take(self, byte_count: int) -> None:
        self.bytes_left -= byte_count
        if self.bytes_left < 0:
            raise bomb()

    def parts(self, content: bytes, *, depth: int) -> None:
        self.take(len(content))
        self.emails_left -= 1
        if self.emails_left < 0:
            raise too_many_parts()
        for name, inside in parts_of(content):
            self.look_at(name, inside, depth=depth)

    def entries(self, content: bytes, *, depth: int) -> list[tuple[str, bytes]]:
        if depth > MAX_DEPTH:
            raise bomb()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self.entries_left -= len(archive.infolist())
                if self.entries_left < 0:
                    raise bomb()
                found = [(entry.filename, self.unpacked(archive, entry)) for entry in archive.infolist()]
        except Refusal:
            raise
        except Exception as error:  # whatever a hostile file does to the unpackers
            sentence = _(
                "This file can't be opened: it arrived incomplete, or it is damaged. Save it as a PDF, and upload that."
            )
            raise unfit("unreadable", sentence) from error
        for name, inside in found:
            self.look_at(name, inside, depth=depth)
        return found

    def unpacked(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        """What is unpacked is counted: an archive may say anything of its sizes."""
        if entry.flag_bits & 0x1:
            raise locked()
        allowed = min(self.bytes_left, max(SMALL_BYTES, MAX_RATIO * entry.compress_size))
        pieces = []
        with archive.open(entry) as file:
            while piece := file.read(PIECE_BYTES):
                allowed -= len(piece)
                self.bytes_left -= len(piece)
                if allowed < 0:
                    raise bomb()
                pieces.append(piece)
        return b"".join(pieces)


def has_macros() -> Exception:
    sentence = _("This document has macros, so we can't accept it. Save it as a PDF, and upload that.")
    return unfit("macros", sentence)


def locked() -> Exception:
    sentence = _("This document is locked with a password. Save it as a PDF without one, and upload that.")
    return unfit("locked", sentence)


def bomb() -> Exception:
    sentence = _(
        "This file is too large when it is unpacked, so we can't accept it. Save it as a PDF, and upload that."
    )
    return unfit("unpacks-to-too-much", sentence)
