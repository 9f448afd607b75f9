"""A planner adds a customer who looks like another one, invites, enrolls, and ends: in the product's own pages."""

import pytest

from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import david, planner

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_planner_adds_invites_enrolls_and_ends(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto("/customers/add/")
    both_widths(page, "53-add")

    twin = david()
    page.get_by_label("First name").fill(twin.first_name)
    page.get_by_label("Last name").press_sequentially(twin.last_name)
    page.get_by_role("link", name=twin.legal_name).wait_for()  # nothing was sent yet
    page.get_by_label("Email").fill("another.david@careerplan.test")
    page.get_by_label("Program").select_option(label=page.get_by_label("Program").locator("option").nth(1).inner_text())
    page.get_by_label("Invite to sign in").check()
    press(page, "Add customer")
    page.get_by_text("There is a problem").wait_for()
    both_widths(page, "53-add-double")
    page.get_by_label("Why this is another person").fill("A cousin. Both were here today.")
    press(page, "Add customer")
    assert "The customer was added, and an invitation is on its way." in said(page)
    page.get_by_text("Invited, no password yet").wait_for()
    both_widths(page, "53-intake")

    follow(page, "Send the invitation again")
    both_widths(page, "53-invite")
    page.go_back()
    follow(page, "Correct the record")
    both_widths(page, "53-correct")
    page.go_back()
    follow(page, "Enroll in a program")
    both_widths(page, "53-enroll")
    page.get_by_label("Program", exact=True).select_option(index=1)
    press(page, "Enroll")
    assert "The customer was enrolled." in said(page)
    with page.expect_navigation():
        page.locator("tbody tr").nth(1).get_by_role("link", name="Change").click()
    both_widths(page, "53-status")
    page.go_back()
    with page.expect_navigation():
        page.locator("tbody tr").nth(1).get_by_role("link", name="End").click()
    both_widths(page, "53-end")
    press(page, "End program")
    assert "The program was ended." in said(page)

    page.goto(f"/customers/reassign/?planner={planner().pk}")
    both_widths(page, "53-reassign")
    page.goto(f"/customers/{twin.pk}/intake/programs/{twin.enrollments.get().pk}/end/")
    page.get_by_text("The plan is still open.").wait_for()
    both_widths(page, "53-end-with-plan")
