"""`make policy`: which tests prove which statement, which statement has none, and the page that says it."""

import pytest
import yaml

from tests import policy_coverage
from tests.policy_coverage import MUST_BE_PROVED, chapters_of, complaints, fold, listing, missing, page_text, spread

DATA = {
    "sources": {"WIS": "Manual", "ILL": "Instructions"},
    "actions": {"block": "software refuses the step", "warn": "software tells"},
    "sections": {"12.7.1": "General Overview", "12.7.2": "Transition"},
    "wisconsin": [
        {
            "id": "WIS-001",
            "section": "12.7.1 fn3",
            "applies_to": "both",
            "trigger": "Always",
            "requirement": "A plan exists.",
        },
        {
            "id": "WIS-002",
            "section": "12.7.2",
            "applies_to": "IEP",
            "trigger": "Next review",
            "requirement": "Move it.",
        },
    ],
    "illinois": [
        {"id": "ILL-001", "section": "Goals", "element": "Term", "default_or_limit": "", "statement": "Choose one."},
        {"id": "ILL-002", "section": "Log", "element": "Rows", "default_or_limit": "25", "statement": "Show them."},
        {"id": "ILL-003", "section": "Goals", "element": "Text", "default_or_limit": "", "statement": "Write it."},
    ],
    "ambiguities": [
        {"id": "AMB-X1", "where": "both", "issue": "Two names.", "resolution": "One.", "confidence": "low"},
        {"id": "AMB-W1", "where": "WI", "issue": "Silent.", "resolution": "Ask.", "confidence": "high"},
    ],
}
PROOFS = {
    "WIS-001": ["tests/test_a.py::test_one", "tests/test_b.py::test_two"],
    "AMB-X1": ["tests/test_a.py::test_one"],
}

PAGE = """\
# Policy statements

CareerPlan follows two documents: chapter 12.7 of the Wisconsin manual (Manual) and the Illinois instructions (Instructions).
Each statement of the two has an id, and the code, the tests and the other documents name it by that id. The same list, with the trigger, the deadline,
the evidence and what the software does, is in [policy-statements.yaml](policy-statements.yaml).

There are 2 Wisconsin statements, 3 Illinois statements and 2 ambiguities. Where a document is silent, contradicts itself or differs from the other, the ambiguity says how CareerPlan reads it and how sure that reading is.

What the software does with a statement is one of:

- **block**: software refuses the step
- **warn**: software tells

In the section labels *fn* is a footnote, *ex* an example, *ack* the list of changes that need the participant's acknowledgment and *noack* the list of those that do not.
Below a statement stand the tests that prove it. `make policy` writes this page.

## Wisconsin

### 12.7.1 General Overview

- **WIS-001** (12.7.1 fn3, IEP and ISS) A plan exists.
  - Proved by `tests/test_a.py::test_one`
  - Proved by `tests/test_b.py::test_two`

### 12.7.2 Transition

- **WIS-002** (12.7.2, IEP) Move it. *Trigger: Next review.*

## Illinois

### Goals

- **ILL-001** (Goals, Term) Choose one.

### Log

- **ILL-002** (Log, Rows) Show them. *Default or limit: 25.*

### Goals, continued

- **ILL-003** (Goals, Text) Write it.

## Ambiguities and their resolutions

### In the Wisconsin manual

- **AMB-W1** (WI; confidence high) Silent. **Resolution:** Ask.

### Between the two documents

- **AMB-X1** (both; confidence low) Two names. **Resolution:** One.
  - Proved by `tests/test_a.py::test_one`
"""  # noqa: E501 - a paragraph of the page


def test_the_page_shows_each_statement_with_its_tests():
    assert page_text(DATA, PROOFS) == PAGE


def test_the_cases_of_one_test_are_folded():
    marked = [
        ("tests/test_b.py::test_two[IEP-a[0]]", ("WIS-001", "WIS-002")),
        ("tests/test_b.py::test_two[ISS]", ("WIS-001",)),
        ("tests/test_a.py::TestRows::test_one", ("WIS-001",)),
    ]
    assert fold(marked) == {
        "WIS-001": ["tests/test_a.py::TestRows::test_one", "tests/test_b.py::test_two"],
        "WIS-002": ["tests/test_b.py::test_two"],
    }


def test_what_must_be_proved_and_is_not_is_missing():
    assert missing(("WIS-001", "WIS-002", "AMB-X1"), PROOFS) == ["WIS-002"]


def test_a_run_with_a_missing_and_an_unknown_id_names_both(monkeypatch):
    monkeypatch.setattr(policy_coverage, "MUST_BE_PROVED", ("WIS-001", "WIS-002"))
    unproved, strangers = complaints(DATA, PROOFS | {"WIS-999": ["tests/test_a.py::test_one"]})
    assert unproved == "Without a test that proves them (1): WIS-002."
    assert strangers.endswith("does not have: WIS-999 (tests/test_a.py::test_one).")


def test_a_run_with_all_statements_proved_says_nothing(monkeypatch):
    monkeypatch.setattr(policy_coverage, "MUST_BE_PROVED", ("WIS-001",))
    assert complaints(DATA, PROOFS) == []


def test_the_listing_names_every_statement_in_order():
    lines = listing(chapters_of(DATA), PROOFS).splitlines()
    assert lines[2:5] == [
        "WIS-001 (12.7.1 fn3, IEP and ISS) A plan exists.",
        "    tests/test_a.py::test_one",
        "    tests/test_b.py::test_two",
    ]
    ids = [line.split()[0] for line in lines if "(" in line]
    assert ids == ["WIS-001", "WIS-002", "ILL-001", "ILL-002", "ILL-003", "AMB-W1", "AMB-X1"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("WIS-003 AMB-X1", ("WIS-003", "AMB-X1")),
        ("WIS-009..WIS-011", ("WIS-009", "WIS-010", "WIS-011")),
        ("AMB-W9..AMB-W10", ("AMB-W9", "AMB-W10")),
    ],
)
def test_a_range_names_each_id_in_it(text, ids):
    assert spread(text) == ids


@pytest.mark.parametrize("text", ["WIS-001..ILL-002", "WIS..WIS-002"])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(ValueError, match="no range"):
        spread(text)


def test_all_that_must_be_proved_is_known():
    data = yaml.safe_load(policy_coverage.STATEMENTS.read_text(encoding="utf-8"))
    known = {statement.id for chapter in chapters_of(data) for statement in chapter.statements}
    assert set(MUST_BE_PROVED) <= known
    assert len(MUST_BE_PROVED) == len(set(MUST_BE_PROVED))
