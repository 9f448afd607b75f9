"""Statewide staff find two records of one person, make them one, and separate them again: they were two people."""

import pytest

from careerplan.base import clock
from customers.enrolling import end_enrollment
from customers.models import Customer
from tests import states
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import planner, statewide
from tests.rows import write

pytestmark = pytest.mark.django_db(transaction=True)
MILLISECONDS = 120_000  # of one step: a wrong word ends the journey


def two_records():
    """Of one name and birth date; the second without a program, so that it may go."""
    kept, other = states.enrolled(), states.enrolled(with_sign_in=False)
    for row in other.enrollments.all():
        end_enrollment(row, exited_on=states.today(), by=planner(), at=clock.now())
    for row in (kept, other):
        write(row, first_name="Imogen", last_name="Vasquez-Ortega", birth_date="1990-01-02")
        row.refresh_from_db()
        Customer.keep_derived([row])
    return kept, other


def test_two_records_become_one_and_are_separated_again(page, live_server, people):
    kept, other = two_records()
    page.set_default_timeout(MILLISECONDS)
    sign_in(page, live_server, statewide())
    page.goto(f"/customers/{kept.pk}/")
    page.locator("summary", has_text="More").click()
    follow(page, "Merge with another record")
    both_widths(page, "64-merge")
    alike = page.get_by_role("region", name="Records that look like this one")
    follow(page, "Imogen Vasquez-Ortega", within=alike)

    press(page, "Merge the records")
    assert page.title().startswith("Error:")
    both_widths(page, "64-merge-errors")
    page.get_by_role("radio", name=kept.state_id).check()
    page.get_by_label("How you know that this is one person").fill("Both cards were shown at the desk.")
    page.get_by_label("I have compared both records.").check()
    press(page, "Merge the records")
    assert "The two records are one now." in said(page)
    both_widths(page, "64-merged")

    follow(page, f"Imogen Vasquez-Ortega ({other.state_id})")
    page.get_by_text("It can be read, and changes no more.").wait_for()
    both_widths(page, "64-former")
    follow(page, "These are two people")
    press(page, "Separate the records")
    assert page.title().startswith("Error:")
    both_widths(page, "64-separate")
    page.get_by_label("How you know that these are two people").fill("Two birth certificates.")
    press(page, "Separate the records")
    assert "The two records are those of two people again." in said(page)
    other.refresh_from_db()
    assert other.merged_into is None
    assert other.state_id in page.locator("#main").inner_text() + page.locator(".person").inner_text()
    both_widths(page, "64-separated")
