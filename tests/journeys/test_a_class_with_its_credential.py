"""A CNA class of the list: its program is chosen, its hours are recorded, it ends, and the credential is entered with
its proof."""

import pytest

from services.models import EarnedCredential
from tests.attending import last_week
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import angela, planner
from tests.providers import TODAY, certified, course
from tests.real_files import pdf_file

NAME = "Certified Nursing Assistant"


@pytest.mark.django_db(transaction=True)
@pytest.mark.policy("ILL-114", "ILL-121", "ILL-122")
def test_a_class_ends_and_its_credential_is_entered_with_a_proof(page, live_server, people):
    sign_in(page, live_server, planner())
    row = course(angela())
    page.goto(f"/customers/{angela().pk}/plan/services/{row.pk}/edit/")
    page.get_by_label("Training program").fill("nursing marlow")
    press(page, "Save step/service")
    assert "No training program of the list is called so." in page.locator("main").inner_text()
    both_widths(page, "training-refused")
    page.get_by_label("Training program").fill("nursing lakeside")
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)
    page.goto(f"/customers/{angela().pk}/plan/services/{row.pk}/edit/")
    both_widths(page, "training-form")
    the_hours_of_last_week_are_recorded(page)
    page.goto(f"/customers/{angela().pk}/plan/services/{row.pk}/move/complete/")
    page.get_by_label("Completion date").fill(f"{TODAY:%m/%d/%Y}")
    press(page, "Complete")
    follow(page, "Add an earned credential")
    assert "Is the credential missing?" in page.locator("main").inner_text()
    both_widths(page, "service-credential")
    press(page, "Save credential")
    both_widths(page, "service-credential-refused")
    page.get_by_label(NAME).check()
    page.get_by_label("Earned on").fill(f"{TODAY:%m/%d/%Y}")
    page.get_by_label("Proof (a scan or a photo)").set_input_files(
        {"name": "cna.pdf", "mimeType": "application/pdf", "buffer": pdf_file()}
    )
    press(page, "Save credential")
    assert "The credential was saved." in said(page)
    assert NAME in page.locator("#credentials").inner_text()
    both_widths(page, "service-with-credential")
    credential = EarnedCredential.objects.get(customer=angela())
    assert credential.approved == certified()
    assert credential.proof is not None
    follow(page, f"Edit {NAME}")
    both_widths(page, "credential-edit")
    follow(page, "Open the list of providers")
    assert "Lakeside Community College" in page.locator("main").inner_text()
    both_widths(page, "providers")
    page.goto(f"/customers/{angela().pk}/plan/")
    assert "1 Earned Credentials" in " ".join(page.locator("main").inner_text().split())


def the_hours_of_last_week_are_recorded(page):
    page.get_by_role("radio", name="Week", exact=True).check()
    page.locator("#id_day").fill(f"{last_week():%m/%d/%Y}")
    page.get_by_label("Hours", exact=True).fill("22.3")
    press(page, "Record attendance")
    assert "Enter hours in quarters" in page.locator("#id_hours_error").inner_text()
    page.get_by_label("Hours", exact=True).fill("22.25")
    page.get_by_label("Absence, in a word").fill("left early")
    press(page, "Record attendance")
    assert "The attendance was recorded." in said(page)
    assert "22.25 hours in 1 recorded week; 24 were planned." in page.locator("figcaption").inner_text()
    both_widths(page, "training-attendance")
