"""Update/Review with a new service, acknowledged on a phone; and with nothing changed, by the other door."""

import pytest
from django.utils.formats import date_format

from acknowledgments.models import Seal
from careerplan.demo.pen import print_papers
from tests import states
from tests.journeys.browser import PHONE, both_widths
from tests.journeys.steps import facts, follow, in_days, of_the_log, press, said, search_services, signed_in_page, tab
from tests.people import angela

pytestmark = pytest.mark.django_db(transaction=True)

AGREEMENT = "Latest Customer Goal/Plan Agreement"
COURSE = "Training made for one employer"


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings):
    settings.DEMO_SIGN_IN = True


def begin_the_review(page):
    page.goto(f"/customers/{angela().pk}/plan/")
    press(page, "Update/Review")
    assert "Version 2 was opened with everything carried forward." in said(page)
    both_widths(page, "62-review-opened")


def test_a_review_with_a_training_service_added(live_server, people, chromium):
    with signed_in_page(chromium, live_server, "planner") as page:
        begin_the_review(page)
        a_course_is_added(page)
        the_version_is_sent(page)
        print_papers(Seal.objects.valid().get(version=states.newest(angela())), states.now())
        page.get_by_text("The customer was told").wait_for()  # the page asks by itself
        assert "not yet" not in page.get_by_text("The customer was told").locator("..").inner_text()
        both_widths(page, "62-told")
        angela_acknowledges(chromium, live_server)
        tab(page, "Agreement")
        shown = facts(page, "Version 2 is active.")
        assert shown["Acknowledged by"] == "Angela Whitfield"
        assert shown["Next review"] == date_format(in_days(90))
        both_widths(page, "62-active")


def a_course_is_added(page):
    tab(page, "3. Add Steps/Services")
    page.get_by_role("link", name="Add Step/Service").click()
    dialog = page.get_by_role("dialog", name="Add Step/Service")
    search_services(dialog, COURSE)
    dialog.get_by_role("button", name=f"Add {COURSE}").click()
    dialog.get_by_text(f"Added: {COURSE}").wait_for()
    follow(page, "Done", within=dialog)
    follow(page, f"Assign to a goal {COURSE}")
    page.get_by_label("Related goal").select_option(index=1)
    page.get_by_label("Planned start").fill(in_days(14).isoformat())
    press(page, "Save step/service")
    assert "The step/service was saved." in said(page)


def the_version_is_sent(page):
    tab(page, "Agreement")
    assert "a change needs the customer's acknowledgment" in page.locator("#main").inner_text()
    note = page.get_by_label("Case note of the review")
    assert f"Added: Service, {COURSE}" in note.input_value()
    assert f"Next review by {date_format(in_days(90))}." in note.input_value()
    both_widths(page, "62-what-changed")
    press(page, "Send Electronic Request for Customer Agreement")
    assert page.title().startswith("Error:")
    both_widths(page, "62-contact-missing")
    page.get_by_label("Kind of contact").select_option("Phone")
    reason = page.get_by_label("Why you are sending it anyway")
    if reason.count():
        reason.fill("The need was plain from the interview.")
    press(page, "Send Electronic Request for Customer Agreement")
    assert "The plan was sent." in said(page)


def angela_acknowledges(chromium, live_server):
    with signed_in_page(chromium, live_server, "angela.whitfield", viewport=PHONE) as page:
        both_widths(page, "62-my-plan-waits")
        follow(page, "Read and acknowledge")
        changes = page.get_by_role("region", name="What changed since you last agreed").inner_text()
        assert f"Added: Service {COURSE}" in changes
        both_widths(page, "62-acknowledge")
        page.get_by_label("I agree with this plan").check()
        page.get_by_label("Type your full name").fill("Angela Whitfield")
        press(page, "Acknowledge my plan")
        assert "Angela Whitfield acknowledged version 2 on" in page.locator("#main").inner_text()


def test_a_review_with_nothing_changed(live_server, people, chromium):
    with signed_in_page(chromium, live_server, "planner") as page:
        begin_the_review(page)
        tab(page, "Agreement")
        both_widths(page, "63-two-doors")
        follow(page, "Record the review")
        assert (
            f"Next review by {date_format(in_days(90))}."
            in page.get_by_label("Why no acknowledgment was needed").input_value()
        )
        both_widths(page, "63-review")
        press(page, "Acknowledge")
        assert page.title().startswith("Error:")
        both_widths(page, "63-review-errors")
        page.get_by_label("Plan does not require participant acknowledgment").check()
        page.get_by_label("Kind of contact").select_option("Video call")
        press(page, "Acknowledge")
        assert "The review was recorded. The version is active." in said(page)
        assert "Not required" in page.get_by_role("region", name=AGREEMENT).inner_text()
        assert facts(page, AGREEMENT)["Recorded by"] == "Devon Okafor"
        both_widths(page, "63-overview")
        of_the_log(page, "Versions")
        both_widths(page, "63-versions")
        follow(page, "Version 2")
        both_widths(page, "63-version")
