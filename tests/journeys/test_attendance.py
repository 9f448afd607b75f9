"""A planner enters the attendance of a class of 20 with the keyboard alone, and pastes another day."""

import pytest
from django.urls import reverse

from services.attendance.models import Attendance
from tests import states
from tests.attending import a_class, class_path, in_the_program, last_week, listed
from tests.journeys.browser import DESKTOP, both_widths, sign_in
from tests.journeys.steps import said
from tests.journeys.test_keyboard import enter, tab_to
from tests.people import angela, planner
from tests.providers import course

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("ILL-114")
def test_a_class_of_20_is_entered_by_keyboard(page, live_server, people):
    nineteen = [in_the_program(states.enrolled(with_sign_in=False)) for _number in range(19)]
    rows = listed([*nineteen, course(angela())])
    sign_in(page, live_server, planner())
    page.goto(reverse("attendance-class"))
    tab_to(page, "Class")
    page.keyboard.type("Basic Nursing")
    tab_to(page, "Week")
    page.keyboard.type(f"{last_week():%m/%d/%Y}")
    tab_to(page, "Show the class")
    enter(page)
    both_widths(page, "79-attendance-of-a-class")
    page.set_viewport_size(DESKTOP)
    tab_to(page, f"Hours of {rows[0].plan.customer}")
    for number, row in enumerate(rows):
        is_away = number == 7
        page.keyboard.type("0" if is_away else "24" if number != 11 else "7.3")
        page.keyboard.press("Tab")
        if is_away:
            page.keyboard.type("sick")
        if row is not rows[-1]:
            page.keyboard.press("Tab")
    enter(page)
    page.get_by_text("19 rows were recorded.").wait_for()
    wrong = page.get_by_label(f"Hours of {rows[11].plan.customer}", exact=True)
    assert wrong.get_attribute("aria-invalid") == "true"
    both_widths(page, "80-attendance-of-a-class-with-an-error")
    page.set_viewport_size(DESKTOP)
    wrong.focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("7.25")
    enter(page)
    assert "1 row was recorded." in said(page)
    assert Attendance.objects.standing().filter(day=last_week(), span="week").count() == 20
    assert Attendance.objects.get(planned=rows[7]).absence == "sick"

    page.goto(reverse("plan:attendance", args=[rows[0].plan.customer_id, rows[0].pk]))
    page.get_by_text("24 hours in 1 recorded week").wait_for()
    both_widths(page, "80-attendance-of-a-service")


def test_a_class_is_pasted(page, live_server, people):
    first, second = a_class(2)
    sign_in(page, live_server, planner())
    page.goto(class_path(name="attendance-paste", weekday="0"))
    day = f"{last_week():%m/%d/%Y}"
    lines = f"{first.plan.customer.state_id}\t{day}\t6.5\n{second.plan.customer}\t{day}\t=1+1"
    page.get_by_label("Paste the lines here").fill(lines)
    page.get_by_role("button", name="Look at the lines").click()
    page.get_by_text("A cell begins with =.").wait_for()
    both_widths(page, "81-attendance-pasted")
    page.get_by_role("button", name="Record 1 line").click()
    page.get_by_text("1 line was recorded.").wait_for()
    assert [(row.planned_id, row.hours) for row in Attendance.objects.all()] == [(first.pk, 6.5)]
