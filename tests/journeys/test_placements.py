"""A placement in a browser: added from the plan, started, on hold and back, terminated; by the keyboard, too."""

from datetime import date, timedelta

import pytest

from tests import placed, states
from tests.journeys.browser import both_widths, heights_of_rows, sign_in
from tests.people import planner

pytestmark = pytest.mark.django_db(transaction=True)


def fill_day(page, label, day):
    page.get_by_label(label, exact=True).fill(day.isoformat())


@pytest.mark.policy("ILL-124", "ILL-128", "ILL-131", "ILL-139", "ILL-151", "ILL-152", "ILL-154", "AMB-I5")
def test_a_placement_from_the_plan_to_its_end(page, live_server, people):
    under = placed.long_ago(placed.service(), 60)
    at = placed.worksite(placed.employer(name="Roosevelt Library"), "Roosevelt Library")
    placed.job(at, "Library assistant")
    placed.job(at, "Night guard", openings=0)
    today = states.today()
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{under.plan.customer_id}/plan/services/{under.pk}/edit/#placements")
    page.get_by_role("link", name="Add to a worksite").click()
    page.get_by_label("Search by employer").fill("roosevelt library")
    page.get_by_text("Showing 1 to 2 of 2").wait_for()
    assert max(heights_of_rows(page)) <= 36
    assert page.get_by_role("row", name="Night guard").get_by_role("link").count() == 0
    both_widths(page, "96-choose-a-job")
    page.get_by_role("link", name="Add Library assistant").click()
    both_widths(page, "96-add-to-a-job")
    page.locator("[name=starts_on]").fill(date(2024, 6, 3).isoformat())
    page.locator("#_minimum").get_by_text("$14.00").wait_for()
    page.locator("[name=starts_on]").fill("")
    page.locator("#_minimum").get_by_text("$15.00").wait_for()
    page.get_by_role("button", name="Add to the job").click()
    page.locator("[data-error-summary]").get_by_text("Choose full-time or part-time.").wait_for()
    page.get_by_label("Full-Time").check()
    page.get_by_label("Minimum wage that you found").fill("15")
    page.get_by_label("Where you found it").fill("The state's page, read today")
    page.get_by_label("Subsidized Wage or Training Wage Match").fill("10")
    page.get_by_role("button", name="Add to the job").click()
    page.get_by_text("The customer was added to the job.").wait_for()
    both_widths(page, "96-placement")
    for link, days, said in (
        ("Start", {"Start Date": 30}, "The placement has started."),
        ("Put on hold", {"Inactive Date": 20}, "The placement is on hold."),
        ("Back from hold", {"Return Date": 10}, "The placement goes on."),
    ):
        page.get_by_role("link", name=link, exact=True).click()
        for label, back in days.items():
            fill_day(page, label, today - timedelta(days=back))
        both_widths(page, f"96-{link.lower().replace(' ', '-')}")
        page.get_by_role("button", name=link, exact=True).click()
        page.get_by_text(said).wait_for()
    page.get_by_role("link", name="Terminate").click()
    page.get_by_role("button", name="Terminate").click()
    page.locator("[data-error-summary]").get_by_text("Choose why the placement ended.").wait_for()
    page.get_by_label("Completed as planned").check()
    page.get_by_role("button", name="Terminate").click()
    page.get_by_text("The placement was terminated.").wait_for()
    history = page.locator("section[aria-labelledby=history-title] tbody tr")
    assert history.count() == 5
    assert page.locator("dl.facts").get_by_text("20", exact=True).is_visible()
    both_widths(page, "96-terminated")
