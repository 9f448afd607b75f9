"""A shared plan of both types follows the stricter of the two lists, also change by change in its draft (AMB-W21)."""

import pytest

from tests import states
from tests.plans_in_force import (
    adds,
    asking,
    chooses_another_long_term_goal,
    drop_barrier,
    drop_service,
    drops,
    shared,
    words_a_goal_anew,
)

pytestmark = [pytest.mark.django_db, pytest.mark.policy("AMB-W21")]


@pytest.mark.parametrize(
    ("change", "statement"),
    [
        pytest.param(adds("RF-TRNG"), "WIS-122", id="a referral, of which the list of the ISS says nothing"),
        pytest.param(drops("RF-SUPP"), "AMB-W6", id="a referral that is removed"),
        pytest.param(adds("PP-VR"), "WIS-159", id="a partner program's service, which the list of the IEP leaves out"),
        pytest.param(adds("YE-10"), "WIS-158", id="an element"),
        pytest.param(adds("BC-COUN"), "WIS-123", id="a career service"),
        pytest.param(chooses_another_long_term_goal, "WIS-163", id="the long-term goal"),
        pytest.param(words_a_goal_anew, "WIS-163", id="a goal that says something else"),
    ],
)
def test_what_one_of_the_two_lists_asks_waits_for_the_customer(change, statement):
    draft = states.reviewed(shared())
    change(draft)
    [rule] = asking(draft)
    assert statement in rule.statements


def test_what_one_of_the_two_lists_leaves_unsaid_waits_for_the_customer():
    """That of the IEP lets the service go; that of the ISS says nothing of career services."""
    draft = states.reviewed(shared())
    drop_service(draft, "BC-JREQ", "unavailable")
    assert [rule.code for rule in asking(draft)] == ["UNSPOKEN"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda draft: drop_barrier(draft, "resolved"), id="a barrier that is overcome"),
        pytest.param(adds("PE-INTK"), id="pre-enrollment"),
        pytest.param(lambda draft: None, id="no change"),
    ],
)
def test_what_neither_list_asks_is_recorded_without_the_customer(change):
    draft = states.reviewed(shared())
    change(draft)
    assert asking(draft) == []
