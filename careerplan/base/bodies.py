"""How much may be sent to a page: looked at before any of it is read, so that nobody fills the memory or the disk.

Whoever is not signed in sends the words of a form at most, also one whose sign-in ended while it was typed; they are
held in memory. Files are taken by the few pages that have a field for them (`takes_files`).
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from careerplan.base.lost import page_before

View = TypeVar("View", bound=Callable[..., Any])

# The longest draft (`base.drafts`) with what a form says beside it.
MOST_OF_A_STRANGER = 600_000  # bytes


def takes_files(view: View) -> View:
    """Marks a view whose form has a field for a file. nginx must know its address, too (deploy/nginx)."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class BodyMiddleware:
    """Stands behind the session, which says whether anybody is signed in, and before all that reads what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return refused(request, HTTPStatus.LENGTH_REQUIRED)
        if length_of(request) > most_bytes(request):
            return refused(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


def length_of(request: HttpRequest) -> int:
    """Bytes that the request says it has; what Django reads as none is none."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdecimal() else 0


def most_bytes(request: HttpRequest) -> int:
    """How much this page takes from this person."""
    small = min(MOST_OF_A_STRANGER, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if length_of(request) <= small or SESSION_KEY not in request.session:
        return small
    words: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return words + settings.UPLOAD_LIMIT_BYTES if is_for_files(request.path_info) else words


def is_for_files(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "takes_files", False)
    except Resolver404:
        return False


def refused(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """In words of both languages: who asks is not known yet. The server reads no more from this connection."""
    context = {"back_url": page_before(request), "is_stranger": SESSION_KEY not in request.session}
    return render(request, "413.html", context, status=status)
