"""Offers, before a form, what was typed into it and not saved (base/drafts.py)."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django import template

from careerplan.base import drafts

register = template.Library()


@register.inclusion_tag("includes/_draft_offer.html", takes_context=True)
def offer_draft(context: dict[str, Any], action: str = "") -> dict[str, Any]:
    """`action`: where the form posts to; "" for the page's own address. Stands before the form: it is one, too."""
    request = context.get("request")
    if request is None or request.method == "POST":  # no page, or one whose form stands there as it was sent
        return {"draft": None}
    address = action or request.get_full_path()
    path = urlsplit(address).path
    shows = path == request.path and drafts.is_shown(request)
    draft = None if shows else drafts.all_of(request).get(path)
    return {"draft": draft, "path": path, "show_url": drafts.shown_at(address), "csrf_token": context.get("csrf_token")}


@register.simple_tag
def form_key() -> uuid.UUID:
    """What is saved once alone (base/once.py), of a form that is none of ours: the administration's."""
    return uuid.uuid4()
