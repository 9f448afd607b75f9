"""The moves that nearly every page with a form makes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from careerplan.base import clock, drafts
from careerplan.base.forms import PageForm
from careerplan.base.once import SavedAlready, once
from careerplan.base.refusals import Refusal

UNDO_TAG = "undo:"


def answered(request: HttpRequest, form: PageForm, act: Callable[[], Any], said: Any, *, undo: str = "") -> bool:
    """Validate a posted form and act; True when done (and `said` is shown), False when the form has errors.

    `undo`: the address that takes it back, for a button beside what is said.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        with once(request, at=clock.now()):
            act()
    except SavedAlready as already:
        if not already.same:
            form.is_another = True
            form.refuse(already)
            return False
        said, undo = already.sentence, ""
    except Refusal as refusal:
        if refusal.has_page:
            raise
        form.refuse(refusal)
        return False
    drafts.drop(request)
    if said and undo:
        offer_undo(request, said, undo)
    elif said:
        messages.success(request, said)
    return True


def form_page(request: HttpRequest, template: str, form: PageForm, context: dict[str, Any]) -> HttpResponse:
    """The page of a form; 422 where the post had errors, so that scripts and tests see it too.

    A draft that was kept is offered (templatetags/kept.py), and shown where `?draft=show` asks for it.
    """
    if not form.is_bound and drafts.is_shown(request):
        draft = drafts.draft_for(request, at=clock.now())
        if draft is not None:
            drafts.fill(form, draft)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def offer_undo(request: HttpRequest, sentence: Any, undo_url: str) -> None:
    """Say what was done, with a button that undoes it (includes/_messages.html)."""
    messages.success(request, sentence, extra_tags=f"{UNDO_TAG}{undo_url}")
