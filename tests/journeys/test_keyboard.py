"""The keyboard alone is enough: it is seen where one is, dialogs give the focus back, errors take it."""

import re
from datetime import date

import pytest

from careerplan.plans.models import EmploymentPlan
from tests.journeys.browser import both_widths, evaluate, sign_in
from tests.journeys.steps import said, table
from tests.people import david, planner
from tests.waiting import eventually

ONE_SERVICE = re.compile("^1 service")  # and not 21
FOCUSED = """(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const name = element.labels?.[0]?.innerText || element.getAttribute("aria-label") || element.innerText || "";
  return {
    name: name.replace(/\\s+/g, " ").trim(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    box: element.getBoundingClientRect().toJSON(),
  };
})()"""


def focused(page) -> dict:
    return evaluate(page, FOCUSED)


def tab_to(page, name: str, key: str = "Tab") -> None:
    """Press Tab until this stands in focus; at every stop it is seen where one is."""
    stops = []
    for _stop in range(80):
        page.keyboard.press(key)
        here = focused(page)
        stops.append(here["name"])
        assert here["ring"], f"No ring is seen round {here['name']!r}."
        assert here["box"]["width"] > 0, f"{here['name']!r} takes the focus and is not seen."
        if here["name"] == name:
            return
    raise AssertionError(f"{name!r} is not reached with {key}: {stops}")


def enter(page) -> None:
    """Press Enter, and wait for the page that it brings."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.django_db(transaction=True)
def test_a_goal_is_added_with_the_keyboard_alone(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{david().pk}/plan/goals/")
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Skip to main content"
    assert focused(page)["box"]["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "Add Goal Statement")
    enter(page)

    tab_to(page, "Save goal")
    enter(page)
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    tab_to(page, "Enter the goal statement.")
    page.keyboard.press("Enter")
    assert focused(page)["name"] == "Goal statement"
    page.keyboard.type("Get a library card and read every week")
    tab_to(page, "Category")
    page.keyboard.type("School")
    tab_to(page, "Short Term Goal")
    page.keyboard.press("ArrowDown")
    assert focused(page)["name"] == "Long Term Goal"
    tab_to(page, "Save goal")
    enter(page)
    assert "The goal was saved." in said(page)
    expected = [
        "Get a library card and read every week",
        "School or training Education/Training Plan",
        "Long Term Goal",
    ]
    assert table(page, "Goal statements")[-1][:3] == expected


@pytest.mark.django_db(transaction=True)
def test_a_service_is_added_with_the_keyboard_alone(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{david().pk}/plan/services/")
    tab_to(page, "Add Step/Service")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add Step/Service")
    dialog.get_by_label("Category").wait_for()
    eventually(lambda: focused(page)["name"] == "Category")
    tab_to(page, "Search services")
    page.keyboard.type("mentoring")
    dialog.get_by_role("status").filter(has_text=ONE_SERVICE).wait_for()
    tab_to(page, "Add An adult mentor")
    page.keyboard.press("Enter")
    dialog.get_by_text("Added: An adult mentor").wait_for()
    for _stop in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    eventually(lambda: focused(page)["name"] == "Add Step/Service")

    tab_to(page, "Assign to a goal An adult mentor")
    enter(page)
    tab_to(page, "Related goal")
    page.keyboard.type("Earn")
    tab_to(page, "Save step/service")
    enter(page)
    assert "The step/service was saved." in said(page)
    plan = EmploymentPlan.objects.get(customer=david())
    assert [str(row) for row in plan.services.filter(goal__statement="Earn GED").order_by("id")][1:] == [
        "Element 8: Adult Mentoring"
    ]


@pytest.mark.django_db(transaction=True)
def test_several_services_are_planned_with_the_keyboard_alone(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{david().pk}/plan/services/")
    boxes = page.get_by_role("checkbox")
    for place in range(boxes.count()):
        boxes.nth(place).focus()
        page.keyboard.press("Space")
    tab_to(page, "Set planned dates")
    enter(page)
    tab_to(page, "Planned end")
    page.keyboard.type("12/31/2027")
    both_widths(page, "several-services")
    tab_to(page, "Set planned dates")
    enter(page)
    assert "2 services were changed." in said(page)
    rows = EmploymentPlan.objects.get(customer=david()).services.in_plan().filter(goal__isnull=False)
    assert {row.planned_end_on for row in rows} == {date(2027, 12, 31)}
