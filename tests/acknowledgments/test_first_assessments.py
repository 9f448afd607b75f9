"""The assessments that a first IEP rests on: the initial one is a condition, the comprehensive one advised (12.7.3)."""

import pytest
from django.utils import timezone

from acknowledgments.agreement.sending import Incomplete
from careerplan.plans.actions import start_plan
from services.actions import save_service
from tests import states
from tests.acknowledgments.drafts_checked import (
    COMPREHENSIVE,
    complete,
    complete_comprehensive,
    contents,
    missing,
    service_of,
    unassessed,
    warnings,
    without_warnings,
)
from tests.people import planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


@pytest.mark.policy("WIS-010")
def test_a_first_iep_is_not_sent_before_the_initial_assessment_is_complete():
    version = unassessed()
    before = everything()
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [entry.code for entry in refused.value.missing] == ["INITIAL-ASSESSMENT"]
    assert changed(before, everything()) == {}
    complete(service_of(version, "BC-INIT"))
    assert states.sent(version).contents.about.initial_assessed_on == timezone.localdate().isoformat()


@pytest.mark.policy("WIS-010")
def test_of_two_initial_assessments_the_last_one_is_told():
    version = states.draft()
    again = states.pen(version).service("BC-INIT", version.plan.goals.get())
    complete(again)
    assert contents(version).about.initial_assessed_on == timezone.localdate().isoformat()


@pytest.mark.policy("WIS-010")
@pytest.mark.parametrize("status", ["started", "on_hold", "terminated"])
def test_an_initial_assessment_that_is_not_complete_does_not_count(status):
    version = unassessed()
    today = timezone.localdate()
    values = {"status": status, "actual_start_on": today, "ended_on": today if status == "terminated" else None}
    save_service(service_of(version, "BC-INIT"), values, by=planner(), at=states.now())
    assert missing(version) == [("INITIAL-ASSESSMENT", "")]


@pytest.mark.policy("WIS-010")
def test_an_assessment_of_an_earlier_plan_counts():
    customer = states.signed(without_warnings()).plan.customer
    states.closed(customer)
    version = start_plan(customer, by=planner(), at=states.now())
    codes = {code for code, _item in missing(version) + warnings(version)}
    assert not codes & {"INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT"}


@pytest.mark.policy("WIS-010")
@pytest.mark.parametrize(
    ("programs", "rests"),
    [
        (["T1-ADULT"], True),
        (["T1-DW"], True),
        (["T1-YOUTH"], False),
        (["T1-ADULT", "T1-YOUTH"], True),
    ],
)
def test_an_iep_rests_on_assessments_and_an_iss_does_not(programs, rests):
    version = states.started(states.enrolled(*programs))
    codes = {code for code, _item in missing(version) + warnings(version)}
    assert codes.issuperset({"INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT"}) is rests
    assert bool(codes & {"INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT"}) is rests


@pytest.mark.policy("WIS-010")
def test_a_later_version_does_not_ask_for_the_assessments_again():
    version = unassessed()
    complete(service_of(version, "BC-INIT"))
    customer = states.signed(version).plan.customer
    version = states.reviewed(customer)
    reopened = {"status": "on_hold", "ended_on": None}
    save_service(service_of(version, "BC-INIT"), reopened, by=planner(), at=states.now())
    assert missing(version) == []
    assert COMPREHENSIVE not in warnings(version)


@pytest.mark.policy("WIS-010")
def test_a_version_that_nobody_agreed_to_leaves_the_next_one_first():
    version = states.draft()
    states.sent(version)
    assert COMPREHENSIVE in warnings(states.recalled(version))


@pytest.mark.policy("WIS-010")
def test_without_the_comprehensive_assessment_an_iep_is_sent_with_a_reason():
    version = states.draft()
    assert COMPREHENSIVE in warnings(version)
    assert states.sent(version).pk
    assert warnings(without_warnings()) == []


@pytest.mark.policy("WIS-010")
def test_local_policy_makes_the_comprehensive_assessment_a_condition(settings):
    settings.REQUIRE_COMPREHENSIVE_ASSESSMENT = True
    version = states.draft()
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [entry.code for entry in refused.value.missing] == ["COMPREHENSIVE-ASSESSMENT"]
    complete_comprehensive(version)
    assert states.sent(version).pk
