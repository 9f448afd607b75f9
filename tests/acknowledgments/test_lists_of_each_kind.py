"""An IEP is reviewed by both lists of the IEP, an ISS by both of the ISS (12.7.3, 12.7.4, 12.7.8)."""

import re

import pytest

from acknowledgments.rules.policy import WISCONSIN, rows_of
from tests.acknowledgments.test_policy import (
    ELEMENT,
    INFORMATION,
    ON,
    PARTNER,
    PRE_ENROLLMENT,
    REFERRAL,
    STEP,
    TRAINING,
    added,
    codes,
    decided,
    removed,
)

LIST = re.compile(r"DWD 12\.7\.8, (IEP|ISS) (acknowledgment|no acknowledgment) \(\d+\)")
# A change, and the row that decides about it on an IEP and on an ISS: the same change, each by its own lists.
DECIDED = {
    "a step was added": (added(STEP), "WI-IEP-ACK-7", "WI-ISS-ACK-5"),
    "a step was removed": (removed(STEP), "WI-IEP-NOACK-4", "WI-ISS-NOACK-4"),
    "a referral was added": (added(REFERRAL), "WI-IEP-ACK-1", "WI-ISS-SILENT-2"),
    "a partner service was added": (added(PARTNER), "WI-IEP-SILENT-3", "WI-ISS-ACK-2"),
    "pre-enrollment was removed": (removed(PRE_ENROLLMENT), "WI-IEP-SILENT-3", "WI-ISS-NOACK-1"),
    "training was added": (added(TRAINING), "WI-IEP-ACK-3", "WI-ISS-ACK-1"),
    "information was added": (added(INFORMATION), "WI-IEP-NOACK-1", "UNSPOKEN"),
    "an element was added": (added(ELEMENT), "UNSPOKEN", "WI-ISS-ACK-1"),
}


@pytest.mark.policy("AMB-W14")
@pytest.mark.parametrize("kind", ["IEP", "ISS"])
def test_each_kind_of_plan_reads_both_lists_of_its_own_and_none_of_the_other(kind):
    rows = rows_of(frozenset({(WISCONSIN, kind)}), ON, frozenset())
    read = {found.groups() for rule in rows if (found := LIST.fullmatch(rule.citation))}
    assert read == {(kind, "acknowledgment"), (kind, "no acknowledgment")}
    other = {"IEP": "ISS", "ISS": "IEP"}[kind]
    assert [rule.code for rule in rows if f"-{other}-" in rule.code] == []


@pytest.mark.policy("AMB-W14")
@pytest.mark.parametrize(("change", "on_an_iep", "on_an_iss"), DECIDED.values(), ids=DECIDED)
def test_the_same_change_is_decided_by_the_lists_of_the_kind_of_plan(change, on_an_iep, on_an_iss):
    assert codes(decided("IEP", WISCONSIN, change)) == [on_an_iep]
    assert codes(decided("ISS", WISCONSIN, change)) == [on_an_iss]
