"""PDF: by its header, behind what printers and fax machines send before it, and by opening it."""

import io
from collections.abc import Callable, Iterator

import pikepdf
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from customers.opening.account import Account
from customers.opening.archives import is_archive
from customers.opening.faces import NOWHERE, archive_end, holds_a_page, refuse_a_face_of_the_head, two_faced
from customers.opening.refusing import unfit

LookAt = Callable[[tuple[str, ...], bytes], None]

HEADER = b"%PDF-"
END = b"%%EOF"
# Readers look for the header here (ISO 32000-1, annex H, implementation notes 13 and 18); before it stand the job
# language of a printer, the lines of a fax machine, or a byte order mark.
HEADER_WITHIN = 1024
END_WITHIN = 2048
# What is done without a click where a page is shown: of what stands on it, by itself or by the page.
WITH_A_PAGE = ("/PO", "/PC", "/PV", "/PI")
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
    refuse_a_face_of_the_head(content)
    if holds_a_page(content[content.rfind(END) :][:65536]) or archive_end(content) > content.rfind(END):
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
        end = archive_end(content)
        for names, inside in files_in(dictionaries):
            account.take_bytes(len(inside))
            look_at(names, inside)
            if is_kept_at(end, inside, content):
                end = NOWHERE
        if end != NOWHERE:
            raise two_faced()


def is_kept_at(end: int, inside: bytes, content: bytes) -> bool:
    """Whether the archive that ends there is one that hangs on the PDF as it is, and was looked into."""
    if end == NOWHERE or not is_archive(inside):
        return False
    start = end - archive_end(inside)
    return start >= 0 and content.startswith(inside, start)


def refuse_running(pdf: pikepdf.Pdf, dictionaries: list[pikepdf.Object]) -> None:
    """Raises Refusal where a script runs once it, or a page of it, is opened, or anything in it starts a program.

    Scripts of the fields of a form, which add numbers or write a day in its usual way, are ordinary: they run where
    somebody types. A form whose scripts run on opening, as some do that are filled in on screen, is to be printed.
    """
    names = pdf.Root.get("/Names")
    scripts = has_names(names.get("/JavaScript")) if isinstance(names, pikepdf.Dictionary) else False
    if scripts or any(is_script(action) for action in actions_by_themselves(pdf, dictionaries)):
        raise runs_by_itself()
    if any(found.get("/S") == "/Launch" for found in dictionaries):
        raise runs_by_itself()


def actions_by_themselves(pdf: pikepdf.Pdf, dictionaries: list[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    """What is done when it or a page is opened or left; an action may name the next one, or several."""
    waiting = [pdf.Root.get("/OpenAction"), *values_of(pdf.Root, "/AA")]
    waiting += [action for page in pdf.pages for action in values_of(page.obj, "/AA")]
    waiting += [action for found in dictionaries for action in values_of(found, "/AA", *WITH_A_PAGE)]
    yield from each_once(waiting, "/Next")


def values_of(found: pikepdf.Object, key: str, *keys: str) -> list[pikepdf.Object]:
    """The values in the dictionary of this key, of these keys alone where there are any."""
    inside = found.get(key)
    if not isinstance(inside, pikepdf.Dictionary):
        return []
    return [value for name, value in inside.items() if not keys or name in keys]


def is_script(action: pikepdf.Object) -> bool:
    return action.get("/S") == "/JavaScript" or "/JS" in action


def has_names(tree: pikepdf.Object | None) -> bool:
    """Whether a tree of names leads to anything; some programs leave an empty one."""
    return any(len(node.get("/Names", [])) > 0 for node in each_once([tree], "/Kids"))


def each_once(waiting: list[pikepdf.Object | None], following: str) -> Iterator[pikepdf.Object]:
    """The dictionaries that these are or hold, and those that they name as following, however they lead in circles."""
    seen = set()
    waiting = list(waiting)
    while waiting:
        found = waiting.pop()
        if not isinstance(found, CONTAINERS) or (found.is_indirect and found.objgen in seen):
            continue
        seen.add(found.objgen)
        if isinstance(found, pikepdf.Array):
            waiting.extend(found)
        else:
            yield found
            waiting.append(found.get(following))


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
    sentence = _(
        "This PDF runs a script or a program, so we can't accept it. Forms that are filled in on screen may do so. "
        "Print it as a PDF, and upload that."
    )
    return unfit("runs-by-itself", sentence)


def cut_short() -> Exception:
    sentence = _(
        "This PDF can't be opened: it arrived incomplete, or it is not a PDF. Download or scan the document "
        "again. If it opens on your computer, print it as a PDF and upload that."
    )
    return unfit("unreadable", sentence)
