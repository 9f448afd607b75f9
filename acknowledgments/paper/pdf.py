"""The paper (the printed IEP/ISS): sealed contents to HTML, and by `typesetting.py` to a tagged PDF (PDF/UA-1)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html

from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.kinds import row_count
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.paper.first_page import FirstPage, first_page_context
from acknowledgments.paper.joint_making import joint_making
from acknowledgments.paper.letters import EMOJI, as_it_looked
from acknowledgments.paper.rows import paper_context
from acknowledgments.paper.what_changed import changes_context
from careerplan.plans.models import PlanVersion

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


# HTML to the PDF, and the code points that no font on this system has.
Typesetter = Callable[[str], tuple[bytes, list[int]]]

LEFT_TO_RIGHT_MARK = "\u200e"
RELAY = "711"
# Text -> whether this system has its letters.
PRINTABLE: dict[str, bool] = {}
# What stands for a letter that no font has: plain enough to be in every font.
MISSING_LETTER = "[?]"


class TooLong(ValueError):
    """The plan has more rows than a worker can print in its time."""


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
    first_page: FirstPage | None = None,
    typeset: Typesetter,
) -> bytes:
    """The paper as a PDF. Without a seal it is marked as a draft; without an acknowledgment it has lines to sign.

    With `agreed`, the contents that the customer agreed to last, it says what has changed since; with `talked_about`,
    the version, what the customer asked about it, and what was answered; with `first_page`, it begins with the plan in
    short, and is the customer's copy.

    Raises:
        TooLong: the plan has more than MAX_ROWS rows. Nothing is ever left out silently.
    """
    if first_page is None or not first_page.alone:
        require_printable_length(contents)
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        context = paper_context(contents, seal=seal, acknowledgment=acknowledgment, printed_on=printed_on)
        context |= changes_context(agreed, contents)
        context["joint_making"] = joint_making(talked_about) if talked_about else []
        context |= {"language": language, "language_notices": language_notices(contents.about.office_phone, typeset)}
        context["large_print"] = large_print
        if first_page:
            context["first_page"] = first_page_context(
                first_page, on=printed_on, is_draft=seal is None, acknowledgment=acknowledgment
            )
        content, missing = typeset(paper_html(context))
        if missing:
            content = pdf_without(missing, context, typeset)
    return content


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


def pdf_without(missing: list[int], context: dict[str, Any], typeset: Typesetter) -> bytes:
    """The paper where no font has some of its letters: it says so and shows a mark in place of each."""
    context["missing_letters"] = ", ".join(f"U+{codepoint:04X}" for codepoint in missing)
    html = paper_html(context)
    return typeset(html.translate(dict.fromkeys(missing, MISSING_LETTER)))[0]


def language_notices(phone: str, typeset: Typesetter) -> list[dict[str, str]]:
    """The notices in the languages whose letters this system has."""
    printable = [notice for notice in LANGUAGE_NOTICES if has_letters(notice[1], typeset)]
    notices = [{"language": language, "text": text} for language, text in printable]
    # The mark keeps the digits in their order where the sentence runs from right to left.
    number = LEFT_TO_RIGHT_MARK + (phone or RELAY)
    return [{**notice, "text": notice["text"].format(phone=number)} for notice in notices]


def has_letters(text: str, typeset: Typesetter) -> bool:
    """Asked once a process: fonts don't come and go."""
    if text not in PRINTABLE:
        page = '<html lang="en"><title>-</title><link rel="stylesheet" href="css/paper.css"><p>{}</p>'
        PRINTABLE[text] = not typeset(format_html(page, text))[1]
    return PRINTABLE[text]
