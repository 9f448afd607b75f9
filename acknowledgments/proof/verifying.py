"""The check of the whole record, by `manage.py verify` and each night: what is wrong is named, logged and told."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from acknowledgments.proof.daily import wrong_days
from acknowledgments.proof.files import wrong_files
from acknowledgments.proof.guards import wrong_guards
from acknowledgments.proof.sealed import wrong_evidence, wrong_seals
from acknowledgments.proof.wrong import Kind, Wrong
from careerplan.base.dates import day_of
from careerplan.messaging.facts import word
from customers.stored import tell_administrators

security = logging.getLogger("careerplan.security")

CHECKS: dict[str, Callable[[], Iterator[Wrong]]] = {
    "guards": wrong_guards,
    "seals": wrong_seals,
    "evidence": wrong_evidence,
    "days": wrong_days,
    "files": wrong_files,
}
# So many are logged one by one; that there are more is said, and `manage.py verify` names them all.
LOGGED = 200


def register(name: str, check: Callable[[], Iterator[Wrong]]) -> None:
    """For what the floor above knows."""
    CHECKS[name] = check


def all_wrong(*, files: bool = True) -> Iterator[Wrong]:
    """What is wrong, as it is found. `files`: read the files on the disk, too."""
    for name, check in CHECKS.items():
        if files or name != "files":
            yield from check()


def verify_and_tell(*, at: datetime) -> int:
    """Check all of it; log what is wrong and tell the administrators, once a day. Returns how much is wrong."""
    counts: Counter[Kind] = Counter()
    for wrong in all_wrong():
        counts[wrong.kind] += 1
        if counts.total() <= LOGGED:
            security.error("%s", wrong.sentence, extra={"event": wrong.kind.value})
    if not counts:
        security.info("The record is as it was sealed and filed.", extra={"event": "verified"})
        return 0
    if counts.total() > LOGGED:
        security.error("In all, %d things are wrong.", counts.total(), extra={"event": "verify-failed"})
    with transaction.atomic():
        tell_administrators(
            [word(kind.label, count) for kind, count in sorted(counts.items())],
            key=f"verify:{day_of(at).isoformat()}",
            path=reverse("admin:index"),
            at=at,
        )
    return counts.total()
