"""Statewide staff: one person's two records become one, the calendar's address, and where things are late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerplan.reports.work import count_work
from customers.enrolling import end_enrollment
from customers.models import Customer
from tests import states
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import angela, planner, statewide
from tests.rows import write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_records(people):
    kept, other = angela(), states.enrolled("T1-DW")
    end_enrollment(other.enrollments.get(), exited_on=states.today(), by=planner(), at=timezone.now())
    write(other, first_name=kept.first_name, last_name=kept.last_name, birth_date=kept.birth_date)
    Customer.keep_derived([Customer.objects.get(pk=other.pk)])
    count_work(at=timezone.now(), fresh=timedelta(0))
    return kept, other


def test_one_person_has_one_record_again(page, live_server, two_records):
    kept, other = two_records
    sign_in(page, live_server, statewide())
    page.goto(f"/customers/{kept.pk}/merge/")
    both_widths(page, "54-merge")
    follow(page, str(other))
    both_widths(page, "54-merge-with")
    page.get_by_label(f"({kept.state_id})").check()
    page.get_by_label(kept.user.username).check()
    page.get_by_label("How you know that this is one person").fill("Both cards were shown at the desk.")
    page.get_by_label("I have compared both records.").check()
    press(page, "Merge the records")
    assert "The two records are one now." in said(page)
    both_widths(page, "54-kept")
    page.goto(f"/customers/{other.pk}/")
    both_widths(page, "54-former")
    follow(page, "Open the record that goes on")
    assert page.url.endswith(f"/customers/{kept.pk}/")

    page.goto("/today/calendar/")
    both_widths(page, "54-calendar")
    press(page, "Make an address")
    both_widths(page, "54-calendar-address")
    page.goto("/today/")
    follow(page, "By region, office and planner")
    both_widths(page, "54-regions")
    follow(page, kept.office.region.name)
    both_widths(page, "54-offices")
    follow(page, kept.office.name)
    both_widths(page, "54-planners")
