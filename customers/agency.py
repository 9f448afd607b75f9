"""Regions, grantees, offices and programs, kept by administrators of the installation."""

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.urls import reverse

from careerplan.accounts.models import Grantee, Office, Region, User
from careerplan.accounts.permissions import require_administrator
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import Refusal
from customers.models import Program
from customers.sight import Unseen, settle_sight, unseen_by

Entry = Region | Grantee | Office | Program
REASON = "administration"


@transaction.atomic
def save_entry(entry: Entry, values: dict[str, Any], *, seen: int | None = None, by: User, at: datetime) -> Entry:
    """A new one, or what was changed of one that is there.

    Raises:
        NotAllowed: somebody else than an administrator.
        StaleRow: somebody else changed it since `seen`.
        Refusal: a value that can't be; or an office goes to another region, and somebody would no longer see customers
            for whom that person is responsible.
    """
    require_administrator(by)
    row: Any = entry
    if not row._state.adding:
        row = type(entry)._default_manager.select_for_update(of=("self",)).get(pk=entry.pk)
        ensure_current(row, seen)
    before = who_may_lose_sight(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    refuse_wrong(row)
    record(row, by=by, at=at, reason=REASON)
    try:
        settle_sight(before, asks=False, by=by, at=at)
    except Refusal as refusal:
        raise leading_to_the_first(refusal) from refusal
    found: Entry = row
    return found


def who_may_lose_sight(row: Any, values: dict[str, Any]) -> Unseen:
    """Of an office that goes to another region: those who have the whole of its region."""
    if not isinstance(row, Office) or row._state.adding or values.get("region") == row.region:
        return {}
    return unseen_by(User.objects.filter(scopes__region=row.region_id).values_list("pk", flat=True))


def refuse_wrong(row: Any) -> None:
    """Raises Refusal for the first value that can't be."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refusal("value-wrong", sentences[0], field=None if field == NON_FIELD_ERRORS else field) from None


def leading_to_the_first(refusal: Refusal) -> Refusal:
    """With a link to the first of the customers who have to be handed over."""
    lost = refusal.facts.get("customers", [])
    if lost:
        refusal.leads_to, refusal.leads_as = reverse("customer-hand-over", args=[lost[0].pk]), str(lost[0])
    return refusal
