"""Clears away by night what has ended: sessions, drafts of forms, forms that were saved.

So many rows at a time, each time in a transaction of its own: nothing is locked for long. What a floor above keeps for
a time is registered by it.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from careerplan.base import drafts, once
from careerplan.base.health.limits import ROWS_AT_A_TIME
from careerplan.base.models import FormDraft, FormPost

logger = logging.getLogger(__name__)

Ended = Callable[[datetime], QuerySet[Any]]

_registered: dict[str, Ended] = {
    "sessions": lambda at: Session.objects.filter(expire_date__lt=at),
    "drafts": lambda at: FormDraft.objects.filter(saved_at__lt=at - drafts.KEPT_FOR),
    "forms that were saved": lambda at: FormPost.objects.filter(posted_at__lt=at - once.KEPT_FOR),
}


def register(name: str, ended: Ended) -> None:
    """`ended`: the rows that nobody needs any more at this moment."""
    _registered[name] = ended


def tidy(at: datetime) -> dict[str, int]:
    """How many rows went, by what they were; what fails is logged, and the next night tries again."""
    gone = {}
    for name, ended in _registered.items():
        try:
            gone[name] = clear(ended(at))
        except SoftTimeLimitExceeded:  # the time of them all is over
            raise
        except Exception:  # one of them must not keep the others
            logger.exception("What has ended could not be cleared away: %s.", name)
    return gone


def clear(rows: QuerySet[Any]) -> int:
    gone = 0
    while keys := list(rows.values_list("pk", flat=True)[:ROWS_AT_A_TIME]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone
