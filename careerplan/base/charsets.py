"""Our pages send UTF-8, and take nothing else: other codes are read wrongly, or not at all, as UTF-7.

Looked at before Django makes a request of it, since Django decodes the address and what was sent in any code that the
header `Content-Type` names, and raises in its own handlers of errors where that fails. Whatever is not plainly UTF-8 is
shown to Django as bytes, and refused in words by `TextMiddleware`, behind the headers of every answer.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]

# A parameter with a star in its name carries its own code (RFC 2231): no browser sends one.
PARAMETER = r";\s*(?:charset=(?:\"utf-8\"|utf-8)|(?!charset\b)[\w.-]+=(?:\"[^\"\\]*\"|[^\s;\"]*))\s*"
PLAIN = re.compile(rf"\s*[\w.+-]+(?:/[\w.+-]+)?\s*(?:{PARAMETER})*;?\s*", re.ASCII | re.IGNORECASE)
OTHER = "careerplan.other_charset"
BYTES = "application/octet-stream"


class OnlyUtf8:
    """Stands before Django (`careerplan.wsgi`)."""

    def __init__(self, application: App):
        self.application = application

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        kind = environ.get("CONTENT_TYPE") or ""
        if kind and not PLAIN.fullmatch(kind):
            environ |= {"CONTENT_TYPE": BYTES, OTHER: True}
        return self.application(environ, start_response)


def refuse_other_charsets(request: HttpRequest) -> None:
    """Raises BadRequest."""
    if OTHER in request.META:
        raise BadRequest("What was sent is not in UTF-8.")
