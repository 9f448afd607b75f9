"""The inbox of a customer on Add Steps/Services: what waits, and when each source was heard of last (ILL-105)."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import records_of
from services.feed.models import FeedRecord, FeedSource

# So many stand on the page; the next ones come as they are decided.
MOST_SHOWN = 30


def waiting_records(customer: int) -> QuerySet[FeedRecord]:
    """The first ones: those that are shown, and one that says that there are more. Those that wait for an administrator
    come last."""
    rows = inbox_of(customer).select_related("service__category", "source")
    is_unknown = ExpressionWrapper(Q(service=None), output_field=BooleanField())
    return rows.order_by("state", is_unknown, "received_at", "pk")[: MOST_SHOWN + 1]


def inbox_of(customer: int) -> QuerySet[FeedRecord]:
    rows: QuerySet[FeedRecord] = FeedRecord.objects.in_inbox().filter(customer__in=records_of(customer))
    return rows


def shown_of(found: list[FeedRecord], customer: int) -> dict[str, Any]:
    """For the page: of what `waiting_records` found the first ones, and how many wait in all where that is more."""
    if len(found) <= MOST_SHOWN:
        return {"feed": found}
    return {"feed": found[:MOST_SHOWN], "feed_number": inbox_of(customer).count()}


def sources_heard(customer: int, region: int) -> QuerySet[FeedSource]:
    """Those that may write of a customer in the region, with when they were heard of last."""
    sources: QuerySet[FeedSource] = FeedSource.objects.of_region(region).with_last_sync(customer)
    return sources


def heard_of(report: Any) -> str:
    """What came of it, for the message after "Sync now"."""
    words = _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused.")
    said = words % {name: getattr(report, name) for name in ("new", "changed", "unchanged", "refused")}
    if not report.unmapped:
        return said
    unmapped = ngettext(
        "%(number)d record has a code that is not in the table of codes of its source.",
        "%(number)d records have a code that is not in the table of codes of their source.",
        report.unmapped,
    )
    return f"{said} {unmapped % {'number': report.unmapped}}"
