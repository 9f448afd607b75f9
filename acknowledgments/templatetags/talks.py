"""What is said about an item of a plan, where the page has something (views/talking.py)."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def about(talks: Mapping[str, Any], ref: str) -> Any:
    """The talk about the item of this name; None on a page without talks."""
    return talks.get(ref) if talks else None
