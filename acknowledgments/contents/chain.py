"""The chain of a plan's seals: each carries what the one before it carried, so that none can be changed, taken out or
put in between without all that follow (docs/adr/0013-what-proves-the-record.md)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

# Of a seal, all that is written with it. That it is voided comes later, and is no part of what it says.
LINKED = (
    "version_id",
    "digest",
    "schema",
    "short_code",
    "sealed_at",
    "sealed_by_id",
    "planner_name",
    "decision",
)
# Before the first seal of a plan.
BEGINNING = ""


def link_of(before: str, seal: Mapping[str, Any]) -> str:
    """SHA-256 of the link before and of what the seal says (`LINKED`), as 64 hexadecimal digits."""
    said = [before, *(seal[name] for name in LINKED)]
    text = json.dumps(said, default=in_utc, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def last_link(seals: Iterable[Mapping[str, Any]]) -> str:
    """Of a plan's seals in their order. Those of releases that knew no chain are linked as if they had known it."""
    link = BEGINNING
    for seal in seals:
        link = seal["chain_digest"] or link_of(link, seal)
    return link


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
