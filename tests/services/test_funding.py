"""A service that goes on under another funding source or contract: nothing new for the customer (12.7.5)."""

from datetime import timedelta

import pytest

from acknowledgments.agreement.drafts import recover_draft
from acknowledgments.agreement.in_force import decision_for
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.enums import VersionState
from careerplan.plans.gate import TooEarly
from customers.models import Enrollment, Program
from services.actions import remove_service, save_service
from services.items import SERVICE
from services.models import PlannedService
from tests import states
from tests.people import angela, north_planner, planner, statewide
from tests.rows import copy, refuses
from tests.services.funding import CONTRACT, TODAY, YESTERDAY, change, refused_change, service_of, training

pytestmark = pytest.mark.django_db


# --- what becomes of the service --------------------------------------------------------------


@pytest.mark.policy("WIS-059")
def test_the_service_ends_under_the_old_funding_and_goes_on_under_the_new():
    started_on = training().actual_start_on
    latter = change(training())
    former = PlannedService.objects.get(pk=latter.continues_id)
    assert (former.status, former.actual_start_on, former.ended_on) == ("terminated", started_on, TODAY)
    assert (latter.status, latter.actual_start_on, latter.ended_on) == ("started", TODAY, None)
    assert (former.contract, latter.contract) == ("", CONTRACT)
    assert (latter.continues, latter.continuation) == (former, "funding")


@pytest.mark.policy("WIS-059")
def test_everything_else_goes_over_as_it_was():
    row = training()
    barrier = row.plan.barriers.order_by("id")[0]
    save_service(row, {"barriers": [barrier]}, by=planner(), at=states.now())
    latter = change(row)
    former = PlannedService.objects.get(pk=latter.continues_id)
    same = (
        "plan", "service", "goal", "program", "planned_start_on", "planned_end_on", "weekly_hours", "provider",
        "provider_contact", "dollar_value", "notes", "assessment", "exploration_reason", "exploration_supervisor",
    )  # fmt: skip
    assert {name: getattr(latter, name) for name in same} == {name: getattr(former, name) for name in same}
    assert [list(found.barriers.all()) for found in (former, latter)] == [[barrier], [barrier]]


@pytest.mark.policy("WIS-059")
def test_both_rows_say_in_the_history_why():
    latter = change(training())
    for row in (latter, PlannedService.objects.get(pk=latter.continues_id)):
        line = row.history.first()
        assert (line.history_user, line.history_change_reason) == (planner(), "funding or contract changed")


@pytest.mark.policy("WIS-059")
def test_it_may_come_to_another_program_of_the_customer():
    customer, jted = angela(), Program.objects.get(code="JTED")
    enrollment = Enrollment(customer=customer, program=jted, planner=customer.planner, begun_on=YESTERDAY)
    record(enrollment, by=planner(), at=states.now())
    latter = change(training(), program=jted)
    assert (latter.continues.program.code, latter.program) == ("T1-ADULT", jted)


def test_a_service_on_hold_goes_on_on_hold():
    row = training()
    save_service(row, {"status": "on_hold"}, by=planner(), at=states.now())
    assert change(row).status == "on_hold"


def test_it_may_change_on_its_very_first_day():
    row = training()
    latter = change(row, changes_on=row.actual_start_on)
    assert latter.continues.ended_on == latter.continues.actual_start_on == latter.actual_start_on


# --- no draft, no gate, no acknowledgment -----------------------------------------------------


@pytest.mark.policy("WIS-059")
def test_it_needs_no_draft():
    change(training())
    assert [version.state for version in states.plan_of(angela()).versions.all()] == [VersionState.ACTIVE]


@pytest.mark.policy("WIS-059")
def test_it_waits_for_no_version_that_is_with_the_customer():
    customer = in_force()
    version = states.reviewed(customer)
    states.pen(version).step("Visit two employers", version.plan.goals.get(), in_days=5)
    states.sent(version)
    latter = change(service_of(customer, "TR-OST"))
    assert states.newest(customer).state == VersionState.AWAITING
    assert latter.pk


def in_force(*programs):
    """A customer of an active version whose course has started."""
    customer = states.signed(states.draft(*programs)).plan.customer
    started = {"status": "started", "actual_start_on": TODAY}
    save_service(service_of(customer, "TR-OST"), started, by=customer.planner, at=states.now())
    return customer


@pytest.mark.policy("WIS-059")
def test_the_gate_lets_it_go_on():
    latter = change(training())
    assert latter.gate_exemption == "continues"
    save_service(latter, {"actual_start_on": YESTERDAY}, by=planner(), at=states.now())
    latter.refresh_from_db()
    assert (latter.actual_start_on, latter.gate_exemption) == (YESTERDAY, "continues")


@pytest.mark.policy("WIS-058")
def test_the_gate_does_not_let_it_go_on_from_before_the_service_was_authorised():
    latter = change(training())
    before = {"actual_start_on": latter.authorised_on - timedelta(days=1)}
    with pytest.raises(TooEarly):
        save_service(latter, before, by=planner(), at=states.now())


@pytest.mark.policy("WIS-059")
@pytest.mark.parametrize("rules", ["wisconsin", "illinois", "both"])
def test_it_asks_for_no_acknowledgment_in_the_next_version(settings, rules):
    settings.ACKNOWLEDGMENT_RULES = rules
    latter = change(training())
    version = states.reviewed(angela())
    decision = decision_for(version, contents_of(version.plan, version), on=TODAY)
    services = [found for found in decision.requirements if found.change.what == SERVICE]
    rows = {(found.change.kind, found.change.id): found.rule.code for found in services}
    edited, added = ("IL-NOACK", "IL-NOACK") if rules == "illinois" else ("WI-EDIT", "WI-FUNDING")
    assert rows == {("edited", latter.continues_id): edited, ("added", latter.pk): added}
    assert not decision.needs_acknowledgment


@pytest.mark.policy("WIS-059")
def test_the_next_review_is_recorded_without_the_customer():
    latter = change(training())
    version = states.reviewed(angela())
    contact = {"text": "Reviewed by phone.", **states.contact()}
    review_without_customer(version, **contact, by=planner(), at=states.now())
    assert states.newest(angela()).state == VersionState.ACTIVE
    assert latter.pk in {item.id for item in version.seals.get().contents.services}


# --- and a draft that ends --------------------------------------------------------------------


@pytest.mark.policy("WIS-059")
@pytest.mark.parametrize("end", [states.deleted, states.not_completed])
@pytest.mark.parametrize("first", [True, False], ids=["changed before the review", "changed during the review"])
def test_it_stays_when_a_draft_ends(end, first):
    latter = change(training()) if first else None
    version = states.reviewed(angela())
    latter = latter or change(training())
    end(version)
    former, latter = (PlannedService.objects.get(pk=key) for key in (latter.continues_id, latter.pk))
    assert (former.removed_at, former.status) == (None, "terminated")
    assert (latter.removed_at, latter.status, latter.goal) == (None, "started", former.goal)


@pytest.mark.parametrize("end", [states.deleted, states.not_completed])
def test_its_history_does_not_say_that_it_left_with_the_draft(end):
    latter = change(training())
    end(states.reviewed(angela()))
    assert not latter.history.exclude(removed_at=None).exists()


def test_it_follows_the_service_back_to_the_goal_that_was_agreed_to():
    agreed = training().goal
    version = states.reviewed(angela())
    added = states.pen(version).goal("Pass a shorter course", "EDUCATION_TRAINING")
    save_service(training(), {"goal": added}, by=planner(), at=states.now())
    latter = change(training())
    assert latter.goal == added
    states.deleted(version)
    latter.refresh_from_db()
    assert (latter.continues.goal, latter.goal) == (agreed, agreed)


def test_it_returns_when_the_draft_in_which_it_was_removed_is_deleted():
    latter, version = removed_in_review()
    states.deleted(version)
    latter.refresh_from_db()
    assert (latter.removed_at, latter.removal, latter.goal) == (None, "", latter.continues.goal)


def removed_in_review():
    latter = change(training())
    version = states.reviewed(angela())
    remove_service(latter, removal="unavailable", by=planner(), at=states.now())
    return latter, version


def test_it_leaves_again_when_the_draft_in_which_it_was_removed_is_recovered():
    latter, version = removed_in_review()
    recover_draft(states.deleted(version), by=statewide(), at=states.now())
    latter.refresh_from_db()
    assert latter.removal == "unavailable"


def test_it_leaves_with_an_assessment_that_only_the_deleted_draft_held():
    version = states.reviewed(angela())
    pen = states.pen(version)
    row = pen.service("IC-COMP", version.plan.goals.in_order()[0])
    save_service(row, {"status": "started", "actual_start_on": TODAY}, by=planner(), at=states.now())
    latter = change(row)
    states.deleted(version)
    latter.refresh_from_db()
    assert (latter.continues.removal, latter.removal) == ("entered_in_error", "entered_in_error")


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.policy("WIS-059")
@pytest.mark.parametrize(
    "values",
    [
        {"status": "planned", "actual_start_on": None},
        {"status": "complete", "ended_on": TODAY},
        {"status": "terminated", "ended_on": TODAY},
        {"status": "never_provided", "never_provided_reason": "no_show", "actual_start_on": None},
    ],
    ids=lambda values: values["status"],
)
def test_a_service_that_is_not_under_way_keeps_its_funding(values):
    row = training()
    save_service(row, values, by=planner(), at=states.now())
    refusal = refused_change(row)
    assert refusal.code == "not-under-way"
    assert refusal.sentence == "You can change the funding only of a service that has started and has not ended."


def test_a_removed_service_keeps_its_funding():
    row = training()
    states.reviewed(angela())
    remove_service(row, removal="unavailable", by=planner(), at=states.now())
    assert refused_change(row).code == "not-under-way"


def test_a_change_is_not_before_the_start():
    row = training()
    refusal = refused_change(row, changes_on=row.actual_start_on - timedelta(days=1))
    assert (refusal.code, refusal.field) == ("change-before-start", "changes_on")


def test_a_closed_plan_keeps_its_funding():
    states.closed(angela())
    assert refused_change(training()).code == "plan-closed"


def test_nobody_from_outside_changes_it():
    for somebody in (north_planner(), angela().user):
        with pytest.raises(NotAllowed):
            change(training(), by=somebody)


@pytest.mark.policy("WIS-059")
def test_a_service_goes_on_once():
    latter = change(training())
    former = PlannedService.objects.get(pk=latter.continues_id)
    assert refused_change(former).code == "not-under-way"
    refuses("a_service_goes_on_once", lambda: copy(latter))


@pytest.mark.parametrize("removed", [False, True])
def test_a_service_that_goes_on_is_not_opened_again(removed):
    latter = change(training())
    if removed:
        version = states.reviewed(angela())
        remove_service(latter, removal="entered_in_error", by=planner(), at=states.now())
        assert version.is_draft
    former = PlannedService.objects.select_related("plan").get(pk=latter.continues_id)
    with pytest.raises(Refusal) as refused:
        save_service(former, {"status": "started", "ended_on": None}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("goes-on-already", "status")


def test_it_goes_on_from_the_one_that_went_on():
    first = change(training(), changes_on=YESTERDAY)
    second = change(first, contract="ITA 2027-020")
    assert (second.continues, second.contract) == (first, "ITA 2027-020")
