"""What people typed has its own direction: a name in Arabic does not turn the words around it, nor they it."""

from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bdi(value: Any) -> Any:
    """The text in `<bdi>`; nothing of nothing, so that `default` may follow. For text on pages, not in attributes."""
    if value in (None, ""):
        return ""
    return SafeString(f"<bdi>{escape(value) if type(value) is str else conditional_escape(value)}</bdi>")
