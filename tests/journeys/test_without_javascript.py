"""Every page reads and saves without JavaScript; scripts only make it easier."""

import pytest

from acknowledgments.models import Acknowledgment
from careerplan.demo.cast import LUCIA
from tests.journeys.browser import PHONE, assert_no_sideways_scrolling
from tests.journeys.steps import SEND, follow, follow_exactly, in_days, press, said, say_why, signed_in_page, tab, table
from tests.people import lucia
from tests.workers import eventually_or_swept

COUNSELING = "In-depth career advice one on one"


@pytest.mark.django_db(transaction=True)
def test_a_plan_is_written_sent_and_acknowledged_without_javascript(
    chromium, live_server, people, celery_worker_process, settings
):
    settings.DEMO_SIGN_IN = True
    with signed_in_page(chromium, live_server, "planner.north", java_script_enabled=False) as page:
        lucia_is_found(page)
        a_goal_is_added(page)
        a_service_is_added_from_the_catalog_page(page)
        the_plan_is_sent(page)
    with signed_in_page(chromium, live_server, LUCIA, java_script_enabled=False, viewport=PHONE) as page:
        lucia_acknowledges(page)
    assert Acknowledgment.objects.get(version__plan__customer=lucia()).typed_name == "Lucía Herrera"


def lucia_is_found(page):
    follow_exactly(page, "Customers", within=page)
    page.get_by_label("Search by name, participant ID").fill("herr")
    press(page, "Search")
    assert [row[0] for row in table(page, "Customers")] == ["Herrera, Lucía"]
    assert_no_sideways_scrolling(page)
    follow(page, "Herrera, Lucía")
    tab(page, "Career Plan", of="Customer record")
    assert_no_sideways_scrolling(page)


def a_goal_is_added(page):
    tab(page, "2. Set Goals")
    follow(page, "Add Goal Statement")
    press(page, "Save goal")
    assert page.title().startswith("Error:")
    assert page.get_by_role("link", name="Enter the goal statement.").is_visible()
    page.get_by_label("Goal statement").fill("Learn how to write about my work")
    page.get_by_label("Category").select_option("Job or career (Career Plan)")
    page.get_by_label("Short Term Goal").check()
    press(page, "Save goal")
    assert "The goal was saved." in said(page)
    assert_no_sideways_scrolling(page)


def a_service_is_added_from_the_catalog_page(page):
    follow(page, "Add a service Learn how to write about my work")
    assert "Learn how to write about my work" in page.locator("#catalog").inner_text()
    page.get_by_label("Search services").fill("individual counseling")
    press(page, "Filter")
    assert_no_sideways_scrolling(page)
    press(page, f"Add {COUNSELING}")
    [row] = table(page, "Learn how to write about my work")
    assert row[0].startswith(COUNSELING)
    follow(page, f"Edit {COUNSELING}")
    page.get_by_label("Planned start").fill(in_days(5).isoformat())
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)
    page.get_by_label("Filter by status").select_option("On Hold")
    press(page, "Filter")
    assert "No service has this status." in page.locator("#planned").inner_text()


def the_plan_is_sent(page):
    tab(page, "Agreement")
    assert_no_sideways_scrolling(page)
    say_why(page)
    press(page, SEND)
    assert "The plan was sent." in said(page)

    def told():
        page.reload()
        return page.get_by_text("The customer was told").count()

    eventually_or_swept(told)


def lucia_acknowledges(page):
    """In Spanish: her pages come in her language."""
    assert page.locator("html").get_attribute("lang") == "es"
    with page.expect_navigation():
        page.locator("#waiting a").click()
    assert "Learn how to write about my work" in page.locator("#contents").inner_text()
    assert_no_sideways_scrolling(page)
    page.locator("#id_agrees").check()
    page.locator("#id_typed_name").fill("Lucía Herrera")
    with page.expect_navigation():
        page.locator("#sign button").click()
    assert page.url.endswith("/done/")
    assert_no_sideways_scrolling(page)
