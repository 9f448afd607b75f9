"""Changes of the catalog that come with a file; one by one it is changed in the administration."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.accounts.permissions import is_administrator
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from services.models import Service


def require_keeper(by: User) -> None:
    """Raises NotAllowed for anybody but administrators."""
    if not is_administrator(by):
        raise NotAllowed("keeps-no-catalog", _("Only administrators change the catalog of services."))


@transaction.atomic
def save_entries(entries: Iterable[tuple[Service, Mapping[str, Any]]], *, by: User, at: datetime) -> list[Service]:
    """Write new and changed entries; what a file doesn't say stays. Raises Refusal where an offer ends before it
    begins."""
    require_keeper(by)
    saved = []
    for entry, values in entries:
        for name, value in values.items():
            setattr(entry, name, value)
        refuse_wrong_days(entry)
        record(entry, by=by, at=at, reason="file")
        saved.append(entry)
    return saved


def refuse_wrong_days(entry: Service) -> None:
    if entry.offered_from and entry.offered_until and entry.offered_until < entry.offered_from:
        raise Refusal(
            "ends-before-it-begins",
            _("The last day can't be before the first. Correct one of the two."),
            field="offered_until",
        )


@transaction.atomic
def end_offers(entries: Iterable[Service], *, by: User, at: datetime) -> int:
    """Today is the last day on which they can be added; returns how many that changes."""
    require_keeper(by)
    today, ended = day_of(at), 0
    for entry in entries:
        if entry.offered_until is None or entry.offered_until > today:
            entry.offered_until = today
            refuse_wrong_days(entry)
            ended += record(entry, by=by, at=at, reason="administration")
    return ended
