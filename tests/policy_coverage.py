"""Each statement of policy with the tests that prove it: `make policy`.

Reads the statements of docs/policy-statements.yaml and the marks `@pytest.mark.policy("WIS-020")` of all tests, prints
them together and writes docs/policy.md. Nothing is run and no server is started: the tests are only collected.
Fails where a statement that must be proved has no test, and where a mark names a statement that there is not.

    .venv/bin/python -m tests.policy_coverage [--check]

With --check nothing is written: it fails, too, where the page is not what would be written.
"""

import argparse
import contextlib
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = ROOT / "docs" / "policy-statements.yaml"
PAGE = ROOT / "docs" / "policy.md"
COLLECT = ["--collect-only", "-p", "no:xdist", "-p", "no:cacheprovider"]

Proofs = Mapping[str, list[str]]  # a statement's id -> the tests that prove it


def spread(text: str) -> tuple[str, ...]:
    """The ids of a list that may name ranges: WIS-007..WIS-009 is three ids, with as many digits as the first has."""
    return tuple(one for word in text.split() for one in ids_of(word))


def ids_of(word: str) -> Iterator[str]:
    if ".." not in word:
        yield word
        return
    first, last = (re.fullmatch(r"(.*?)(\d+)", end) for end in word.split(".."))
    if not (first and last and first[1] == last[1]):
        raise ValueError(f"{word} is no range of ids.")
    for number in range(int(first[2]), int(last[2]) + 1):
        yield f"{first[1]}{number:0{len(first[2])}}"


# The statements of the parts that are built; extend with each part.
MUST_BE_PROVED = spread(
    "WIS-002..WIS-155 WIS-158..WIS-194"
    " ILL-002 ILL-004 ILL-022..ILL-024 ILL-029..ILL-045 ILL-050..ILL-088"
    " ILL-103 ILL-105 ILL-112..ILL-115 ILL-122..ILL-160"
    " AMB-W1..AMB-W9 AMB-W14..AMB-W30"
    " AMB-X1..AMB-X5 AMB-I1 AMB-I2 AMB-I5 AMB-I7..AMB-I12 AMB-I14 AMB-I15"
)


# --- the statements ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Statement:
    """One statement as the page shows it. `place` says where its document makes it, `note` follows it in italics."""

    id: str
    section: str
    place: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    title: str
    statements: list[Statement]


def chapters_of(data: Mapping) -> list[Chapter]:
    """Wisconsin, Illinois and the ambiguities, from what the YAML file holds."""
    return [
        Chapter("Wisconsin", [wisconsin(row, data["sections"]) for row in data["wisconsin"]]),
        Chapter("Illinois", [illinois(row) for row in data["illinois"]]),
        Chapter("Ambiguities and their resolutions", in_groups(ambiguity(row) for row in data["ambiguities"])),
    ]


def wisconsin(row: Mapping, titles: Mapping[str, str]) -> Statement:
    number = row["section"].split()[0]
    plans = "IEP and ISS" if row["applies_to"] == "both" else row["applies_to"]
    note = "" if row["trigger"] == "Always" else f"Trigger: {row['trigger']}."
    return Statement(row["id"], f"{number} {titles[number]}", f"{row['section']}, {plans}", row["requirement"], note)


def illinois(row: Mapping) -> Statement:
    limit = row["default_or_limit"]
    note = f"Default or limit: {limit}." if limit else ""
    return Statement(row["id"], row["section"], f"{row['section']}, {row['element']}", row["statement"], note)


AMBIGUITY_GROUPS = {
    "AMB-W": "In the Wisconsin manual",
    "AMB-I": "In the Illinois instructions",
    "AMB-X": "Between the two documents",
}


def ambiguity(row: Mapping) -> Statement:
    place = f"{row['where']}; confidence {row['confidence']}"
    text = f"{row['issue']} **Resolution:** {row['resolution']}"
    return Statement(row["id"], AMBIGUITY_GROUPS[row["id"][:5]], place, text)


def in_groups(statements: Iterable[Statement]) -> list[Statement]:
    """Wisconsin's ambiguities first, wherever they stand in the file."""
    order = list(AMBIGUITY_GROUPS.values())
    return sorted(statements, key=lambda statement: order.index(statement.section))


# --- the tests --------------------------------------------------------------------------------


class Collector:
    """A pytest plugin that keeps which test names which statements."""

    def __init__(self) -> None:
        self.marked: list[tuple[str, tuple[str, ...]]] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            self.marked += [(item.nodeid, mark.args) for mark in item.iter_markers("policy")]


def collect() -> list[tuple[str, tuple[str, ...]]]:
    """The marks of all tests. Raises SystemExit with pytest's own words where the tests cannot be collected."""
    collector, said = Collector(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = pytest.main([*COLLECT, f"--rootdir={ROOT}", str(ROOT / "tests")], plugins=[collector])
    if status != pytest.ExitCode.OK:
        raise SystemExit(said.getvalue() + "The tests could not be collected.")
    return collector.marked


def fold(marked: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    """A statement's id -> its tests in order of their names, the cases of one test as one."""
    proofs: dict[str, set[str]] = {}
    for node, ids in marked:
        for one in ids:
            proofs.setdefault(one, set()).add(node.partition("[")[0])
    return {one: sorted(tests) for one, tests in proofs.items()}


def missing(must_be_proved: Iterable[str], proofs: Proofs) -> list[str]:
    return [one for one in must_be_proved if not proofs.get(one)]


def unknown(chapters: Iterable[Chapter], proofs: Proofs) -> list[str]:
    """The ids that marks name and no document has, each with its tests."""
    known = {statement.id for chapter in chapters for statement in chapter.statements}
    return [f"{one} ({', '.join(proofs[one])})" for one in sorted(proofs.keys() - known)]


# --- the page and what is printed ------------------------------------------------------------

INTRODUCTION = """\
# Policy statements

CareerPlan follows two documents: chapter 12.7 of the Wisconsin manual ({sources[WIS]}) and the Illinois instructions ({sources[ILL]}).
Each statement of the two has an id, and the code, the tests and the other documents name it by that id. The same list, with the trigger, the deadline,
the evidence and what the software does, is in [policy-statements.yaml](policy-statements.yaml).

There are {wisconsin} Wisconsin statements, {illinois} Illinois statements and {ambiguities} ambiguities. Where a document is silent, contradicts itself or differs from the other, the ambiguity says how CareerPlan reads it and how sure that reading is.

What the software does with a statement is one of:

{actions}

In the section labels *fn* is a footnote, *ex* an example, *ack* the list of changes that need the participant's acknowledgment and *noack* the list of those that do not.
Below a statement stand the tests that prove it. `make policy` writes this page.
"""  # noqa: E501 - a paragraph of the page


def introduction(data: Mapping) -> str:
    return INTRODUCTION.format(
        sources=data["sources"],
        wisconsin=len(data["wisconsin"]),
        illinois=len(data["illinois"]),
        ambiguities=len(data["ambiguities"]),
        actions="\n".join(f"- **{name}**: {meaning}" for name, meaning in data["actions"].items()),
    )


def page_text(data: Mapping, proofs: Proofs) -> str:
    """docs/policy.md."""
    blocks = [introduction(data)]
    for chapter in chapters_of(data):
        blocks.append(f"## {chapter.title}\n")
        for heading, statements in sections_of(chapter):
            lines = [line for statement in statements for line in page_lines(statement, proofs)]
            blocks.append("\n".join([f"### {heading}", "", *lines, ""]))
    return "\n".join(blocks)


def sections_of(chapter: Chapter) -> Iterator[tuple[str, list[Statement]]]:
    """The statements under their headings, in the order of the document; one that it comes back to is continued."""
    seen = set()
    for section, statements in groupby(chapter.statements, key=lambda statement: statement.section):
        yield f"{section}, continued" if section in seen else section, list(statements)
        seen.add(section)


def page_lines(statement: Statement, proofs: Proofs) -> list[str]:
    note = f" *{statement.note}*" if statement.note else ""
    line = f"- **{statement.id}** ({statement.place}) {statement.text}{note}"
    return [line, *(f"  - Proved by `{test}`" for test in proofs.get(statement.id, []))]


def listing(chapters: Iterable[Chapter], proofs: Proofs) -> str:
    """What `make policy` prints: every statement, its tests below it."""
    lines = []
    for chapter in chapters:
        lines += [chapter.title, ""]
        for statement in chapter.statements:
            lines.append(f"{statement.id} ({statement.place}) {statement.text}")
            lines += [f"    {test}" for test in proofs.get(statement.id, [])]
        lines.append("")
    return "\n".join(lines)


def complaints(data: Mapping, proofs: Proofs) -> list[str]:
    """Why the run fails, in words; nothing where all is well."""
    found = []
    if unproved := missing(MUST_BE_PROVED, proofs):
        found.append(f"Without a test that proves them ({len(unproved)}): {', '.join(unproved)}.")
    if strangers := unknown(chapters_of(data), proofs):
        found.append(f"Marks name statements that docs/policy-statements.yaml does not have: {', '.join(strangers)}.")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Each policy statement with the tests that prove it.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where docs/policy.md is not up to date"
    )
    check = parser.parse_args(arguments).check
    data = yaml.safe_load(STATEMENTS.read_text(encoding="utf-8"))
    proofs = fold(collect())
    page = page_text(data, proofs)
    wrong = complaints(data, proofs)
    if not check:
        print(listing(chapters_of(data), proofs))
        PAGE.write_text(page, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page:
        wrong.append("docs/policy.md is not what `make policy` writes: run it and commit the page.")
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
