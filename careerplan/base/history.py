"""Who changed what, when, from what to what: django-simple-history with lean settings (docs/adr/0004-history.md).

Every model that a person can change derives from `TrackedModel`. A history row carries what the Update Log shows
(subject, changes with their words), so that the log of a plan is one query over an index, with nothing to look up.

Actions write with `record(row, by=, at=)`: it saves only what changed, writes one history row, and none at all when
nothing changed. The querysets' `update` and `bulk_create` are refused, since they would leave no history;
`record_all` is the bulk way that leaves it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords, registered_models
from simple_history.utils import get_change_reason_from_object

from careerplan.base.choices import settle_choices
from careerplan.base.database import insert_quickly
from careerplan.base.refusals import StaleRow
from careerplan.base.words import settle_texts

NOT_LOGGED = {"id", "row_version"}
# What every row of a plan says anyway: the log leaves it out.
NOT_TOLD = {"plan", "customer", "last_login"}
# What is no fact about the row: when somebody last signed in, and what is cleared within its transaction.
UNREMARKABLE = {"last_login", "restoring"}
# How the reason begins of changes that follow from others.
QUIET = "follows: "
# Never kept in history rows, neither the value nor the words.
SECRETS = {"password"}


class Subject(NamedTuple):
    """What a history row is about: `label` names the thing in words."""

    label: str
    customer_id: int | None = None
    plan_id: int | None = None


class HistoryRow(models.Model):
    """The columns that every history table has beside the copied ones."""

    about_customer_id = models.BigIntegerField(null=True, editable=False)
    about_plan_id = models.BigIntegerField(null=True, editable=False)
    about = models.CharField(max_length=200, editable=False)
    changes = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True


class History(HistoricalRecords):
    """HistoricalRecords that also stores the subject and the changes in words."""

    def __init__(self, **options):
        options.setdefault("history_id_field", models.BigAutoField())
        options.setdefault("bases", [HistoryRow])
        options.setdefault("inherit", True)
        options.setdefault("user_db_constraint", True)
        super().__init__(**options)

    def fields_included(self, model):
        """Hashes of passwords, and what is unremarkable, are not kept for ever."""
        return [field for field in super().fields_included(model) if field.name not in SECRETS | UNREMARKABLE]

    def copy_fields(self, model):
        """Copied columns get no index of their own: the log is read by plan and by row only."""
        fields = super().copy_fields(model)
        for field in fields.values():
            field.db_index = field.name == model._meta.pk.name
        return fields

    def get_meta_options(self, model):
        options = super().get_meta_options(model)
        options["indexes"] = (
            models.Index(
                fields=["about_plan_id", "-history_date", "-history_id"],
                name=f"{model._meta.app_label[:10]}_{model._meta.model_name[:12]}_log",
            ),
        )
        return options

    def create_historical_record(self, instance, history_type, using=None):
        """One row for a save that changed something; signing in, which only marks the day, changes nothing."""
        changed = changed_values(instance).keys() - UNREMARKABLE
        if history_type == "~" and not changed and not getattr(instance, "_also_changed", []):
            return
        row = history_row(
            instance,
            history_type,
            by=self.get_history_user(instance),
            at=getattr(instance, "_history_date", None) or timezone.now(),
            reason=get_change_reason_from_object(instance),
        )
        row.save(using=using if self.use_base_model_db else None)
        remember(instance)


class TrackedQuerySet(models.QuerySet):
    """Refuses the writes that would leave no history."""

    def update(self, **values):
        raise RuntimeError("update() leaves no history: use record() for each row.")

    def bulk_create(self, objs, *args, **options):
        raise RuntimeError("bulk_create() leaves no history: use record_all().")

    def bulk_update(self, objs, *args, **options):
        raise RuntimeError("bulk_update() leaves no history: use record() for each row.")


class TrackedModel(models.Model):
    """A row whose every change is kept. `row_version` counts changes: forms carry it to notice a colleague's."""

    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._loaded = dict(zip(field_names, values, strict=True))
        return instance

    def history_subject(self) -> Subject:
        return Subject(str(self))


Tracked = TypeVar("Tracked", bound=TrackedModel)


def changed_values(row: TrackedModel) -> dict[str, tuple[Any, Any]]:
    """Attribute name -> (stored value, new value), for what differs from the stored row; all of a new row."""
    loaded = {} if row._state.adding else getattr(row, "_loaded", {})
    changed = {}
    deferred = row.get_deferred_fields()
    for field in row._meta.concrete_fields:
        if field.name in NOT_LOGGED or field.attname in deferred:
            continue
        new = getattr(row, field.attname)
        old = loaded.get(field.attname)
        if old != new and not (field.attname not in loaded and new in (None, "")):
            changed[field.attname] = (old, new)
    return changed


def record(row: Tracked, *, by, at: datetime, reason: str = "", also: Sequence[dict] = ()) -> bool:
    """Save what changed in `row` with one history row; False (and nothing written) when nothing changed.

    `also`: further changes in words that the row's own columns do not hold (many-to-many links).

    Raises Refusal where a text that must say something says nothing, or a choice is none of its list.
    """
    adding = row._state.adding
    written = {field.attname for field in row._meta.concrete_fields} if adding else set(changed_values(row))
    settle_texts(row, written - SECRETS)
    settle_choices(row, written)
    changed = changed_values(row)
    if not adding and not changed and not also:
        return False
    row._history_user = by
    row._history_date = at
    row._change_reason = reason[:100] or None
    row._also_changed = list(also)
    if adding:
        row.save()
    else:
        row.row_version += 1
        names = [field.name for field in row._meta.concrete_fields if field.attname in changed]
        row.save(update_fields=[*names, "row_version"])
    row._also_changed = []
    remember(row)
    return True


def record_all(rows: Iterable[Tracked], *, by, at: datetime, reason: str = "", batch_size: int = 1000) -> list[Tracked]:
    """Insert many new rows of one model with their history rows: two statements a batch.

    A row that was written by somebody else, or at another time, says so itself: `_history_user`, `_history_date`.
    """
    rows = list(rows)
    if rows:
        model = type(rows[0])
        models.QuerySet(model).bulk_create(rows, batch_size=batch_size)
        entries = [
            history_row(
                row,
                "+",
                by=getattr(row, "_history_user", by),
                at=getattr(row, "_history_date", at),
                reason=reason or None,
            )
            for row in rows
        ]
        insert_quickly(entries, batch_size=batch_size)
    return rows


def record_quietly(rows: Iterable[Tracked], columns: Sequence[str], *, by, at: datetime, reason: str) -> None:
    """Save columns that the system derives, of many rows at once, with their history: two statements a batch.

    The rows keep their `row_version`: nothing that a person typed into a form is stale by it. The Update Log leaves
    these entries out (`QUIET`), since what they follow from is told there.
    """
    found = list(rows)
    if found:
        models.QuerySet(type(found[0])).bulk_update(found, columns, batch_size=1000)
        entries = [history_row(row, "~", by=by, at=at, reason=f"{QUIET}{reason}") for row in found]
        insert_quickly(entries, batch_size=1000)


@cache
def history_model(model: type[TrackedModel]) -> Any:
    """The model of a model's history rows. `model.history` builds a manager class at each look."""
    return model.history.model


def history_row(row: TrackedModel, history_type: str, *, by, at: datetime, reason: str | None):
    """The unsaved history row of a saved `row`; `history_type` is "+", "~" or "-"."""
    model = history_model(type(row))
    about = row.history_subject()
    return model(
        history_date=at,
        history_type=history_type,
        history_user=by,
        history_change_reason=reason,
        about_customer_id=about.customer_id,
        about_plan_id=about.plan_id,
        about=about.label[:200],
        changes=describe_changes(row) if history_type != "-" else [],
        **{field.attname: getattr(row, field.attname) for field in model.tracked_fields},
    )


def remember(row: TrackedModel) -> None:
    """Take the row's present values as the stored ones."""
    deferred = row.get_deferred_fields()
    fields = [field for field in row._meta.concrete_fields if field.attname not in deferred]
    row._loaded = {field.attname: getattr(row, field.attname) for field in fields}


def ensure_current(row: TrackedModel, seen: int | None) -> None:
    """Refuse where the row changed since a form showed it as number `seen`.

    Raises:
        StaleRow: somebody saved the row in between; nothing is overwritten.
    """
    if seen is not None and row.row_version != seen:
        raise StaleRow(row, _("Someone else changed this since you opened it. Nothing of theirs was overwritten."))


def describe_changes(row: TrackedModel) -> list[dict[str, str]]:
    """The changes in words, for people: [{"label", "from", "to"}], in the order of the model's fields."""
    changed, language = changed_values(row), get_language()
    entries = []
    for field in row._meta.concrete_fields:
        if field.attname not in changed or not field.editable or field.name in NOT_TOLD:
            continue
        old, new = changed[field.attname]
        if old is None and new is False:
            continue
        label = label_of(field, language)
        if field.name in SECRETS:
            entries.append({"label": label, "from": "", "to": _("changed")})
            continue
        entry = {"label": label, "from": in_words(field, old, row), "to": in_words(field, new, row)}
        if entry["from"] != entry["to"]:
            entries.append(entry)
    return entries + list(getattr(row, "_also_changed", []))


@cache
def label_of(field: models.Field, _language: str | None) -> str:
    """The field's name in the language in force."""
    return str(field.verbose_name)


def in_words(field: models.Field, value: Any, row: TrackedModel) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if field.is_relation:
        return related_in_words(field, value, row)
    if field.choices:
        return choices_of(field, get_language()).get(value, str(value))
    return plain_in_words(value)


@cache
def choices_of(field: models.Field, _language: str | None) -> dict[Any, str]:
    return {value: str(label) for value, label in field.flatchoices}


def related_in_words(field: models.Field, key: Any, row: TrackedModel) -> str:
    current = row._state.fields_cache.get(field.name)
    if current is not None and getattr(current, field.target_field.attname) == key:
        return str(current)
    found = field.related_model._base_manager.filter(**{field.target_field.attname: key}).first()
    return str(found) if found else str(key)


def plain_in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return day_in_words(value, get_language())
    if isinstance(value, Decimal):
        return formats.number_format(value)
    return str(value)


@lru_cache(maxsize=4000)
def day_in_words(day: date, _language: str | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def tracked_models() -> list[type[TrackedModel]]:
    """Every model with a history table."""
    return [model for model in registered_models.values() if issubclass(model, TrackedModel)]
