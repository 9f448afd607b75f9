"""Drafts of forms: nothing typed is lost to a time-out, a closed tab, a new sign-in or a row that is gone.

The browser sends what is typed (static/js/careerplan.js), and a post that no page took is kept as well; the form's page
offers it again; saving the form ends it. A form says whose page it stands on (includes/_whose.html), signed: so what
was typed is kept for that person and shown to nobody else, whoever is signed in by then.
"""

import contextlib
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import Error, transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from careerplan.base import clock
from careerplan.base.addresses import key_in
from careerplan.base.models import FormDraft
from careerplan.base.prepared import PreparedRows

LIMIT_CHARACTERS = 500_000
LONGEST_PATH = 200
# Of one person: what is more makes room, the oldest first. Nobody leaves so many forms unsaved in a week.
MOST_DRAFTS = 100
MOST_CHARACTERS = 2_000_000
MOST_ROWS = 100  # of a formset
KEPT_FOR = timedelta(days=7)
WHOSE, FORM = "typed_by", "typed_in"
NEVER_KEPT = (WHOSE, "csrfmiddlewaretoken", "form_key", "form_again", "typed_name", "agrees")
# How the names of fields begin that no draft keeps.
CONFIDENTIAL = "confidential-"
PASSWORDS = ("password", "oldpassword", "password1", "password2")
# The administration has a view for all that it doesn't have.
EVERY_OTHER_ADDRESS = AdminSite.catch_all_view.__name__
# The page of a form shows the draft where its address says so.
SHOWN = "draft=show"


class TooLong(Exception):
    """More was typed than a draft holds."""


def keep(user_pk: int, path: str, data: QueryDict, *, at: datetime) -> bool:
    """Keep what was typed; False where there is nothing to keep.

    Raises TooLong.
    """
    kept = data.copy()
    for name in (*NEVER_KEPT, *PASSWORDS, *(name for name in data if name.startswith(CONFIDENTIAL))):
        kept.pop(name, None)
    text = kept.urlencode()
    typed = any(value for name, value in kept.items() if name != FORM)
    if not may_hold_a_form(path) or not typed:
        return False
    if len(text) > LIMIT_CHARACTERS:
        raise TooLong
    FormDraft.objects.filter(user=user_pk, saved_at__lt=at - KEPT_FOR).delete()
    FormDraft.objects.update_or_create(user_id=user_pk, path=path, defaults={"data": text, "saved_at": at})
    make_room(user_pk)
    return True


def make_room(user_pk: int) -> None:
    """Forget the oldest drafts of this person that are more than anybody's may be."""
    of_person = FormDraft.objects.filter(user=user_pk).annotate(length=Length("data"))
    lengths = list(of_person.order_by("-saved_at", "-pk").values_list("pk", "length"))
    sums = accumulate(length for _pk, length in lengths)
    fit = sum(total <= MOST_CHARACTERS for total in sums)
    over = [pk for pk, _length in lengths[min(fit, MOST_DRAFTS) :]]
    if over:
        FormDraft.objects.filter(pk__in=over).delete()


def keep_lost(request: HttpRequest, *, at: datetime) -> bool:
    """Keep a post that no page took, for the person on whose page it was typed; whether that could be done."""
    person = whose(request)
    if person is None:
        return False
    with contextlib.suppress(TooLong, Error), transaction.atomic():
        known = get_user_model()._default_manager.filter(pk=person).exists()
        return known and keep(person, request.path, request.POST, at=at)
    return False


def mark(user: Any) -> str:
    """What a form carries to say on whose page it stands; "" on a page of nobody."""
    return signer().sign(str(user.pk)) if user.is_authenticated else ""


def whose(request: HttpRequest) -> int | None:
    """The key of the person on whose page the posted form stood; None where it doesn't say, or not truly."""
    try:
        return int(signer().unsign(request.POST.get(WHOSE, ""), max_age=KEPT_FOR))
    except (signing.BadSignature, ValueError):
        return None


def signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="careerplan.base.drafts")


def may_hold_a_form(path: str) -> bool:
    """Whether a page of ours has this address. None has a longer one, and no database takes the letter NUL."""
    if not path.startswith("/") or len(path) > LONGEST_PATH or "\0" in path:
        return False
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return getattr(view, "__name__", "") != EVERY_OTHER_ADDRESS


def draft_for(request: HttpRequest, *, at: datetime) -> FormDraft | None:
    """The draft of this page's form, if one is kept."""
    if not may_hold_a_form(request.path):
        return None
    found = FormDraft.objects.filter(user=request.user.pk, path=request.path).first()
    return found if found and found.saved_at > at - KEPT_FOR else None


def drafts_of(person: int) -> QuerySet[FormDraft]:
    return FormDraft.objects.filter(user=person).defer("data")


DRAFTS = PreparedRows(drafts_of)


def all_of(request: HttpRequest) -> dict[str, FormDraft]:
    """The person's drafts by the path of their forms, read once a request."""
    if not request.user.is_authenticated:
        return {}
    found: dict[str, FormDraft] | None = getattr(request, "kept_drafts", None)
    if found is None:
        since = clock.now() - KEPT_FOR
        found = {row.path: row for row in DRAFTS.read(request.user.pk) if row.saved_at > since}
        setattr(request, "kept_drafts", found)  # noqa: B010  # the request's own class knows no such name
    return found


def is_shown(request: HttpRequest) -> bool:
    """Whether the address asks for the form with the draft in it."""
    return request.GET.get("draft") == "show"


def drop(request: HttpRequest) -> None:
    FormDraft.objects.filter(user=request.user.pk, path=request.path).delete()


def fill(form: forms.BaseForm, draft: FormDraft) -> None:
    """Show the draft's values in the unbound form. A box without a tick says nothing, and comes back without it."""
    data = QueryDict(draft.data)
    if not any(form.add_prefix(name) in data for name in form.fields):
        return
    for name, field in form.fields.items():
        key, widget = form.add_prefix(name), field.widget
        if field.disabled or isinstance(field, forms.FileField) or widget.value_omitted_from_data(data, {}, key):
            continue
        form.initial[name] = widget.value_from_datadict(data, {}, key)


def rows_added(draft: FormDraft, prefix: str) -> int:
    """How many rows of a formset were typed beside those that were there."""
    data = QueryDict(draft.data)
    total, there = (data.get(f"{prefix}-{name}", "") for name in ("TOTAL_FORMS", "INITIAL_FORMS"))
    return min(max(key_in(total) - key_in(there), 0), MOST_ROWS)


def value_in(draft: FormDraft, name: str) -> str:
    return QueryDict(draft.data).get(name, "")


def is_row(form: Any, draft: FormDraft) -> bool:
    """Whether what was typed in this place of a formset was typed for this row."""
    return QueryDict(draft.data).get(form.add_prefix("id"), "") == str(form.instance.pk or "")


def shown_at(address: str) -> str:
    """The address of the form's page, with the draft in the form."""
    if SHOWN in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{SHOWN}"
