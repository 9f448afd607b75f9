"""The rows of the table as a register: whose each is, for which plan, its answer, its sentences of policy, its days."""

from dataclasses import replace
from datetime import date

import pytest

from acknowledgments.contents.changes import Change
from acknowledgments.rules import policy
from acknowledgments.rules.policy import (
    INITIAL,
    MOVED_HERE,
    NO_CHANGES,
    OPTIONS,
    PLAN_TYPES,
    RULE_SETS,
    RULES,
    UNSPOKEN,
)

OF_THE_WHOLE = (INITIAL, NO_CHANGES, MOVED_HERE, UNSPOKEN)
BY_CODE = {rule.code: rule for rule in (*OF_THE_WHOLE, *RULES)}

# Row, plan, answer, and the statements of docs/policy.md that it carries out.
REGISTER = """
INITIAL-PLAN      either  asks  WIS-076 WIS-077 ILL-074
NO-CHANGES        either  none  WIS-141 WIS-172
MOVED-HERE        either  none  AMB-W29 WIS-008
UNSPOKEN          either  asks
WI-IEP-ACK-1      IEP     asks  WIS-122
WI-IEP-ACK-2      IEP     asks  WIS-123
WI-IEP-ACK-3      IEP     asks  WIS-124
WI-IEP-ACK-4      IEP     asks  WIS-125 AMB-W8
WI-IEP-ACK-5      IEP     asks  WIS-126 AMB-W4
WI-IEP-ACK-6      IEP     asks  WIS-127 AMB-W3
WI-IEP-ACK-7      IEP     asks  WIS-128 AMB-W9
WI-IEP-ACK-8      IEP     asks  WIS-129 AMB-W23
WI-IEP-NOACK-1    IEP     none  WIS-137
WI-IEP-NOACK-2    IEP     none  WIS-138
WI-IEP-NOACK-3    IEP     none  WIS-139 AMB-W4
WI-IEP-NOACK-4    IEP     none  WIS-140
WI-IEP-SILENT-1   IEP     asks  AMB-W5
WI-IEP-SILENT-2   IEP     asks  AMB-W6
WI-IEP-SILENT-3   IEP     none  AMB-W8
WI-ISS-ACK-1      ISS     asks  WIS-158
WI-ISS-ACK-2      ISS     asks  WIS-159
WI-ISS-ACK-3      ISS     asks  WIS-160 AMB-W8
WI-ISS-ACK-4      ISS     asks  WIS-161 AMB-W4
WI-ISS-ACK-5      ISS     asks  WIS-162 AMB-W9
WI-ISS-ACK-6      ISS     asks  WIS-163
WI-ISS-NOACK-1    ISS     none  WIS-168
WI-ISS-NOACK-2    ISS     none  WIS-169
WI-ISS-NOACK-3    ISS     none  WIS-170 AMB-W4
WI-ISS-NOACK-4    ISS     none  WIS-171
WI-ISS-SILENT-1   ISS     asks  AMB-W7
WI-ISS-SILENT-2   ISS     none  AMB-W28
WI-FUNDING        either  none  WIS-059
WI-IEP-LOCAL-1    IEP     none  AMB-W3
WI-TYPE           either  asks  AMB-W21
WI-NO-BARRIERS    either  none  WIS-055
WI-EDIT           either  none  AMB-W8 AMB-W9
IL-ACK-1          either  asks  ILL-075
IL-ACK-2          either  asks  ILL-075 AMB-I7
IL-SILENT-1       either  asks  AMB-I15
IL-NOACK          either  none  ILL-075
"""
ROWS = [line.split() for line in REGISTER.strip().splitlines()]
PLANS = {"IEP": {"IEP"}, "ISS": {"ISS"}, "either": {"IEP", "ISS"}}


def test_the_register_has_every_row_in_the_order_of_the_table():
    assert [row[0] for row in ROWS] == [*BY_CODE]


@pytest.mark.parametrize(("code", "plan", "answer", "statements"), [(*row[:3], row[3:]) for row in ROWS])
def test_a_row_is_for_its_plan_gives_its_answer_and_names_its_sentences(code, plan, answer, statements):
    rule = BY_CODE[code]
    assert rule.plan_types == PLANS[plan]
    assert rule.needs is (answer == "asks")
    assert list(rule.statements) == statements


def test_a_row_belongs_to_the_state_whose_policy_it_carries_out():
    assert {rule.source for rule in RULES if rule.code.startswith("WI-")} == {"wisconsin"}
    assert {rule.source for rule in RULES if rule.code.startswith("IL-")} == {"illinois"}
    # Where no list is asked: Wisconsin names both cases first, the other two are resolutions.
    assert (INITIAL.source, NO_CHANGES.source) == ("wisconsin", "wisconsin")
    assert (MOVED_HERE.source, UNSPOKEN.source) == ("resolution", "resolution")


def test_a_row_about_the_plan_as_a_whole_speaks_of_no_single_change():
    assert not any(rule.applies(Change("added", "goal", 1, "")) for rule in OF_THE_WHOLE)


def test_the_sets_of_rules_are_each_state_alone_and_both():
    assert {
        "wisconsin": {"wisconsin"},
        "illinois": {"illinois"},
        "both": {"wisconsin", "illinois"},
    } == RULE_SETS
    assert {"IEP": {"IEP"}, "ISS": {"ISS"}, "both": {"IEP", "ISS"}} == PLAN_TYPES


@pytest.mark.policy("AMB-W3", "WIS-059")
def test_of_other_funding_and_of_a_local_choice_the_row_decides_alone():
    assert {rule.code for rule in RULES if rule.decides_alone} == {"WI-FUNDING", "WI-IEP-LOCAL-1"}
    assert {rule.code: rule.option for rule in RULES if rule.option} == {"WI-IEP-LOCAL-1": "light-support-removal"}
    assert {"light-support-removal"} == OPTIONS


# --- from when until when ---------------------------------------------------------------------

FIRST, LAST, AFTER = date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1)
BEFORE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("since", "until", "in_force"),
    [
        pytest.param(None, None, {BEFORE, FIRST, LAST, AFTER}, id="without end"),
        pytest.param(FIRST, None, {FIRST, LAST, AFTER}, id="from its first day on"),
        pytest.param(None, AFTER, {BEFORE, FIRST, LAST}, id="no longer on the day of its end"),
        pytest.param(FIRST, AFTER, {FIRST, LAST}, id="between the two"),
    ],
)
def test_a_row_is_in_force_from_its_first_day_until_the_day_of_its_end(since, until, in_force):
    rule = replace(RULES[0], since=since, until=until)
    assert {day for day in (BEFORE, FIRST, LAST, AFTER) if rule.in_force(day)} == in_force


def test_no_row_has_begun_late_or_ended_yet():
    """A later policy ends a row and adds another; until then each answers for every day."""
    assert all(rule.since is None and rule.until is None for rule in BY_CODE.values())
    assert policy.RULE_SET_VERSION == "2026-3"
