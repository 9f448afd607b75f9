"""A planner brings a file of customers in which three rows are bad, mends them in the page, and imports all of it."""

import pytest

from customers.models import Customer
from tests.imported import as_file, person
from tests.journeys.browser import both_widths, sign_in
from tests.people import david, planner

pytestmark = pytest.mark.django_db(transaction=True)


def file_with_three_bad_rows():
    rows = [person(number) for number in range(1, 7)]
    rows[1]["Birth date"] = "31.12.1990"
    rows[2]["E-mail"] = "rosa at example"
    rows[3]["E-mail"] = david().email
    rows.append({"Participant ID": david().state_id, "Telefono movil": "217-555-9999"})
    return as_file(rows)


def test_customers_are_imported_with_three_bad_rows_mended(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto("/customers/import/")
    both_widths(page, "70-import-file")
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": file_with_three_bad_rows()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("heading", name="Which column is what?").wait_for()
    page.get_by_label("Telefono movil").select_option("Phone")
    both_widths(page, "71-import-columns")
    page.get_by_role("button", name="Check the rows").click()

    page.get_by_text("3 rows can't be imported as they are.").wait_for()
    both_widths(page, "72-import-rows")
    assert page.get_by_role("button", name="Confirm").count() == 0
    page.get_by_role("link", name="To mend (2)").click()
    page.get_by_role("link", name="Mend line 3").click()
    both_widths(page, "73-import-row")
    page.get_by_label("Birth date").fill("12/31/1990")
    page.get_by_role("button", name="Save this row").click()
    page.get_by_text("Line 3 was mended.").wait_for()
    page.get_by_role("link", name="Mend line 4").click()
    page.get_by_label("E-mail").fill("rosa")
    page.get_by_role("button", name="Save this row").click()
    page.get_by_text("There is a problem").wait_for()
    page.get_by_label("E-mail").fill("rosa@example.org")
    page.get_by_role("button", name="Save this row").click()
    page.get_by_role("link", name="Mend line 5").click()
    both_widths(page, "74-import-double")
    page.get_by_label("Why this is another person").fill("His sister: they share an e-mail address.")
    page.get_by_role("button", name="Save this row").click()

    page.get_by_text("All rows are in order.").wait_for()
    both_widths(page, "75-import-ready")
    page.get_by_role("button", name="Confirm: import 7 rows").click()
    page.get_by_text("New: 6. Changed: 1.").wait_for()
    both_widths(page, "76-import-done")
    assert Customer.objects.filter(state_id__startswith="200000").count() == 6
    assert david().phone == "217-555-9999"
    page.get_by_role("link", name="Open Lindqvistb, Rosa").click()
    page.wait_for_url(f"**/customers/{Customer.objects.get(state_id='2000001').pk}/")
