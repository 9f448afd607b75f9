"""Which files are taken into a customer's record: known by their first bytes, not by their names."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal

# (content type, first bytes, endings)
KINDS = (
    ("application/pdf", (b"%PDF-",), (".pdf",)),
    ("image/jpeg", (b"\xff\xd8\xff",), (".jpg", ".jpeg")),
    ("image/png", (b"\x89PNG\r\n\x1a\n",), (".png",)),
    ("image/tiff", (b"II*\x00", b"MM\x00*"), (".tif", ".tiff")),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",), (".docx",)),
    ("message/rfc822", (b"From ", b"From:", b"Return-Path:", b"Received:", b"Date:", b"MIME-Version:"), (".eml",)),
)
ENDINGS = tuple(ending for _type, _signs, endings in KINDS for ending in endings)


LONGEST_STEM = 60


def stored_name(name: str) -> str:
    """The name under which a file is kept: short, and with one dot, before its ending.

    Storage takes all that follows the first dot for the ending and refuses a long one. What people call the file is a
    column of its own.
    """
    stem, dot, ending = name.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")
    return f"{(stem or ending).replace('.', '-')[:LONGEST_STEM].strip()}{dot}{ending[:10] if stem else ''}"


def content_type_of(content: bytes) -> str:
    """The content type that the first bytes tell; plain bytes where they tell none."""
    for content_type, signs, _endings in KINDS:
        if content.startswith(signs):
            return content_type
    return "application/octet-stream"


def check_size(byte_count: int) -> None:
    """Refuse what is too large; before it is read into memory."""
    if byte_count > settings.UPLOAD_LIMIT_BYTES:
        limit = filesizeformat(settings.UPLOAD_LIMIT_BYTES)
        raise Refusal("file-too-large", _("Choose a file of %(limit)s or less.") % {"limit": limit}, field="file")


def check_upload(name: str, content: bytes) -> None:
    """Refuse what is empty, too large, of another kind, or not what its name says."""
    ending = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    if not content:
        raise Refusal("empty-file", _("This file is empty. Choose another."), field="file")
    check_size(len(content))
    if ending not in ENDINGS:
        raise Refusal(
            "unknown-file-kind", _("Choose a PDF, JPEG, PNG, TIFF, Word (.docx) or e-mail (.eml) file."), field="file"
        )
    endings = next(endings for kind, _signs, endings in KINDS if ending in endings)
    signs = next(signs for _kind, signs, found in KINDS if found is endings)
    if not content.startswith(signs):
        raise Refusal(
            "not-what-it-says", _("This file is not what its name says. Save it again and upload it."), field="file"
        )
