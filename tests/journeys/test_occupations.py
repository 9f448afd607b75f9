"""Finding an occupation by what people call it, while one types and without JavaScript."""

import pytest
from django.core.management import call_command

from tests.journeys.browser import both_widths, sign_in
from tests.onet import write_release
from tests.people import david, planner

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_occupation_is_found_by_what_people_call_it(page, live_server, people, tmp_path):
    call_command("import_onet", write_release(tmp_path / "29.3"))
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{david().pk}/plan/career-goals/employment/")
    field = page.get_by_label("Search occupations")
    field.press_sequentially("CNA")
    page.get_by_text("Found as: CNA").wait_for()
    page.get_by_text("Job zone 2 of 5: usually a high school diploma").wait_for()
    page.get_by_text("This page includes information from the O*NET 29.3 Database").wait_for()
    both_widths(page, "70-occupation-found")
    field.fill("weldng")
    page.get_by_role("button", name="Choose Welders, Cutters, Solderers, and Brazers").wait_for()
    field.fill("enfermera")
    page.get_by_text("Found as: Enfermera (Spanish)", exact=True).wait_for()
    both_widths(page, "70-occupation-in-spanish")
    field.fill("xyzzy")
    page.get_by_text("No occupation is called so.").wait_for()
    both_widths(page, "70-occupation-not-found")
    field.fill("RN")
    page.get_by_role("button", name="Choose Registered Nurses").click()
    page.get_by_text("Employment goal of the plan: Registered Nurses (29-1141).").wait_for()
