"""What no code changes or deletes: the history of every tracked model, and the rows of plans. The database refuses."""

import pytest
from django.apps import apps
from django.db import connection, models

from acknowledgments.contents.kinds import BY_NAME
from acknowledgments.models import AcknowledgmentRequest, DayDigest, ItemQuestion, Paper, StaffAnswer, StaffRequest
from careerplan.base.database import keep_rows, release_rows
from careerplan.base.history import tracked_models
from careerplan.plans.guards import changes_in_a_draft
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion, RemovableModel
from customers.models import CaseNote, Upload
from services.attendance.models import Attendance
from services.classes.details import ServiceDetail
from services.costs.models import CostLine
from services.feed.models import FeedRecord, FeedSource, FeedToken
from services.limits.models import SupportLimit
from services.providers.models import ListedModel
from tests.rows import refuses
from worksites.models import ProgramMinimum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

HISTORY = {model._meta.label: model.history.model for model in tracked_models()}


def tables():
    return {model._meta.db_table for model in HISTORY.values()}


def guarded():
    """The tables where triggers refuse both, always and not only for some rows or columns."""
    kinds = (
        "SELECT event_object_table, event_manipulation FROM information_schema.triggers WHERE action_condition IS NULL"
    )
    where = " AND action_timing = 'BEFORE' AND action_statement LIKE '%careerplan_refuse()%'"
    with connection.cursor() as cursor:
        cursor.execute(kinds + where)
        found = cursor.fetchall()
    refused = {table: {kind for name, kind in found if name == table} for table, _kind in found}
    return {table for table, kinds in refused.items() if kinds >= {"UPDATE", "DELETE"}}


def test_the_history_of_every_tracked_model_is_kept():
    assert len(HISTORY) > 20
    assert tables() - guarded() == set()


def test_a_tracked_model_whose_history_is_not_kept_is_noticed():
    table = HISTORY["goals.Goal"]._meta.db_table
    with connection.schema_editor() as schema_editor:
        release_rows(schema_editor, table)
    assert tables() - guarded() == {table}
    with connection.schema_editor() as schema_editor:
        keep_rows(schema_editor, table, changeable=["about"], columns=["about", "changes"])
    assert tables() - guarded() == {table}


@pytest.mark.parametrize("label", HISTORY)
def test_a_history_row_is_neither_changed_nor_deleted(label):
    model = HISTORY[label]
    row = model.objects.order_by("history_id").first()
    if row is None:
        pytest.skip("no row of this kind among the demo people")
    rows = models.QuerySet(model).filter(pk=row.pk)
    refuses("are kept as they are", lambda: rows.update(about="Something else"))
    refuses("are kept as they are", lambda: rows.delete())
    refuses("are kept as they are", lambda: rows.update(history_user=None))
    assert model.objects.get(pk=row.pk).about == row.about


# --- rows of plans ----------------------------------------------------------------------------

ITEMS = [model for model in apps.get_models() if issubclass(model, RemovableModel)]
BESIDE_SERVICES = [model for model in apps.get_models() if issubclass(model, ServiceDetail | ListedModel)]
NOT_DELETED = [
    *BESIDE_SERVICES, Attendance, CostLine, FeedRecord, FeedSource, FeedToken, SupportLimit, ProgramMinimum,
    EmploymentPlan, PlanVersion, LegacyPlan, CaseNote, *ITEMS,
    AcknowledgmentRequest, Paper, StaffRequest, StaffAnswer, ItemQuestion, Upload, DayDigest,
]  # fmt: skip


def triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return {name for (name,) in cursor.fetchall()}


def guards_of_items(table):
    return {
        f"{table}_no_delete",
        f"{changes_in_a_draft(table)}_insert",
        f"{changes_in_a_draft(table)}_update",
        f"{table}_stays_what_it_is_update",
    }


def test_whatever_has_bound_columns_is_a_plan_or_an_item():
    assert {part.rows for part in BY_NAME.values()} == {EmploymentPlan, *ITEMS}


@pytest.mark.parametrize("model", ITEMS)
def test_every_kind_of_item_has_its_guards(model):
    """A new kind: its migration calls `refuse_deletion`, `change_in_a_draft`, `enter_in_a_draft` and fixes plan_id."""
    assert guards_of_items(model._meta.db_table) - triggers() == set()


@pytest.mark.parametrize("model", NOT_DELETED)
def test_every_table_of_plans_refuses_deletion(model):
    assert f"{model._meta.db_table}_no_delete" in triggers()
    row = model.objects.order_by("pk").first()
    if row is not None:
        rows = models.QuerySet(model).filter(pk=row.pk)
        refuses("are kept as they are", lambda: rows._raw_delete(rows.db))
