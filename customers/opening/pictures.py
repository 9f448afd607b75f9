"""Photos, scans and faxes, opened by Pillow with limits on what they grow to; and views that every browser shows."""

import io
import math
import warnings
from collections.abc import Iterator
from itertools import count
from typing import Any

import pi_heif
import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from careerplan.base.refusals import Refusal
from customers.opening.faces import refuse_a_second_face
from customers.opening.refusing import unfit

pi_heif.register_heif_opener()

# A page of letter paper has 34 million at 600 dots an inch, and a telephone's photo 12 to 50 million.
MAX_PIXELS = 100_000_000
MAX_PAGES = 200
# A fax of as many pages.
MAX_PIXELS_OF_ALL_PAGES = 800_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

BOX = b"ftyp"
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"mif2")
JPEG_QUALITY = 88
FAX_DPI = 200.0
# Tags of a TIFF: how many bits a dot has, and which end of its numbers is white.
BITS, PHOTOMETRIC = 258, 262
WHITE_IS_ZERO = 0
DEEP_GRAY = {"I;16", "I;16B", "I;16L", "I;16N", "I", "F"}


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_tiff(content: bytes) -> bool:
    return content.startswith((b"II*\x00", b"MM\x00*"))


def is_heic(content: bytes) -> bool:
    return content[4:8] == BOX and content[8:12] in HEIC_BRANDS


def is_picture(content: bytes) -> bool:
    """Whether it begins like one, of the kinds that are taken or of those that stand in e-mails."""
    of_a_page = content.startswith((b"GIF87a", b"GIF89a")) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
    return of_a_page or any(begins(content) for begins in (is_jpeg, is_png, is_tiff, is_heic))


def refuse_unfit_picture(content: bytes) -> None:
    """Raises Refusal: cut short, no picture in spite of its first bytes, of too many dots, or more than a picture."""
    refuse_a_second_face(content)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "TIFF", "HEIF"]) as picture:
            read_through(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_dots() from error
    except Refusal:
        raise
    except Exception as error:  # each decoder fails in its own ways
        sentence = _(
            "This picture can't be opened: it arrived incomplete, or it is not a picture. Send or scan it again, "
            "and upload that."
        )
        raise unfit("unreadable", sentence) from error


def read_through(picture: Image.Image) -> None:
    """Read every dot, so that what is cut short shows; of a JPEG as little as shows it, of a TIFF all pages."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    if picture.format in {"JPEG", "MPO"}:
        picture.draft("L", (picture.width // 8, picture.height // 8))
    pixels = 0
    for number, page in enumerate(pages_of(picture)):
        pixels += page.width * page.height
        if number == MAX_PAGES:
            raise too_many_pages()
        if page.width * page.height > MAX_PIXELS or pixels > MAX_PIXELS_OF_ALL_PAGES:
            raise Image.DecompressionBombError
        page.load()


def pages_of(picture: Any) -> Iterator[Image.Image]:
    """The picture, and of a TIFF each page, one after the other: Pillow reads them all before it says how many.

    Raises EOFError: the description of a page is cut off, of which Pillow only warns.
    """
    if picture.format != "TIFF":
        yield picture
        return
    for number in count():
        try:
            picture.seek(number)
        except EOFError:
            return
        if picture.tag_v2.next == picture.tag_v2._offset:  # as it stands before it is read; no page follows itself
            raise EOFError
        yield picture


def too_many_pages() -> Exception:
    sentence = _("This scan has more than %(limit)d pages. Save it as a PDF, and upload that.") % {"limit": MAX_PAGES}
    return unfit("too-many-pages", sentence)


def too_many_dots() -> Exception:
    sentence = _("This picture is too large to be shown. Take or scan it at a lower resolution (300 dpi is enough).")
    return unfit("too-many-dots", sentence)


# --- views ------------------------------------------------------------------------------------


def jpeg_of(content: bytes) -> bytes:
    """A photo as every browser shows it, upright."""
    with Image.open(io.BytesIO(content)) as picture:
        out = io.BytesIO()
        upright = ImageOps.exif_transpose(picture)
        upright.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def pdf_of_pages(content: bytes) -> bytes:
    """A scan or fax of any number of pages as a PDF, which every browser shows; one page at a time is unpacked."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture, pikepdf.new() as document:
        for page in pages_of(picture):
            with pikepdf.open(io.BytesIO(pdf_of_page(page))) as one:
                document.pages.extend(one.pages)
        document.save(out)
    return out.getvalue()


def pdf_of_page(page: Image.Image) -> bytes:
    told = page.info.get("dpi", (0, 0))  # those of a fax differ; of a picture that tells none, Pillow says 1
    dpi = tuple(float(value) if value > 1 else FAX_DPI for value in told)
    out = io.BytesIO()
    printable(page).save(out, "PDF", dpi=dpi)
    return out.getvalue()


def printable(page: Image.Image) -> Image.Image:
    """The page in colours that a PDF has, as it looks: what is transparent lies on white paper."""
    if page.mode in DEEP_GRAY:
        return gray_of_eight_bits(page)
    if page.mode in {"1", "L", "RGB"}:
        return page.copy()
    if page.has_transparency_data:
        page = page.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", page.size, "white"), page).convert("RGB")
    return page.convert("RGB")


def gray_of_eight_bits(page: Any) -> Image.Image:
    """Of 12 or 16 bits the upper eight; where no number stands for white, from the darkest dot to the lightest."""
    bits = page.tag_v2.get(BITS, (16,))[0]
    numbers = page if page.mode in {"I", "F"} else page.convert("I")
    low, high = page.getextrema() if page.mode in {"I", "F"} else (0, 2**bits - 1)
    if not math.isfinite(high - low):
        raise ValueError("Some of its dots have no brightness.")
    black = low if low < high else min(low, 0)  # a blank page is white
    scale = 255 / ((high - black) or 1)
    gray: Image.Image = numbers.point(lambda value: value * scale - black * scale).convert("L")
    return ImageOps.invert(gray) if page.tag_v2.get(PHOTOMETRIC) == WHITE_IS_ZERO else gray
