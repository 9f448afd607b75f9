"""The digest of a day: of all that was sealed, agreed to and filed as evidence on it, to be kept outside the product.

Whoever changes the database, its guards and its chains together can't change what another house has in its drawer. A
day is the installation's, from midnight to midnight by `TIME_ZONE`. It must be over: what is committed later than a
moment before midnight belongs to the next run (docs/running.md says when to run it).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from acknowledgments.contents.chain import in_utc
from acknowledgments.models import Acknowledgment, EvidenceDocument, Seal

# Of the text that is hashed; another text gets another number.
FORM = "careerplan daily digest 1"
CHUNK = 500

SEALED = ("id", "version_id", "digest", "chain_digest", "short_code", "sealed_at", "sealed_by_id")
FILED = ("id", "acknowledgment_id", "upload_id", "capture", "filed_on", "filed_at", "filed_by_id")


@dataclass(frozen=True)
class Day:
    day: date
    time_zone: str
    seals: int
    agreements: int
    documents: int
    digest: str

    def as_data(self) -> dict[str, Any]:
        return vars(self) | {"day": self.day.isoformat(), "form": FORM}

    def __str__(self) -> str:
        counts = f"{self.seals} seals, {self.agreements} agreements, {self.documents} documents"
        return f"{self.day.isoformat()} ({self.time_zone}): {counts}. Digest: {self.digest}"


def digest_of_day(day: date) -> Day:
    """Read row by row, in the order in which the rows were written."""
    zone = str(timezone.get_default_timezone())
    sha256 = hashlib.sha256()
    counts = {"seal": 0, "agreement": 0, "document": 0}
    add(sha256, [FORM, day, zone])
    for kind, row in rows_of(day):
        counts[kind] += 1
        add(sha256, [kind, row])
    return Day(day, zone, counts["seal"], counts["agreement"], counts["document"], sha256.hexdigest())


def add(sha256: Any, said: list[Any]) -> None:
    text = json.dumps(said, default=as_text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    sha256.update(text.encode() + b"\n")


def as_text(value: date | datetime) -> str:
    return in_utc(value) if isinstance(value, datetime) else value.isoformat()


def rows_of(day: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, its columns) of the day. Of agreements every column; that a seal is voided comes later."""
    begin, end = bounds(day)
    seals = Seal.objects.filter(sealed_at__gte=begin, sealed_at__lt=end).order_by("id").values(*SEALED)
    agreements = Acknowledgment.objects.filter(acknowledged_at__gte=begin, acknowledged_at__lt=end).order_by("id")
    documents = EvidenceDocument.objects.filter(filed_at__gte=begin, filed_at__lt=end).order_by("id")
    filed = documents.values(*FILED, sha256=F("upload__sha256"))
    for kind, rows in (("seal", seals), ("agreement", agreements.values()), ("document", filed)):
        for row in rows.iterator(chunk_size=CHUNK):
            yield kind, dict(row)


def bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight and the next midnight, of the installation; a day with a change of clocks has 23 or 25 hours."""
    zone = timezone.get_default_timezone()
    begin, end = (datetime.combine(one, time.min, tzinfo=zone) for one in (day, day + timedelta(days=1)))
    return begin.astimezone(UTC), end.astimezone(UTC)
