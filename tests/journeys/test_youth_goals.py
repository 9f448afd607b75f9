"""A youth's ISS with its short-term and long-term goals, set on the pages until the check of the draft asks for no more
(12.7.5, Goals for Youth); and a customer who says in Spanish, on a phone, which work is wanted."""

import pytest
from django.urls import reverse

from goals.models import CareerGoal, CareerPath
from tests import states
from tests.journeys.browser import PHONE, both_widths, sign_in
from tests.journeys.steps import follow, press
from tests.people import lucia, planner

pytestmark = pytest.mark.django_db(transaction=True)

SHORT_JOB, SHORT_SCHOOL = "Short-term employment goal", "Short-term education/training goal"
MISSING_JOB = "Set the short-term employment goal, too. The education/training goal does not stand alone."


def open_goal(page, label: str, *, button: str = "Set") -> None:
    """The page of a role, from the list of roles."""
    follow(page, f"{button} {label}")
    page.get_by_role("heading", name=label, level=1).wait_for()


def said_of_goals(page) -> dict[str, str]:
    rows = page.locator("#career-goals li:has(> strong)").all()
    return {row.locator("> strong").inner_text(): row.locator("> span").inner_text() for row in rows}


def panel(page):
    return page.get_by_role("complementary", name="Ready to send?")


def tasks(page) -> str:
    return panel(page).inner_text()


@pytest.mark.policy("WIS-029", "WIS-030", "WIS-032", "WIS-033")
def test_a_youth_has_short_term_and_long_term_goals(page, live_server, people):
    version = states.started(states.enrolled("T1-YOUTH"))
    customer = version.plan.customer
    sign_in(page, live_server, planner())
    page.goto(reverse("plan:goals", args=[customer.pk]))
    assert set(said_of_goals(page).values()) == {"Not set"}
    assert "Set both short-term goals" in tasks(page)
    both_widths(page, "71-youth-no-goals")

    open_goal(page, SHORT_SCHOOL)
    both_widths(page, "71-youth-short-term")
    page.get_by_label("Goal in words").fill("Finish the eleventh grade")
    press(page, "Save goal in words")
    assert MISSING_JOB in tasks(page)
    assert "Set both short-term goals" not in tasks(page)

    follow(page, MISSING_JOB, within=panel(page))
    page.get_by_label("Goal in words").fill("A paid summer job at a garage")
    press(page, "Save goal in words")
    assert "short-term employment goal, too" not in tasks(page)
    assert "Set the long-term career goal" in tasks(page)

    open_goal(page, "Long-term career goal")
    for label, choice in (
        ("Occupational category", "Installation, Maintenance, and Repair Occupations"),
        ("Subcategory", "Vehicle and Mobile Equipment Mechanics, Installers, and Repairers"),
    ):
        with page.expect_navigation():
            page.get_by_label(label, exact=True).select_option(label=choice)
    press(page, "Choose Automotive Service Technicians and Mechanics")

    assert said_of_goals(page) == {
        "Employment goal of the plan": "Not set",
        SHORT_JOB: "A paid summer job at a garage",
        SHORT_SCHOOL: "Finish the eleventh grade",
        "Long-term career goal": "Automotive Service Technicians and Mechanics (49-3023)",
    }
    both_widths(page, "71-youth-goals")
    done = panel(page).locator("li")
    for task in (
        "Set an employment or an education goal",
        "Set both short-term goals",
        "Set the long-term career goal",
    ):
        assert "Done" in done.filter(has_text=task).inner_text()
    assert CareerGoal.objects.in_plan().filter(plan=version.plan).count() == 3


@pytest.mark.policy("ILL-040", "ILL-042", "ILL-043", "ILL-044")
def test_a_customer_says_in_spanish_on_a_phone_which_work_is_wanted(page, live_server, people):
    sign_in(page, live_server, lucia().user)
    page.set_viewport_size(PHONE)
    page.goto("/my/")
    follow(page, "Cambiar El trabajo que quiero")
    both_widths(page, "72-wishes-empty")
    page.set_viewport_size(PHONE)
    follow(page, "Elegir Primer trabajo que me gustaría")
    field = page.get_by_label("Buscar ocupaciones")
    field.press_sequentially("enfermera")
    page.get_by_text("Hallada como: Enfermera", exact=True).wait_for()
    both_widths(page, "72-wishes-search")
    page.set_viewport_size(PHONE)
    press(page, "Elegir Registered Nurses")
    page.get_by_text("Registered Nurses (29-1141)").first.wait_for()
    page.get_by_label("Meta de salario").fill("22.50")
    press(page, "Guardar")
    page.goto("/my/")
    assert "Registered Nurses (29-1141)" in page.locator("#wishes").inner_text()
    both_widths(page, "72-wishes-on-the-dashboard")
    path = CareerPath.objects.select_related("occupation_1").get(customer=lucia())
    assert (path.occupation_1.code, str(path.wage_goal)) == ("29-1141", "22.50")
