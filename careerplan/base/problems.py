"""What an interface for programs answers where something is wrong: problem+json (RFC 9457), and never a page.

Everything below `/api/` is such an interface. What stands before its views (the size of a body, an address that leads
nowhere, a database that is away) answers with a page for people, which is put into this form here.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

BELOW = "/api/"
PROBLEM = "application/problem+json"
FIRST_ERROR = 400
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
        if response.status_code < FIRST_ERROR:
            return response
        if response.headers.get("Content-Type", "").startswith(PROBLEM):
            return response
        found = problem(response.status_code)
        kept = {name: value for name, value in response.headers.items() if name not in (*OF_PAGES, "Content-Type")}
        for name in kept.keys() - {"Content-Length"}:
            found.headers[name] = kept[name]
        found.cookies = response.cookies
        return found
