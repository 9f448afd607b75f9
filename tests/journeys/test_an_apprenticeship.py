"""An apprenticeship in a browser: added, its occupation found, the RAPIDS ID corrected, the wage that rises, begun."""

import pytest
from django.utils import timezone

from services.classes.apprenticeship.models import WageStep
from services.models import PlannedService
from tests import states
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import press, said, search_services
from tests.people import planner
from tests.plans_in_force import iep, service

pytestmark = pytest.mark.django_db(transaction=True)

LEARN = "Paid work while you learn a trade (registered)"


@pytest.mark.policy("ILL-115")
def test_a_planner_adds_an_apprenticeship_and_writes_its_wage_steps(page, live_server, people):
    customer = states.enrolled("T1-ADULT")
    pen = states.pen(states.started(customer))
    pen.goal("Become an industrial mechanic", "CAREER_PLAN")
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{customer.pk}/plan/services/")
    page.get_by_role("link", name="Add Step/Service").first.click()
    dialog = page.get_by_role("dialog", name="Add Step/Service")
    search_services(dialog, "paid work while you learn")
    dialog.get_by_role("button", name=f"Add {LEARN}").click()
    dialog.get_by_text(f"Added: {LEARN}").wait_for()
    row = service(states.newest(customer), "AP-RAP")
    fill_the_form(page, row)
    steps = WageStep.objects.of_service(row)
    assert [(step.after, str(step.wage)) for step in steps] == [(0, "14.00"), (1000, "19.50")]
    assert PlannedService.objects.get(pk=row.pk).detail.rapids_id == "IL008950001"


def fill_the_form(page, row) -> None:
    """Wrong first, then right: each fault is said at its field, and nothing that was typed is lost."""
    page.goto(path_of(row))
    page.get_by_label("Occupation (SOC)").fill("millwright")
    page.get_by_label("RAPIDS ID").fill("IL-8950001")
    page.get_by_label("Sponsor").fill("Lakeshore Millwrights")
    first, second = (page.get_by_role("group", name=f"Wage step {number}") for number in (1, 2))
    for group, after, wage in ((first, "0", "14,00"), (second, "1,000", "19.50")):
        group.get_by_label("After how many").fill(after)
        group.get_by_label("Wage an hour").fill(wage)
    press(page, "Save step/service")
    faults = page.locator("[data-error-summary]")
    faults.get_by_text("Enter a RAPIDS ID such as IL008950001").wait_for()
    faults.get_by_text("Wage step 1: Enter one wage in dollars").wait_for()
    both_widths(page, "apprenticeship-refused")
    assert second.get_by_label("Wage an hour").input_value() == "19.50"
    page.get_by_label("RAPIDS ID").fill("il 008950001")
    first.get_by_label("Wage an hour").fill("14.00")
    press(page, "Save step/service")
    assert "Below the minimum wage of $15.00 an hour" in said(page)
    page.goto(path_of(row))
    both_widths(page, "apprenticeship-form")


@pytest.mark.policy("ILL-115")
def test_an_apprenticeship_that_was_agreed_to_begins(page, live_server, people):
    row = service(states.newest(iep()), "AP-RAP")
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{row.plan.customer_id}/plan/services/{row.pk}/move/start/")
    page.get_by_label("Start date").fill(f"{timezone.localdate():%m/%d/%Y}")
    both_widths(page, "apprenticeship-start")
    with page.expect_navigation():
        page.get_by_role("button", name="Start", exact=True).click()
    assert PlannedService.objects.get(pk=row.pk).status == "started"


def path_of(row) -> str:
    return f"/customers/{row.plan.customer_id}/plan/services/{row.pk}/edit/"
