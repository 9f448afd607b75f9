"""A browser that holds one plan: a phone that used a code, or a planner's screen that was handed over.

Where it is locked, each page but those of this one plan answers that it is locked; a phone on which the customer signs
in is the customer's own, and is not. Nothing of the session but `HELD` says so, and signing in keeps it: a screen is
free again once somebody of the staff signed in on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from acknowledgments.desk.actions import end, is_for
from acknowledgments.desk.standing import IDLE, is_over, waits
from acknowledgments.enums import DeskDevice, DeskEnd
from acknowledgments.models import DeskSigning
from careerplan.base import clock
from careerplan.base.private import HELD
from careerplan.base.readonly import SAFE_METHODS, writing_all_the_same

# In the session of a phone that was locked: what it held was signed, and nothing of it is there any more.
SIGNED = "desk-signed"
# The idle clock is set again at most so often, so that reading does not write sessions.
SECONDS_BETWEEN_MARKS = 60
# What a locked browser may ask for beside its plan; none of it shows anything of anybody.
FREE = frozenset({"desk:plan", "desk:back", "desk:done", "set_language", "session_token"})
# On a screen that was handed over the customer signs in, and at the end the planner.
SIGNING_IN = frozenset({"account_login"})
# Of the plan that waits, by the key of its request; and what they ask for behind the page.
BY_KEY = frozenset({"my:acknowledge", "my:opened", "my:ask", "my:disagree"})
BY_VERSION = frozenset({"my:paper", "my:paper-ready"})
BEHIND = frozenset({"session_extend"})
DRAFTS = frozenset({"draft_keep", "draft_drop"})
# Asked with GET by a page that stands, not by a person who goes to another one.
BY_ITSELF = frozenset({"session_token", "my:paper-ready"})


@dataclass
class Held:
    desk: DeskSigning
    is_locked: bool
    # Birth date and e-mail were right in this very browser.
    is_confirmed: bool

    @property
    def is_tablet(self) -> bool:
        return self.desk.device == DeskDevice.TABLET

    @property
    def customer(self) -> Any:
        return self.desk.request.seal.version.plan.customer

    @property
    def seconds(self) -> int:
        return int(IDLE.total_seconds())


def hold(request: HttpRequest, desk: DeskSigning, *, locked: bool, confirmed: bool = False) -> None:
    """From now on this browser holds it. Where it is locked, whoever was signed in is not any more."""
    if locked:
        request.session.flush()
        request.user = AnonymousUser()
    else:
        request.session.cycle_key()
    mark = {"pk": desk.pk, "locked": locked, "confirmed": confirmed, "seen": int(clock.now().timestamp())}
    request.session[HELD] = mark
    request.held = Held(desk, locked, confirmed)  # type: ignore[attr-defined]  # for the pages of this request


def let_go(request: HttpRequest, held: Held, *, keeps_lock: bool = False) -> None:
    """`keeps_lock`: nobody is signed in any more, and the screen shows nothing until a planner signs in."""
    if keeps_lock:
        hold(request, held.desk, locked=True)
    elif held.is_locked:
        request.session.flush()
        request.user = AnonymousUser()
    else:
        request.session.pop(HELD, None)
    if not keeps_lock:
        request.held = None  # type: ignore[attr-defined]


def ended(request: HttpRequest, held: Held, why: DeskEnd) -> None:
    """Whichever page finds it, also one that only reads: the planner's page is not to wait for it any more."""
    if held.desk.ended_at is None:
        by = request.user if request.user.is_authenticated else None
        with writing_all_the_same():
            end(held.desk, why, by=by, at=clock.now())


def held_by(request: HttpRequest) -> Held | None:
    found: Held | None = getattr(request, "held", None)
    return found


class DeskMiddleware:
    """Before anything asks who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = request.session.get(HELD)
        answer = self.kept_to_it(request, mark) if mark else None
        return answer or self.get_response(request)

    def kept_to_it(self, request: HttpRequest, mark: dict[str, Any]) -> HttpResponse | None:
        """What a browser that holds a plan is answered at once; None where the page itself answers."""
        desk = DeskSigning.objects.with_all().filter(pk=mark["pk"]).first()
        if desk is None:  # sessions outlive a database that was put back
            request.session.flush()
            request.user = AnonymousUser()
            return None
        held = Held(desk, bool(mark["locked"]), bool(mark["confirmed"]))
        request.held = held  # type: ignore[attr-defined]
        at = clock.now()
        idle = at.timestamp() - mark["seen"] > IDLE.total_seconds()
        if not held.is_locked:
            if idle or is_over(desk, at=at):
                self.late(request, held)
            else:
                seen(request, at)
            return None
        if request.user.is_authenticated and not request.user.is_customer:
            return given_back(request, held)
        if request.user.is_authenticated and not is_for(desk, request.user):
            let_go(request, held, keeps_lock=True)
            held = Held(desk, is_locked=True, is_confirmed=False)
        if idle or is_over(desk, at=at):
            return self.closed(request, held)
        seen(request, at)
        return self.only_this_plan(request, held)

    def late(self, request: HttpRequest, held: Held) -> None:
        """A phone of the customer's own forgets the plan with the next page. It forgets nothing by what a page sends by
        itself, and the agreement that is sent from there is refused (`at_the_desk`): it would not be one at the desk.
        """
        ended(request, held, DeskEnd.OVER)
        name, values = name_of(request.path_info)
        if not waits(held.desk.request) or (request.method in SAFE_METHODS and name not in BY_ITSELF):
            let_go(request, held)
        elif name != "my:acknowledge" or not is_of_plan(held, name, values):
            request.held = None  # type: ignore[attr-defined]

    def closed(self, request: HttpRequest, held: Held) -> HttpResponse | None:
        """A phone is left alone; a screen waits for its planner."""
        ended(request, held, DeskEnd.OVER)
        if not held.is_tablet:
            let_go(request, held)
            return render(request, "acknowledgments/desk_closed.html", status=403)
        if SESSION_KEY in request.session:
            let_go(request, held, keeps_lock=True)
        name = name_of(request.path_info)[0]
        if name in (FREE - {"desk:plan"}) | SIGNING_IN:
            return None
        return locked_page(request, is_closed=True)

    def only_this_plan(self, request: HttpRequest, held: Held) -> HttpResponse | None:
        name, values = name_of(request.path_info)
        if name in FREE or (name in SIGNING_IN and held.is_tablet):
            return None
        if name in DRAFTS:
            is_of_it = is_of_plan(held, *name_of(form_of_draft(request, name)))
        else:
            is_of_it = name in BEHIND or is_of_plan(held, name, values)
        if not is_of_it or not (request.user.is_authenticated or held.is_confirmed):
            return locked_page(request)
        return None if request.user.is_authenticated else self.lent(request, held)

    def lent(self, request: HttpRequest, held: Held) -> HttpResponse | None:
        """For this one request, in the language that was chosen in this browser; nobody's who may not sign in."""
        person = held.customer.user
        if person is None or not person.is_active:
            return self.closed(request, held)
        request.user, request.is_lent = person, True  # type: ignore[attr-defined]  # see accounts/language.py
        return None


def seen(request: HttpRequest, at: datetime) -> None:
    mark = request.session[HELD]
    if at.timestamp() - mark["seen"] > SECONDS_BETWEEN_MARKS:
        request.session[HELD] = mark | {"seen": int(at.timestamp())}


def is_of_plan(held: Held, name: str, values: dict[str, Any]) -> bool:
    """Whether this is a page of the version that waits."""
    return (name in BY_KEY and values.get("key") == held.desk.request.key) or (
        name in BY_VERSION and values.get("version_pk") == held.desk.request.seal.version_id
    )


def form_of_draft(request: HttpRequest, name: str) -> str:
    """The path of the form that a draft is of, from where pages/drafts.py takes it."""
    found = request.GET if name == "draft_keep" else request.POST
    return str(found.get("form", ""))


def name_of(path: str) -> tuple[str, dict[str, Any]]:
    try:
        match = resolve(path)
    except Resolver404:
        return "", {}
    return match.view_name, match.kwargs


def locked_page(request: HttpRequest, *, is_closed: bool = False) -> HttpResponse:
    return render(request, "acknowledgments/desk_locked.html", {"is_closed": is_closed}, status=403)


def given_back(request: HttpRequest, held: Held) -> HttpResponse | None:
    """Somebody of the staff signed in on the screen: it is theirs again, and begins where it was handed over."""
    ended(request, held, DeskEnd.LEFT)
    for mark in (HELD, SIGNED):
        request.session.pop(mark, None)
    request.held = None  # type: ignore[attr-defined]
    return redirect("plan:agreement", held.customer.pk) if request.method == "GET" else None
