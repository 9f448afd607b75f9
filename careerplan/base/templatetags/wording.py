"""How words are shown whose language the page knows (`base/spoken.py`): marked where it is another than the page's.

Screen readers change their voice by `lang`; people see the language's name beside the words. `dir="auto"`: typed words
run as they run in their own script.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from careerplan.base import readable
from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words, language_now, with_official
from careerplan.base.templatetags.direction import bdi

register = template.Library()

NAMES_KNOWN = 2048


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the language in force: "English", and "inglés", which Spanish writes small."""
    name = str(get_language_info(code)["name_translated"])
    return name if language_now() == "en" else name.lower()


def mark(language: str) -> SafeString:
    return format_html(' <small class="in-language">({})</small>', language_name(language))


@register.filter
def said_in(text: Any, language: str) -> Any:
    """Typed text with the language in which it was written, where that is known: `text|said_in:code|spoken`."""
    return Words(str(text), language) if text and language else text


@register.filter
def spoken(text: Any) -> Any:
    """Words in a direction of their own; in another language than the page's, with that language."""
    if not isinstance(text, Words) or not text.is_foreign:
        return bdi(text)
    return format_html('<bdi lang="{}">{}</bdi>{}', text.language, text, mark(text.language))


@register.filter
def spoken_lines(text: Any) -> Any:
    """The same in paragraphs, as typed; what is HTML already, such as a message that the product tells, stays so."""
    lines = mark_safe(linebreaks(text, autoescape=not isinstance(text, SafeString)))  # it escapes what is not
    if not isinstance(text, Words) or not text.is_foreign:
        return format_html('<div dir="auto">{}</div>', lines) if text else ""
    return format_html('<div lang="{}" dir="auto">{}</div>{}', text.language, lines, mark(text.language))


@register.filter
def dollars(amount: Decimal | None) -> str:
    return "" if amount is None else readable.dollars(str(amount))


@register.filter
def weekly(amount: Decimal | None) -> str:
    return "" if amount is None else readable.weekly(str(amount))


@register.filter
def named_for(name: Any, nav_section: str = "") -> Any:
    """A plain name; on pages of staff with the official one."""
    return spoken(name) if nav_section == "my" else named(name)


register.filter(with_official)


@register.filter
def named(name: Any) -> Any:
    """A plain name, and small beside it the official one: for staff and on paper."""
    if not getattr(name, "official", ""):
        return spoken(name)
    return both_names(str(name), name.language, name.official, language_now())


@lru_cache(maxsize=NAMES_KNOWN)
def both_names(name: str, written_in: str, official: str, language: str) -> SafeString:
    """As they are shown in this language: of reference data there are some hundred names."""
    lang = format_html(' lang="{}"', OFFICIAL_LANGUAGE) if language != OFFICIAL_LANGUAGE else ""
    return format_html('{} <small class="official-name"{}>{}</small>', spoken(Words(name, written_in)), lang, official)
