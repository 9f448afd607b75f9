"""The whole way of a first plan: written, sent, rendered by a worker, read and acknowledged on a phone."""

import io
import re

import pypdf
import pytest
from django.conf import settings
from django.utils.formats import date_format

from careerplan.demo.cast import DAVID
from careerplan.pages.trial import read_letters
from careerplan.plans.models import PlanVersion
from tests.journeys.browser import PHONE, both_widths
from tests.journeys.steps import (
    SEND,
    choose_in_the_calendar,
    facts,
    follow,
    follow_exactly,
    in_days,
    of_the_log,
    press,
    said,
    say_why,
    search_services,
    signed_in_page,
    tab,
    table,
)
from tests.people import david
from tests.workers import eventually_or_swept

CUSTOMER_TABS = [
    "Overview", "Intake Review", "Career Plan", "Outcomes", "Case Notes", "Assessments", "Resume", "Worksites",
    "Uploads", "Messages", "Costs",
]  # fmt: skip
PLAN_TABS = [
    "Overview", "1. Review Assessment", "2. Set Goals", "3. Add Steps/Services", "Agreement", "Log & versions",
]  # fmt: skip
SHORTER_GOAL = (
    "Pass the road test by the end of the summer, with my uncle's car and the lessons on Saturday, "
    "and then drive to work alone"
)
LONG_GOAL = f"{SHORTER_GOAL} in any kind of weather"
TUTORING = "Element 1: Tutoring, Study Skills, Instruction and Dropout Prevention/Recovery"
SCHOOL, SUPPORT = "School or training Education/Training Plan", "Help to take part Support Services"
MONEY = "Learning to manage money (youth)"
ASSESSMENT = "Full look at a youth's skills and needs"


@pytest.mark.django_db(transaction=True)
def test_a_first_plan_from_search_to_acknowledgment(live_server, people, chromium, celery_worker_process, settings):
    settings.DEMO_SIGN_IN = True
    settings.TRIAL = True
    assert len(LONG_GOAL) == 145
    with signed_in_page(chromium, live_server, "planner") as planner:
        the_planner_finds_david(planner)
        the_overview_shows_what_the_document_shows(planner)
        goals_are_written(planner)
        services_are_chosen_and_assigned(planner)
        a_service_is_completed(planner)
        barriers_steps_and_career_goals_are_set(planner)
        what_is_missing_is_mended(planner)
        the_plan_is_sent(planner)
        path = the_administrator_reads_the_mail(chromium, live_server)
        david_acknowledges(chromium, live_server, path)
        the_planner_sees_the_agreement(planner)
        the_paper_is_a_pdf(planner)
        the_log_lists_the_changes(planner)
        planners_page = planner.url
    others_see_what_is_theirs(chromium, live_server, planners_page)


def the_planner_finds_david(page):
    assert page.url.endswith("/today/")
    follow_exactly(page, "Customers", within=page)
    assert "Angela" in page.locator("#results").inner_text()
    page.get_by_label("Search by name, participant ID").press_sequentially("dav")
    page.wait_for_url(re.compile(r"\?q=dav$"))  # fewer letters may have been answered before
    page.get_by_role("status").filter(has_text="1 customer found").wait_for()
    assert [row[0] for row in table(page, "Customers")] == ["Kruse, David"]
    both_widths(page, "01-customers-found")
    follow(page, "Kruse, David")
    record = page.get_by_role("navigation", name="Customer record")
    record.locator("summary").click()
    assert record.get_by_role("link").all_inner_texts() == CUSTOMER_TABS
    both_widths(page, "02-customer-record")
    page.keyboard.press("Escape")
    assert not record.get_by_role("link").first.is_visible()
    assert facts(page, "Profile") | {
        "Email": "davidkruse@noemail1234.com",
        "Enrollment Status": "Registrant",
        "Customer Type": "Youth; Out-of-School",
    } == facts(page, "Profile")
    both_widths(page, "02-customer")


def the_overview_shows_what_the_document_shows(page):
    tab(page, "Career Plan", of="Customer record")
    assert (
        page.get_by_role("navigation", name="Career Plan", exact=True).get_by_role("link").all_inner_texts()
        == PLAN_TABS
    )
    assert "None" in page.get_by_role("region", name="Latest Customer Goal/Plan Agreement").inner_text()
    assessments = page.get_by_role("region", name="Assessments", exact=True).get_by_role("listitem").all_inner_texts()
    listed = ["Career Cluster Inventory", "Employment 101 - Pre", "Employment 101 - Post", "NOCTI"]
    for text, name in zip(assessments, listed, strict=True):
        assert " ".join(text.split()).endswith(f"{name} Not Complete")
    assert facts(page, "Desired Career Path") == {
        "Career Pathway Choice": "None", "Occupation 1": "None", "Occupation 2": "None", "Wage Goal (Per Hour)": "None",
    }  # fmt: skip
    counts = page.get_by_role("region", name="Accomplishments").get_by_role("listitem").all_inner_texts()
    assert [" ".join(text.split()) for text in counts] == [
        "1 Earned Credentials", "0 Completed Goals", "0 Completed Services",
    ]  # fmt: skip
    assert page.get_by_role("link", name="Case Notes (5)").is_visible()
    assert table(page, "Goals of the career plan") == [
        ["Earn GED", "Show Next Steps: Earn GED", SCHOOL, "06/01/2020", "06/10/2020", "Not Started"],
        ["Gain Credential", "None yet", SCHOOL, "-", "-", "Not Started"],
        ["Learn how to drive", "None yet", SUPPORT, "-", "-", "Not Started"],
        [
            "Gain Full-time employment", "Show Next Steps: Gain Full-time employment", "Job or career Career Plan",
            "06/08/2020", "06/12/2020", "Not Started",
        ],
    ]  # fmt: skip
    assert not page.get_by_text(TUTORING).is_visible()
    page.get_by_text("Show Next Steps: Earn GED").click()
    assert page.get_by_text(TUTORING).is_visible()
    both_widths(page, "03-plan-overview")
    tab(page, "1. Review Assessment")
    assert [row[:2] for row in table(page, "Outside assessments")] == [
        ["TABE 11-12", "750"],
        ["TABE 11-12", "628"],
    ]
    both_widths(page, "04-review-assessment")


def goals_are_written(page):
    tab(page, "2. Set Goals")
    both_widths(page, "05-set-goals")
    follow(page, "Add Goal Statement")
    page.get_by_label("Goal statement").fill(LONG_GOAL)
    assert page.locator(".counter.is-over").inner_text() == "1 character too many"
    page.get_by_label("Category").select_option("Help to take part (Support Services)")
    page.get_by_label("Short Term Goal").check()
    press(page, "Save goal")
    assert page.title().startswith("Error: Add Goal Statement")
    assert (
        "Shorten this to 144 characters or fewer. It has 145 now." in page.locator("#id_statement_error").inner_text()
    )
    assert page.get_by_label("Goal statement").input_value() == LONG_GOAL
    assert page.get_by_label("Short Term Goal").is_checked()
    both_widths(page, "06-goal-too-long")
    page.get_by_label("Goal statement").fill(SHORTER_GOAL)
    assert page.locator("#id_statement_counter").inner_text() == "22 characters left"
    press(page, "Save goal")
    assert "The goal was saved." in said(page)
    assert [SHORTER_GOAL, SUPPORT, "Short Term Goal"] in [row[:3] for row in table(page, "Goal statements")]

    follow(page, f"Edit {SHORTER_GOAL}")
    page.get_by_label("Goal statement").fill("Pass the road test by the end of the summer")
    press(page, "Save goal")
    press(page, "Remove Gain Credential")
    assert "The goal was removed." in said(page)
    assert "Gain Credential" not in [row[0] for row in table(page, "Goal statements")]
    both_widths(page, "07-goal-removed")
    press(page, "Undo")
    assert "It is back in the plan." in said(page)
    assert [row[0] for row in table(page, "Goal statements")] == [
        "Earn GED",
        "Gain Credential",
        "Learn how to drive",
        "Gain Full-time employment",
        "Pass the road test by the end of the summer",
    ]


def services_are_chosen_and_assigned(page):
    tab(page, "3. Add Steps/Services")
    both_widths(page, "08-services")
    page.get_by_role("link", name="Add Step/Service").click()
    dialog = page.get_by_role("dialog", name="Add Step/Service")
    dialog.get_by_label("Category").select_option("Help for youth (Youth program element)")
    dialog.get_by_role("status").filter(has_text=re.compile(r"^1\d services")).wait_for()
    assert {row[0] for row in table(dialog, "Service catalog") if row} == {"Help for youth Youth program element"}
    search_services(dialog, "literacy")
    both_widths(page, "09-catalog-dialog")
    dialog.get_by_role("button", name=f"Add {MONEY}").click()
    dialog.get_by_text(f"Added: {MONEY}").wait_for()
    dialog.get_by_label("Category").select_option("All")
    dialog.get_by_label("Search services").fill("objective youth")
    dialog.get_by_role("button", name=f"Add {ASSESSMENT}").click()
    dialog.get_by_text(f"Added: {ASSESSMENT}").wait_for()
    follow(page, "Done", within=dialog)

    waiting = page.get_by_role("region", name="Assign Step/Service to a Goal").get_by_role("listitem")
    assert waiting.count() == 2
    both_widths(page, "10-services-to-assign")
    follow(page, f"Assign to a goal {MONEY}")
    page.get_by_label("Related goal").select_option("Gain Full-time employment")
    page.get_by_label("Planned start").fill(f"{in_days(7):%m/%d/%Y}")
    page.get_by_label("Planned end").fill("02/31/2027")
    page.get_by_label("Weekly hours").fill("2-4")
    press(page, "Save step/service")
    assert page.get_by_label("Planned end").input_value() == "02/31/2027"
    assert page.get_by_label("Weekly hours").input_value() == "2-4"
    both_widths(page, "10-what-could-not-be-read")
    choose_in_the_calendar(page, "Planned end", in_days(21))
    page.get_by_label("Weekly hours").fill("2")
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)
    planned = f"{in_days(7):%m/%d/%Y} – {in_days(21):%m/%d/%Y}"
    assert [planned] == [row[1] for row in table(page, "Gain Full-time employment") if row[0].startswith(MONEY)]


def a_service_is_completed(page):
    follow(page, f"Assign to a goal {ASSESSMENT}")
    page.get_by_label("Related goal").select_option("Earn GED")
    page.get_by_label("Planned start").fill(in_days(-3).isoformat())
    both_widths(page, "11-ready-to-start")
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)

    line = page.get_by_role("row").filter(has_text=ASSESSMENT)
    line.locator("summary").click()
    both_widths(page, "11-what-may-become-of-it")
    follow(page, "Complete", within=line)
    page.get_by_label("Start date").fill(in_days(-3).isoformat())
    page.get_by_label("Completion date").fill("")
    press(page, "Complete")
    assert page.title().startswith("Error:")
    assert "Enter the completion date" in page.locator("#id_ended_on_error").inner_text()
    assert page.get_by_label("Start date").input_value() == in_days(-3).isoformat()
    both_widths(page, "11-service-without-completion-date")
    page.get_by_label("Completion date").fill(in_days(-1).isoformat())
    press(page, "Complete")
    assert "The service is complete." in said(page)

    page.get_by_label("Filter by status").select_option("Complete")
    page.get_by_role("status").filter(has_text="1 of 4 shown").wait_for()
    page.wait_for_url(re.compile(r"\?status=complete&"))
    assert [row[4].split()[0] for row in table(page, "Earn GED")] == ["Complete"]
    both_widths(page, "12-services-filtered")
    tab(page, "2. Set Goals")
    assert table(page, "Goal statements")[0][4] == "Not Started"  # an assessment begins no goal


def barriers_steps_and_career_goals_are_set(page):
    follow(page, "Add a barrier")
    page.get_by_label("Barrier").select_option("No high school diploma or GED (No high school diploma or equivalency)")
    page.get_by_label("Description").fill("Left school in the eleventh grade.")
    page.get_by_label("How it will be addressed").fill("Evening classes for the GED.")
    both_widths(page, "13-barrier")
    press(page, "Save barrier")
    assert "The barrier was saved." in said(page)

    follow(page, "Add an action step")
    page.get_by_label("Action step").fill("Sign up for the evening class")
    page.get_by_label("Related goal").select_option("Earn GED")
    page.get_by_label("Due").fill(in_days(10).isoformat())
    both_widths(page, "14-action-step")
    press(page, "Save action step")

    follow(page, "Set Short-term employment goal")
    page.get_by_label("Search occupations").press_sequentially("stock")
    page.get_by_role("button", name="Choose Stockers and Order Fillers").wait_for()
    both_widths(page, "15-occupation-search")
    press(page, "Choose Stockers and Order Fillers")
    follow(page, "Set Short-term education/training goal")
    page.get_by_label("Goal in words").fill("Earn the GED this year")
    press(page, "Save goal in words")
    assert "Short-term education/training goal: Earn the GED this year." in said(page)


def what_is_missing_is_mended(page):
    tab(page, "Agreement")
    both_widths(page, "16-agreement-incomplete")
    press(page, SEND)
    assert page.title().startswith("Error:")
    summary = page.locator("[data-error-summary]")
    assert "1 thing is missing before the plan can be sent" in summary.inner_text()
    assert summary.evaluate("element => element === document.activeElement")
    both_widths(page, "17-agreement-refused")
    follow(page, "Set the long-term career goal", within=summary)
    follow(page, "Set Long-term career goal")
    page.get_by_label("Occupational category").select_option("Healthcare Support Occupations")
    page.get_by_label("Subcategory").select_option("Other Healthcare Support Occupations")
    page.get_by_role("button", name="Choose Medical Assistants").wait_for()
    both_widths(page, "18-occupation-lists")
    press(page, "Choose Medical Assistants")
    assert "Long-term career goal: Medical Assistants (31-9092)." in said(page)
    both_widths(page, "19-set-goals-complete")


def the_plan_is_sent(page):
    tab(page, "Agreement")
    assert "Nothing is missing. Version 1 can be sent." in page.locator("#main").inner_text()
    say_why(page)
    press(page, SEND)
    assert "The plan was sent." in said(page)

    def told():
        page.reload()
        return page.get_by_text("The customer was told").count()

    eventually_or_swept(told)
    both_widths(page, "20-agreement-sent")


def the_administrator_reads_the_mail(chromium, live_server):
    """Returns the path that the e-mail to David leads to."""
    letter = eventually_or_swept(lambda: letter_to(david().email))
    for detail in ("David", "Kruse", "GED", "Plan"):
        assert detail not in letter.replace("CareerPlan", "")
    with signed_in_page(chromium, live_server, "admin") as page:
        follow(page, "Mail")
        shown = page.get_by_role("article").filter(has_text="davidkruse@noemail1234.com")
        assert "Something is waiting for you to read and sign on your CareerPlan dashboard" in shown.first.inner_text()
        both_widths(page, "21-mail")
        follow(page, "Administration")
        assert page.url.endswith("/admin/")
        assert page.get_by_role("link", name="Services").first.is_visible()
    return re.search(r"http://[^/]+(/my/acknowledge/[0-9a-f-]+/)", letter).group(1)


def letter_to(address):
    """The subject and body of an e-mail to this address, as the worker wrote it into its folder; "" where none is."""
    letters = [letter for file in settings.MAIL_DIR.glob("*.log") for letter in read_letters(file)]
    found = [letter for letter in letters if letter["to"] == address and letter["subject"]]
    return f"{found[0]['subject']}\n{found[0]['body']}" if found else ""


def david_acknowledges(chromium, live_server, path):
    with signed_in_page(chromium, live_server, DAVID, viewport=PHONE) as page:
        assert page.url.endswith("/my/")
        both_widths(page, "22-my-plan-waits")
        follow(page, "Read and acknowledge")
        assert page.url.endswith(path)
        text = page.locator("#contents").inner_text()
        for words in ("Earn GED", "Evening classes for the GED.", "Sign up for the evening class", "June 1, 2020"):
            assert words in text
        both_widths(page, "23-acknowledge")
        press(page, "Acknowledge my plan")
        assert "Type your full name." in page.locator("#id_typed_name_error").inner_text()
        page.get_by_label("I agree with this plan").check()
        page.get_by_label("Type your full name").fill("Dave")
        press(page, "Acknowledge my plan")
        error = page.locator("#id_typed_name_error").inner_text()
        assert "Type your full name as it is written on the plan (David Kruse)." in error
        assert page.get_by_label("I agree with this plan").is_checked()
        both_widths(page, "24-acknowledge-wrong-name")
        page.get_by_label("Type your full name").fill("david kruse")
        press(page, "Acknowledge my plan")
        page.get_by_role("heading", name="Thank you. Your plan is acknowledged.").wait_for()
        assert "david kruse acknowledged version 1 on" in page.locator("#main").inner_text()
        both_widths(page, "25-acknowledged")
        follow(page, "Go to my plan")
        assert "Version 1 has been your plan since" in page.locator("#main").inner_text()
        both_widths(page, "26-my-plan")


def the_planner_sees_the_agreement(page):
    version = PlanVersion.objects.active().get(plan__customer=david())
    tab(page, "Overview")
    shown = facts(page, "Latest Customer Goal/Plan Agreement")
    moment = shown.pop("Date and time")
    assert moment.startswith(date_format(version.approved_on))
    assert re.search(r", \d\d?(:\d\d)? [ap]\.m\.$|, (noon|midnight)$", moment)
    assert shown == {
        "Acknowledged by": "david kruse",
        "Version": "Version 1",
        "Next review": date_format(version.next_review_on),
    }
    both_widths(page, "27-plan-overview-agreed")
    tab(page, "Agreement")
    assert "Version 1 is active." in page.locator("#main").inner_text()
    both_widths(page, "28-agreement-active")
    of_the_log(page, "Versions")
    both_widths(page, "29-versions")
    follow(page, "Version 1")
    both_widths(page, "30-version")


def the_paper_is_a_pdf(page):
    address = page.locator("a", has_text="View/Print IEP/ISS Form").first.get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(answer.body())).pages[0].extract_text()
    assert "Kruse, David" in text
    assert "Page 1 of" in text


def the_log_lists_the_changes(page):
    of_the_log(page, "Update Log")
    both_widths(page, "31-update-log")
    log = page.get_by_role("table").inner_text()
    for words in ("Earn the GED this year", "Sign up for the evening class", "No high school diploma", "Devon Okafor"):
        assert words in log


def others_see_what_is_theirs(chromium, live_server, davids_page):
    with signed_in_page(chromium, live_server, "planner.north") as page:
        follow_exactly(page, "Customers", within=page)
        page.get_by_label("Search by name, participant ID").press_sequentially("dav")
        page.get_by_role("status").filter(has_text="No customer found").wait_for()
        assert page.goto(davids_page).status == 404
        both_widths(page, "32-not-found")
    with signed_in_page(chromium, live_server, "statewide") as page:
        follow_exactly(page, "Customers", within=page)
        page.get_by_label("Search by name, participant ID").press_sequentially("dav")
        page.wait_for_url(re.compile(r"\?q=dav$"))
        follow(page, "Kruse, David")
        assert page.get_by_role("link", name="David Kruse").is_visible()
