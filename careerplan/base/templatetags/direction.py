"""What people typed has its own direction: a name in Arabic does not turn the words around it, nor they it."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bdi(value: Any) -> Any:
    """The text in `<bdi>`; nothing of nothing, so that `default` may follow. For text on pages, not in attributes."""
    return SafeString(f"<bdi>{conditional_escape(value)}</bdi>") if value not in (None, "") else ""
