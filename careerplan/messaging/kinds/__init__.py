"""The kinds of messages, a class each (`kind.py`), in a module for each subject."""

from careerplan.messaging.kinds import (
    agreements,
    approvals,
    caseloads,
    deadlines,
    people,
    plans,
    record,
    steps,
    undelivered,
    worksites,
)
from careerplan.messaging.kinds.kind import Audience, Kind, all_kinds, kind_of

__all__ = [
    "Audience",
    "Kind",
    "agreements",
    "all_kinds",
    "approvals",
    "caseloads",
    "deadlines",
    "kind_of",
    "people",
    "plans",
    "record",
    "steps",
    "undelivered",
    "worksites",
]
