"""Models whose every change is kept, and the ways to write them (`record`, `record_together`, `record_all`,
`record_quietly`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from simple_history.models import registered_models

from careerplan.base.choices import settle_choices
from careerplan.base.database import insert_quickly
from careerplan.base.dates import day_of
from careerplan.base.history.carried import Carried, Change, Entry, announce, changed_values, remember
from careerplan.base.history.rows import History, Subject, history_row
from careerplan.base.history.words import SECRETS
from careerplan.base.plausible import settle_days
from careerplan.base.refusals import StaleRow
from careerplan.base.words import settle_texts

# How the reason begins of changes that follow from others.
QUIET = "follows: "


class TrackedQuerySet(models.QuerySet):
    """Refuses the writes that would leave no history."""

    def update(self, **values: Any) -> Any:
        raise RuntimeError("update() leaves no history: use record() for each row.")

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        raise RuntimeError("bulk_create() leaves no history: use record_all().")

    def bulk_update(self, objs: Any, *args: Any, **options: Any) -> Any:
        raise RuntimeError("bulk_update() leaves no history: use record() for each row.")


class TrackedModel(models.Model):
    """A row whose every change is kept. `row_version` counts changes: forms carry it to notice a colleague's."""

    row_version = models.PositiveIntegerField(default=1, editable=False)
    carried = Carried()

    # The column that names what moves with each change of these rows: "when did it move last" has an index then.
    moves: ClassVar[str] = ""

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Any:  # type: ignore[override]  # of Django 5.2
        instance = super().from_db(db, field_names, values)
        instance.carried = Carried(dict(zip(field_names, values, strict=True)))
        return instance

    def _get_FIELD_display(self, field: Any) -> Any:
        """What `get_..._display` says, from a list of choices that is not made anew for each row."""
        value = getattr(self, field.attname)
        return force_str(choices_of(field).get(value, value), strings_only=True)

    def history_subject(self) -> Subject:
        return Subject(str(self))

    def derive(self) -> None:
        """Fill the columns that follow from others of this row, which is about to be written. Mostly none."""

    @classmethod
    def keep_derived(cls, rows: Sequence[Any]) -> None:
        """Write what other tables derive from these rows, which were just written (search words). Mostly nothing."""


Tracked = TypeVar("Tracked", bound=TrackedModel)


@cache
def choices_of(field: Any) -> dict[Any, Any]:
    """The labels of a field's choices, which are the same as long as the process lives; each in the reader's words."""
    return dict(field.flatchoices)


def record(row: Tracked, *, by: Any, at: datetime, reason: str = "", also: Sequence[Change] = ()) -> bool:
    """Save what changed in `row` with one history row; False (and nothing written) when nothing changed.

    `also`: further changes in words that the row's own columns do not hold (many-to-many links).

    Raises Refusal where a text that must say something says nothing, a choice is none of its list, or a day can't be.
    """
    adding = row._state.adding
    changed = settled_changes(row, at=at)
    if not adding and not changed and not also:
        return False
    announce(row, Entry(by, at, reason[:100] or None, also))
    if adding:
        row.save()
    else:
        row.save(update_fields=counted(row, changed))
    remember(row)
    type(row).keep_derived([row])
    return True


def settled_changes(row: TrackedModel, *, at: datetime) -> Collection[str]:
    """The columns that are about to be written; Refusal as `record` says."""
    row.derive()
    every = {field.attname for field in row._meta.concrete_fields}
    written = every if row._state.adding else set(changed_values(row))
    settle_texts(row, written - SECRETS)
    settle_choices(row, written)
    settle_days(row, written, day_of(at))
    return changed_values(row).keys()


def counted(row: TrackedModel, changed: Collection[str]) -> list[str]:
    """The fields to save, with the count of the row's changes, which goes up."""
    row.row_version += 1
    names = [field.name for field in row._meta.concrete_fields if field.attname in changed]
    return [*names, "row_version"]


def record_together(reasons: Mapping[Tracked, str], *, by: Any, at: datetime) -> None:
    """As `record`, of rows of one model that are there already, each with its reason: they are saved in this order, and
    their history rows in one statement."""
    rows: Mapping[Any, str] = reasons
    entries: list[models.Model] = []
    for row, reason in rows.items():
        if changed := settled_changes(row, at=at):
            row.save_without_historical_record(update_fields=counted(row, changed))
            entries.append(history_row(row, "~", Entry(by, at, reason[:100] or None)))
            remember(row)
    if entries:
        type(entries[0])._base_manager.bulk_create(entries)
        type(next(iter(rows))).keep_derived(list(rows))


def record_all(
    rows: Iterable[Tracked], *, by: Any, at: datetime, reason: str = "", batch_size: int = 1000
) -> list[Tracked]:
    """Insert many new rows of one model with their history rows: two statements a batch.

    A row that was written by somebody else, or at another time, says so itself (`signed`).
    """
    rows = list(rows)
    if rows:
        model: Any = type(rows[0])
        for row in rows:
            row.derive()
        everything: Any = models.QuerySet(model)
        everything.bulk_create(rows, batch_size=batch_size)
        own = [row.carried.entry or Entry(by, at) for row in rows]
        said = [Entry(entry.by, entry.at, reason or None) for entry in own]
        entries = [history_row(row, "+", entry) for row, entry in zip(rows, said, strict=True)]
        insert_quickly(entries, batch_size=batch_size)
        model.keep_derived(rows)
    return rows


def record_quietly(rows: Iterable[Tracked], columns: Sequence[str], *, by: Any, at: datetime, reason: str) -> None:
    """Save columns that the system derives, of many rows at once, with their history: two statements a batch.

    The rows keep their `row_version`: nothing that a person typed into a form is stale by it. The Update Log leaves
    these entries out (`QUIET`), since what they follow from is told there.
    """
    found = list(rows)
    if found:
        model: Any = type(found[0])
        everything: Any = models.QuerySet(model)
        everything.bulk_update(found, columns, batch_size=1000)
        entry = Entry(by, at, f"{QUIET}{reason}")
        entries = [history_row(row, "~", entry) for row in found]
        insert_quickly(entries, batch_size=1000)


def ensure_current(row: TrackedModel, seen: int | None) -> None:
    """Refuse where the row changed since a form showed it as number `seen`.

    Raises:
        StaleRow: somebody saved the row in between; nothing is overwritten.
    """
    if seen is not None and row.row_version != seen:
        raise StaleRow(row, _("Someone else changed this since you opened it. Nothing of theirs was overwritten."))


def tracked_models() -> list[type[TrackedModel]]:
    """Every model with a history table."""
    return [model for model in registered_models.values() if issubclass(model, TrackedModel)]
