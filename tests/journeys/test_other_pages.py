"""The pages that no journey passes are accessible too, and fit on a desktop and on a phone."""

import pytest

from acknowledgments.models import Seal
from services.models import PlannedService
from tests import states
from tests.journeys.browser import both_widths, sign_in
from tests.people import angela, david, planner, statewide
from tests.waiting import eventually

pytestmark = pytest.mark.django_db(transaction=True)

CUSTOMERS_PAGES = [
    "intake/", "outcomes/", "case-notes/", "assessments/", "assessments/add/", "resume/", "worksites/", "uploads/",
    "messages/", "credentials/add/", "plan/career-path/", "plan/close/",
]  # fmt: skip


def look_at(page, address: str, name: str) -> None:
    answer = page.goto(address)
    assert answer.ok, f"{address} answers {answer.status}."
    both_widths(page, name)


def test_the_pages_before_signing_in(page, live_server, people):
    for address in ("/accounts/login/", "/accounts/password/reset/", "/help/", "/accessibility/", "/privacy/"):
        look_at(page, address, f"50{address}")
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("There is a problem").wait_for()
    both_widths(page, "50-sign-in-errors")


def test_the_pages_of_a_customer(page, live_server, people):
    sign_in(page, live_server, planner())
    for part in CUSTOMERS_PAGES:
        look_at(page, f"/customers/{angela().pk}/{part}", f"51-{part}")


def test_the_forms_of_a_plan_in_draft(page, live_server, people):
    sign_in(page, live_server, planner())
    service = PlannedService.objects.filter(plan__customer=david()).first()
    for part in (
        f"services/{service.pk}/remove/", "services/catalog/", "services/note/", "barriers/comment/",
        "agreement/delete-draft/", "agreement/not-completed/",
    ):  # fmt: skip
        look_at(page, f"/customers/{david().pk}/plan/{part}", f"52-{part}")


def test_the_forms_of_a_review(page, live_server, people):
    """What was agreed to is compared with what is written now: the planner's word is asked beside the text."""
    version = states.reviewed(angela())
    barrier = version.plan.barriers.in_plan().order_by("id")[0]
    sign_in(page, live_server, planner())
    plan = f"/customers/{angela().pk}/plan"
    page.goto(f"{plan}/barriers/{barrier.pk}/edit/")
    page.get_by_label("Description").fill("The car broke down for good.")
    page.get_by_label("Another need: the customer is asked").check()
    both_widths(page, "52-barrier-reworded")
    look_at(page, f"{plan}/barriers/add/", "52-barrier-add")
    page.get_by_role("button", name="Save barrier").click()
    page.get_by_text("Choose the barrier.").first.wait_for()
    both_widths(page, "52-barrier-errors")
    look_at(page, f"{plan}/barriers/comment/", "52-barriers-comment")
    look_at(page, f"{plan}/career-goals/long_term/?major=29-0000&minor=29-1000", "52-occupation-areas")
    look_at(page, f"{plan}/older-system/", "52-legacy-plan-refused")
    look_at(page, f"{plan}/agreement/", "52-agreement")


def test_no_service_is_added_while_a_search_is_under_way(page, live_server, people):
    """The search sweeps the rows away, and with them what says that the service was added: it would be added twice."""
    service, searches = "Help with housing", []
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{david().pk}/plan/services/catalog/")
    add = page.get_by_role("button", name=service)
    page.route("**/services/catalog/?*", lambda search: searches.append(search), times=1)
    page.get_by_label("Search services").press_sequentially("housing")
    eventually(lambda: page.wait_for_timeout(20) or searches)
    assert add.is_disabled()
    searches[0].continue_()
    page.get_by_role("status").filter(has_text="1 service").wait_for()
    add.click()
    page.get_by_text("Added: ").first.wait_for()
    assert PlannedService.objects.in_plan().filter(plan__customer=david(), service__plain_english=service).count() == 1


def test_the_pages_of_the_state_and_of_the_customer(page, live_server, people):
    sign_in(page, live_server, statewide())
    look_at(page, "/customers/", "53-customers")
    look_at(page, "/statewide/", "53-statewide")
    look_at(page, "/check/", "53-check")
    page.get_by_label("Short code").fill(Seal.objects.filter(version__plan__customer=angela())[0].short_code)
    page.get_by_role("button", name="Check").click()
    page.get_by_text("This code belongs to version 1.").wait_for()
    both_widths(page, "53-checked")
    sign_in(page, live_server, angela().user)
    look_at(page, "/my/", "54-my-plan")
    look_at(page, "/my/messages/", "54-my-messages")
