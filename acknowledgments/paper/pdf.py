"""The paper (the printed IEP/ISS): sealed contents to HTML to a tagged PDF (PDF/UA-1).

The text of people goes into the HTML: WeasyPrint may fetch nothing but the paper's own style sheet and fonts.
"""

import io
import logging
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from fontTools.ttLib import woff2
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.kinds import row_count
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.paper.direction import tell_direction
from acknowledgments.paper.joint_making import joint_making
from acknowledgments.paper.languages import write_languages
from acknowledgments.paper.large_print import tell_line_by_line
from acknowledgments.paper.letters import EMOJI, as_it_looked
from acknowledgments.paper.rows import paper_context
from acknowledgments.paper.what_changed import changes_context
from careerplan.plans.models import PlanVersion

STATIC_DIR = Path(settings.BASE_DIR) / "static"
BASE_URL = "http://static.invalid/"
OWN_FILES = re.compile(r"css/paper(-emoji)?\.css|fonts/(public-sans|noto-emoji)-[a-z0-9-]+\.woff2")
TYPES = {".css": "text/css", ".woff2": "font/woff2"}

# Its warnings are about style rules, which a test reads, and about missing letters, which the paper itself names.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
write_languages()

# The renderer's time and memory grow with the rows: this many, with all their texts full, take 30 s; a worker has 45.
MAX_ROWS = 1000

# 29 CFR 38.4(i) and 38.9(g)(3): that this is important, and how to get it in one's own language.
LANGUAGE_NOTICES = (
    ("en", "IMPORTANT! This document has important information about your rights and duties. "
           "You can get help in your language at no cost. Call {phone}."),
    ("es", "¡IMPORTANTE! Este documento tiene información importante sobre sus derechos y deberes. "
           "Puede recibir ayuda en su idioma sin costo. Llame al {phone}."),
    ("zh-Hans", "重要提示！本文件包含有关您的权利和义务的重要信息。您可以免费获得您所用语言的帮助。请致电 {phone}。"),
    ("vi", "QUAN TRỌNG! Tài liệu này có thông tin quan trọng về quyền và nghĩa vụ của quý vị. "
           "Quý vị có thể được giúp đỡ miễn phí bằng ngôn ngữ của mình. Xin gọi số {phone}."),
    ("pl", "WAŻNE! Ten dokument zawiera ważne informacje o Państwa prawach i obowiązkach. "
           "Mogą Państwo otrzymać bezpłatną pomoc w swoim języku. Prosimy dzwonić pod numer {phone}."),
    ("ar", "هام! تحتوي هذه الوثيقة على معلومات مهمة عن حقوقك وواجباتك. "
           "يمكنك الحصول على مساعدة مجانية بلغتك. اتصل بالرقم {phone}."),
)  # fmt: skip


LEFT_TO_RIGHT_MARK = "\u200e"
RELAY = "711"
JOINER = "034F"  # combining grapheme joiner
# What stands for a letter that no font has: plain enough to be in every font.
MISSING_LETTER = "[?]"


class TooLong(ValueError):
    """The plan has more rows than a worker can print in its time."""


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


def paper_pdf(
    contents: PlanContents,
    *,
    language: str,
    printed_on: date,
    seal: Seal | None = None,
    acknowledgment: Acknowledgment | None = None,
    agreed: PlanContents | None = None,
    large_print: bool = False,
    talked_about: PlanVersion | None = None,
) -> bytes:
    """The paper as a PDF. Without a seal it is marked as a draft; without an acknowledgment it has lines to sign.

    With `agreed`, the contents that the customer agreed to last, it says what has changed since; with `talked_about`,
    the version, what the customer asked about it, and what was answered.

    Raises:
        TooLong: the plan has more than MAX_ROWS rows. Nothing is ever left out silently.
    """
    require_printable_length(contents)
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        context = paper_context(contents, seal=seal, acknowledgment=acknowledgment, printed_on=printed_on)
        context |= changes_context(agreed, contents)
        context["joint_making"] = joint_making(talked_about) if talked_about else []
        context |= {"language": language, "language_notices": language_notices(contents.about.office_phone)}
        context["large_print"] = large_print
        content, missing = pdf_of(paper_html(context))
        if missing:
            content = pdf_without(missing, context)
    return with_header_scopes(content)


def require_printable_length(contents: PlanContents) -> None:
    rows = row_count(contents)
    if rows > MAX_ROWS:
        raise TooLong(f"The plan has {rows} rows; a form holds {MAX_ROWS}.")


def paper_html(context: dict[str, Any]) -> str:
    """The paper's page, with the font of emoji where it has some."""
    html = render_to_string("acknowledgments/paper.html", context)
    if EMOJI.search(as_it_looked(html)):
        html = render_to_string("acknowledgments/paper.html", {**context, "has_emoji": True})
    return html


def pdf_without(missing: list[int], context: dict[str, Any]) -> bytes:
    """The paper where no font has some of its letters: it says so and shows a mark in place of each."""
    context["missing_letters"] = ", ".join(f"U+{codepoint:04X}" for codepoint in missing)
    html = paper_html(context)
    return pdf_of(html.translate(dict.fromkeys(missing, MISSING_LETTER)))[0]


def pdf_of(html: str) -> tuple[bytes, list[int]]:
    """The PDF, and the code points that no font on this system has: they stand in it as empty boxes."""
    source = HTML(string=as_it_looked(html), base_url=BASE_URL, url_fetcher=OwnFilesOnly())
    tell_line_by_line(source.etree_element)
    tell_direction(source.etree_element)
    document = source.render(pdf_variant="pdf/ua-1")
    content = document.write_pdf(pdf_variant="pdf/ua-1")
    return content, sorted({codepoint for font in document.fonts.values() for codepoint in font.missing})


def language_notices(phone: str) -> list[dict[str, str]]:
    """The notices in the languages whose letters this system has."""
    notices = [{"language": language, "text": text} for language, text in LANGUAGE_NOTICES if has_letters(text)]
    # The mark keeps the digits in their order where the sentence runs from right to left.
    number = LEFT_TO_RIGHT_MARK + (phone or RELAY)
    return [{**notice, "text": notice["text"].format(phone=number)} for notice in notices]


@cache
def has_letters(text: str) -> bool:
    html = format_html('<html lang="en"><title>-</title><link rel="stylesheet" href="css/paper.css"><p>{}</p>', text)
    return not pdf_of(html)[1]


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
