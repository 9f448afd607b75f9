"""A service leaves the plan: what counts is the row as it stands then, and the reason, not what was sealed of it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.in_force import contents_in_force
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.sealed_text import canonical_json, read_contents
from careerplan.base.refusals import Refusal
from services.actions import change_funding, remove_service, save_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import planner
from tests.rows import date_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = timezone.localdate()


def by_planner():
    return {"by": planner(), "at": states.now()}


def with_service(code, program="T1-ADULT", **values):
    """A plan in force that lists one service more, started today where `values` say nothing else."""
    customer = states.enrolled(program)
    version = states.written_iss(customer) if program == "T1-YOUTH" else states.written(customer)
    pen = states.pen(version)
    planned = pen.service(code, version.plan.goals.get(), planned_start_on=TODAY, dollar_value=60)
    states.signed(version)
    return record(planned, **{"status": "started", "actual_start_on": TODAY, **values})


def record(planned, **values):
    planned = PlannedService.objects.select_related("plan__customer", "service").get(pk=planned.pk)
    return save_service(planned, values, **by_planner())


def complete(planned):
    return record(planned, status="complete", ended_on=TODAY)


def review_of(planned):
    return states.reviewed(planned.plan.customer)


def rule_for_removal(version, planned):
    return states.rules_of(version)["removed", str(planned)]


# --- completed, or not ------------------------------------------------------------------------


@pytest.mark.policy("WIS-138")
def test_a_service_completed_after_the_seal_and_removed_as_completed_asks_nobody():
    planned = with_service("BC-COUN")
    version = review_of(planned)
    remove_service(complete(planned), removal="completed", **by_planner())
    assert rule_for_removal(version, planned) == "WI-IEP-NOACK-2"
    assert not states.decided(version).needs_acknowledgment


@pytest.mark.policy("WIS-169")
def test_a_partner_service_completed_after_the_seal_and_removed_as_completed_asks_nobody():
    planned = with_service("PP-SECE", "T1-YOUTH")
    version = review_of(planned)
    remove_service(complete(planned), removal="completed", **by_planner())
    assert rule_for_removal(version, planned) == "WI-ISS-NOACK-2"


@pytest.mark.policy("WIS-138", "AMB-W5")
def test_a_service_sealed_as_complete_and_set_back_to_started_asks_when_it_is_not_wanted():
    planned = complete(with_service("BC-COUN"))
    states.signed(review_of(planned))
    version = review_of(planned)
    assert next(item for item in contents_in_force(version).services if item.id == planned.pk).status == "complete"
    record(planned, status="started", ended_on=None)
    remove_service(planned, removal="not_wanted", **by_planner())
    assert rule_for_removal(version, planned) == "WI-IEP-SILENT-1"
    assert states.decided(version).needs_acknowledgment


@pytest.mark.policy("WIS-138", "AMB-W5")
@pytest.mark.parametrize("reason", ["entered_in_error", "not_wanted", "unavailable", "goal_changed", "other"])
def test_for_another_reason_a_complete_service_counts_as_given_up(reason):
    planned = complete(with_service("BC-COUN"))
    version = review_of(planned)
    remove_service(planned, removal=reason, note="See the case note.", **by_planner())
    assert rule_for_removal(version, planned) == "WI-IEP-SILENT-1"


@pytest.mark.policy("WIS-138", "AMB-W5")
def test_a_terminated_service_was_not_completed():
    planned = record(with_service("BC-COUN"), status="terminated", ended_on=TODAY)
    version = review_of(planned)
    remove_service(planned, removal="not_wanted", **by_planner())
    assert rule_for_removal(version, planned) == "WI-IEP-SILENT-1"


def test_the_contents_carry_what_was_true_at_the_removal():
    planned = with_service("BC-COUN")
    version = review_of(planned)
    remove_service(complete(planned), removal="completed", **by_planner())
    contents = contents_of(version.plan, version)
    gone = next(removal for removal in contents.removals if removal.kind == "service")
    assert (gone.id, gone.why, gone.status, gone.ended_on) == (planned.pk, "completed", "complete", TODAY.isoformat())
    assert read_contents(canonical_json(contents)) == contents


def test_a_removal_of_an_older_release_is_read_with_its_reason_alone():
    older = {"schema": 1, "plan_type": "IEP", "removals": [{"kind": "service", "id": 3, "why": "completed"}]}
    gone = read_contents(json.dumps(older)).removals[0]
    assert (gone.why, gone.status, gone.ended_on, gone.continues) == ("completed", "", "", None)


@pytest.mark.policy("WIS-138")
def test_the_agreement_page_opens_the_door_without_the_customer(client):
    planned = with_service("BC-COUN")
    review_of(planned)
    client.force_login(planner())
    pk = planned.plan.customer_id
    complete = reverse("plan:service-move", args=[pk, planned.pk, "complete"])
    done = {"ended_on": TODAY.isoformat()}
    assert client.post(complete, Page(client.get(complete)).form(complete) | done).status_code == 302
    remove = reverse("plan:service-remove", args=[pk, planned.pk])
    assert client.post(remove, {"removal": "completed"}).status_code == 302
    words = Page(client.get(reverse("plan:agreement", args=[pk]))).words
    assert "A completed participation-causing career service was removed." in words
    assert "No change needs the customer's acknowledgment." in words


def test_explain_version_tells_what_the_table_was_asked():
    planned = with_service("BC-COUN")
    version = review_of(planned)
    remove_service(complete(planned), removal="completed", **by_planner())
    states.signed(version)
    told = StringIO()
    call_command("explain_version", str(version.pk), stdout=told)
    changes = json.loads(told.getvalue())["seals"][0]["decision"]["changes"]
    asked = next(row["asked"] for row in changes if row["kind"] == "removed")
    assert asked == {
        "code": "BC-COUN",
        "service_class": "career",
        "is_training": False,
        "is_supportive": False,
        "is_referral": False,
        "causes_participation": True,
        "goes_on": False,
        "status_at_removal": "complete",
        "ended_on": TODAY.isoformat(),
        "is_completed": True,
    }


# --- only the funding changed -----------------------------------------------------------------


def funded_anew(planned, **values):
    values = {"program": planned.program, "contract": "ITA 2027-014", "changes_on": TODAY} | values
    return change_funding(planned, **values, **by_planner())


@pytest.mark.policy("WIS-059")
@pytest.mark.parametrize("code", ["PP-SECE", "BC-JREQ"])
def test_what_was_added_in_a_review_is_not_only_funded_otherwise(code):
    """A service that may start before anybody agreed is no listed service when its first row leaves again."""
    version = states.reviewed(states.in_force().plan.customer)
    planned = states.pen(version).service(code, version.plan.goals.get(), planned_start_on=TODAY)
    # It starts past the gate: whether it may is another test's question.
    planned.gate_exemption, planned.status, planned.actual_start_on = "not_gated", "started", TODAY
    planned.save()
    latter = funded_anew(planned)
    remove_service(planned, removal="entered_in_error", **by_planner())
    rules = states.rules_of(version)
    assert rules["added", str(latter)] != "WI-FUNDING"
    assert "WI-FUNDING" not in rules.values()


@pytest.mark.policy("WIS-059", "WIS-124")
def test_training_that_nobody_agreed_to_asks_though_its_funding_changed():
    version = states.reviewed(states.in_force().plan.customer)
    planned = states.pen(version).service("TR-IWT", version.plan.goals.get(), planned_start_on=TODAY)
    date_back(planned, gate_exemption="before", status="started", actual_start_on=TODAY)
    planned.refresh_from_db()
    latter = funded_anew(planned)
    remove_service(planned, removal="entered_in_error", **by_planner())
    assert states.rules_of(version)["added", str(latter)] == "WI-IEP-ACK-3"
    assert states.decided(version).needs_acknowledgment


@pytest.mark.policy("WIS-059")
def test_a_listed_service_goes_on_twice_and_asks_nobody():
    planned = with_service("TR-OST")
    version = review_of(planned)
    second = funded_anew(planned)
    third = funded_anew(second, contract="ITA 2027-015")
    remove_service(PlannedService.objects.get(pk=second.pk), removal="other", note="Goes on.", **by_planner())
    assert states.rules_of(version)["added", str(third)] == "WI-FUNDING"
    assert not states.decided(version).needs_acknowledgment


@pytest.mark.policy("WIS-059", "AMB-W8")
def test_a_service_that_goes_on_under_another_goal_asks():
    planned = with_service("TR-OST")
    version = review_of(planned)
    latter = funded_anew(planned)
    other = states.pen(version).goal("Another goal", "CAREER_PLAN")
    record(latter, goal=other)
    assert states.rules_of(version)["added", str(latter)] == "WI-IEP-ACK-3"


@pytest.mark.policy("WIS-059")
@pytest.mark.parametrize("sealed", [False, True], ids=["before the next seal", "listed as two rows"])
def test_the_ended_half_of_a_service_that_goes_on_leaves_without_asking(sealed):
    planned = with_service("TR-OST")
    funded_anew(planned)
    if sealed:
        states.signed(review_of(planned))
    version = review_of(planned)
    remove_service(PlannedService.objects.get(pk=planned.pk), removal="other", note="Goes on.", **by_planner())
    assert rule_for_removal(version, planned) == "WI-FUNDING"
    assert not states.decided(version).needs_acknowledgment


@pytest.mark.policy("WIS-059", "WIS-124")
def test_the_half_that_goes_on_does_not_leave_without_asking():
    planned = with_service("TR-OST")
    latter = funded_anew(planned)
    states.signed(review_of(planned))
    version = review_of(planned)
    remove_service(PlannedService.objects.get(pk=latter.pk), removal="not_wanted", **by_planner())
    assert states.rules_of(version)["removed", str(latter)] == "WI-IEP-ACK-3"
    remove_service(PlannedService.objects.get(pk=planned.pk), removal="not_wanted", **by_planner())
    codes = [found.rule.code for found in states.decided(version).requirements]
    assert codes == ["WI-IEP-ACK-3", "WI-IEP-ACK-3"]


@pytest.mark.policy("WIS-059", "WIS-124")
def test_training_does_not_leave_by_the_half_that_nobody_listed():
    planned = with_service("TR-OST")
    version = review_of(planned)
    latter = funded_anew(planned)
    remove_service(PlannedService.objects.get(pk=latter.pk), removal="not_wanted", **by_planner())
    assert states.rules_of_services(version) == {("removed", str(planned)): "WI-IEP-ACK-3"}
    states.signed(version)
    assert states.rules_of(review_of(planned)) == {}


@pytest.mark.policy("WIS-059", "WIS-138")
def test_a_service_completed_under_other_funding_leaves_as_completed():
    planned = with_service("BC-COUN")
    version = review_of(planned)
    latter = complete(funded_anew(planned))
    remove_service(PlannedService.objects.get(pk=planned.pk), removal="other", note="Goes on.", **by_planner())
    remove_service(PlannedService.objects.get(pk=latter.pk), removal="completed", **by_planner())
    assert states.rules_of_services(version) == {("removed", str(planned)): "WI-IEP-NOACK-2"}


@pytest.mark.policy("WIS-059")
def test_the_page_says_that_only_the_funding_changed(client):
    planned = with_service("TR-OST")
    review_of(planned)
    client.force_login(planner())
    pk = planned.plan.customer_id
    path = reverse("plan:service-funding", args=[pk, planned.pk])
    day = {"contract": "ITA 2027-014", "changes_on": TODAY.isoformat(), "program": ""}
    assert client.post(path, day).status_code == 302
    remove = reverse("plan:service-remove", args=[pk, planned.pk])
    assert client.post(remove, {"removal": "other", "note": "It goes on."}).status_code == 302
    words = Page(client.get(reverse("plan:agreement", args=[pk]))).words
    assert words.count("A service was re-created only to change its funding source or contract.") == 2
    assert "No change needs the customer's acknowledgment." in words


# --- a row keeps its service ------------------------------------------------------------------


@pytest.mark.policy("AMB-W8", "WIS-058")
@pytest.mark.parametrize("draft", [False, True])
def test_a_row_never_becomes_another_service(draft):
    planned = with_service("BC-COUN")
    if draft:
        review_of(planned)
    with pytest.raises(Refusal) as refused:
        record(planned, service=Service.objects.get(code="TR-OST"))
    assert refused.value.code == ("another-service" if draft else "no-draft")
    assert PlannedService.objects.get(pk=planned.pk).service.code == "BC-COUN"
