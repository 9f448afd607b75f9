"""Scans and faxes as TIFF: every kind of gray and colour is seen as it looks, within a number of pages."""

import io
import random
import struct
import warnings

import pikepdf
import pytest
from PIL import Image, ImageChops

from careerplan.base.refusals import Refusal
from customers.files import check_upload, shown, view_of
from customers.opening import pictures
from tests.customers.opened import refusal_of
from tests.real_files import picture_file

SLOPE = Image.linear_gradient("L")  # black above, white below
OPAQUE, BLACK = Image.new("L", SLOPE.size, 255), Image.new("L", SLOPE.size, 0)
SIXTEEN = SLOPE.convert("I").point(lambda value: value * 257)


def tiff(picture, **saved):
    out = io.BytesIO()
    picture.save(out, "TIFF", **saved)
    return out.getvalue()


def big_endian(picture):
    return Image.frombytes("I;16B", picture.size, b"".join(struct.pack(">H", dot * 257) for dot in picture.tobytes()))


def white_is_zero(content):
    """The TIFF, of which 0 is said to be white (tag 262)."""
    black_is_zero = struct.pack("<HHLL", 262, 3, 1, 1)
    assert content.count(black_is_zero) == 1
    return content.replace(black_is_zero, struct.pack("<HHLL", 262, 3, 1, 0))


def seen(content):
    """The first page as gray, taken out of the PDF that is shown."""
    with pikepdf.open(io.BytesIO(view_of("image/tiff").make(content))) as document:
        [picture] = document.pages[0].get_images().values()
        return pikepdf.PdfImage(picture).as_pil_image().convert("L")


def looks_like(found, expected):
    """Within what JPEG and rounding change."""
    return found.size == expected.size and ImageChops.difference(found, expected).getextrema()[1] <= 6


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (tiff(SIXTEEN.convert("I;16")), SLOPE),
        (tiff(SIXTEEN.convert("I;16").point(lambda value: value * 0.5)), SLOPE.point(lambda value: value // 2)),
        (tiff(big_endian(SLOPE)), SLOPE),
        (white_is_zero(tiff(SIXTEEN.convert("I;16"))), ImageChops.invert(SLOPE)),
        (tiff(SIXTEEN), SLOPE),
        (tiff(SIXTEEN.point(lambda value: value * 30_000 - 7)), SLOPE),
        (tiff(SLOPE.convert("F").point(lambda value: value * (1 / 255) + 0.0)), SLOPE),
        (tiff(Image.new("I", (9, 9), 65535)), Image.new("L", (9, 9), 255)),
        (tiff(Image.new("I", (9, 9), 0)), Image.new("L", (9, 9), 0)),
        (tiff(Image.merge("LA", (SLOPE, OPAQUE))), SLOPE),
        (tiff(Image.merge("LA", (BLACK, SLOPE))), ImageChops.invert(SLOPE)),
        (tiff(Image.merge("RGBA", (BLACK, BLACK, BLACK, SLOPE))), ImageChops.invert(SLOPE)),
        (tiff(SLOPE.convert("RGB").quantize(256)), SLOPE),
        (tiff(SLOPE.convert("RGB").convert("CMYK")), SLOPE),
        (tiff(SLOPE.convert("1")), SLOPE.convert("1").convert("L")),
    ],
    ids=[
        "16 bits", "16 bits, half as light", "16 bits, other end first", "16 bits, white is 0", "32 bits", "signed",
        "parts of 1", "a blank page", "a black page", "gray, opaque", "gray, transparent", "colours, transparent",
        "palette", "inks", "a fax",
    ],
)  # fmt: skip
def test_a_scan_is_seen_as_it_looks(content, expected):
    check_upload("scan.tif", content)
    assert looks_like(seen(content), expected)


def test_a_scan_whose_dots_have_no_brightness_says_that_it_can_not_be_shown():
    with pytest.raises(Refusal, match="no-view"):
        shown(view_of("image/tiff"), tiff(Image.new("F", (9, 9), float("nan"))))


def test_a_scan_that_tells_no_resolution_fits_on_a_page():
    with pikepdf.open(io.BytesIO(view_of("image/tiff").make(tiff(Image.new("L", (1700, 2200)))))) as document:
        assert [float(number) for number in document.pages[0].MediaBox] == [0, 0, 612, 792]


# --- pages ------------------------------------------------------------------------------------


def test_a_scan_of_many_pages_is_taken_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PAGES", 3)
    check_upload("scan.tif", picture_file("TIFF", pages=3))
    with pytest.raises(Refusal, match="too-many-pages") as refused:
        check_upload("scan.tif", picture_file("TIFF", pages=4))
    assert refused.value.sentence == "This scan has more than 3 pages. Save it as a PDF, and upload that."


def test_the_pages_after_the_limit_are_not_read(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PAGES", 2)
    content, read = picture_file("TIFF", pages=9), []
    with Image.open(io.BytesIO(content)) as picture:
        seek = type(picture).seek
        monkeypatch.setattr(type(picture), "seek", lambda self, number: read.append(number) or seek(self, number))
    assert refusal_of("scan.tif", content) == "too-many-pages"
    assert max(read) == 2


def test_a_scan_whose_pages_go_round_in_a_ring_has_each_page_once():
    content = bytearray(picture_file("TIFF", pages=2))
    last = content.rindex(struct.pack("<HHLL", 262, 3, 1, 2))
    entries_left = next(n for n in range(40) if content[last + 12 * n : last + 12 * n + 4] == b"\0\0\0\0")
    content[last + 12 * entries_left : last + 12 * entries_left + 4] = content[4:8]
    check_upload("scan.tif", bytes(content))
    with pikepdf.open(io.BytesIO(view_of("image/tiff").make(bytes(content)))) as document:
        assert len(document.pages) == 2


@pytest.mark.parametrize("compression", [None, "group4", "tiff_lzw"])
def test_a_scan_of_many_pages_that_was_cut_short_is_refused_wherever_it_was_cut(compression):
    """Also where only the description of a page is cut off, of which Pillow warns: the product shows no warnings."""
    pages = [Image.effect_noise((90, 60), 80).convert("1") for _number in range(4)]
    content = tiff(pages[0], save_all=True, append_images=pages[1:], compression=compression, dpi=(200, 100))
    cuts = [*random.Random(1).sample(range(8, len(content)), 150), *range(len(content) - 200, len(content) - 16)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert {refusal_of("scan.tif", content[:cut]) for cut in cuts} == {"unreadable"}
