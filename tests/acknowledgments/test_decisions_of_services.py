"""The tables of decisions about services are what the product decides: each entry of the catalog, each change of it."""

import pytest

from acknowledgments.rules.policy import PLAN_TYPES, RULE_SETS
from services.items import SERVICE
from tests.acknowledgments import decision_tables
from tests.acknowledgments.decision_tables import COLUMNS, EVERY, line_for, read_lines
from tests.acknowledgments.decisions_of_services import (
    CHANGES,
    DECISIONS,
    OTHERWISE,
    cases_of,
    catalog,
    differences_of,
    plans_of,
    read_kinds,
)

LINES = read_lines(DECISIONS)
KINDS = read_kinds()


@pytest.mark.policy("WIS-122", "WIS-123", "WIS-124", "WIS-127", "WIS-137", "WIS-138", "WIS-158", "WIS-159")
@pytest.mark.policy("WIS-059", "WIS-168", "WIS-169", "ILL-075", "AMB-W3", "AMB-W5", "AMB-W6", "AMB-W7", "AMB-W8")
@pytest.mark.policy("AMB-W21", "AMB-W28", "AMB-X3")
@pytest.mark.parametrize("code", catalog())
def test_every_change_of_a_service_is_decided_as_the_table_says(code):
    found = differences_of(catalog()[code], KINDS[code]["kind of service"], LINES)
    assert not found, "\n" + "\n".join(found)


def test_the_table_of_kinds_has_every_entry_of_the_catalog_once():
    shown = [(code, row["service"], row["offered in"]) for code, row in KINDS.items()]
    assert shown == [(code, entry.name, plans_of(entry)) for code, entry in catalog().items()]


def test_every_line_speaks_of_a_change_that_is_tried():
    used = set()
    for code, entry in catalog().items():
        for plan_type in PLAN_TYPES:
            cases = cases_of(entry, KINDS[code]["kind of service"], plan_type)
            used |= {line_for(case, LINES).place for case in cases}
    assert sorted(line.place for line in LINES.values() if line.place not in used) == []


def test_the_columns_are_each_set_of_rules_for_each_kind_of_plan():
    assert list(COLUMNS.values()) == [(rules, plan_type) for rules in RULE_SETS for plan_type in PLAN_TYPES]
    assert all(list(line.cells) == list(COLUMNS) for line in LINES.values())
    assert {how for _kind, how in LINES} == set(CHANGES)


def test_every_field_that_is_recorded_freely_is_tried():
    assert [*OTHERWISE] == [field.name for field in SERVICE.compared if field.name != "goal_id"]


def test_a_wrong_cell_is_named_with_its_line():
    entry = catalog()["TR-OST"]
    kind = KINDS["TR-OST"]["kind of service"]
    line = LINES[kind, "added"]
    wrong = {**LINES, line.key: decision_tables.Line(line.place, line.key, line.cells | {"both, IEP": "none NOBODY"})}
    (found,) = differences_of(entry, kind, wrong)
    assert found.startswith(f"{line.place}: {kind}, added (TR-OST, adult, planned), both, IEP: ")
    assert found.endswith("the table says 'none NOBODY', the product decides 'asks WI-IEP-ACK-3'")


def test_a_kind_may_have_a_line_of_its_own_beside_the_one_for_any_kind():
    entry = catalog()["TR-OST"]
    own = ("Training, causes participation", "moved to another goal")
    wrong = {**LINES, own: decision_tables.Line("own", own, dict.fromkeys(COLUMNS, "none NOBODY"))}
    assert {found.split(":")[0] for found in differences_of(entry, own[0], wrong)} == {"own"}
    assert (EVERY, own[1]) in LINES
