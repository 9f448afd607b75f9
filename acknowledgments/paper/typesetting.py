"""HTML to a tagged PDF (PDF/UA-1): what runs in a process of its own (`renderer.py`), without Django and the database.

The text of people goes into the HTML: WeasyPrint may fetch nothing but the paper's own style sheet and fonts.
"""

import io
import logging
import re
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import woff2
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from acknowledgments.paper.direction import tell_direction
from acknowledgments.paper.languages import write_languages
from acknowledgments.paper.large_print import tell_line_by_line
from acknowledgments.paper.letters import as_it_looked

STATIC_DIR = Path(__file__).parents[2] / "static"
BASE_URL = "http://static.invalid/"
OWN_FILES = re.compile(r"css/paper(-emoji)?\.css|fonts/(public-sans|noto-emoji)-[a-z0-9-]+\.woff2")
TYPES = {".css": "text/css", ".woff2": "font/woff2"}

# Its warnings are about style rules, which a test reads, and about missing letters, which the paper itself names.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
write_languages()

JOINER = "034F"  # combining grapheme joiner


def typeset(html: str) -> tuple[bytes, list[int]]:
    """The finished PDF, and the code points that no font on this system has: they stand in it as empty boxes."""
    content, missing = pdf_of(html)
    return with_header_scopes(content), missing


class OwnFilesOnly(URLFetcher):
    """Serves the paper's style sheet and fonts under an address of our own and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, timeout=1)

    def fetch(self, url: str, headers: Any = None) -> Any:
        name = url.removeprefix(BASE_URL)
        if url.startswith(BASE_URL) and OWN_FILES.fullmatch(name):
            content_type = TYPES[Path(name).suffix]
            return URLFetcherResponse(url, body=read_static(name), headers={"Content-Type": content_type})
        return super().fetch(url, headers)


@cache
def read_static(name: str) -> bytes:
    """A file of our own; a font unpacked, once a process instead of once a paper."""
    content = (STATIC_DIR / name).read_bytes()
    if not name.endswith(".woff2"):
        return content
    font = io.BytesIO()
    woff2.decompress(io.BytesIO(content), font)
    return font.getvalue()


def pdf_of(html: str) -> tuple[bytes, list[int]]:
    """The PDF, and the code points that no font on this system has: they stand in it as empty boxes."""
    source = HTML(string=as_it_looked(html), base_url=BASE_URL, url_fetcher=OwnFilesOnly())
    tell_line_by_line(source.etree_element)
    tell_direction(source.etree_element)
    document = source.render(pdf_variant="pdf/ua-1")
    content = document.write_pdf(pdf_variant="pdf/ua-1")
    return content, sorted({codepoint for font in document.fonts.values() for codepoint in font.missing})


def with_header_scopes(content: bytes) -> bytes:
    """Add what screen readers need and WeasyPrint leaves out: the /Scope of table headers, the text of all glyphs."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.TH:
                add_scope(element)
            elif isinstance(element, pikepdf.Dictionary) and "/ToUnicode" in element:
                add_text_of_all_glyphs(element.ToUnicode)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def add_text_of_all_glyphs(text_of_glyphs: Any) -> None:
    """Where one letter is drawn by several glyphs, the first one stands for it and the others for nothing: PDF/UA-1,
    7.21.7, asks for a character all the same, and this one neither shows nor parts what it stands between."""
    content = text_of_glyphs.read_bytes()
    if b"> <>" in content:
        text_of_glyphs.write(content.replace(b"> <>", f"> <{JOINER}>".encode()))


def add_scope(header: pikepdf.Dictionary) -> None:
    """A header in the head of a table is a column's, any other a row's. Attributes may be one, several or none."""
    attributes = header.get("/A", pikepdf.Array())
    entries = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    if any("/Scope" in entry for entry in entries if isinstance(entry, pikepdf.Dictionary)):
        return
    table: Any = header.P.get("/P", pikepdf.Dictionary())
    in_head = table.get("/S") == pikepdf.Name.THead
    scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row
    entries.append(pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope))
    header.A = pikepdf.Array(entries)
