"""Numbers each request; turns a refusal that no form took up into a page that says what to do; turns away what nobody
types."""

import re
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from careerplan.base import clock, drafts
from careerplan.base.addresses import LONGEST_VALUE, refuse_made_up
from careerplan.base.charsets import refuse_other_charsets
from careerplan.base.events import note_event
from careerplan.base.logs import new_number, request_named
from careerplan.base.lost import page_before
from careerplan.base.patience import patience
from careerplan.base.refusals import Refusal

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestNumberMiddleware:
    """The first of all: each line of the log, and the page of a fault, names its request by this number.

    A proxy of ours may have numbered it already; what anybody else sends as a number is not believed. No page waits for
    an answer of the database longer than `DATABASE_ANSWER_SECONDS`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if WELL_FORMED.fullmatch(given) and comes_from_our_proxy(request) else new_number()
        with request_named(request, number), patience(settings.DATABASE_ANSWER_SECONDS or None):
            response = self.get_response(request)
        response.headers[HEADER] = number
        return response


def comes_from_our_proxy(request: HttpRequest) -> bool:
    """By `TRUSTED_PROXIES`: how many stand before us, or the addresses and networks of those that do."""
    trusted = getattr(settings, "TRUSTED_PROXIES", 0)
    if isinstance(trusted, int):
        return trusted > 0
    try:
        asked_from = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(asked_from in network for network in trusted)


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN:
            matched = request.resolver_match
            note_event("denied", request, page=matched.view_name if matched else "")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if exception.has_page:
            is_part = request.headers.get("HX-Request") == "true"
            return HttpResponseClientRedirect(exception.leads_to) if is_part else redirect(exception.leads_to)
        kept = request.method == "POST" and drafts.keep_lost(request, at=clock.now())
        back = drafts.shown_at(request.get_full_path()) if kept else page_before(request)
        context = {"sentence": exception.sentence, "back_url": back, "kept": kept}
        return render(request, "refused.html", context, status=exception.status)


class TextMiddleware:
    """Text that nobody types is a bad request, whichever page it is sent to (`base.addresses`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refuse_other_charsets(request)
        refuse_made_up(request.GET, longest=LONGEST_VALUE)
        refuse_made_up(request.POST)
        return self.get_response(request)
