"""The Update Log: every change of a plan, read from the history tables in one query (docs/adr/0004-history.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.utils.dateparse import parse_datetime

from careerplan.accounts.models import User
from careerplan.base.history import QUIET, TrackedModel, tracked_models
from careerplan.base.history.rows import history_model
from careerplan.base.prepared import Prepared

COLUMNS = ("history_date", "history_id", "history_type", "history_change_reason", "history_user", "about", "changes")


@dataclass(frozen=True)
class Place:
    """Where a page of the log begins: after this entry."""

    at: datetime
    kind: str
    history_id: int

    @classmethod
    def read(cls, values: list[Any] | None) -> "Place | None":
        at = parse_datetime(values[0]) if values else None
        return cls(at, values[1], values[2]) if values and at else None

    def older(self, kind: str) -> Q:
        """Entries of one kind that come later in the log: newest first, then by kind, then newest row first."""
        if kind == self.kind:
            return Q(history_date__lt=self.at) | Q(history_date=self.at, history_id__lt=self.history_id)
        return Q(history_date__lte=self.at) if kind > self.kind else Q(history_date__lt=self.at)


@cache
def models_of_plans() -> list[type[TrackedModel]]:
    """The tracked models whose rows belong to a plan, to a seal of one or to a placement under it, or are one."""
    return [model for model in tracked_models() if is_of_plan(model)]


def is_of_plan(model: type[TrackedModel]) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return bool({"plan", "seal", "placement"} & names) or model._meta.model_name in {"employmentplan", "placement"}


def entries_of(
    plan_id: int,
    *,
    rows: int,
    people: Mapping[int, User],
    after: Place | None = None,
    kind: str = "",
    user_id: int | None = None,
) -> list[dict[str, Any]]:
    """The `rows` newest entries after `after`, with `model` (its name) and `by` (of `people`: as `people_of`). One
    query."""
    words = {str(model._meta.model_name): str(model._meta.verbose_name) for model in models_of_plans()}
    if kind and kind not in words:
        return []
    entries: Iterable[tuple[Any, ...]]
    if after is None and not kind and user_id is None:
        entries = newest_entries(rows).ask(plan_id)
    else:
        entries = filtered(plan_id, rows=rows, after=after, kind=kind, user_id=user_id)
    told = (dict(zip((*COLUMNS, "model"), entry, strict=True)) for entry in entries)
    return [entry | {"by": people.get(entry["history_user"]), "what": words[entry["model"]]} for entry in told]


@cache
def newest_entries(rows: int) -> Prepared:
    """Of a plan, by all people and of all kinds: what the log begins with."""
    return Prepared(lambda plan: filtered(plan, rows=rows))


def filtered(
    plan_id: int, *, rows: int, after: Place | None = None, kind: str = "", user_id: int | None = None
) -> QuerySet[Any, Any]:
    """The values of `COLUMNS`, and the name of the model."""
    found: list[QuerySet[Any, Any]] = []
    for model in models_of_plans():
        name = str(model._meta.model_name)
        if kind and kind != name:
            continue
        entries = history_model(model).objects.filter(about_plan_id=plan_id).order_by()
        entries = entries.filter(Q(history_change_reason=None) | ~Q(history_change_reason__startswith=QUIET))
        if user_id is not None:
            entries = entries.filter(history_user=user_id)
        if after is not None:
            entries = entries.filter(after.older(name))
        found.append(entries.annotate(model=Value(name, CharField())).values_list(*COLUMNS, "model"))
    union = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    return union.order_by("-history_date", "model", "-history_id")[:rows]


def kinds() -> list[tuple[str, str]]:
    """What the log can be filtered by: (model name, words)."""
    return [(str(model._meta.model_name), str(model._meta.verbose_name)) for model in models_of_plans()]


def people_of(plan_id: int) -> dict[int, User]:
    """Who changed anything in the plan, by their keys, in the order of names. Two queries."""
    found = User.objects.filter(pk__in=[key for (key,) in WRITERS.ask(plan_id)])
    return {person.pk: person for person in found.order_by("last_name", "first_name")}


def writers_of(plan_id: int) -> QuerySet[Any, Any]:
    first, *others = (
        history_model(model).objects.filter(about_plan_id=plan_id, history_user__isnull=False).order_by()
        for model in models_of_plans()
    )
    found: QuerySet[Any, Any] = first.values_list("history_user")
    return found.union(*(rows.values_list("history_user") for rows in others))


WRITERS = Prepared(writers_of)
