"""When a planned service may start: once a version that lists it is active, and not a day before (12.7.3, 12.7.5)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.sending import send
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.gate import TooEarly
from careerplan.plans.log import entries_of
from goals.enums import GoalStatus
from services.actions import remove_service, save_service
from tests import states
from tests.markup import Page
from tests.people import angela, planner, tyrell
from tests.rows import refuses, write
from tests.services.starts import (
    TODAY,
    YESTERDAY,
    added_in_review,
    exemption,
    in_first_draft,
    in_force_with_one_added,
    planned,
    start,
    too_early,
)

pytestmark = pytest.mark.django_db


CONSTRAINT = "a_service_starts_once_a_version_that_lists_it_is_active"


# --- no version that lists it is active -------------------------------------------------------

GATED = pytest.mark.parametrize(
    "code",
    [
        pytest.param("BC-JSST", id="causes participation"),
        pytest.param("SS-EXAM", marks=pytest.mark.policy("AMB-W27"), id="supports"),
    ],
)


@pytest.mark.policy("WIS-012", "WIS-057", "WIS-058")
@GATED
def test_nothing_starts_while_the_first_version_is_a_draft(code):
    row = in_first_draft(code)
    assert too_early(row) == (
        "This can't start yet: Version 1, which lists it, "
        f"was opened on {date_format(TODAY)} and is not active (draft)."
    )


@pytest.mark.policy("WIS-012", "WIS-058")
@GATED
def test_nothing_starts_while_the_version_is_with_the_customer(code):
    version = states.draft()
    row = states.pen(version).service(code, version.plan.goals.get(), planned_start_on=TODAY, dollar_value=60)
    states.sent(version)
    assert too_early(row) == (
        "This can't start yet: Version 1, which lists it, "
        f"was opened on {date_format(TODAY)} and is not active (awaiting acknowledgment)."
    )


@pytest.mark.policy("WIS-166")
def test_an_element_of_an_iss_waits_for_the_customer_too():
    opened_on = states.newest(tyrell()).created_on
    assert too_early(planned(tyrell(), "YE-03A")) == (
        "This can't start yet: Version 1, which lists it, "
        f"was opened on {date_format(opened_on)} and is not active (awaiting acknowledgment)."
    )


@pytest.mark.policy("WIS-134", "AMB-W17")
@GATED
def test_what_a_review_adds_to_an_iep_waits_for_the_new_version(code):
    row = in_force_with_one_added(code)
    assert too_early(row) == (
        "This can't start yet: Version 2, which lists it, "
        f"was opened on {date_format(TODAY)} and is not active (draft)."
    )
    version = states.signed(states.newest(row.plan.customer))
    assert exemption(row) == ""
    assert (row.authorised_in, row.authorised_on) == (version, TODAY)


@pytest.mark.policy("WIS-166")
def test_what_a_review_adds_to_an_iss_waits_for_the_new_version():
    customer = states.signed(iss()).plan.customer
    row = added_in_review(customer, "YE-09")
    assert "Version 2, which lists it" in too_early(row)
    states.signed(states.newest(customer))
    assert exemption(row) == ""


def iss():
    return states.written_iss(states.enrolled("T1-YOUTH"))


# --- from the day of the approval on ----------------------------------------------------------


@pytest.mark.policy("WIS-012", "WIS-058", "AMB-W17")
@pytest.mark.parametrize("code", ["BC-JSST", "SS-CHLD", "SS-TRAN"])
def test_it_may_start_from_the_very_day_on_which_the_version_became_active(code):
    row = planned(angela(), code)
    version = states.newest(angela())
    assert (row.authorised_in, row.authorised_on) == (version, version.approved_on)
    assert too_early(row, version.approved_on - timedelta(days=1)) == (
        f"Version 1, the first that lists this service, became active on {date_format(version.approved_on)}. "
        "The service can't start before that day."
    )
    assert start(row, version.approved_on).actual_start_on == version.approved_on


def test_a_signature_on_paper_counts_from_the_day_on_the_paper():
    version = states.written(states.enrolled(), at=states.now() - timedelta(days=1))
    options = {"electronic": False, "reason": states.ALL_THE_SAME}
    send(version, **options, by=planner(), at=states.now() - timedelta(days=1))
    states.agreed_on_paper(version, on=YESTERDAY)
    row = planned(version.plan.customer, "TR-OST")
    assert too_early(row, YESTERDAY - timedelta(days=1)).startswith("Version 1, the first that lists")
    assert start(row, YESTERDAY).gate_exemption == ""


@pytest.mark.policy("WIS-058")
@pytest.mark.parametrize("days", [1, 300])
def test_a_start_is_not_moved_before_the_day_later_on(days):
    row = planned(angela(), "TR-OST")
    sentence = too_early(row, row.authorised_on - timedelta(days=days))
    assert date_format(row.authorised_on) in sentence
    assert start(row, row.authorised_on).actual_start_on == row.authorised_on


def test_an_end_counts_as_little_as_a_start():
    row = in_first_draft("BC-JSST")
    too_early(row, status="complete", ended_on=TODAY)


def test_a_start_that_is_taken_back_needs_nothing():
    row = planned(angela(), "TR-OST")
    save_service(row, {"status": "planned", "actual_start_on": None}, by=planner(), at=states.now())
    row.refresh_from_db()
    assert (row.actual_start_on, row.gate_exemption) == (None, "")


def test_what_is_not_about_the_start_is_recorded_without_the_gate():
    row = in_first_draft("BC-JSST")
    save_service(row, {"notes": "Bring a résumé.", "planned_start_on": TODAY}, by=planner(), at=states.now())
    row.refresh_from_db()
    assert row.notes == "Bring a résumé."


def test_a_goal_does_not_start_with_a_service_that_may_not():
    pen = states.pen(states.started(states.enrolled()))
    row = pen.service("SS-EXAM", pen.goal("Pass the examination", "EDUCATION_TRAINING"))
    too_early(row)
    row.goal.refresh_from_db()
    assert row.goal.status == GoalStatus.NOT_STARTED


# --- while a review is open -------------------------------------------------------------------


@pytest.mark.policy("WIS-014", "AMB-W17")
@pytest.mark.parametrize("code", ["BC-JSST", "SS-TRAN"])
def test_what_the_last_active_version_lists_may_start_while_a_review_is_open(code):
    states.reviewed(angela())
    assert exemption(planned(angela(), code)) == ""


@pytest.mark.policy("WIS-014")
def test_what_the_last_active_version_lists_may_start_while_the_next_is_with_the_customer():
    customer = states.signed(states.draft()).plan.customer
    version = states.reviewed(customer)
    states.pen(version).step("Visit two employers", version.plan.goals.get(), in_days=5)
    states.sent(version)
    assert exemption(planned(customer, "TR-OST")) == ""


@pytest.mark.policy("WIS-014")
def test_what_the_last_active_version_lists_may_start_after_a_review_was_deleted():
    version = states.reviewed(angela())
    row = planned(angela(), "BC-JSST")
    remove_service(row, removal="unavailable", by=planner(), at=states.now())
    states.deleted(version)
    assert exemption(planned(angela(), "BC-JSST")) == ""


def test_a_later_version_leaves_the_day_as_it_was():
    row = planned(angela(), "BC-JSST")
    former = (row.authorised_in_id, row.authorised_on)
    added_in_review(angela(), "SS-EXAM")
    states.signed(states.newest(angela()))
    row.refresh_from_db()
    assert (row.authorised_in_id, row.authorised_on) == former


def test_a_declined_version_lets_nothing_start():
    row = in_force_with_one_added("SS-EXAM")
    states.not_completed(states.newest(row.plan.customer))
    row.refresh_from_db()
    assert (row.authorised_in, row.actual_start_on) == (None, None)
    with pytest.raises(Refusal) as refused:
        start(row)
    assert refused.value.code == "removed-meanwhile"


@pytest.mark.policy("WIS-058")
def test_a_review_without_acknowledgment_lets_what_it_lists_start(settings):
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    row = added_in_review(angela(), "SS-EXAM")
    version = states.newest(angela())
    contact = {"text": "Reviewed by phone.", **states.contact()}
    review_without_customer(version, **contact, by=planner(), at=states.now())
    row.refresh_from_db()
    assert (row.authorised_in, row.authorised_on) == (version, TODAY)
    assert "Version 2, the first that lists this service" in too_early(row, YESTERDAY)
    assert exemption(row) == ""


def test_the_permission_is_in_the_history_and_not_in_the_update_log():
    """It follows from the version, which the log tells of."""
    row = in_force_with_one_added("SS-EXAM")
    told = len(entries_of(row.plan_id, rows=500, people={}, kind="plannedservice"))
    states.signed(states.newest(row.plan.customer))
    assert row.history.first().history_change_reason == "follows: listed in an active version"
    assert len(entries_of(row.plan_id, rows=500, people={}, kind="plannedservice")) == told


# --- on the page, and past the actions --------------------------------------------------------


@pytest.mark.policy("WIS-012", "WIS-058")
def test_the_form_says_at_the_start_date_from_when_it_may(client):
    client.force_login(planner())
    row = planned(angela(), "BC-JSST")
    path = reverse("plan:service-edit", args=[angela().pk, row.pk])
    page = Page(client.get(path))
    assert f"May start from {date_format(row.authorised_on)}: an active version lists it." in page.words
    day = row.authorised_on - timedelta(days=1)
    path = reverse("plan:service-move", args=[angela().pk, row.pk, "start"])
    answer = client.post(path, Page(client.get(path)).form(path) | {"actual_start_on": day.isoformat()})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["actual_start_on"]
    assert Page(answer).form(path)["actual_start_on"] == day.isoformat()
    row.refresh_from_db()
    assert row.actual_start_on is None


@pytest.mark.policy("WIS-012", "WIS-058", "WIS-134")
def test_the_database_refuses_a_start_that_no_active_version_covers():
    listed, added = planned(angela(), "BC-JSST"), added_in_review(angela(), "SS-EXAM")
    before = listed.authorised_on - timedelta(days=1)
    refuses(CONSTRAINT, lambda: write(added, actual_start_on=TODAY))
    refuses(CONSTRAINT, lambda: write(listed, actual_start_on=before))
    refuses(CONSTRAINT, lambda: write(planned(angela(), "TR-OST"), actual_start_on=before))
    write(listed, actual_start_on=listed.authorised_on)


def test_a_service_waits_also_after_the_customer_left_the_program():
    """What it causes is asked of the programs of the day on which it started."""
    row = in_force_with_one_added("TR-OST")
    customer = row.plan.customer
    for enrollment in customer.enrollments.all():
        enrollment.status, enrollment.exited_on = "exited", timezone.localdate()
        record(enrollment, by=planner(), at=states.now())
    with pytest.raises(TooEarly):
        save_service(row, {"status": "started", "actual_start_on": timezone.localdate()}, by=planner(), at=states.now())
