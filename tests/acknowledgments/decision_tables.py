"""Tables of decisions for a policy person: one line a change, a column for each set of rules and kind of plan.

A cell names the answer and the row of acknowledgments/rules/policy.py that gives it: `asks WI-IEP-ACK-3`, or
`none IL-NOACK`. The tables are kept by hand: whoever knows the policy corrects a cell; the tests name the line until
the product decides so. A line may speak of many cases (every reason of a removal, every date); the tests try each.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from acknowledgments.contents.items import PlanContents
from acknowledgments.rules.decisions import Decision, decide
from acknowledgments.rules.policy import Requirement

ON = date(2026, 11, 22)
RULE_SETS = {"wisconsin": "Wisconsin", "illinois": "Illinois", "both": "both"}
PLAN_TYPES = {"IEP": "IEP", "ISS": "ISS", "both": "shared"}
COLUMNS = {
    f"{rules}, {plan}": (rule_set, plan_type)
    for rule_set, rules in RULE_SETS.items()
    for plan_type, plan in PLAN_TYPES.items()
}
Key = tuple[str, str]
# In the first column: for whatever has no line of its own about that change.
EVERY = "any kind"


@dataclass(frozen=True)
class Case:
    """One change between two contents, the line of the table that speaks of it, and which change it is.

    `key`: what changed, and how. `pick`: kind, what and id of the change; None: the plan as a whole.
    """

    key: Key
    detail: str
    before: PlanContents | None
    after: PlanContents
    pick: tuple[str, str, int] | None
    options: frozenset[str] = frozenset()
    acknowledged_before: bool = True


@dataclass(frozen=True)
class Line:
    """A line of a table: where it stands, its first two columns, and its nine cells."""

    place: str
    key: Key
    cells: dict[str, str]


# --- what the product decides -----------------------------------------------------------------


def answer(case: Case, column: str) -> str:
    rule_set, plan_type = COLUMNS[column]
    decision = decide(
        case.before,
        case.after,
        rule_set=rule_set,
        plan_type=plan_type,
        on=ON,
        acknowledged_before=case.acknowledged_before,
        options=case.options,
    )
    return cell(decision, case.pick)


def cell(decision: Decision, pick: tuple[str, str, int] | None) -> str:
    """The answer about one change of a decision, which asks the customer where one of its answers does."""
    found = [requirement for requirement in decision.requirements if picked(requirement) == pick]
    if len(found) != 1:
        raise ValueError(f"No single change {pick} among {[picked(row) for row in decision.requirements]}.")
    asks = found[0].needs
    if asks and not decision.needs_acknowledgment:
        raise ValueError(f"{found[0].rule.code} asks, and the decision does not.")
    return f"{'asks' if asks else 'none'} {found[0].rule.code}"


def picked(requirement: Requirement) -> tuple[str, str, int] | None:
    change = requirement.change
    return (change.kind, change.what, change.id) if change else None


# --- the tables -------------------------------------------------------------------------------


def read_lines(path: Path) -> dict[Key, Line]:
    """The lines of a table by their first two columns, with their number in the file."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        what, how = (reader.fieldnames or ["", ""])[:2]
        found: dict[Key, Line] = {}
        for row in reader:
            key = (row.pop(what), row.pop(how))
            if key in found:
                raise ValueError(f"{path.name}:{reader.line_num} says again what {found[key].place} says.")
            found[key] = Line(f"{path.name}:{reader.line_num}", key, row)
    return found


def differences(cases: Iterable[Case], column: str, lines: dict[Key, Line]) -> Iterator[str]:
    """What the table says otherwise than the product, with the line to look at."""
    for case in cases:
        line = line_for(case, lines)
        decided = answer(case, column)
        if line.cells[column] != decided:
            about = f"{', '.join(case.key)} ({case.detail}), {column}"
            yield f"{line.place}: {about}: the table says {line.cells[column]!r}, the product decides {decided!r}"


def line_for(case: Case, lines: dict[Key, Line]) -> Line:
    what, how = case.key
    found = lines.get(case.key) or lines.get((EVERY, how))
    if found is None:
        raise LookupError(f"No line speaks of {what}, {how} ({case.detail}).")
    return found


def lines_of(cases: Iterable[tuple[str, Case]]) -> list[tuple[Key, dict[str, str]]]:
    """The lines of a new table, from each case with its column.

    Raises:
        ValueError: two cases of one line are decided differently, so that they need lines of their own.
    """
    found: dict[Key, dict[str, str]] = {}
    for column, case in cases:
        decided = answer(case, column)
        if found.setdefault(case.key, {}).setdefault(column, decided) != decided:
            raise ValueError(f"{case.key}, {column}: {found[case.key][column]}, but {decided} for {case.detail}.")
    return list(found.items())


def write_lines(path: Path, heads: tuple[str, str], lines: Iterable[tuple[Key, dict[str, str]]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*heads, *COLUMNS])
        for key, cells in lines:
            writer.writerow([*key, *(cells[column] for column in COLUMNS)])
