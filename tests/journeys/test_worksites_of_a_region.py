"""A planner enters an employer, its worksite with the signed agreement, and a job whose occupation is searched for;
then brings a file of jobs in which one row is bad, mends it, and imports all of it."""

import pytest

from tests.imported import as_file
from tests.journeys.browser import both_widths, heights_of_rows, sign_in
from tests.people import planner
from tests.real_files import PDF
from tests.worksites.places.places import row_of_file
from worksites.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("ILL-123")
def test_a_planner_enters_an_employer_a_worksite_and_a_job_and_imports_others(page, live_server, people):
    sign_in(page, live_server, planner())
    page.goto("/customers/")
    page.get_by_role("link", name="Worksites").click()
    page.get_by_text("13 jobs").wait_for()
    assert max(heights_of_rows(page)) <= 36
    both_widths(page, "140-jobs")
    page.get_by_label("Search by employer").fill("double")
    page.get_by_text("3 jobs").wait_for()

    page.get_by_role("link", name="Add an employer").click()
    page.get_by_label("Employer", exact=True).fill("Foundry")
    both_widths(page, "141-employer-add")
    page.get_by_role("button", name="Save the employer").click()
    page.get_by_text("No worksite is entered yet.").wait_for()
    page.get_by_role("link", name="Add a worksite").first.click()
    page.get_by_label("Worksite", exact=True).fill("Plant 1")
    page.get_by_label("City").fill("Marlow")
    page.get_by_label("State", exact=True).fill("IL")
    page.get_by_label("Supervisor (optional)").fill("Ida Stone")
    both_widths(page, "142-worksite-add")
    page.get_by_role("button", name="Save the worksite").click()

    page.get_by_text("No agreement is on file.").wait_for()
    both_widths(page, "143-worksite-new")
    page.get_by_role("link", name="File an agreement").first.click()
    file = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("Signed agreement").set_input_files(file)
    page.get_by_label("First day of the agreement").fill("01/05/2026")
    both_widths(page, "144-agreement-add")
    page.get_by_role("button", name="File the agreement").click()
    page.get_by_role("link", name="signed.pdf").wait_for()

    page.get_by_role("link", name="Add a job").first.click()
    page.get_by_label("Search occupations").fill("welder")
    page.get_by_role("link", name="Choose Welders, Cutters").click()
    page.get_by_label("Employment type").select_option("Work Experience")
    page.get_by_label("Job title").fill("Welder")
    page.get_by_label("Hourly wage").fill("17")
    page.get_by_label("Hours a week").fill("20")
    page.get_by_label("Total number of openings").fill("2")
    both_widths(page, "145-job-add")
    page.get_by_role("button", name="Save the job").click()
    page.get_by_text("The job was saved.").wait_for()
    both_widths(page, "146-worksite")
    page.get_by_role("link", name="Foundry").click()
    page.get_by_role("heading", name="Worksites and jobs").wait_for()
    both_widths(page, "147-employer")

    page.get_by_role("link", name="Worksites", exact=True).click()
    page.get_by_role("link", name="Import employers and jobs").click()
    rows = [row_of_file(**{"Job title": "Helper", "Openings": "two"}), row_of_file(Worksite="Plant 2")]
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "jobs.csv", "mimeType": "text/csv", "buffer": as_file(rows)}
    )
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Which column is what?").wait_for()
    both_widths(page, "148-jobs-columns")
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("link", name="Mend line 2").click()
    page.get_by_label("Total number of openings").fill("2")
    page.get_by_role("button", name="Save this row").click()
    page.get_by_text("All rows are in order.").wait_for()
    both_widths(page, "149-jobs-ready")
    page.get_by_role("button", name="Confirm: import 2 rows").click()
    page.get_by_text("New: 2.").wait_for()
    jobs = Job.objects.filter(worksite__employer__name="Foundry").values_list("worksite__name", "title", "openings")
    assert set(jobs) == {("Plant 1", "Welder", 2), ("Plant 1", "Helper", 2), ("Plant 2", "Welder", 2)}
