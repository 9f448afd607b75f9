"""A field of a class of services is added in its own room: few files name what is only kept, sealed and printed."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from services.classes.apprenticeship.models import Apprenticeship
from services.classes.support.models import Support
from tests.test_writers import ROOMS

MOST = 4
KINDS = {".py", ".html", ".js"}
# No rule asks for them, so that they show what a field takes by itself.
FIELDS = [
    (Apprenticeship, "instruction_hours"),
    (Apprenticeship, "job_hours"),
    (Support, "frequency"),
]


def files_naming(word):
    """Of the product, without migrations and the demo's people."""
    base = Path(settings.BASE_DIR)
    for room in (*ROOMS, "templates"):
        for path in (base / room).rglob("*"):
            if path.suffix in KINDS and not {"migrations", "demo"} & {*path.parts}:
                if re.search(rf"\b{word}\b", path.read_text(encoding="utf-8")):
                    yield str(path.relative_to(base))


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_a_field_of_a_class_stands_in_four_files_at_most(model, name):
    found = sorted(files_naming(model._meta.get_field(name).name))
    assert any(path.endswith("/models.py") for path in found)
    assert any(path.endswith("/form.py") for path in found)
    assert len(found) <= MOST, found
