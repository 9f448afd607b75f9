"""Where one list is silent the other's leave is no leave: a shared plan asks whatever either kind asks (AMB-W21)."""

import pytest
from hypothesis import given

from acknowledgments.contents.changes import compare
from acknowledgments.rules import policy
from acknowledgments.rules.policy import acknowledgment_needed, requirements
from tests.acknowledgments.contents_strategies import pairs
from tests.acknowledgments.test_policy import (
    CAREER,
    GOAL,
    INFORMATION,
    ON,
    PARTNER,
    PRE_ENROLLMENT,
    REFERRAL,
    added,
    codes,
    decided,
    edited,
    removed,
)


@pytest.mark.policy("AMB-W21")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(added(INFORMATION), "UNSPOKEN", id="a career service: the ISS list is silent"),
        pytest.param(removed(CAREER, "completed"), "WI-IEP-SILENT-1", id="a career service that was not completed"),
        pytest.param(removed(PARTNER, "not_wanted"), "WI-ISS-SILENT-1", id="a partner service, not completed"),
        pytest.param(added(PRE_ENROLLMENT), "WI-IEP-SILENT-3", id="pre-enrollment: both lists speak"),
        pytest.param(removed(REFERRAL), "WI-IEP-SILENT-2", id="a referral"),
    ],
)
def test_on_a_shared_plan_each_list_has_to_speak(change, code):
    assert codes(decided("both", "wisconsin", change)) == [code]


@pytest.mark.policy("AMB-W21")
@given(pairs())
@pytest.mark.parametrize("rule_set", policy.RULE_SETS)
def test_a_shared_plan_asks_whatever_one_of_its_kinds_asks(rule_set, pair):
    for change in compare(*pair):
        alone = [asks(change, plan_type, rule_set) for plan_type in ("IEP", "ISS")]
        assert asks(change, "both", rule_set) or not any(alone), change


def asks(change, plan_type, rule_set):
    return acknowledgment_needed(requirements([change], plan_type, rule_set, on=ON))


@pytest.mark.policy("AMB-I15")
@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
@pytest.mark.parametrize("change", [edited(GOAL, statement="Another course"), edited(GOAL, term="long"), removed(GOAL)])
def test_under_illinois_a_goal_reworded_or_removed_asks_with_a_row_of_its_own(plan_type, change):
    decision = decided(plan_type, "illinois", change)
    assert codes(decision) == ["IL-SILENT-1"]
    assert decision.requirements[0].rule.citation == "Illinois workNet, Set Goals, is silent"


@pytest.mark.policy("ILL-075")
@pytest.mark.parametrize("status", ["not_started", "on_track", "complete"])
def test_of_a_goals_status_only_off_track_asks(status):
    for rule_set in policy.RULE_SETS:
        assert not decided("IEP", rule_set, edited(GOAL, status=status)).needs_acknowledgment
    assert decided("IEP", "both", edited(GOAL, status="off_track")).needs_acknowledgment
