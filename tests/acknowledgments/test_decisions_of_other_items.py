"""The table of decisions about what is no service is what the product decides, case for case."""

import pytest

from acknowledgments.contents.changes import compare
from acknowledgments.contents.items import KINDS
from acknowledgments.rules.policy import PLAN_TYPES
from careerplan.plans.enums import Rewording
from careerplan.plans.items import PLAN
from services.items import SERVICE
from tests.acknowledgments.decision_tables import COLUMNS, differences, line_for, read_lines
from tests.acknowledgments.decisions_of_other_items import DECISIONS, WORDS, cases_of

LINES = read_lines(DECISIONS)


@pytest.mark.policy("WIS-125", "WIS-126", "WIS-128", "WIS-129", "WIS-139", "WIS-140", "WIS-141")
@pytest.mark.policy("WIS-160", "WIS-161", "WIS-162", "WIS-163", "WIS-170", "WIS-171", "WIS-172")
@pytest.mark.policy("WIS-055", "WIS-077", "ILL-074", "ILL-075", "AMB-I7", "AMB-I15")
@pytest.mark.policy("AMB-W4", "AMB-W8", "AMB-W9", "AMB-W21", "AMB-W29", "AMB-X3")
@pytest.mark.parametrize("column", COLUMNS)
def test_every_change_is_decided_as_the_table_says(column):
    _rule_set, plan_type = COLUMNS[column]
    found = list(differences(cases_of(plan_type), column, LINES))
    assert not found, "\n" + "\n".join(found)


def test_every_line_speaks_of_a_change_that_is_tried():
    used = {line_for(case, LINES).place for plan_type in PLAN_TYPES for case in cases_of(plan_type)}
    assert sorted(line.place for line in LINES.values() if line.place not in used) == []
    assert all(list(line.cells) == list(COLUMNS) for line in LINES.values())


def test_every_word_of_the_planner_is_tried():
    assert set(WORDS) == {"", *Rewording.values}


def test_every_field_is_changed_by_a_case():
    tried = set()
    for case in cases_of("both"):
        changes = compare(case.before, case.after) if case.before else []
        tried |= {(change.what, name) for change in changes for name in change.field_names}
    compared = {(part, field.name) for part in (*KINDS, PLAN) if part != SERVICE for field in part.compared}
    assert compared == tried
