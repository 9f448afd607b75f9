"""A planner finds a follow-up on Today and records it; the customer reads about the work on a phone, in Spanish."""

import pytest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tests.journeys.browser import PHONE, both_widths, sign_in, watched_page
from tests.journeys.steps import follow, press, said
from tests.people import planner
from tests.rows import write
from tests.worksites.follow_ups.done import after, placement_since

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("ILL-156")
def test_a_planner_records_a_follow_up_from_today(page, live_server, people):
    placement = placement_since(31)
    sign_in(page, live_server, planner())
    page.goto("/today/?topic=placements")
    both_widths(page, "110-today-follow-up")
    row = page.get_by_role("row").filter(has_text=placement.job.title)
    assert "1 day late" in row.inner_text()
    follow(page, "Record it", within=row)
    page.get_by_role("heading", name="30 Days Follow-Up").wait_for()
    page.get_by_label("Outcome").select_option("same_employer")
    press(page, "Record the follow-up")
    page.locator("[data-error-summary]").get_by_text("Enter the hourly wage.").wait_for()
    page.get_by_label("Hourly wage").fill("16.50")
    page.get_by_label("Hours a week").fill("38")
    page.get_by_label("How it was verified").select_option("employer")
    page.get_by_label("Notes").fill("Rosa Marsh says that the work goes well.")
    both_widths(page, "111-follow-up")
    press(page, "Record the follow-up")
    assert "The follow-up was recorded." in said(page)
    line = page.locator("#follow-ups li").first
    assert "Still employed there, $16.50 an hour, 38 hours a week (Employer asked)" in line.inner_text()
    both_widths(page, "112-placement")
    follow(page, "Correct 30 Days Follow-Up")
    both_widths(page, "113-follow-up-done")
    follow(page, "It was recorded by mistake")
    page.get_by_label("Why is it taken back?").fill("This was another customer.")
    both_widths(page, "114-follow-up-taken-back")
    press(page, "Take it back")
    assert "It waits again." in said(page)
    assert not after(placement, 30).is_done
    follow(page, "Record it 30 Days Follow-Up")
    page.get_by_text("This was another customer.").wait_for()
    page.goto(f"/customers/{placement.customer.pk}/worksites/")
    both_widths(page, "115-worksites")


@pytest.mark.policy("ILL-010")
def test_the_customer_reads_about_the_work_on_a_phone_in_spanish(chromium, live_server, people):
    placement = placement_since(9)
    customer = placement.customer
    write(customer.user, language="es")
    with translation.override("es"):
        heading, since = _("My work"), date_format(placement.starts_on)
    with watched_page(chromium, live_server.url, viewport=PHONE, locale="es-US") as page:
        sign_in(page, live_server, customer.user)
        page.goto("/my/")
        card = page.get_by_role("region", name=heading).get_by_role("listitem")
        assert since in card.inner_text()
        assert "$15.00" in card.inner_text()
        assert card.get_by_role("link", name="217-555-0177").get_attribute("href") == "tel:217-555-0177"
        both_widths(page, "116-my-work")
