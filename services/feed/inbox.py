"""The inbox of a customer on Add Steps/Services: what waits, and when each source was heard of last (ILL-105)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer, records_of
from services.feed.models import FeedRecord, FeedSource


def inbox_of(customer: Customer) -> dict[str, Any]:
    """Two queries."""
    rows = FeedRecord.objects.in_inbox().filter(customer__in=records_of(customer.pk))
    sources = FeedSource.objects.for_customer(customer).with_last_sync(customer.pk)
    return {
        "feed": list(rows.select_related("service__category", "source").order_by("state", "received_at", "pk")),
        "sources": list(sources),
    }


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
