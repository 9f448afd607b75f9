"""A planner fills the thirteen sections for Jennifer Philips and writes a summary."""

import pytest

from customers.enums import SectionState
from customers.models import AssessmentSummary
from customers.sections.reading import answers_to, sections_of
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import jennifer, planner
from tests.rows import write

pytestmark = pytest.mark.django_db(transaction=True)

# By the sections in their order: what is typed into fields, by their names, and what is chosen.
TYPED = {
    1: {"PHONE_WORK": "217-555-0164"},
    2: {"TOOLS_AND_PROGRAMS": "Table saw, drill press"},
    3: {"WORK_WANTED": "Carpenter, as an apprentice.", "WAGE_WANTED": "18.50", "HOURS_WANTED": "40"},
    5: {"EMPLOYMENT_ASSISTANCE-3-what": "Practice interview", "EMPLOYMENT_ASSISTANCE-3-offered": "07/20/2026"},
    6: {"BARRIER_NOTES": "No care for her son before seven in the morning."},
    8: {
        "EMP101_PRE_ON": "07/06/2026",
        "EMP101_PRE_SCORE": "62",
        "EMP101_POST_ON": "07/17/2026",
        "EMP101_POST_SCORE": "88",
    },
    9: {"NOCTI-1-test": "Carpentry", "NOCTI-1-taken": "07/21/2026", "NOCTI-1-written": "74"},
    10: {"OBS_ON": "07/22/2026", "OBS_WHERE": "Measuring and cutting in the workshop"},
    11: {"SITE_NAME": "Prairie Cabinet Works", "SITE_SUPERVISOR": "Otis Grant", "SITE_ON": "06/12/2026"},
    13: {"FAMILY_SUPPORT": "Her mother."},
}
CHOSEN = {
    3: {"SHIFTS": "days"},
    6: {"LONG_UNEMPLOYED": "no", "PRACTICAL_NEEDS": "CHLD"},
    8: {"EMP101_TOPICS": "interview"},
    10: {"OBS_ON_TIME": "5", "OBS_TEAM": "4"},
    11: {"SITE_QUALITY": "5"},
}
SUMMARY = "Jennifer measures with care and taught others. An apprenticeship as a carpenter fits what she knows."


def open_section(page, number):
    page.goto(f"/customers/{jennifer().pk}/plan/assessment/")
    link = page.locator("#sections li a").nth(number - 1)
    with page.expect_navigation():
        link.click()


def fill_in(page, number):
    """Whatever kind of field it is."""
    for name, words in TYPED.get(number, {}).items():
        page.locator(f"[name='{name}']").fill(words)
    for name, value in CHOSEN.get(number, {}).items():
        page.locator(f"[name='{name}'][value='{value}']").check()
    press(page, "Save answers")
    assert "The answers were saved." in said(page)


@pytest.mark.policy("ILL-051", "ILL-056")
def test_a_planner_fills_the_thirteen_sections_and_writes_a_summary(page, live_server, people):
    write(planner(), reads_confidential=True)
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{jennifer().pk}/plan/assessment/")
    assert page.locator("#sections li").count() == 13
    both_widths(page, "80-sections")

    for number in range(1, 14):
        open_section(page, number)
        if page.get_by_role("button", name="Open again").is_visible():
            continue  # She finished it with the planner before.
        if page.get_by_role("button", name="Mark as reviewed").is_visible():
            press(page, "Mark as reviewed")
        if number in TYPED:
            fill_in(page, number)
        if number == 7:
            follow(page, "To the confidential questions")
            press(page, "Look at the answers")
            page.locator("[name='confidential-VOCATIONAL_REHABILITATION'][value='no']").check()
            press(page, "Save confidential answers")
            follow(page, "Back to the section")
        if number in {1, 10}:
            both_widths(page, f"81-section-{number}")
        beside_a_form = page.get_by_role("button", name="Save and complete the section").is_visible()
        press(page, "Save and complete the section" if beside_a_form else "Mark as complete")
        assert "The section is complete." in said(page)

    page.goto(f"/customers/{jennifer().pk}/plan/assessment/")
    page.locator("#id_text").fill(SUMMARY)
    press(page, "Save summary")
    both_widths(page, "82-sections-complete")

    customer = jennifer()
    assert {line.state for line in sections_of(customer.pk)} == {SectionState.COMPLETE}
    answers = answers_to(customer.pk, ["WORK_WANTED", "SKILLS", "EMPLOYMENT_ASSISTANCE", "OBS_ON_TIME"])
    assert answers["WORK_WANTED"].words == "Carpenter, as an apprentice."
    assert answers["SKILLS"].reviewed_at is not None
    assert [row["what"] for row in answers["EMPLOYMENT_ASSISTANCE"].value][-1] == "Practice interview"
    assert answers["OBS_ON_TIME"].value == 5
    assert AssessmentSummary.objects.filter(customer=customer).order_by("-written_at")[0].text == SUMMARY
