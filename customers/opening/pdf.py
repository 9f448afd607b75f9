"""PDF: by its header, behind what printers and fax machines send before it, and by opening it."""

import io
from collections.abc import Callable, Iterator

import pikepdf
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from customers.opening.account import Account
from customers.opening.faces import holds_a_page, refuse_a_second_face, two_faced
from customers.opening.refusing import unfit

LookAt = Callable[[tuple[str, ...], bytes], None]

HEADER = b"%PDF-"
END = b"%%EOF"
# Readers look for the header here (ISO 32000-1, annex H, implementation notes 13 and 18); before it stand the job
# language of a printer, the lines of a fax machine, or a byte order mark.
HEADER_WITHIN = 1024
END_WITHIN = 2048
MAX_ACTIONS = 100
# Of a file that hangs on it; the last three are of old versions.
NAMES = ("/UF", "/F", "/DOS", "/Mac", "/Unix")
CONTAINERS = (pikepdf.Dictionary, pikepdf.Array)

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


def refuse_unfit_pdf(content: bytes, account: Account, look_at: LookAt) -> None:
    """Raises Refusal: locked by a password, cut short, not a PDF in spite of its header, or more than a PDF.

    `look_at` is given each file that hangs on it, with its names.
    """
    refuse_a_second_face(content, own=HEADER)
    if holds_a_page(content[content.rfind(END) :][:65536]):
        raise two_faced()
    read(content, account, look_at)


def read(content: bytes, account: Account, look_at: LookAt) -> None:
    """Raises Refusal: locked by a password, cut short, no PDF, one without pages, or with harmful contents.

    A table of its parts that a printer or fax machine moved is made again; what ends in the middle is not.
    """
    try:
        read_pages(content, account, look_at, repair=False)
        return
    except Refusal:
        raise
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
        read_pages(content, account, look_at, repair=True)
    except Refusal:
        raise
    except Exception as error:
        raise cut_short() from error


def read_pages(content: bytes, account: Account, look_at: LookAt, *, repair: bool) -> None:
    with pikepdf.open(io.BytesIO(content), attempt_recovery=repair, suppress_warnings=True) as pdf:
        if not len(pdf.pages):
            raise ValueError("This PDF has no pages.")
        dictionaries = list(dictionaries_in(pdf, account))
        refuse_running(pdf, dictionaries)
        for names, inside in files_in(dictionaries):
            account.take_bytes(len(inside))
            look_at(names, inside)


def refuse_running(pdf: pikepdf.Pdf, dictionaries: list[pikepdf.Object]) -> None:
    """Raises Refusal where a script runs once it is opened, or anything in it starts a program.

    Scripts of the fields of a form, which write a number or a day in its usual way, are ordinary.
    """
    names = pdf.Root.get("/Names")
    scripts = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    if scripts or any(action.get("/S") == "/JavaScript" for action in actions_on_opening(pdf)):
        raise runs_by_itself()
    if any(found.get("/S") == "/Launch" for found in dictionaries):
        raise runs_by_itself()


def actions_on_opening(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """What is done when it is opened; one action may name the next, or several (a page to go to is no action)."""
    waiting = [pdf.Root.get("/OpenAction")]
    for _number in range(MAX_ACTIONS):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, pikepdf.Dictionary):
            yield action
            following = action.get("/Next")
            waiting.extend(following if isinstance(following, pikepdf.Array) else [following])
    raise runs_by_itself()


def files_in(dictionaries: list[pikepdf.Object]) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The files that hang on a PDF, and all of their names, wherever in it they are kept."""
    read = set()
    for found in dictionaries:
        kept = found.get("/EF")
        if isinstance(kept, pikepdf.Dictionary):
            names = tuple(str(found[key]) for key in NAMES if isinstance(found.get(key), pikepdf.String))
            yield names, b""
            streams = {stream.objgen: stream for stream in kept.values()}
            yield from ((names, stream.read_bytes()) for key, stream in streams.items() if key not in read)
            read |= set(streams)


def dictionaries_in(pdf: pikepdf.Pdf, account: Account) -> Iterator[pikepdf.Object]:
    """All its dictionaries, each once: those that stand by themselves, and those written within others."""
    waiting = list(pdf.objects)
    if len(waiting) > account.objects_left:
        raise cut_short()
    while waiting:
        account.objects_left -= 1
        if account.objects_left < 0:
            raise cut_short()
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary):
            yield found
            inside = found.values()
        elif isinstance(found, pikepdf.Array):
            inside = found
        else:
            continue
        waiting += [value for value in inside if isinstance(value, CONTAINERS) and not value.is_indirect]


def runs_by_itself() -> Exception:
    sentence = _("This PDF runs a script or a program, so we can't accept it. Print it as a PDF, and upload that.")
    return unfit("runs-by-itself", sentence)


def cut_short() -> Exception:
    sentence = _(
        "This PDF can't be opened: it arrived incomplete, or it is not a PDF. Download or scan the document "
        "again. If it opens on your computer, print it as a PDF and upload that."
    )
    return unfit("unreadable", sentence)
