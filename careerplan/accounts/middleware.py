"""Speaks a person's language, in a person's time zone; ends sessions after idle time and after a working day."""

import zoneinfo
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from careerplan.accounts.language import spoken
from careerplan.base import clock
from careerplan.base.addresses import key_in
from careerplan.base.events import note_event

# The idle clock is set again at most once a minute, so that reading pages does not write sessions.
SECONDS_BETWEEN_MARKS = 60
# What a page asks every few seconds, with nobody there, has this header.
ASKS_BY_ITSELF = "X-Asks-By-Itself"
LONGEST_SESSION_SECONDS = 12 * 60 * 60


class PreferencesMiddleware:
    """Times in the person's time zone, words in the person's language; a stranger's is chosen in the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        zone = user.time_zone if user.is_authenticated else ""
        if user.is_authenticated:
            translation.activate(spoken(request, user))
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(zoneinfo.ZoneInfo(zone) if zone else None):
            return self.get_response(request)


class SessionTimeMiddleware:
    """Idle sessions end by their cookie's age (settings); none lasts longer than twelve hours (NIST SP 800-63B-4).

    That of a person who is switched off, or whose sign-in is gone, ends with the next page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())  # another web server may have begun the session
            begun = request.session.setdefault("begun", now)
            if now - begun > LONGEST_SESSION_SECONDS:
                note_event("session-ended", request)
                logout(request)
            elif (
                ASKS_BY_ITSELF not in request.headers and now - request.session.get("marked", 0) > SECONDS_BETWEEN_MARKS
            ):
                request.session["marked"] = now
        elif SESSION_KEY in request.session:
            note_event("session-ended", request, user_id=key_in(str(request.session[SESSION_KEY])) or None)
            logout(request)
        return self.get_response(request)
