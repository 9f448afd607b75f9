"""Photos, scans and faxes, opened by Pillow with limits on what they grow to; and views that every browser shows."""

import io
import warnings
from collections.abc import Iterator

import pi_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, ImageSequence

from customers.opening.faces import refuse_a_second_face
from customers.opening.refusing import unfit

pi_heif.register_heif_opener()

# A page of letter paper has 34 million at 600 dots an inch, and a telephone's photo 12 to 50 million.
MAX_PIXELS = 100_000_000
# A fax of 200 pages.
MAX_PIXELS_OF_ALL_PAGES = 800_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

BOX = b"ftyp"
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"mif2")
JPEG_QUALITY = 88
FAX_DPI = 200.0


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_tiff(content: bytes) -> bool:
    return content.startswith((b"II*\x00", b"MM\x00*"))


def is_heic(content: bytes) -> bool:
    return content[4:8] == BOX and content[8:12] in HEIC_BRANDS


def refuse_unfit_picture(content: bytes) -> None:
    """Raises Refusal: cut short, no picture in spite of its first bytes, of too many dots, or more than a picture."""
    refuse_a_second_face(content)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "TIFF", "HEIF"]) as picture:
            read_through(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_dots() from error
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
    for number in range(getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1):
        picture.seek(number)
        pixels += picture.width * picture.height
        if picture.width * picture.height > MAX_PIXELS or pixels > MAX_PIXELS_OF_ALL_PAGES:
            raise Image.DecompressionBombError
        picture.load()


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
    """A scan or fax of any number of pages as a PDF, which every browser shows."""
    with Image.open(io.BytesIO(content)) as picture:
        dpi = tuple(float(value) if value else FAX_DPI for value in picture.info.get("dpi", (0, 0)))  # a fax's differ
        pages = printable_pages(picture)
        out = io.BytesIO()
        next(pages).save(out, "PDF", save_all=True, append_images=pages, dpi=dpi)
    return out.getvalue()


def printable_pages(picture: Image.Image) -> Iterator[Image.Image]:
    for page in ImageSequence.Iterator(picture):
        yield page.copy() if page.mode in {"1", "L", "RGB", "CMYK"} else page.convert("RGB")
