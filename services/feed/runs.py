"""How long it is kept that records came."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from services.feed.models import FeedRun

KEPT_FOR = timedelta(days=90)


def long_ago(at: datetime) -> QuerySet[Any]:
    """All but those of the last days, and the newest that each source, or each customer of it, has: "Last sync"."""
    later = FeedRun.objects.filter(
        source=OuterRef("source"), refusal="", ended_at__gt=OuterRef("ended_at"), customer__isnull=True
    )
    return FeedRun.objects.filter(Exists(later), ended_at__lt=at - KEPT_FOR)
