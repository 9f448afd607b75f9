"""Archives, of which a Word document is one: unpacked within limits. And the kinds that nothing here unpacks."""

import io
import re
from zipfile import ZipInfo

from django.utils.translation import gettext as _

from careerplan.base.archives import Archive, opened
from careerplan.base.refusals import Refusal
from customers.opening.account import Account, bomb, too_deep
from customers.opening.refusing import unfit

ARCHIVE = b"PK\x03\x04"
# Of Word, Excel and Outlook before 2007, and of every document of today that is locked by a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS_OF_OLD_OFFICE = "_VBA_PROJECT".encode("utf-16-le")
LOCK_OF_OFFICE = "EncryptedPackage".encode("utf-16-le")
EMAIL_OF_OUTLOOK = "__substg1.0_".encode("utf-16-le")
# Of what Office embeds: a file of any kind under a name of its own, and a document of Office. Entries of the table of
# contents begin at every 128th byte.
EMBEDDED_FILE = re.compile("\1Ole10Native".encode("utf-16-le"), re.IGNORECASE)
EMBEDDED_DOCUMENT = re.compile("Package\0".encode("utf-16-le"), re.IGNORECASE)
ENTRY_BYTES = 128
RICH_TEXT, EMBEDDED_IN_RICH_TEXT = b"{\\rt", b"\\objdata"
# 7-Zip, RAR, Cabinet, bzip2, xz, zstd, LHA, ACE, tar, Outlook's own form of an e-mail (winmail.dat), OneNote.
CLOSED = re.compile(
    rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|MSCF\0{4}|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|.{2}-l[hz][0-9a-z]-"
    rb"|.{7}\*\*ACE\*\*|.{257}ustar|\x78\x9f\x3e\x22|\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3",
    re.DOTALL,
)
DISK, DISK_AT = b"CD001", 32769
GZIP = b"\x1f\x8b\x08"
# What a Mac keeps beside a file, under the name of the file (AppleDouble, RFC 1740): icons, labels, where it came from.
NOTES_OF_MACS = b"\x00\x05\x16\x07"
# Drawings that Office packs so.
PACKED_DRAWINGS = (".emz", ".wmz")

# A drawing or table within a document is an archive itself, and the document may be in one.
MAX_DEPTH = 3
# Text of the kind that documents hold packs to a twentieth, now and then to a hundredth; a bomb to a thousandth.
MAX_RATIO = 200
SMALL_BYTES = 4 * 1024 * 1024
PIECE_BYTES = 1024 * 1024


def is_archive(content: bytes) -> bool:
    return content.startswith(ARCHIVE)


def is_closed(content: bytes) -> bool:
    """Whether it holds files, and nothing here takes them out."""
    if content.startswith(OLD_OFFICE):
        return EMAIL_OF_OUTLOOK in content
    return CLOSED.match(content) is not None or content.startswith(DISK, DISK_AT)


def embeds_a_file(content: bytes) -> bool:
    """Whether a file is in an older document, in an object of one of today or in a rich text: nothing here reads it."""
    if content.startswith(OLD_OFFICE):
        at = [found.start() for found in EMBEDDED_DOCUMENT.finditer(content)]
        return EMBEDDED_FILE.search(content) is not None or any(start % ENTRY_BYTES == 0 for start in at)
    return content.lstrip().startswith(RICH_TEXT) and EMBEDDED_IN_RICH_TEXT in content


def entries_of(content: bytes, account: Account, *, depth: int) -> list[tuple[tuple[str, ...], bytes]]:
    """The files of an archive, each with the names that programs read for it. Raises Refusal."""
    if depth > MAX_DEPTH:
        raise too_deep()
    try:
        with opened(io.BytesIO(content)) as archive:
            account.take_entries(len(archive.infolist()))
            return [
                ((entry.filename, entry.orig_filename), unpacked(archive, entry, account))
                for entry in archive.infolist()
            ]
    except Refusal:
        raise
    except Exception as error:  # whatever a hostile file does to the unpackers
        raise damaged() from error


def unpacked(archive: Archive, entry: ZipInfo, account: Account) -> bytes:
    """What is unpacked is counted: an archive may say anything of its sizes."""
    if entry.flag_bits & 0x1:
        raise locked()
    allowed = max(SMALL_BYTES, MAX_RATIO * entry.compress_size)
    pieces = []
    with archive.open(entry) as file:
        while piece := file.read(PIECE_BYTES):
            allowed -= len(piece)
            account.take_bytes(len(piece))
            if allowed < 0:
                raise bomb()
            pieces.append(piece)
    return b"".join(pieces)


def locked() -> Exception:
    sentence = _("This document is locked with a password. Save it as a PDF without one, and upload that.")
    return unfit("locked", sentence)


def damaged() -> Exception:
    sentence = _(
        "This file can't be opened: it arrived incomplete, or it is damaged. Save it as a PDF, and upload that."
    )
    return unfit("unreadable", sentence)
