"""Which files are taken into a customer's record: known by what they hold, not by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.refusals import Refusal
from customers.opening import archives, inside, mail, pdf, pictures, word
from customers.scanning import refuse_infected


@dataclass(frozen=True)
class View:
    """How every browser shows a file that not every browser can: the file itself is kept as it is."""

    content_type: str
    ending: str
    label: Any  # shown in the reader's language
    make: Callable[[bytes], bytes]


UNLIKE = gettext_lazy("This file is not what its name says. Save it again and upload it.")


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is known by its first bytes, and what is refused once it is opened."""

    content_type: str
    endings: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    refuse_unfit: Callable[[bytes], None]
    view: View | None = None
    # What is said where a file has the name alone.
    unlike: Any = UNLIKE


AS_JPEG = View("image/jpeg", ".jpg", gettext_lazy("See as JPEG"), pictures.jpeg_of)
AS_PDF = View("application/pdf", ".pdf", gettext_lazy("See as PDF"), pictures.pdf_of_pages)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NO_EMAIL = gettext_lazy(
    "This file doesn't begin like an e-mail, which says who sent it and when. Save the e-mail again as .eml, or print "
    "it as a PDF, and upload that."
)

KINDS = (
    Kind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), pictures.is_jpeg, pictures.refuse_unfit_picture),
    Kind("image/png", (".png",), pictures.is_png, pictures.refuse_unfit_picture),
    Kind("image/tiff", (".tif", ".tiff"), pictures.is_tiff, pictures.refuse_unfit_picture, AS_PDF),
    Kind("image/heic", (".heic", ".heif"), pictures.is_heic, pictures.refuse_unfit_picture, AS_JPEG),
    Kind(WORD, (".docx",), archives.is_archive, inside.refuse_unfit_document),
    Kind("application/pdf", (".pdf",), pdf.is_pdf, inside.refuse_unfit_pdf),
    Kind("message/rfc822", (".eml", ".emlx"), mail.is_email, inside.refuse_unfit_email, unlike=NO_EMAIL),
)
PICTURES: list[Kind] = [kind for kind in KINDS if kind.content_type.startswith("image/")]
OTHER_CONTENT_TYPE = "application/octet-stream"
# What people have in the hand instead, and what to do.
INSTEAD = {
    ".doc": gettext_lazy("This file is from an older version of Word. Save it as .docx or PDF, and upload that."),
    ".docm": gettext_lazy("This Word file has macros. Save it as a PDF, and upload that."),
    ".msg": gettext_lazy("This is an Outlook file. Save the e-mail as .eml, or print it as a PDF, and upload that."),
    ".zip": gettext_lazy("This is a compressed file. Take the document out of it, and upload that."),
}
LARGEST = lazy(lambda: filesizeformat(settings.UPLOAD_LIMIT_BYTES), str)()

LONGEST_STEM = 60


def stored_name(name: str) -> str:
    """The name under which a file is kept: short, and with one dot, before its ending.

    Storage takes all that follows the first dot for the ending and refuses a long one. What people call the file is a
    column of its own.
    """
    stem, dot, ending = name.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")
    return f"{(stem or ending).replace('.', '-')[:LONGEST_STEM].strip()}{dot}{ending[:10] if stem else ''}"


def content_type_of(content: bytes) -> str:
    """The content type that the bytes tell; plain bytes where they tell none."""
    return next((kind.content_type for kind in KINDS if kind.looks_like(content)), OTHER_CONTENT_TYPE)


def view_of(content_type: str) -> View | None:
    return next((kind.view for kind in KINDS if kind.content_type == content_type), None)


def check_size(byte_count: int) -> None:
    """Refuse what is too large; before it is read into memory."""
    if byte_count > settings.UPLOAD_LIMIT_BYTES:
        raise Refusal("file-too-large", _("Choose a file of %(limit)s or less.") % {"limit": LARGEST}, field="file")


def shown(view: View, content: bytes) -> bytes:
    """The file as its view. Raises Refusal: it can't be opened, as some that were taken before files were opened."""
    try:
        return view.make(content)
    except Exception as error:  # each decoder fails in its own ways
        raise Refusal("no-view", _("This file can't be shown here. Download it instead.")) from error


class CheckedFile(ContentFile):
    """A file that was opened and found fit; its form and its action need not both open it."""

    def __init__(self, content: bytes, name: str, kind: Kind):
        super().__init__(content, name=name)
        self.stored_name = stored_name(name if ending_of(name) in kind.endings else renamed(name, kind))
        self.content = content
        self.content_type = kind.content_type


def checked(file: File) -> CheckedFile:
    """The file, read and found fit. Raises Refusal: see `check_upload`, and too large before it is read."""
    if isinstance(file, CheckedFile):
        return file
    check_size(file.size or 0)
    content = file.read()
    kind = check_upload(file.name or "", content)
    return CheckedFile(content, file.name or "", kind)


def check_upload(name: str, content: bytes) -> Kind:
    """The kind of a file that may be taken.

    Raises:
        Refusal: empty, too large, of another kind, not what its name says, or not fit once it is opened: locked by a
            password, cut short, with macros, two files in one, unpacking to too much, with a virus.
    """
    if not content:
        raise Refusal("empty-file", _("This file is empty. Choose another."), field="file")
    check_size(len(content))
    kind = kind_of(name, content)
    kind.refuse_unfit(content)
    refuse_infected(content)
    return kind


def kind_of(name: str, content: bytes) -> Kind:
    """The kind that the ending names; of a picture the one that it is: telephones call some by the ending of another.

    Raises Refusal: it is of another kind.
    """
    named = kind_named(name)
    if named.content_type == WORD:
        word.refuse_old_office(content)
    for kind in PICTURES if named in PICTURES else [named]:
        if kind.looks_like(content):
            return kind
    raise Refusal("not-what-it-says", named.unlike, field="file")


def kind_named(name: str) -> Kind:
    """The kind that the ending names. Raises Refusal, with what to do where it is a kind that people often have."""
    ending = ending_of(name)
    for kind in KINDS:
        if ending in kind.endings:
            return kind
    sentence = INSTEAD.get(ending) or _("Choose a PDF, JPEG, PNG, TIFF, HEIC, Word (.docx) or e-mail (.eml) file.")
    raise Refusal("unknown-file-kind", sentence, field="file")


def renamed(name: str, kind: Kind) -> str:
    return f"{name.rpartition('.')[0]}{kind.endings[0]}"


def ending_of(name: str) -> str:
    """In small letters, with its dot; "" without one."""
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
