"""PDF: by its header, behind what printers and fax machines send before it, and by opening it."""

import io

import pikepdf
from django.utils.translation import gettext as _

from customers.opening.faces import holds_a_page, refuse_a_second_face, two_faced
from customers.opening.refusing import unfit

HEADER = b"%PDF-"
END = b"%%EOF"
# Readers look for the header here (ISO 32000-1, annex H, implementation notes 13 and 18); before it stand the job
# language of a printer, the lines of a fax machine, or a byte order mark.
HEADER_WITHIN = 1024
END_WITHIN = 2048

# What a stream of somebody else's PDF may grow to when it is unpacked; our own papers unpack nothing of this size.
UNPACKED_BYTES = 64 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=UNPACKED_BYTES,
    png_max_memory=UNPACKED_BYTES,
    run_length_max_memory=UNPACKED_BYTES,
    tiff_max_memory=UNPACKED_BYTES,
    doc_max_warnings=100,
)


def is_pdf(content: bytes) -> bool:
    return HEADER in content[: HEADER_WITHIN + len(HEADER)]


def refuse_unfit_pdf(content: bytes) -> None:
    """Raises Refusal: locked by a password, cut short, not a PDF in spite of its header, or more than a PDF."""
    refuse_a_second_face(content, own=HEADER)
    if holds_a_page(content[content.rfind(END) :][:65536]):
        raise two_faced()
    refuse_unreadable(content)


def refuse_unreadable(content: bytes) -> None:
    """Raises Refusal: locked by a password, cut short, no PDF, or one without pages.

    A table of its parts that a printer or fax machine moved is made again; what ends in the middle is not.
    """
    try:
        read_pages(content, repair=False)
        return
    except pikepdf.PasswordError as error:
        sentence = _(
            "This PDF is locked with a password. Open it, print it as a PDF without one, and upload that. Never "
            "send the password."
        )
        raise unfit("locked", sentence) from error
    except Exception as error:  # whatever a hostile file does to the parser
        if END not in content.rstrip(b"\0\t\r\n\f ")[-END_WITHIN:]:
            raise cut_short() from error
    try:
        read_pages(content, repair=True)
    except Exception as error:
        raise cut_short() from error


def read_pages(content: bytes, *, repair: bool) -> None:
    with pikepdf.open(io.BytesIO(content), attempt_recovery=repair, suppress_warnings=True) as pdf:
        if not len(pdf.pages):
            raise ValueError("This PDF has no pages.")


def cut_short() -> Exception:
    sentence = _(
        "This PDF can't be opened: it arrived incomplete, or it is not a PDF. Download or scan the document "
        "again. If it opens on your computer, print it as a PDF and upload that."
    )
    return unfit("unreadable", sentence)
