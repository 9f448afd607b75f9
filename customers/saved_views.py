"""Saving views of the caseload, and removing them."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from customers.models import SavedView

# More names than this are no help in finding one.
LIMIT = 12


def save_view(*, name: str, query: str, by: User, at: datetime) -> SavedView:
    """Raises Refusal where the person has one of this name, or has too many."""
    if SavedView.objects.filter(user=by).count() >= LIMIT:
        raise Refusal(
            "too-many-views", _("You have saved %(number)d views. Remove one first.") % {"number": LIMIT}, field="name"
        )
    try:
        with transaction.atomic():
            return SavedView.objects.create(user=by, name=name, query=query)
    except IntegrityError:
        sentence = _("You already have a view with this name. Choose another.")
        raise Refusal("view-named-so", sentence, field="name") from None


def remove_view(view: SavedView, *, by: User, at: datetime) -> None:
    SavedView.objects.filter(pk=view.pk, user=by).delete()
