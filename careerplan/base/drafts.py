"""Drafts of forms: nothing typed is lost to a time-out or a closed tab.

The browser sends what is typed (static/js/careerplan.js); the form's page offers it again; saving the form ends it.
"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from careerplan.base.models import FormDraft

LIMIT_CHARACTERS = 20_000
KEPT_FOR = timedelta(days=7)
NEVER_KEPT = ("csrfmiddlewaretoken", "form_key", "form_again", "password", "typed_name", "agrees")


def keep(user: Any, path: str, data: QueryDict, *, at: datetime) -> bool:
    """Keep what was typed; False where there is nothing to keep, or too much."""
    kept = data.copy()
    for name in NEVER_KEPT:
        kept.pop(name, None)
    text = kept.urlencode()
    if not path.startswith("/") or len(path) > 200 or len(text) > LIMIT_CHARACTERS or not any(kept.values()):
        return False
    FormDraft.objects.update_or_create(user=user, path=path, defaults={"data": text, "saved_at": at})
    return True


def draft_for(request: HttpRequest, *, at: datetime) -> FormDraft | None:
    """The draft of this page's form, if one is kept."""
    found = FormDraft.objects.filter(user=request.user.pk, path=request.path).first()
    return found if found and found.saved_at > at - KEPT_FOR else None


def drop(request: HttpRequest) -> None:
    FormDraft.objects.filter(user=request.user.pk, path=request.path).delete()


def fill(form: forms.Form, draft: FormDraft) -> None:
    """Show the draft's values in the unbound form."""
    data = QueryDict(draft.data)
    for name, field in form.fields.items():
        if form.add_prefix(name) in data and not isinstance(field, forms.FileField):
            form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
