"""Posts that no page takes: the session or the token of the form ended, or what it changes is gone meanwhile.

What was typed is kept as a draft (`base/drafts.py`) and comes back: after signing in, on the form's page; where that
page is gone too, as text to copy.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from careerplan.base import clock, drafts
from careerplan.base.forms import PageForm
from careerplan.base.models import FormDraft
from careerplan.base.words import is_blank

# The name under which a page for people who don't sign in has its own answer to a form whose token ended.
OWN_PAGE = "when_token_ended"
ONE_LINE = 60  # letters that stand in one line of a phone or nearly so


class LostPostMiddleware:
    """Keeps what was typed where the sign-in page, a page that is gone or a fault answers a post."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and leads_to_sign_in(response, request):
            return sign_in_again(request)
        fails = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        if request.method == "POST" and fails and not getattr(response, "holds_what_was_typed", False):
            drafts.keep_lost(request, at=clock.now())
        if response.status_code == HTTPStatus.NOT_FOUND:
            return gone(request) or response
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return not_to_be_opened(request, response)
        return response


def leads_to_sign_in(response: HttpResponse, request: HttpRequest) -> bool:
    if response.status_code != HTTPStatus.FOUND or request.user.is_authenticated:
        return False
    to = urlsplit(response.headers["Location"])
    return to.path in sign_in_pages() and request.path not in sign_in_pages() and f"{REDIRECT_FIELD_NAME}=" in to.query


def sign_in_pages() -> set[str]:
    """The product's own, and the administration's, which leads on to it."""
    return {resolve_url(settings.LOGIN_URL), resolve_url("admin:login")}


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there to the form with what was typed, or else to the page that was open."""
    if drafts.keep_lost(request, at=clock.now()):
        messages.info(request, _("You were signed out. We kept what you typed: sign in, and continue where you were."))
        return redirect_to_login(drafts.shown_at(request.get_full_path()))
    return redirect_to_login(page_before(request))


def page_before(request: HttpRequest) -> str:
    """The page of ours that the post came from; the first page where the browser doesn't say."""
    before = urlsplit(request.META.get("HTTP_REFERER", ""))
    own = (before.scheme, before.netloc) == (request.scheme, request.get_host())
    path = f"/{before.path.lstrip('/')}"  # two slashes would begin the name of another site
    return before._replace(scheme="", netloc="", path=path, fragment="").geturl() if own else "/"


def page_in_sight(request: HttpRequest) -> str:
    """An address that shows what is shown now: after a post, that of its form, since many take nothing but posts."""
    return page_before(request) if request.method == "POST" else request.get_full_path()


def not_to_be_opened(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What a button sends was opened as a page, or the other way around."""
    page = render(request, "405.html", {"back_url": page_before(request)}, status=response.status_code)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it: what another site sends is not kept."""
    ours = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", "") == ours or request.META.get("HTTP_REFERER", "").startswith(f"{ours}/")


def token_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is of a former sign-in (Django's CSRF_FAILURE_VIEW; `reason` is for developers)."""
    match = request.resolver_match
    if match is not None and (own := getattr(match.func, OWN_PAGE, None)) is not None:
        page: HttpResponse = own(request, **match.kwargs)
        return page
    signed_in, signing_in = request.user.is_authenticated, request.path == resolve_url(settings.LOGIN_URL)
    if signed_in and signing_in:
        return redirect("home")  # in another tab meanwhile
    if sent_from_here(request) and not signed_in and not signing_in:
        return redirect_to_login(page_before(request))  # and the middleware keeps what was typed
    kept = sent_from_here(request) and drafts.keep_lost(request, at=clock.now())
    if kept and drafts.whose(request) == request.user.pk:
        words = _(
            "You signed in again in the meantime, so nothing has been saved yet. Look over what you typed, and save it."
        )
        messages.warning(request, words)
        return redirect(drafts.shown_at(request.get_full_path()))
    return render(request, "403_csrf.html", {"kept": kept}, status=HTTPStatus.FORBIDDEN)


def gone(request: HttpRequest) -> HttpResponse | None:
    """What was typed into a form whose page is gone; None where nothing was."""
    if not request.user.is_authenticated:
        return None
    if request.method == "POST" and drafts.whose(request) == request.user.pk:
        drafts.keep_lost(request, at=clock.now())
    draft = drafts.draft_for(request, at=clock.now())
    rows = typed_rows(draft) if draft else []
    return render(request, "gone.html", {"rows": rows}, status=HTTPStatus.NOT_FOUND) if rows else None


def typed_rows(draft: FormDraft) -> list[dict[str, Any]]:
    """What a person typed or chose, with the labels of its fields; without what names a row."""
    data = QueryDict(draft.data)
    return rows_of(data, fields_of(data.get(drafts.FORM, ""), data))


def rows_of(data: QueryDict, fields: Mapping[str, forms.Field]) -> list[dict[str, Any]]:
    rows = []
    for name in data:
        field, values = fields.get(name), [value for value in data.getlist(name) if not is_blank(value)]
        if field is None or is_a_key(field) or not values:
            continue
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            labels = {str(value): str(label) for value, label in choices}
            values = [labels.get(value, value) for value in values]
        text = ", ".join(values)
        rows.append({"label": field.label, "text": text, "is_long": len(text) > ONE_LINE or "\n" in text})
    return rows


def is_a_key(field: forms.Field) -> bool:
    """Whether the field's value means nothing to a person."""
    return field.widget.is_hidden or isinstance(field, forms.ModelChoiceField)


def fields_of(class_name: str, data: QueryDict) -> dict[str, forms.Field]:
    """The fields of a form of the product by its name, as they were sent; none where there is no such form."""
    waiting = [PageForm]
    while waiting:
        found = waiting.pop()
        if f"{found.__module__}.{found.__qualname__}" == class_name:
            return found.fields_sent(data)
        waiting.extend(found.__subclasses__())
    return {}
