"""What a planner sees, as keys, read once a request.

It is kept with the request, and for its person alone: of others an action may ask before and after a change. It is
forgotten when a row is recorded that it is made of.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from careerplan.accounts.models import User


@dataclass(frozen=True)
class Scope:
    """Keys: of offices, a region's among them, and of the customers whose plan is shared with the planner."""

    offices: frozenset[int]
    shared: frozenset[int]


@dataclass
class OfThisRequest:
    request: HttpRequest
    scope: Scope | None = None


_present: ContextVar[OfThisRequest | None] = ContextVar("scope of this request", default=None)


class ScopeMiddleware:
    """Begins anew with each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _present.set(OfThisRequest(request))
        try:
            return self.get_response(request)
        finally:
            _present.reset(token)


def scope_of(user: "User", read: "Callable[[User], Scope]") -> Scope:
    """As `read` says; once for the person of the present request."""
    present = _present.get()
    if present is None or present.request.user.pk != user.pk:
        return read(user)
    if present.scope is None:
        present.scope = read(user)
    return present.scope


def forget_scope() -> None:
    """After a change of what scopes are made of."""
    present = _present.get()
    if present is not None:
        present.scope = None
