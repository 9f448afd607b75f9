"""What an interface for programs answers where something is wrong: problem+json (RFC 9457), and never a page.

Everything below `/api/` is such an interface. What stands before its views (the size of a body, an address that leads
nowhere, a database that is away) answers with a page for people, which is put into this form here.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

BELOW = "/api/"
SAFE = ("GET", "HEAD")
PROBLEM = "application/problem+json"
FIRST_ERROR = 400
# By status, what a program knows a problem by and reads of it, where nobody said more.
KNOWN: Mapping[int, tuple[str, Any]] = {
    400: ("unreadable", _("This can't be read. Send JSON in UTF-8.")),
    404: ("not-found", _("There is nothing at this address. The address of the records ends with a slash.")),
    405: ("other-method", _("This address is asked by another method.")),
    409: ("busy", _("Others are writing at this moment. Send it again.")),
    411: ("no-length", _("Send the header “Content-Length”.")),
    413: ("too-long", _("This is too long. Send less in each call.")),
    415: ("other-kind", ""),
    503: ("away", _("There is no answer at this moment. Send it again later.")),
}
# Headers of a page that is not sent.
OF_PAGES = ("Content-Language", "Vary")


def problem(
    status: int,
    detail: str = "",
    *,
    code: str = "",
    errors: list[dict[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """`code`: by which a program tells one problem from another; `errors`: which parts of what was sent are wrong."""
    usual_code, usual_detail = KNOWN.get(status, ("", ""))
    code, detail = code or usual_code, detail or str(usual_detail)
    said: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status)}
    said |= {name: value for name, value in (("detail", detail), ("code", code), ("errors", errors)) if value}
    return HttpResponse(json.dumps(said), content_type=PROBLEM, status=status, headers=headers)


class ProblemMiddleware:
    """Stands before all that answers with pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(BELOW):
            return self.get_response(request)
        response = self.get_response(request)
        if request.method not in SAFE and leads_on(request, response):
            return problem(404)
        if response.status_code < FIRST_ERROR:
            return response
        if response.headers.get("Content-Type", "").startswith(PROBLEM):
            return response
        found = problem(response.status_code)
        kept = {name: value for name, value in response.headers.items() if name not in (*OF_PAGES, "Content-Type")}
        for name in kept.keys() - {"Content-Length"}:
            found.headers[name] = kept[name]
        return found


def leads_on(request: HttpRequest, response: HttpResponse) -> bool:
    """To the same address with a slash: who follows it would lose what was sent."""
    return response.headers.get("Location", "").partition("?")[0].endswith(f"{request.path_info}/")
