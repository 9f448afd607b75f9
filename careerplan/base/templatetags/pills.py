"""States as pills: the words say it, the colour adds to it."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()

KINDS = {
    "not_started": "not-started",
    "planned": "not-started",
    "started": "started",
    "on_track": "on-track",
    "complete": "done",
    "on_hold": "on-hold",
    "never_provided": "on-hold",
    "obligated": "started",
    "paid": "done",
    "voided": "on-hold",
}


@register.filter
def pill(text: Any, kind: str) -> SafeString:
    """`kind`: done, started, on-track, not-started, off-track, overdue or on-hold (_components.scss)."""
    return SafeString(f'<span class="pill pill--{kind}">{conditional_escape(text)}</span>')


@register.filter
def pill_of(text: Any, status: str) -> SafeString:
    """In the colour of the status of a goal, a service or a cost."""
    return pill(text, KINDS.get(status, "off-track"))
