"""A service that comes to cause participation, since the customer joined a program: the rules and the gate (AMB-W30).

JTED's programs count no participation for career services; the Adult program of Title I does.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.history import record
from careerplan.plans.gate import TooEarly
from customers.models import Enrollment
from services.actions import change_funding, save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import planner
from tests.plans_in_force import add_service, drop_service, reviewed_without_customer
from tests.shared_plans import enroll, program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def in_force_of_jted(*codes):
    """Version 1 of a customer whose only program counts no career service; it lists these services, too."""
    version = states.draft("JTED")
    for code in codes:
        add_service(version, code)
    for row in PlannedService.objects.filter(plan=version.plan):
        save_service(row, {"program": program("JTED")}, by=planner(), at=states.now())
    return states.signed(version).plan.customer


def asked(review):
    """The rules that ask the customer about the draft as it stands."""
    return [row.rule.code for row in states.decided(review).requirements if row.needs]


def joins(customer):
    enroll(customer, "T1-ADULT", customer.planner)


def leaves(customer, code):
    enrollment = Enrollment.objects.get(customer=customer, program__code=code)
    enrollment.status, enrollment.exited_on = "exited", TODAY
    record(enrollment, by=planner(), at=states.now())


def service(customer, code="WE-EXP"):
    rows = PlannedService.objects.select_related("plan__customer__planner", "service")
    return rows.get(plan__customer=customer, service__code=code)


def start(customer, day=TODAY, code="WE-EXP"):
    values = {"status": "started", "actual_start_on": day}
    return save_service(service(customer, code), values, by=planner(), at=states.now())


# --- what is added after the customer joined ------------------------------------------------------


@pytest.mark.policy("WIS-123", "WIS-134", "AMB-W30")
def test_a_start_before_the_day_of_joining_does_not_decide_whether_the_customer_is_asked():
    customer = in_force_of_jted()
    joins(customer)
    review = states.reviewed(customer)
    add_service(review, "WE-EXP")
    assert asked(review) == ["WI-IEP-ACK-2"]
    with pytest.raises(TooEarly):
        start(customer, YESTERDAY)
    assert asked(review) == ["WI-IEP-ACK-2"]


@pytest.mark.policy("AMB-W30")
def test_once_the_version_is_agreed_to_a_start_before_the_day_of_joining_is_recorded_as_it_was():
    customer = in_force_of_jted()
    joins(customer)
    review = states.reviewed(customer)
    add_service(review, "WE-EXP")
    states.signed(review)
    assert start(customer, YESTERDAY).gate_exemption == "not_gated"


# --- what was listed before -----------------------------------------------------------------------


def listed_without_the_customer():
    """Version 2 lists work experience that caused no participation; then the customer joins the Adult program."""
    customer = in_force_of_jted()
    review = states.reviewed(customer)
    add_service(review, "WE-EXP")
    assert asked(review) == []
    reviewed_without_customer(review)
    joins(customer)
    return customer


@pytest.mark.policy("WIS-058", "WIS-123", "WIS-134", "AMB-W30")
@pytest.mark.parametrize("rules", ["wisconsin", "both"])
def test_what_no_customer_agreed_to_waits_once_it_causes_participation_and_the_next_review_asks(settings, rules):
    settings.ACKNOWLEDGMENT_RULES = rules
    customer = listed_without_the_customer()
    with pytest.raises(TooEarly) as refused:
        start(customer)
    assert refused.value.sentence == (
        "No active version lists this service. Choose Update/Review: the service can start once "
        "the new version is active."
    )
    review = states.reviewed(customer)
    assert asked(review) == ["WI-IEP-ACK-2"]
    with pytest.raises(TooEarly):
        start(customer)
    states.signed(review)
    started = start(customer)
    assert (started.authorised_in, started.authorised_on) == (review, TODAY)


def test_the_pages_say_so(client):
    customer = listed_without_the_customer()
    review = states.reviewed(customer)
    client.force_login(planner())
    path = reverse("plan:service-move", args=[customer.pk, service(customer).pk, "start"])
    filled = Page(client.get(path)).form(path) | {"actual_start_on": TODAY.isoformat()}
    answer = client.post(path, filled)
    assert answer.status_code == 422
    assert "This can't start yet: Version 3" in Page(answer).words
    words = Page(client.get(reverse("plan:agreement", args=[customer.pk]))).words
    assert "starts a participation: no → yes" in words
    assert review.number == 3


@pytest.mark.policy("AMB-W30")
def test_what_the_customer_agreed_to_may_start_all_the_same():
    customer = in_force_of_jted("WE-EXP")
    joins(customer)
    assert start(customer).actual_start_on == TODAY


@pytest.mark.policy("WIS-058", "WIS-123", "AMB-W30")
def test_a_start_typed_for_a_day_before_the_joining_does_not_take_the_question_away():
    customer = listed_without_the_customer()
    review = states.reviewed(customer)
    with pytest.raises(TooEarly):
        start(customer, YESTERDAY)
    assert asked(review) == ["WI-IEP-ACK-2"]
    states.signed(review)
    assert start(customer, YESTERDAY).actual_start_on == YESTERDAY


@pytest.mark.policy("AMB-W21", "AMB-W30", "WIS-159")
def test_what_an_iep_listed_without_the_customer_waits_where_an_iss_would_ask():
    """A partner service: on an IEP nobody is asked (AMB-W8), on an ISS the customer is."""
    customer = states.in_force().plan.customer
    review = states.reviewed(customer)
    add_service(review, "PP-ADED")
    reviewed_without_customer(review)
    enroll(customer, "T1-YOUTH", customer.planner)
    with pytest.raises(TooEarly):
        start(customer, code="PP-ADED")


@pytest.mark.policy("WIS-058", "AMB-W30")
def test_a_review_without_the_customer_carries_on_what_was_agreed_to_before():
    version = states.in_force()
    customer = version.plan.customer
    reviewed_without_customer(states.reviewed(customer))
    assert start(customer, code="TR-OST").authorised_in == version


@pytest.mark.policy("AMB-W30")
def test_what_had_begun_before_the_customer_joined_asks_for_nothing():
    customer = in_force_of_jted()
    states.reviewed(customer)
    add_service(states.newest(customer), "WE-EXP")
    start(customer)
    reviewed_without_customer(states.newest(customer))
    enroll(customer, "T1-ADULT", customer.planner)
    row = Enrollment.objects.get(customer=customer, program__code="T1-ADULT")
    row.begun_on = TODAY + timedelta(days=1)
    record(row, by=planner(), at=states.now())
    assert asked(states.reviewed(customer)) == []


# --- what is removed ------------------------------------------------------------------------------


@pytest.mark.policy("AMB-W5", "WIS-137")
def test_a_removal_counts_for_the_programs_of_today_and_not_of_the_day_of_sealing():
    customer = in_force_of_jted("BC-COUN")
    joins(customer)
    review = states.reviewed(customer)
    drop_service(review, "BC-COUN", "not_wanted")
    assert asked(review) == ["WI-IEP-SILENT-1"]
    leaves(customer, "T1-ADULT")
    assert asked(review) == []


# --- other funding --------------------------------------------------------------------------------


def funded(customer, code):
    """Its newest half goes on under a program of this code from today."""
    newest = PlannedService.objects.filter(plan__customer=customer, service__code="WE-EXP").latest("id")
    values = {"program": program(code), "contract": f"For {code}", "changes_on": TODAY}
    return change_funding(newest, **values, by=planner(), at=states.now())


def under_way_without_the_customer():
    """Work experience that a review listed without the customer, and that began under JTED."""
    customer = in_force_of_jted()
    review = states.reviewed(customer)
    add_service(review, "WE-EXP")
    reviewed_without_customer(review)
    start(customer)
    return customer


@pytest.mark.policy("WIS-058", "WIS-059", "WIS-123")
def test_other_funding_starts_no_participation_to_which_nobody_agreed():
    customer = under_way_without_the_customer()
    joins(customer)
    with pytest.raises(TooEarly) as refused:
        funded(customer, "T1-ADULT")
    assert refused.value.field == "changes_on"
    assert service(customer).status == "started"
    states.signed(states.reviewed(customer))
    assert funded(customer, "T1-ADULT").gate_exemption == "continues"


def test_the_page_of_the_funding_says_so(client):
    customer = under_way_without_the_customer()
    joins(customer)
    client.force_login(planner())
    path = reverse("plan:service-funding", args=[customer.pk, service(customer).pk])
    funding = {"program": program("T1-ADULT").pk, "contract": "Title I", "changes_on": TODAY.isoformat()}
    answer = client.post(path, Page(client.get(path)).form(path) | funding)
    assert answer.status_code == 422
    assert "No active version lists this service. Choose Update/Review" in Page(answer).words
    assert service(customer).status == "started"


@pytest.mark.policy("WIS-058", "WIS-059", "WIS-123")
def test_nor_does_it_where_the_funding_had_changed_before():
    customer = under_way_without_the_customer()
    funded(customer, "JTED")
    joins(customer)
    with pytest.raises(TooEarly):
        funded(customer, "T1-ADULT")


@pytest.mark.policy("WIS-059")
def test_what_the_customer_agreed_to_goes_on_under_one_funding_after_another():
    customer = in_force_of_jted("WE-EXP")
    start(customer)
    joins(customer)
    funded(customer, "JTED")
    assert funded(customer, "T1-ADULT").gate_exemption == "continues"


@pytest.mark.policy("WIS-059", "WIS-123")
def test_where_other_funding_starts_a_participation_more_than_the_funding_changed():
    customer = in_force_of_jted("WE-EXP")
    start(customer)
    joins(customer)
    latter = funded(customer, "T1-ADULT")
    assert latter.authorised_in == latter.plan.versions.get(number=1)
    assert asked(states.reviewed(customer)) == ["WI-IEP-ACK-2"]


@pytest.mark.policy("WIS-059")
def test_other_funding_of_what_causes_no_participation_is_no_more_than_that():
    customer = under_way_without_the_customer()
    funded(customer, "JTED")
    assert asked(states.reviewed(customer)) == []
