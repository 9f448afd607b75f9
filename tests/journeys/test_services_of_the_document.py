"""David Kruse's services, as the Illinois workNet document has a planner build them: chosen for a goal that stays
chosen, and filled in with the fields of their class."""

import re

import pytest

from careerplan.plans.models import EmploymentPlan
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, in_days, press, said, tab, table
from tests.people import david, planner

DRIVE, CREDENTIAL = "Learn how to drive", "Gain Credential"
# What is searched for in the catalog, and the service that is meant.
WAY = ("transportation", "Help with bus fare, gas or car repair")
FEES = ("certification fees", "Fees to apply, take tests or get a license")
COURSE = ("occupational skills", "Training for one kind of job (youth)")
CAREERS = ("career awareness", "Learning about careers and jobs")
WRONG = "[data-error-summary]"


@pytest.mark.django_db(transaction=True)
@pytest.mark.policy("ILL-089", "ILL-110", "ILL-113", "ILL-116", "ILL-118")
def test_davids_services_are_built(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{david().pk}/plan/services/")
    they_are_chosen_for_their_goals(page)
    support_says_its_kind_and_its_costs(page)
    a_course_says_who_gives_it(page)
    what_is_not_needed_is_removed(page)
    the_overview_shows_them(page)


def they_are_chosen_for_their_goals(page):
    page.get_by_role("link", name="Add Step/Service").click()
    dialog = page.get_by_role("dialog", name="Add Step/Service")
    nothing_found_leads_on_within_the_dialog(dialog)
    what_is_refused_may_be_added_otherwise(dialog)
    for goal, services, day in ((DRIVE, (WAY, FEES), 7), (CREDENTIAL, (COURSE, CAREERS), 14)):
        dialog.get_by_label("Related goal").select_option(goal)
        dialog.get_by_label("Planned start", exact=True).fill(f"{in_days(day):%m/%d/%Y}")
        for words, name in services:
            searched(dialog, words)
            dialog.get_by_role("button", name=f"Add {name}").click()
            dialog.get_by_text(f"Added: {name}").wait_for()
            assert dialog.locator("[name=goal] option:checked").inner_text() == goal
    searched(dialog, WAY[0])
    assert "In the plan" in dialog.get_by_role("row").filter(has_text=WAY[1]).inner_text()
    both_widths(page, "90-services-chosen-for-goals")
    behind = page.locator("#planned").inner_text()  # as it is seen once the dialog is closed, however it is
    assert all(name in behind for _words, name in (WAY, FEES, COURSE, CAREERS))
    follow(page, "Done", within=dialog)
    assert page.get_by_text("There is nothing to assign.").is_visible()
    found = {goal: [row[0] for row in table(page, goal)] for goal in (DRIVE, CREDENTIAL)}
    assert [len(rows) for rows in found.values()] == [2, 2]
    assert found[DRIVE][0].startswith(WAY[1])
    assert found[CREDENTIAL][0].startswith(COURSE[1])


def nothing_found_leads_on_within_the_dialog(dialog):
    """What is not offered here is looked at next, and then everything; the keyboard stays in the list."""
    ticked = dialog.get_by_role("checkbox", name=FEES[1])
    ticked.check()
    searched(dialog, "zzz", "1 service")
    for link, found in (("Show all, and why not", "1 service"), ("Show all of them", "93 services")):
        dialog.get_by_role("link", name=link).click()
        dialog.locator("#catalog-rows [data-goes-on]:focus").filter(has_text=found).wait_for()
    assert dialog.get_by_label("Search services").input_value() == ""
    assert dialog.get_by_label("Show all, and why not").is_checked()
    assert ticked.is_checked()
    ticked.uncheck()
    dialog.get_by_label("Show all, and why not").uncheck()


def what_is_refused_may_be_added_otherwise(dialog):
    start, end = (dialog.get_by_label(label, exact=True) for label in ("Planned start", "Planned end"))
    start.fill(f"{in_days(7):%m/%d/%Y}")
    end.fill(f"{in_days(6):%m/%d/%Y}")
    searched(dialog, WAY[0])
    add = dialog.get_by_role("button", name=f"Add {WAY[1]}")
    add.click()
    dialog.get_by_role("alert").filter(has_text="The planned end can't be before the planned start.").wait_for()
    end.fill("")
    add.click(trial=True)  # waits until it may be pressed again


def searched(dialog, words, found=None):
    dialog.get_by_label("Search services").fill(words)
    dialog.get_by_role("status").filter(has_text=found or re.compile(r"^\d service")).wait_for()


def support_says_its_kind_and_its_costs(page):
    follow(page, f"Edit {WAY[1]}")
    assert page.locator("#id_program option:checked").inner_text().endswith("(WIOA Title I Youth)")
    assert page.locator("#id_goal option:checked").inner_text() == DRIVE
    page.get_by_label("Planned start").fill(f"{in_days(7):%m/%d/%Y}")
    page.get_by_label("Planned end").fill(f"{in_days(30):%m/%d/%Y}")
    press(page, "Save step/service")
    for words in ("Enter the amount.", "Choose the barrier that this support answers"):
        assert words in page.locator(WRONG).inner_text()
    both_widths(page, "91-support-refused")
    page.get_by_label("Kind of support").select_option("Driver license fees")
    page.get_by_label("Amount each time").fill("45.00")
    page.get_by_role("textbox", name="Notes").fill("David needs the learner's permit before the first lesson.")
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)
    assert "$45.00" in table(page, DRIVE)[0][0]  # what has a day comes first


def a_course_says_who_gives_it(page):
    follow(page, f"Edit {COURSE[1]}")
    page.get_by_label("Other provider").fill("Marlow Adult School")
    page.get_by_label("Weekly hours").fill("12.5")
    page.get_by_label("Planned start").fill(f"{in_days(14):%m/%d/%Y}")
    page.get_by_label("Planned end").fill(f"{in_days(74):%m/%d/%Y}")
    press(page, "Save step/service")
    assert "Enter the provider's address and phone." in page.locator(WRONG).inner_text()
    assert page.get_by_label("Weekly hours").input_value() == "12.5"
    both_widths(page, "92-course-refused")
    page.get_by_label("Provider's address and phone").fill("12 School Street, Marlow; 217-555-0188")
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)


def what_is_not_needed_is_removed(page):
    follow(page, f"Remove {CAREERS[1]}")
    both_widths(page, "93-service-removed")
    page.get_by_label("It was entered in error").check()
    press(page, "Remove from the plan")
    assert "The step/service was removed from the plan." in said(page)
    assert len(table(page, CREDENTIAL)) == 1
    both_widths(page, "94-services-of-the-document")
    plan = EmploymentPlan.objects.get(customer=david())
    assert set(plan.services.in_plan().values_list("service__code", flat=True)) == {
        "YE-01", "WE-PERM", "SS-TRAN", "SS-EXAM", "YE-04",
    }  # fmt: skip


def the_overview_shows_them(page):
    tab(page, "Overview")
    goals = {row[0]: row[1:] for row in table(page, "Goals of the career plan")}
    assert goals[DRIVE][2:4] == [f"{in_days(7):%m/%d/%Y}", f"{in_days(30):%m/%d/%Y}"]
    assert goals[CREDENTIAL][2:4] == [f"{in_days(14):%m/%d/%Y}", f"{in_days(74):%m/%d/%Y}"]
    page.get_by_text(f"Show Next Steps: {CREDENTIAL}").click()
    assert page.get_by_text(COURSE[1]).first.is_visible()
