"""Everything in the product that writes rows, and the guard that each place stands behind.

A second door is a door: a function that writes a plan's rows asks first who may, and whether the plan takes it. The
test reads the product's code, finds each place that writes, and compares it with the table.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.writers import CALLERS, GUARDS, TABLE, WRITERS, WRITING_METHODS, Asks, Behind, NoPlan

ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")


# --- reading the code -------------------------------------------------------------------------


class Module(ast.NodeVisitor):
    """Which function of the module calls what."""

    def __init__(self, name: str, source: str):
        self.name, self.imported, self.inside = name, {}, [name]
        self.calls: dict[str, set[str]] = defaultdict(set)
        self.visit(ast.parse(source))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.imported |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}

    def visit_Import(self, node: ast.Import) -> None:
        self.imported |= {alias.asname: alias.name for alias in node.names if alias.asname}

    def visit_ClassDef(self, node: Any) -> None:
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef

    def visit_Call(self, node: ast.Call) -> None:
        place = ".".join(self.inside)
        if isinstance(node.func, ast.Name):
            self.calls[place].add(self.imported.get(node.func.id, f"{self.name}.{node.func.id}"))
        if isinstance(node.func, ast.Attribute):
            self.calls[place].add(f".{node.func.attr}")
            if isinstance(node.func.value, ast.Name) and node.func.value.id in self.imported:
                self.calls[place].add(f"{self.imported[node.func.value.id]}.{node.func.attr}")
        self.generic_visit(node)


def product() -> Iterator[tuple[str, str]]:
    """(module, source) of the product's files; migrations write once, before or after the product runs."""
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path.read_text()


def calls_of(modules: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """Place (module and function) -> what it calls: the functions' full names, methods with a point before them."""
    return {place: calls for name, source in modules for place, calls in Module(name, source).calls.items()}


CALLS = calls_of(product())


def last(name: str) -> str:
    return name.rpartition(".")[2]


def writes(calls: set[str]) -> bool:
    return any(last(name) in (WRITING_METHODS if name.startswith(".") else WRITERS) for name in calls)


def callers_of(place: str, calls: dict[str, set[str]]) -> set[str]:
    """A function by its full name; a method by its name, within its module."""
    module_and_class, _, name = place.rpartition(".")
    if last(module_and_class)[0].isupper():
        module = module_and_class.rpartition(".")[0]
        return {other for other, names in calls.items() if other.startswith(f"{module}.") and f".{name}" in names}
    return {other for other, names in calls.items() if place in names}


def faults(calls: dict[str, set[str]], table: dict[str, Asks | Behind | NoPlan]) -> list[str]:
    """What differs between the code and the table, in sentences."""
    found = {place for place, names in calls.items() if writes(names)}
    told = [
        f"{place} writes rows and has no row in the table: let it ask a guard ({', '.join(GUARDS)}) before it writes, "
        "and add it to PLACES in tests/writers.py with that guard."
        for place in sorted(found - table.keys())
    ]
    told += [
        f"{place} writes no rows any more: take its row out of PLACES in tests/writers.py."
        for place in sorted(table.keys() - found - CALLERS.keys())
    ]
    for place, guard in table.items():
        if isinstance(guard, Asks) and guard not in {last(name) for name in calls.get(place, ())}:
            told.append(f"{place} is to ask {guard} and doesn't call it.")
        if isinstance(guard, Behind) and (callers := callers_of(place, calls)) != guard:
            told.append(f"{place} is called by {sorted(callers)}, and the table names {sorted(guard)}: who asks there?")
        if isinstance(guard, Behind):
            told += [f"{caller} calls {place} and stands in no row of the table." for caller in guard - table.keys()]
    return told


# --- facts ------------------------------------------------------------------------------------


def test_everything_that_writes_stands_behind_its_guard():
    assert faults(CALLS, TABLE) == []


def test_every_guard_is_one_that_we_know():
    assert {str(guard) for guard in TABLE.values() if isinstance(guard, Asks)} <= GUARDS.keys()


def test_who_stands_behind_others_comes_to_one_that_asks():
    """No circle: each chain of callers ends at a guard."""
    asked = {place for place, guard in TABLE.items() if not isinstance(guard, Behind)}
    for _step in TABLE:
        asked |= {place for place, guard in TABLE.items() if isinstance(guard, Behind) and guard <= asked}
    assert TABLE.keys() - asked == set()


NEW = {
    "a row that is saved": "def fix(goal):\n    goal.statement = 'x'\n    goal.save()\n",
    "a row that is recorded": "from careerplan.base.history import record\ndef fix(goal):\n    record(goal)\n",
    "a queryset that is updated": "def fix(plan):\n    QuerySet(Goal).filter(plan=plan).update(statement='x')\n",
    "a cursor": "def fix():\n    with connection.cursor() as cursor:\n        cursor.execute('DELETE FROM goal')\n",
    "a class": "class Fix:\n    def now(self):\n        Goal.objects.get_or_create(plan=1)\n",
    "a module": "Goal.objects.bulk_create([])\n",
}


@pytest.mark.parametrize("what", NEW)
def test_a_new_writer_is_found_and_told_what_to_do(what):
    calls = calls_of(iter([("goals.mending", NEW[what])]))
    [sentence] = faults(CALLS | calls, TABLE)
    assert sentence.startswith("goals.mending")
    assert "add it to PLACES" in sentence


def test_a_row_without_its_place_is_told():
    gone = {place: names for place, names in CALLS.items() if place != "goals.steps.save_step"}
    assert "goals.steps.save_step writes no rows any more: take its row out of PLACES in tests/writers.py." in (
        faults(gone, TABLE)
    )


def test_a_guard_that_is_no_longer_called_is_told():
    calls = CALLS | {
        "goals.steps.save_step": CALLS["goals.steps.save_step"] - {"careerplan.plans.rows.item_for_saving"}
    }
    assert faults(calls, TABLE) == ["goals.steps.save_step is to ask item_for_saving and doesn't call it."]


def test_another_caller_of_what_asks_nothing_is_told():
    source = "from careerplan.plans.rows import take_out\ndef fix(goal):\n    take_out(goal)\n"
    [sentence] = faults(CALLS | calls_of(iter([("goals.mending", source)])), TABLE)
    assert "goals.mending.fix" in sentence
