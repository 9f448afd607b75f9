"""Payroll in a browser: a file is made for a group, comes back with three bad rows, which are mended; it is confirmed,
added up, brought again, and withdrawn."""

import csv
import io

import pytest

from tests import placed
from tests.imported import as_file
from tests.journeys.browser import both_widths, sign_in
from tests.payroll import BEGINS, ENDS, day, entries, working
from tests.people import planner

pytestmark = pytest.mark.django_db(transaction=True)


def filled_in(text):
    """The file that was made, with hours; three of its five rows are bad."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for each, hours in zip(rows, ("60", "40", "many", "300", "20"), strict=True):
        each["Hours"] = hours
    rows[4]["Hourly wage"] = "15.125"
    return as_file(rows)


def upload(page, content):
    page.goto("/worksites/payroll/import/")
    file = {"name": "payroll.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Which column is what?").wait_for()


def mend(page, line, label, value):
    page.get_by_role("link", name=f"Mend line {line}").click()
    page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Save this row").click()
    page.get_by_text(f"Line {line} was mended.").wait_for()


@pytest.mark.policy("ILL-125")
def test_payroll_of_a_group_with_three_bad_rows_mended(page, live_server, people):
    job = placed.job(placed.worksite(placed.employer(name="Marsh Mills"), "Mill on the Fox"), openings=5)
    for _each in range(5):
        working(at=job)
    sign_in(page, live_server, planner())
    page.goto("/worksites/payroll/")
    both_widths(page, "96-payroll-empty")
    page.get_by_role("link", name="Get a file to fill in").first.click()
    page.get_by_label("Worksite").select_option("Mill on the Fox (Marsh Mills)")
    page.get_by_label("Pay period begins").fill(day(BEGINS))
    page.get_by_label("Pay period ends").fill(day(ENDS))
    page.get_by_label("Kind of file").select_option("Text (CSV)")
    both_widths(page, "96-payroll-file")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Get the file").click()
    content = filled_in(taken.value.path().read_text("utf-8-sig"))

    upload(page, content)
    both_widths(page, "96-payroll-columns")
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_text("3 rows can't be imported as they are.").wait_for()
    both_widths(page, "96-payroll-rows")
    mend(page, 4, "Hours", "30")
    mend(page, 5, "Hours", "30")
    mend(page, 6, "Hourly wage", "15.12")
    assert entries().count() == 0
    page.get_by_role("button", name="Confirm: import 5 rows").click()
    page.get_by_role("link", name="Open what was imported").click()
    page.get_by_text("$2,702.40").wait_for()
    both_widths(page, "96-payroll-upload")

    page.goto("/worksites/payroll/totals/?by=employer")
    row = page.get_by_role("row", name="Marsh Mills")
    assert "180.00" in row.inner_text()
    both_widths(page, "96-payroll-totals")

    upload(page, content.replace(b"many", b"30").replace(b"300", b"30").replace(b"15.125", b"15.12"))
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_text("There is nothing to import").wait_for()
    assert entries().count() == 5

    page.goto("/worksites/payroll/")
    both_widths(page, "96-payroll-uploads")
    page.get_by_role("link", name="payroll.csv").click()
    page.get_by_role("link", name="Withdraw the upload").click()
    page.get_by_label("Why is it withdrawn?").fill("The hours were of another month.")
    page.get_by_label("Yes, withdraw all of its rows").check()
    both_widths(page, "96-payroll-withdraw")
    page.get_by_role("button", name="Withdraw all of its rows").click()
    page.get_by_text("The payroll of payroll.csv was withdrawn.").wait_for()
    assert entries().count() == 0
