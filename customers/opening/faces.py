"""Files with two faces: what one program reads as a picture, another reads as a page, a program or an archive."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from customers.opening.refusing import unfit

# Browsers and readers look no further for what a file is (https://mimesniff.spec.whatwg.org, 1445 bytes).
SNIFFED_BYTES = 2048
PAGE = re.compile(
    rb"<(?:!doctype|html|head|body|script|iframe|svg|img|object|embed|meta|form|job|hta:application)[\s/>]|<\?php",
    re.IGNORECASE,
)
END_OF_ARCHIVE = b"PK\x05\x06"
NOWHERE = -1
# Windows, Linux and macOS, Java, scripts.
PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
)  # fmt: skip


def is_program(content: bytes) -> bool:
    """Whether it begins as a program does; a text that begins with the same letters has no zero among them."""
    return content.startswith(b"#!/") or (content.startswith(PROGRAMS) and b"\0" in content[:64])


def holds_a_page(content: bytes) -> bool:
    """Whether a browser might take it for a page."""
    return PAGE.search(content) is not None


def holds_an_archive(content: bytes) -> bool:
    """Whether a program that unpacks archives finds one: they are read from their end, whatever stands before."""
    return zipfile.is_zipfile(io.BytesIO(content))


def archive_end(content: bytes) -> int:
    """Where the end of an archive begins that a program would find in it; NOWHERE if there is none."""
    return content.rfind(END_OF_ARCHIVE) if holds_an_archive(content) else NOWHERE


def two_faced() -> Exception:
    sentence = _(
        "This file has another file hidden in it, so we can't accept it. Print or scan the document again, and "
        "upload that."
    )
    return unfit("two-files-in-one", sentence)


def refuse_a_second_face(content: bytes) -> None:
    """Raises Refusal where the file is also a page, a program, an archive or a PDF."""
    refuse_a_face_of_the_head(content)
    if holds_an_archive(content) or b"%PDF-" in content[:SNIFFED_BYTES]:
        raise two_faced()


def refuse_a_face_of_the_head(content: bytes) -> None:
    """Raises Refusal where the file begins as a page or a program does."""
    if is_program(content) or holds_a_page(content[:SNIFFED_BYTES]):
        raise two_faced()
