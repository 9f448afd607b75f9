"""What was shown to one person stays in no cache: not of the browser, which others use too, nor on the way to it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

# Pages and files that the browser kept, and what scripts kept beside them. Cookies stay: one has the language.
CLEARED = '"cache", "storage"'
# The mark in the session of a browser that holds one plan (acknowledgments/views/held.py).
HELD = "desk"


class PrivateMiddleware:
    """No answer of a page is kept (files that everybody gets come before it); who goes leaves nothing behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = is_somebodys(request) or has_ended(request)
        response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True, max_age=0)
        if was_signed_in and not is_somebodys(request):
            response.headers["Clear-Site-Data"] = CLEARED
        return response


def is_somebodys(request: HttpRequest) -> bool:
    """Whether pages show something of a person: of who is signed in, or was confirmed for one plan at the desk."""
    return SESSION_KEY in request.session or bool(request.session.get(HELD, {}).get("confirmed"))


def has_ended(request: HttpRequest) -> bool:
    """Whether the browser still names a session that is over, by its time or elsewhere."""
    return bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) and request.session.is_empty()
