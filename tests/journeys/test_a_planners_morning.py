"""A planner's morning: Today says what is late and who waits; one click does what it can, and the rest has a lead."""

from datetime import timedelta

import pytest

from careerplan.messaging.models import Notification
from customers.models import Customer, Enrollment
from services.models import PlannedService
from tests import states
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.pages.test_today import told_yesterday
from tests.people import person, youth_planner
from tests.rows import date_back, write

pytestmark = pytest.mark.django_db(transaction=True)

LATE = timedelta(days=15)


def a_caseload(planner, *customers):
    """These customers are the planner's, and no others."""
    for model in (Customer, Enrollment):
        for row in model.objects.filter(planner=planner):
            write(row, planner=youth_planner())
    for customer in customers:
        write(customer, planner=planner)
        for row in customer.enrollments.all():
            write(row, planner=planner)


def number(page, what):
    return page.locator(".numbers li").filter(has_text=what).locator("strong").inner_text()


def test_a_planners_morning_from_today_to_done(page, live_server, people):
    planner, late = person("train10"), states.in_force().plan.customer
    waiting = told_yesterday(states.told(states.sent(states.draft())))
    a_caseload(planner, late, waiting.seal.version.plan.customer)
    service = PlannedService.objects.get(plan__customer=late, status="planned")
    date_back(service, planned_start_on=states.today() - LATE, planned_end_on=None)

    sign_in(page, live_server, planner)
    page.goto("/")
    assert page.url.endswith("/today/")
    assert (number(page, "overdue"), number(page, "waiting for customers")) == ("1", "1")
    both_widths(page, "morning")

    # What one click can, is done on the page.
    press(page, "Send a reminder")
    assert "The customer gets a message and an e-mail." in said(page)
    assert Notification.objects.filter(key__startswith=f"reminded:{waiting.pk}:").count() == 1

    # The rest has a lead to where it is done, with its rule and its day beside it.
    row = page.get_by_role("row").filter(has_text="Planned service not started")
    assert "DWD 12.7.5" in row.inner_text()
    assert "5 days late" in row.inner_text()
    follow(page, "Record it", within=row)
    follow(page, "Start", within=page.get_by_role("region", name="Status"))
    page.get_by_label("Start date").fill(f"{states.today():%m/%d/%Y}")
    with page.expect_navigation():
        page.get_by_role("button", name="Start", exact=True).click()  # and not the calendar of the field
    assert "The service has started." in said(page)

    follow(page, "Today", within=page.get_by_role("navigation", name="Main"))
    assert number(page, "overdue") == "0"
    page.get_by_text("Nothing is overdue.").wait_for()
    both_widths(page, "morning-done")
