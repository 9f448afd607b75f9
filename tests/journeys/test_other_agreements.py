"""Agreement in other ways than the customer's own signature on the screen: on paper, and not at all."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.models import Acknowledgment
from customers.models import Enrollment
from tests import states
from tests.journeys.browser import PHONE, both_widths
from tests.journeys.steps import facts, follow, in_days, of_the_log, press, said, signed_in_page, tab
from tests.people import lucia, tyrell
from tests.real_files import PDF
from tests.rows import write

pytestmark = pytest.mark.django_db(transaction=True)

AGREEMENT = "Latest Customer Goal/Plan Agreement"
SIGNED = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings):
    settings.DEMO_SIGN_IN = True


def test_a_paper_agreement_whose_signed_copy_comes_late(live_server, people, chromium):
    with signed_in_page(chromium, live_server, "planner.north") as page:
        page.goto(f"/customers/{lucia().pk}/plan/agreement/")
        both_widths(page, "60-agreement-of-a-first-draft")
        page.get_by_label("Why you are sending it anyway").fill("The interview showed the need.")
        press(page, "Seal and print to be signed")
        assert "Print the form, ask the customer to sign it, and record the agreement." in said(page)
        assert "Printed to be signed" in page.locator("#main").inner_text()
        both_widths(page, "60-to-be-signed")
        paper = page.request.get(page.get_by_role("link", name="View/Print IEP/ISS Form").get_attribute("href"))
        assert paper.headers["content-type"] == "application/pdf"
        the_other_ways_are_there_too(page)
        the_signature_is_recorded(page)
        write(Enrollment.objects.get(customer=lucia()), status="exited", exited_on=in_days(-1))
        the_signed_copy_comes_late(page)
    with signed_in_page(chromium, live_server, "lucia.herrera", viewport=PHONE) as page:
        assert "1" in page.locator("#main").inner_text()
        both_widths(page, "60-told-of-the-record")


def the_other_ways_are_there_too(page):
    for link, name in (
        ("Record an agreement by e-mail", "60-by-e-mail"),
        ("Unable to Get Customer Agreement on File", "60-unable"),
    ):
        follow(page, link)
        both_widths(page, name)
        follow(page, "Cancel")


def the_signature_is_recorded(page):
    follow(page, "Record a signature on paper")
    both_widths(page, "60-on-paper")
    assert page.get_by_label("Name as signed").input_value() == "Lucía Herrera"
    page.get_by_label("Name as signed").fill("Grace Lindqvist")
    press(page, "Record the agreement")
    assert page.title().startswith("Error:")
    error = page.locator("#id_name_error").inner_text()
    assert "Enter the customer's full name as it is written on the plan (Lucía Herrera)." in error
    both_widths(page, "60-on-paper-another-name")
    page.get_by_label("Name as signed").fill("Lucia Herrera")
    press(page, "Record the agreement")
    assert "The agreement was recorded. The version is active." in said(page)
    shown = facts(page, "Version 1 is active.")
    assert shown["Document"] == f"due by {date_format(in_days(30))} · Upload the document"
    assert shown["Agreed on"] == date_format(timezone.localdate())
    both_widths(page, "60-document-due")


def the_signed_copy_comes_late(page):
    page.reload()
    assert page.locator(".pill--overdue").all_inner_texts() == ["Late"]
    both_widths(page, "60-document-late")
    follow(page, "Upload the document")
    both_widths(page, "60-upload")
    press(page, "Upload")
    assert "Choose a file." in page.locator("#id_file_error").inner_text()
    page.get_by_label("File", exact=True).set_input_files(SIGNED)
    page.get_by_label("How it was captured").select_option("Photo")
    press(page, "Upload")
    assert "The document is on file." in said(page)
    assert "Signed on paper - on file" in page.locator("#main").inner_text()
    both_widths(page, "60-on-file")
    tab(page, "Overview")
    assert "Signed plan, Version 1" in facts(page, AGREEMENT)["Document"]
    both_widths(page, "60-overview-on-file")
    of_the_log(page, "Versions")
    follow(page, "Version 1")
    both_widths(page, "60-version-on-paper")
    assert Acknowledgment.objects.get(version=states.newest(lucia())).documents.count() == 1


def test_a_customer_who_declines_and_begins_anew(live_server, people, chromium):
    key = states.request_for(states.newest(tyrell())).key
    with signed_in_page(chromium, live_server, "planner.youth") as page:
        page.goto(f"/customers/{tyrell().pk}/plan/agreement/")
        both_widths(page, "61-waits")
        follow(page, "Not Complete")
        both_widths(page, "61-not-complete")
        press(page, "Mark Not Complete")
        assert page.title().startswith("Error:")
        page.get_by_label("Case note").fill("He called: he would rather work first.")
        page.get_by_label("Kind of contact").select_option("Phone")
        press(page, "Mark Not Complete")
        assert "The version was marked as not completed." in said(page)
        assert "Declined - not completed" in page.get_by_role("region", name=AGREEMENT).inner_text()
        both_widths(page, "61-declined")
        tab(page, "Agreement")
        both_widths(page, "61-agreement-declined")
        with signed_in_page(chromium, live_server, "tyrell.brooks", viewport=PHONE) as phone:
            assert "Read and acknowledge" not in phone.locator("#main").inner_text()
            both_widths(phone, "61-my-plan-declined")
            phone.goto(f"/my/acknowledge/{key}/")
            words = "You told your planner that you do not agree with this version. There is nothing to sign."
            assert words in phone.locator("#main").inner_text()
            both_widths(phone, "61-nothing-to-sign")
        press(page, "Start a new plan")
        assert states.newest(tyrell()).is_draft
