"""What holds for any contents: they read back, a comparison is the same from both sides, the stricter list decides."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings

from acknowledgments.contents.changes import ADDED, EDITED, REMOVED, compare
from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.sealed_text import canonical_json, read_contents
from acknowledgments.rules.decisions import decide
from acknowledgments.rules.policy import RULE_SETS, UNSPOKEN
from benchmarks.compare_contents import decided, seconds_of, versions
from goals.items import GoalItem
from tests.acknowledgments.contents_strategies import PLAN_TYPES, contents, pairs

ON = date(2026, 11, 22)
EXAMPLES = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CPU_SECONDS = 0.025  # measured: 0.0012
TIMES_AS_LARGE = 8
TIMES_AS_LONG = 24  # between the 8 of a time that grows with the plan and the 64 of one that grows with its square
MIRRORED = {ADDED: REMOVED, REMOVED: ADDED, EDITED: EDITED}


@EXAMPLES
@given(contents())
def test_contents_read_back_as_they_were_sealed(plan):
    text = canonical_json(plan)
    assert read_contents(text) == plan
    assert canonical_json(read_contents(text)) == text


@EXAMPLES
@given(contents())
def test_nothing_differs_from_itself(plan):
    assert compare(plan, plan) == []
    assert compare(plan, read_contents(canonical_json(plan))) == []


def seen(change):
    """A change without its label, id and reason, which are the later contents' own."""
    fields = tuple((field.name, field.before, field.after) for field in change.fields)
    return change.kind, change.what, change.before, change.after, fields


def seen_from_behind(change):
    fields = tuple((field.name, field.after, field.before) for field in change.fields)
    return MIRRORED[change.kind], change.what, change.after, change.before, fields


def both_ways(changes):
    """Without what is told in one direction alone: that a service comes to cause participation."""
    told = [
        replace(change, fields=tuple(field for field in change.fields if field.name != "causes_participation"))
        for change in changes
    ]
    return [change for change in told if change.fields or change.kind != EDITED]


@EXAMPLES
@given(pairs())
def test_going_back_undoes_every_change(pair):
    before, after = pair
    forward, back = both_ways(compare(before, after)), both_ways(compare(after, before))
    assert Counter(map(seen, forward)) == Counter(map(seen_from_behind, back))


# --- two lists together -----------------------------------------------------------------------


def rules_of(pair, plan_type, rule_set):
    before, after = pair
    return [found.rule for found in decide(before, after, rule_set=rule_set, on=ON, plan_type=plan_type).requirements]


GOAL = GoalItem(7, "Finish the course", "Education/Training Plan", "short", "on_track")
OFF_TRACK = replace(GOAL, status="off_track")


@pytest.mark.policy("AMB-X3")
@EXAMPLES
@given(pairs(), PLAN_TYPES)
@example((PlanContents("IEP", goals=(GOAL,)), PlanContents("IEP", goals=(OFF_TRACK,))), "IEP")  # Wisconsin says no
def test_both_rule_sets_ask_exactly_where_one_of_them_asks(pair, plan_type):
    """Also where one is silent, and so asks to be safe: its silence is not the other's leave."""
    together, wisconsin, illinois = (rules_of(pair, plan_type, name) for name in ("both", "wisconsin", "illinois"))
    for rule, one, other in zip(together, wisconsin, illinois, strict=True):
        assert rule.needs == (one.needs or other.needs)


@pytest.mark.policy("AMB-W21")
@EXAMPLES
@given(pairs())
def test_a_shared_plan_asks_wherever_a_rule_for_either_plan_asks(pair):
    """By the row that asks, and where none does but one list is silent, because of its silence."""
    for rule_set in RULE_SETS:
        together, iep, iss = (rules_of(pair, plan_type, rule_set) for plan_type in ("both", "IEP", "ISS"))
        for rule, *alone in zip(together, iep, iss, strict=True):
            asks = [one for one in alone if one.needs and one is not UNSPOKEN]
            silent = [one for one in alone if one is UNSPOKEN]
            assert rule in (asks or silent or alone)


# --- large plans ------------------------------------------------------------------------------


def test_a_large_plan_is_compared_in_milliseconds():
    before, after = versions()
    assert seconds_of(lambda: decided(before, after), rounds=5) < CPU_SECONDS


def test_the_time_of_a_comparison_grows_with_the_plan_and_not_with_its_square():
    once, larger = versions(), versions(TIMES_AS_LARGE)
    one = seconds_of(lambda: decided(*once), rounds=20)
    assert seconds_of(lambda: decided(*larger), rounds=20) < one * TIMES_AS_LONG
