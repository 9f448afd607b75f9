"""The pages that no journey passes are accessible too, and fit on a desktop and on a phone."""

import pytest

from acknowledgments.models import Seal
from services.models import PlannedService
from tests.journeys.browser import both_widths, sign_in
from tests.people import angela, david, planner, statewide

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


def test_the_pages_of_the_state_and_of_the_customer(page, live_server, people):
    sign_in(page, live_server, statewide())
    look_at(page, "/customers/", "53-customers")
    look_at(page, "/statewide/", "53-statewide")
    look_at(page, "/check/", "53-check")
    page.get_by_label("Short code").fill(Seal.objects.filter(version__plan__customer=angela())[0].short_code)
    page.get_by_role("button", name="Check").click()
    page.get_by_text("This code names version 1.").wait_for()
    both_widths(page, "53-checked")
    sign_in(page, live_server, angela().user)
    look_at(page, "/my/", "54-my-plan")
    look_at(page, "/my/messages/", "54-my-messages")
