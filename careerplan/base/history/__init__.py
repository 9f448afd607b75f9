"""Who changed what, when, from what to what: django-simple-history with lean settings (docs/adr/0004-history.md).

Every model that a person can change derives from `TrackedModel`. A history row carries what the Update Log shows
(subject, changes with their words), so that the log of a plan is one query over an index, with nothing to look up.

Actions write with `record(row, by=, at=)`: it saves only what changed, writes one history row, and none at all when
nothing changed. The querysets' `update` and `bulk_create` are refused, since they would leave no history;
`record_all` is the bulk way that leaves it.

Each module knows those before it: `carried` (what a row carries), `words` (the changes for people), `rows` (the history
tables), `tracking` (the models and the ways to write them).
"""

from careerplan.base.history.carried import Entry, changed_values, remember, signed
from careerplan.base.history.rows import Subject, entries_that_move, history_row, moved_at
from careerplan.base.history.tracking import (
    QUIET,
    TrackedModel,
    TrackedQuerySet,
    ensure_current,
    record,
    record_all,
    record_quietly,
    record_together,
    tracked_models,
)

__all__ = [
    "QUIET",
    "Entry",
    "Subject",
    "TrackedModel",
    "TrackedQuerySet",
    "changed_values",
    "ensure_current",
    "entries_that_move",
    "history_row",
    "moved_at",
    "record",
    "record_all",
    "record_quietly",
    "record_together",
    "remember",
    "signed",
    "tracked_models",
]
