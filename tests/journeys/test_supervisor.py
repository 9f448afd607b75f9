"""A supervisor rates a placement on a phone, by a link and a code; then the planner sees who answered and when."""

import pytest
from django.urls import reverse

from tests import supervised
from tests.journeys.browser import PHONE, both_widths, sign_in, watched_page
from tests.journeys.steps import follow, press
from tests.people import planner

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at(phone, name):
    both_widths(phone, name)
    phone.set_viewport_size(PHONE)


def rate(phone, question, step):
    phone.get_by_role("group", name=question).get_by_label(f"{step} -").check()


def test_a_supervisor_rates_a_placement_on_a_phone(page, chromium, live_server, people):
    placement = supervised.begun()
    here = reverse("placement", args=[placement.customer.pk, placement.pk])
    sign_in(page, live_server, planner())
    page.goto(here)
    follow(page, "Ask for an evaluation")
    both_widths(page, "96-supervisor-ask")
    press(page, "Make the link")
    code, address = page.locator("#code").inner_text(), page.get_by_label("Link").input_value()
    both_widths(page, "96-supervisor-code")
    place = address.removeprefix(supervised.site_address())

    options = {"viewport": PHONE, "java_script_enabled": False}
    with watched_page(chromium, live_server.url, viewport=PHONE) as phone:
        phone.goto(place)
        looked_at(phone, "96-supervisor-link")
        phone.get_by_label("Code of six digits").fill("000 000" if code != "000 000" else "111 111")
        phone.get_by_label("Your own name").fill("Rosa Marsh")
        press(phone, "Go on")
        phone.locator("[data-error-summary]").get_by_text("Tries left: 4.").wait_for()
        phone.get_by_label("Code of six digits").fill(code)
        press(phone, "Go on")
        phone.get_by_text("You answer as Rosa Marsh.").wait_for()
        looked_at(phone, "96-supervisor-evaluation")
        small = phone.locator("main button, main .form-control").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height).filter(height => height < 44)"
        )
        assert small == []
        rate(phone, "Comes on time and every day", 4)
        rate(phone, "Works well with others", 5)
        phone.get_by_label("Strengths, and what to work on").fill("Learns fast.")
        press(phone, "Send my answers")
        phone.get_by_role("heading", name="Thank you").wait_for()
        assert phone.get_by_text("Learns fast.").is_visible()
        looked_at(phone, "96-supervisor-thanks")

    with watched_page(chromium, live_server.url, **options) as second:
        second.goto(place)
        assert second.get_by_text("by Rosa Marsh").is_visible()
        assert not second.get_by_text("Learns fast.").is_visible()

    page.goto(here)
    block = page.locator("#supervisor")
    assert block.get_by_text("by Rosa Marsh on").is_visible()
    block.get_by_text("What was answered").click()
    assert block.get_by_text("Learns fast.").is_visible()
    both_widths(page, "96-supervisor-answered")

    follow(page, "Ask to confirm hours")
    week = supervised.week(placement)
    page.get_by_label("First day of the pay period").fill(f"{week.begins_on:%m/%d/%Y}")
    page.get_by_label("Last day of the pay period").fill(f"{week.ends_on:%m/%d/%Y}")
    page.get_by_label("Hours as you have them").fill("37.5")
    press(page, "Make the link")
    code, address = page.locator("#code").inner_text(), page.get_by_label("Link").input_value()
    with watched_page(chromium, live_server.url, **options) as phone:
        phone.goto(address.removeprefix(supervised.site_address()))
        phone.get_by_label("Code of six digits").fill(code)
        phone.get_by_label("Your own name").fill("Rosa Marsh")
        press(phone, "Go on")
        phone.get_by_label("Hours worked in these days").fill("36.25")
        press(phone, "Confirm these hours")
        assert phone.get_by_text("36.25 hours").is_visible()
    page.goto(here)
    assert page.get_by_text("36.25 hours").is_visible()
    both_widths(page, "96-supervisor-hours")
