"""What was sealed, signed and logged stays as it is: the database refuses to change or delete it."""

import pytest
from django.db import connection

from acknowledgments.models import Acknowledgment, Seal
from careerplan.base.history import tracked_models
from careerplan.plans.models import VersionEvent
from tests import states
from tests.people import angela, tyrell
from tests.rows import refuses

pytestmark = pytest.mark.django_db

KEPT = [Seal, Acknowledgment, VersionEvent]
CHANGEABLE = {Seal: {"voided_at"}}


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def table(model):
    return model._meta.db_table


def row_of(model):
    return model.objects.filter(version__plan__customer=angela()).order_by("id")[0]


def another(field):
    """Another value of the column's kind."""
    kind = field.get_internal_type()
    others = {"DateTimeField": "now()", "JSONField": """'{"other": true}'""", "GenericIPAddressField": "'198.51.100.1'"}
    others |= dict.fromkeys(["CharField", "TextField"], "'x'")
    return others.get(kind, f"{field.column} + 1")


@pytest.mark.parametrize("model", KEPT)
def test_no_column_is_changed(model):
    row = row_of(model)
    for field in model._meta.concrete_fields:
        if field.column in CHANGEABLE.get(model, set()) or field.value_from_object(row) is None:
            continue
        statement = f'UPDATE "{table(model)}" SET "{field.column}" = {another(field)} WHERE id = %s'
        refuses(f"rows of {table(model)} are kept as they are", lambda text=statement: run(text, row.pk))


@pytest.mark.parametrize("model", KEPT)
def test_no_row_is_deleted(model):
    row = row_of(model)
    refuses("are kept as they are", lambda: run(f'DELETE FROM "{table(model)}" WHERE id = %s', row.pk))


def test_a_seal_without_evidence_may_be_voided_and_its_version_taken_back():
    seal = Seal.objects.get(version__plan__customer=tyrell())
    run('UPDATE "acknowledgments_seal" SET voided_at = now() WHERE id = %s', seal.pk)
    run('UPDATE "acknowledgments_acknowledgmentrequest" SET withdrawn_at = now() WHERE seal_id = %s', seal.pk)
    taken_back = "UPDATE plans_planversion SET state = 'draft', sent_at = NULL, sent_by_id = NULL WHERE id = %s"
    run(taken_back, seal.version_id)
    seal.refresh_from_db()
    assert seal.voided_at


def test_an_empty_column_is_not_filled_later():
    row = row_of(Acknowledgment)
    assert row.case_note_id is None
    refuses(
        "are kept as they are",
        lambda: run("UPDATE acknowledgments_acknowledgment SET case_note_id = 1 WHERE id = %s", row.pk),
    )


def test_every_table_of_the_record_has_its_triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {name for (name,) in cursor.fetchall()}
    tables = [table(model) for model in KEPT] + [table(model.history.model) for model in tracked_models()]
    assert {f"{name}_{kind}"[:63] for name in tables for kind in ("no_update", "no_delete")} <= triggers


def test_the_history_of_a_plan_is_kept_too():
    model = states.plan_of(angela()).history.model
    row = model.objects.filter(about_customer_id=angela().pk)[0]
    refuses(
        "are kept as they are",
        lambda: run(f'UPDATE "{table(model)}" SET about = %s WHERE history_id = %s', "-", row.pk),
    )
    refuses("are kept as they are", lambda: run(f'DELETE FROM "{table(model)}" WHERE history_id = %s', row.pk))
