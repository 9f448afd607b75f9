"""A form makes its row once: Back and Save again, or the same post twice, make nothing twice.

The form carries a key of its own (includes/_form.html). The first post takes it, in one transaction with what it does;
two at the same time wait for each other.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from careerplan.base import drafts
from careerplan.base.models import FormPost
from careerplan.base.refusals import Refusal

KEY = "form_key"
# Sent by a form that came back with the question: what stands in it is another one.
AGAIN = "form_again"
KEPT_FOR = timedelta(days=7)
# A page that the browser fetches anew after Back has another key, and the words that were typed into it.
STILL_THE_SAME = timedelta(hours=1)
# What differs between two posts of the same words.
NOT_TYPED = (KEY, AGAIN, drafts.WHOSE, drafts.FORM, "csrfmiddlewaretoken")


class SavedAlready(Refusal):
    """The form was saved before; `same`: with the same words, so that there is nothing left to do."""

    def __init__(self, *, same: bool):
        words = (
            _("This was already saved. Nothing was added twice.")
            if same
            else _("This form was already saved. Open what was saved to change it, or save again to add another one.")
        )
        super().__init__("saved-already", words)
        self.same = same


@contextmanager
def once(request: HttpRequest, *, at: datetime) -> Iterator[None]:
    """Do what the form asks for, unless it was done. A post without a key is one that may be repeated.

    Raises SavedAlready.
    """
    key = key_of(request)
    if key is None:
        yield
        return
    typed = digest_of(request)
    with transaction.atomic():
        FormPost.objects.filter(user=request.user.pk, posted_at__lt=at - KEPT_FOR).delete()
        own = FormPost.objects.filter(user=request.user.pk, typed=typed).exclude(key=key)
        if AGAIN not in request.POST and own.filter(posted_at__gt=at - STILL_THE_SAME).exists():
            raise SavedAlready(same=False)
        first, is_new = FormPost.objects.get_or_create(
            key=key, defaults={"user_id": request.user.pk, "typed": typed, "posted_at": at}
        )
        if not is_new:
            raise SavedAlready(same=(first.user_id, first.typed) == (request.user.pk, typed))
        yield


def key_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def digest_of(request: HttpRequest) -> str:
    """SHA-256 of the page, the words, and the names and sizes of the files, as 64 hexadecimal digits."""
    words = request.POST.copy()
    for name in NOT_TYPED:
        words.pop(name, None)
    sent: Any = request.FILES
    files = sorted((name, str(file.name), file.size) for name, file in sent.items())
    return hashlib.sha256(f"{request.path} {words.urlencode()} {files}".encode()).hexdigest()
