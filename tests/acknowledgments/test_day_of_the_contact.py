"""A review without acknowledgment has the day of its contact, not of its recording (12.7.8, steps 1 and 2)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.agreement.sending import Contact, send
from acknowledgments.models import Acknowledgment
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import open_review
from careerplan.plans.gate import TooEarly
from customers.models import CaseNote
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.plans_in_force import add_service, iep, iss, reviewed_without_customer, who_and_when
from tests.rows import date_back

pytestmark = pytest.mark.django_db

EITHER = pytest.mark.parametrize("plan", [iep, iss])
OPENED_AGO, CONTACT_AGO = 5, 3


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def opened_days_ago(customer, days=OPENED_AGO):
    """The next draft, which was opened before the contact."""
    at = states.now() - timedelta(days=days)
    return open_review(states.plan_of(customer), by=customer.planner, at=at)


def in_force_since(customer, days):
    """As if its version had been approved that long ago, with a review interval of 90 days."""
    day = ago(days)
    date_back(states.newest(customer), created_on=day, approved_on=day, next_review_on=day + timedelta(days=90))
    return customer


@pytest.mark.policy("WIS-107", "WIS-108")
def test_the_case_note_of_a_review_that_is_sent_has_the_day_of_its_contact():
    draft = opened_days_ago(iep())
    contact = Contact(ago(CONTACT_AGO), "video", "We went through the plan.")
    send(draft, electronic=False, reason=states.ALL_THE_SAME, contact=contact, **who_and_when(draft))
    note = CaseNote.objects.filter(customer=draft.plan.customer).latest("id")
    assert (note.contact_on, note.contact_method) == (ago(CONTACT_AGO), "video")


@pytest.mark.policy("WIS-143", "WIS-144", "WIS-150", "WIS-167", "WIS-175", "WIS-176", "WIS-182")
@EITHER
def test_the_review_service_closes_on_the_day_of_the_contact_that_its_page_was_told(client, plan):
    customer = in_force_since(plan(), 40)
    draft = opened_days_ago(customer)
    client.force_login(customer.planner)
    path = reverse("plan:review-without-customer", args=[customer.pk])
    entry = {"not_required": "on", "text": "She tells how the class goes.", "contact_method": "video"}
    answer = client.post(path, entry | {"contact_on": ago(CONTACT_AGO).isoformat()})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.created_on, draft.approved_on) == (ago(OPENED_AGO), ago(CONTACT_AGO))
    note = Acknowledgment.objects.get(version=draft).case_note
    assert (note.contact_on, note.contact_method, note.customer) == (ago(CONTACT_AGO), "video", customer)
    page = Page(client.get(reverse("plan:services", args=[customer.pk])))
    service = page.table("Development and review of the plan")[-1]
    kind = "IEP" if plan is iep else "ISS"
    assert (service["Service"], service["Version"]) == (f"{kind} Development or Review", "Version 2")
    assert (service["Opened"], service["Closed"]) == (f"{ago(OPENED_AGO):%m/%d/%Y}", f"{ago(CONTACT_AGO):%m/%d/%Y}")
    facts = Page(client.get(reverse("plan:version", args=[customer.pk, draft.pk]))).facts()
    assert facts["Approved (service closed)"] == date_format(ago(CONTACT_AGO))


@pytest.mark.policy("WIS-103", "WIS-106", "AMB-W11")
@EITHER
def test_the_next_review_counts_from_the_day_of_the_contact(plan):
    draft = opened_days_ago(plan())
    version = reviewed_without_customer(draft, contact_on=ago(CONTACT_AGO))
    assert version.next_review_on == ago(CONTACT_AGO) + timedelta(days=90)


@pytest.mark.policy("WIS-058", "AMB-W17")
def test_what_the_review_lists_first_may_start_from_the_day_of_the_contact_on(settings):
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    draft = opened_days_ago(iep())
    row = add_service(draft, "BC-COUN")
    reviewed_without_customer(draft, contact_on=ago(CONTACT_AGO))
    row = PlannedService.objects.select_related("plan").get(pk=row.pk)
    assert (row.authorised_in, row.authorised_on) == (draft, ago(CONTACT_AGO))
    with pytest.raises(TooEarly):
        begin(row, draft, ago(CONTACT_AGO + 1))
    assert begin(row, draft, ago(CONTACT_AGO)).actual_start_on == ago(CONTACT_AGO)


def begin(row, version, day):
    return save_service(row, {"status": "started", "actual_start_on": day}, **who_and_when(version))


@pytest.mark.policy("WIS-143", "WIS-144", "WIS-150", "WIS-176", "WIS-182")
@EITHER
@pytest.mark.parametrize(("days", "taken"), [(OPENED_AGO + 1, False), (OPENED_AGO, True), (0, True), (-1, False)])
def test_the_contact_lies_between_the_created_date_and_today(plan, days, taken):
    draft = opened_days_ago(plan())
    if taken:
        assert reviewed_without_customer(draft, contact_on=ago(days)).approved_on == ago(days)
        return
    with pytest.raises(Refusal) as refused:
        reviewed_without_customer(draft, contact_on=ago(days))
    assert (refused.value.code, refused.value.field) == ("contact-outside-review", "contact_on")
    assert not Acknowledgment.objects.filter(version=draft).exists()


@pytest.mark.policy("WIS-174")
@EITHER
@pytest.mark.parametrize(("approved", "days", "is_late"), [(95, 90, False), (95, 91, True)])
def test_a_contact_within_the_interval_is_not_late_where_it_is_recorded_later(plan, approved, days, is_late):
    customer = in_force_since(plan(), approved)
    version = reviewed_without_customer(opened_days_ago(customer, 6), contact_on=ago(approved - days))
    late = f"The contact was {days} days after Version 1 was approved. That is past the review interval."
    assert version.events.get(name="acknowledge_without_customer").note == (late if is_late else "")
