"""The rows of the history tables: the columns that they add to the copied ones, and how one is written."""

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from simple_history.models import HistoricalRecords

from careerplan.base import clock
from careerplan.base.history.carried import Entry, changed_values, remember
from careerplan.base.history.words import SECRETS, describe_changes

if TYPE_CHECKING:
    from careerplan.base.history.tracking import TrackedModel

# What follows from other columns or rows, whose history is the history.
FOLLOWS = {"programs_ended_on", "in_daily_list", "search_key"}
# What is no fact about the row: when somebody last signed in, and what is cleared within its transaction.
UNREMARKABLE = {"last_login", "restoring"} | FOLLOWS


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

    def __init__(self, **options: Any):
        options.setdefault("history_id_field", models.BigAutoField())
        options.setdefault("bases", [HistoryRow])
        options.setdefault("inherit", True)
        options.setdefault("user_db_constraint", True)
        super().__init__(**options)

    def fields_included(self, model: Any) -> list[Any]:
        """Hashes of passwords, and what is unremarkable, are not kept for ever."""
        return [field for field in super().fields_included(model) if field.name not in SECRETS | UNREMARKABLE]

    def copy_fields(self, model: Any) -> dict[str, Any]:
        """Copied columns get no index of their own: the log is read by plan and by row only, and some by what moves."""
        fields: dict[str, Any] = super().copy_fields(model)
        for field in fields.values():
            field.db_index = field.name == model._meta.pk.name
        return fields

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_meta_options(model)
        name = f"{model._meta.app_label[:10]}_{model._meta.model_name[:12]}"
        indexes = [models.Index(fields=["about_plan_id", "-history_date", "-history_id"], name=f"{name}_log")]
        if model.moves:
            indexes.append(models.Index(fields=[model.moves, "history_date"], name=f"{name}_moved"))
        options["indexes"] = tuple(indexes)
        return options

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        """One row for a save that changed something; signing in, which only marks the day, changes nothing.

        What `record` wrote says by whom. Any other save is said to be of the person whose request it is.
        """
        entry = instance.carried.entry
        changed = changed_values(instance).keys() - UNREMARKABLE
        if history_type == "~" and not changed and not (entry and entry.also):
            return
        row = history_row(instance, history_type, entry or Entry(self.get_history_user(instance), clock.now()))
        row.save(using=using if self.use_base_model_db else None)
        remember(instance)


@cache
def history_model(model: type["TrackedModel"]) -> Any:
    """The model of a model's history rows. `model.history` builds a manager class at each look."""
    return model.history.model


def entries_that_move(model: type["TrackedModel"]) -> models.QuerySet:
    """In a query of what `model.moves` names: the history rows that count as its movement."""
    rows: models.QuerySet = history_model(model).objects.filter(**{model.moves: models.OuterRef("pk")})
    return rows.order_by()


def moved_at(model: type["TrackedModel"]) -> models.Subquery:
    """In the same query: when the newest of them was written; NULL where there is none."""
    return models.Subquery(entries_that_move(model).order_by("-history_date").values("history_date")[:1])


def history_row(row: "TrackedModel", history_type: str, entry: Entry) -> Any:
    """The unsaved history row of a saved `row`; `history_type` is "+", "~" or "-"."""
    model = history_model(type(row))
    about = row.history_subject()
    told = [*describe_changes(row, changed_values(row)), *entry.also] if history_type != "-" else []
    return model(
        history_date=entry.at,
        history_type=history_type,
        history_user=entry.by,
        history_change_reason=entry.reason,
        about_customer_id=about.customer_id,
        about_plan_id=about.plan_id,
        about=about.label[:200],
        changes=told,
        **{field.attname: getattr(row, field.attname) for field in model.tracked_fields},
    )
