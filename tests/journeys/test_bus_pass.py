"""A bus pass in a browser: the amount, what it comes to and what is left of the region's limit, as one types; then
its payment, as a cost of the service."""

import pytest

from tests.journeys.browser import both_widths, sign_in
from tests.people import planner
from tests.services.limits.limited import bus_pass, of_today
from tests.services.service_form import path_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("ILL-113")
def test_a_planner_plans_a_bus_pass_within_the_limit(page, live_server, people):
    row = of_today(bus_pass())
    sign_in(page, live_server, planner())
    page.goto(path_of(row))
    box = page.locator("#limits")
    box.get_by_text("$360.00 is left of the limit.").wait_for()
    page.get_by_label("Amount each time").fill("150.01")
    box.get_by_text("$0.04 over the limit.").wait_for()
    both_widths(page, "95-bus-pass")
    page.get_by_role("button", name="Save step/service").click()
    page.locator("[data-error-summary]").get_by_text("at most $600.00 is left for this service").wait_for()
    page.get_by_label("Amount each time").fill("150")
    page.get_by_role("button", name="Save step/service").click()
    page.get_by_text("The step/service was saved.").wait_for()
    page.goto(path_of(row))
    box.get_by_text("Together: $600.00").wait_for()
    box.get_by_text("$0.00 is left of the limit.").wait_for()
    page.get_by_role("link", name="Record the payment").click()
    page.get_by_label("Paid to").fill("Marlow Transit")
    page.get_by_label("Voucher or reference number").fill("V-1044")
    both_widths(page, "95-bus-pass-paid")
    page.get_by_role("button", name="Save payment").click()
    page.get_by_text("The payment was recorded.").wait_for()
    page.goto(path_of(row))
    box.get_by_text("$240.00 paid").wait_for()
    assert page.get_by_text("V-1044").is_visible()
