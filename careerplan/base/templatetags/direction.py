"""What people typed has its own direction: a name in Arabic does not turn the words around it, nor they it."""

from typing import Any

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def bdi(value: Any) -> Any:
    """The text in `<bdi>`; nothing of nothing, so that `default` may follow. For text on pages, not in attributes."""
    return format_html("<bdi>{}</bdi>", value) if value not in (None, "") else ""
