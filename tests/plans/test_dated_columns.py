"""Who and when stand together: a time without its person, or a person without the time, is refused by the database."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q

from tests.rows import APPS


def pairs():
    """Each model's (..._at or ..._on, ..._by) where both may be empty."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            fields = {field.name: field for field in model._meta.concrete_fields}
            if "history_id" in fields:
                continue  # a copy of rows that the constraints have let through
            for name, person in fields.items():
                stem = name.removesuffix("_by")
                for time in (f"{stem}_at", f"{stem}_on"):
                    if name.endswith("_by") and person.null and time in fields and fields[time].null:
                        yield model, time, name


def columns_of(condition: Any) -> set[str]:
    """The columns that a condition reads."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in columns_of(child)}
    return {condition[0].split("__")[0]} if isinstance(condition, tuple) else set()


def test_there_are_such_pairs():
    found = {(model._meta.model_name, time, person) for model, time, person in pairs()}
    assert {("planversion", "sent_at", "sent_by"), ("employmentplan", "closed_at", "closed_by")} <= found
    assert {("goal", "removed_at", "removed_by"), ("plannedservice", "removed_at", "removed_by")} <= found


@pytest.mark.parametrize(
    ("model", "time", "person"), [pytest.param(*pair, id=f"{pair[0].__name__}-{pair[2]}") for pair in pairs()]
)
def test_a_constraint_holds_the_two_together(model: type[models.Model], time: str, person: str):
    checks = [constraint for constraint in model._meta.constraints if isinstance(constraint, CheckConstraint)]
    assert any({time, person} <= columns_of(check.condition) for check in checks)
