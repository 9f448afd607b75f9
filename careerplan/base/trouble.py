"""When something breaks that the person can't mend: "try again", with what was typed.

Somebody holds the row that is to be changed, or writes at this moment what must be there once (409); the database is
away, or a disk is full (503). The page needs neither the database nor the session, so that it is shown where those
can't be read. What was typed stands in its "try again", but for passwords, signatures and files; where the database
answers it is kept as a draft, too.
"""

import contextlib
import errno
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults

from careerplan.base import clock, drafts
from careerplan.base.lost import page_before, sent_from_here

logger = logging.getLogger(__name__)

SECONDS_TO_TRY_AGAIN = 30
TOKEN = "csrfmiddlewaretoken"
# Not sent again by a button: what only the person knows, and what is a signature.
NOT_SENT_AGAIN = ("password", "typed_name", "agrees")


@dataclass(frozen=True)
class Trouble:
    name: str
    status: HTTPStatus
    # Whether the database can keep what was typed.
    keeps: bool = False


BUSY = Trouble("busy", HTTPStatus.CONFLICT, keeps=True)
AWAY = Trouble("away", HTTPStatus.SERVICE_UNAVAILABLE)
FULL = Trouble("full", HTTPStatus.SERVICE_UNAVAILABLE)
NO_FILES = Trouble("no_files", HTTPStatus.SERVICE_UNAVAILABLE, keeps=True)

# PostgreSQL's codes (its appendix A): a row that is locked, a deadlock, what can't be put in an order, too long.
BUSY_CODES = frozenset({"55P03", "40P01", "40001", "57014"})
# Actions look first whether it is there: who meets it after all was not alone, and reads why at the next try.
THERE_ALREADY = frozenset({"23505", "SQLITE_CONSTRAINT_UNIQUE"})
# It shuts down, starts, or only reads since another one took over; an idle transaction that it ended; no connection.
AWAY_CODES = frozenset({"57P01", "57P02", "57P03", "57P05", "25006", "25P03", "25P04", ""})
AWAY_CLASSES = ("08", "53", "58")
DISK_FULL = "53100"
SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": FULL,
    "SQLITE_IOERR": AWAY,
    "SQLITE_CANTOPEN": AWAY,
}
OF_THE_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.EMFILE}
)


def trouble_of(exception: BaseException | None, *, contexts: bool = False) -> Trouble | None:
    """What kind of trouble an exception, or what caused it, tells of; None for a fault of ours.

    `contexts`: also what was being handled when it was raised.
    """
    while exception is not None:
        if isinstance(exception, OperationalError | InterfaceError | InternalError):
            return trouble_of_database(exception)
        if isinstance(exception, IntegrityError):
            return BUSY if THERE_ALREADY & codes_of(exception) else None
        if isinstance(exception, OSError) and exception.errno in OF_THE_DISK:
            return NO_FILES
        exception = exception.__cause__ or (exception.__context__ if contexts else None)
    return None


def codes_of(error: Exception) -> set[str | None]:
    return {getattr(error.__cause__, name, None) for name in ("sqlstate", "sqlite_errorname")}


def trouble_of_database(error: Exception) -> Trouble | None:
    cause: Any = error.__cause__
    if hasattr(cause, "sqlite_errorname"):
        return next((kind for name, kind in SQLITE.items() if cause.sqlite_errorname.startswith(name)), None)
    return trouble_of_code(getattr(cause, "sqlstate", None) or "")


def trouble_of_code(code: str) -> Trouble | None:
    if code in BUSY_CODES:
        return BUSY
    if code == DISK_FULL:
        return FULL
    return AWAY if code in AWAY_CODES or code.startswith(AWAY_CLASSES) else None


class TroubleMiddleware:
    """For what the pages themselves meet. What meets the middleware (the session, the person) comes to `server_error`,
    since Django turns that into an answer before any other middleware sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        trouble = trouble_of(exception)
        return answer_to(trouble, request) if trouble else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of what nobody took (urls.handler500)."""
    trouble = trouble_of(sys.exception())
    return answer_to(trouble, request) if trouble else defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Of requests that can't be (urls.handler400): a session that could not be written is called deleted by Django."""
    trouble = trouble_of(exception, contexts=True) if isinstance(exception, SessionInterrupted) else None
    return answer_to(trouble, request) if trouble else defaults.bad_request(request, exception)


class TroublePage(HttpResponse):
    holds_what_was_typed = True


def answer_to(trouble: Trouble, request: HttpRequest) -> HttpResponse:
    error = sys.exception()
    code = getattr(error and error.__cause__, "sqlstate", None) or getattr(error, "errno", None) or "-"
    # Not its text, which may hold what somebody typed.
    logger.error("%s %s: %s (%s, %s)", request.method, request.path, trouble.name, type(error).__name__, code)
    if not hasattr(request, "LANGUAGE_CODE"):  # it failed before anybody asked for the language
        translation.activate(translation.get_language_from_request(request))
    is_post = request.method == "POST"
    kept = is_post and trouble.keeps and sent_from_here(request) and drafts.keep_lost(request, at=clock.now())
    context = {"trouble": trouble, "is_post": is_post, "kept": kept, "address": request.get_full_path()}
    context |= {"back_url": drafts.shown_at(request.get_full_path()) if kept else page_before(request)}
    context |= {"csrf_token": get_token(request), "language": translation.get_language()}
    response = TroublePage(render_to_string("trouble.html", context | typed(request)), status=trouble.status)
    response.headers["Cache-Control"] = "no-store"
    if trouble.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(SECONDS_TO_TRY_AGAIN)
    return response


def typed(request: HttpRequest) -> dict[str, Any]:
    """What the page sends again, and whether something must be entered anew. Nothing of what another site sent."""
    posted, left_out = QueryDict(), False
    with contextlib.suppress(OSError, BadRequest):  # what was sent could not be read
        if request.method == "POST" and sent_from_here(request):
            posted, left_out = request.POST, bool(request.FILES)
    rows = [(name, value) for name, values in posted.lists() for value in values if may_be_sent_again(name)]
    left_out = left_out or any(not may_be_sent_again(name) and name != TOKEN for name in posted)
    return {"rows": rows, "left_out": left_out}


def may_be_sent_again(name: str) -> bool:
    return name != TOKEN and not any(word in name for word in NOT_SENT_AGAIN)
