"""What a source calls the entries of the catalog: its table of codes, and what changes with it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from careerplan.accounts.models import User
from careerplan.base.history import record, record_together
from services.feed.enums import RecordState
from services.feed.models import FeedCode, FeedRecord, FeedSource
from services.feed.tokens import require_administrator
from services.models import Service

REASON = "administration"


@transaction.atomic
def map_code(row: FeedCode, *, by: User, at: datetime) -> int:
    """Enter what a code of a source means, or correct it. Records that wait for a decision follow; what was decided
    stays. Returns how many followed.

    The source is locked, as where records are filed: none is filed by the former table after this one.

    Raises NotAllowed: somebody who does not keep sources.
    """
    require_administrator(by)
    lock_table(row.source_id)
    record(row, by=by, at=at, reason=REASON)
    rows = FeedRecord.objects.filter(source=row.source_id, service_code=row.code, state=RecordState.WAITING)
    followed = list(rows.exclude(service=row.service_id).select_for_update(of=("self",)))
    for each in followed:
        each.service = row.service
    if followed:
        record_together(dict.fromkeys(followed, REASON), by=by, at=at)
    return len(followed)


def lock_table(source: int) -> None:
    """What the codes of the source mean stays until the transaction ends."""
    list(FeedSource.objects.select_for_update(of=("self",), no_key=True).filter(pk=source))


def service_meant(source: int, code: str) -> int | None:
    """The key of the catalog's entry that the source's table, or else the catalog itself, knows by this code."""
    own = FeedCode.objects.filter(source=source, code=code).values_list("service", flat=True).first()
    return own or Service.objects.filter(code=code).values_list("pk", flat=True).first()


def unknown_codes(source: FeedSource) -> QuerySet[FeedRecord, Any]:
    """The codes of records that wait and are in no table, with the number of their records, the most first."""
    waiting: Any = FeedRecord.objects.without_service().filter(source=source)
    found: QuerySet[FeedRecord, Any] = (
        waiting.order_by().values_list("service_code").annotate(number=Count("pk")).order_by("-number", "service_code")
    )
    return found
