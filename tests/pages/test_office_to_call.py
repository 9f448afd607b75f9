"""The office's telephone stands on every page of a customer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.defaults import permission_denied

from careerplan import my_urls
from careerplan.accounts.models import Office
from customers.threads import write_to_customer
from goals.models import ActionStep
from tests import people as cast
from tests import states
from tests.fit import begun
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NUMBER, LINK = "217-555-0110", "tel:+12175550110"
PAGES = (
    "my:dashboard", "my:messages", "my:career-path", "my:steps", "my:step-propose", "my:sections", "help",
    "accessibility", "privacy", "account_change_password",
)  # fmt: skip


def office_link(response):
    return Page(response).links().get(NUMBER)


@pytest.mark.parametrize("name", PAGES)
def test_the_number_stands_on_the_customers_pages(client, name):
    client.force_login(cast.angela().user)
    assert office_link(client.get(reverse(name))) == LINK


def test_the_number_stands_where_the_plan_is_read_signed_and_confirmed(client):
    lucia = cast.lucia()
    asked = states.told(states.sent(states.newest(lucia)))
    client.force_login(lucia.user)
    number = lucia.office.phone
    address = reverse("my:acknowledge", args=[asked.key])
    assert number in Page(client.get(address)).links()
    assert number in Page(client.post(address, {})).links()  # with errors
    assert number in Page(client.get(reverse("my:disagree", args=[asked.key]))).links()
    states.acknowledged(asked)
    assert number in Page(client.get(reverse("my:acknowledged", args=[asked.key]))).links()
    assert number in Page(client.get(address, follow=True)).links()  # nothing waits any more


def test_the_number_stands_beside_what_is_written(client):
    angela = cast.angela()
    first = write_to_customer(angela, subject="Monday", body="Come at nine.", by=cast.planner(), at=states.now())
    client.force_login(angela.user)
    assert office_link(client.get(reverse("my:thread", args=[first.pk]))) == LINK


def test_the_number_stands_beside_the_search_for_a_job(client):
    client.force_login(cast.angela().user)
    assert office_link(client.get(reverse("my:career-path-occupation", args=["first"]))) == LINK


@pytest.mark.parametrize("name", ["my:section", "my:section-confidential"])
def test_the_number_stands_beside_the_sections(client, name):
    client.force_login(cast.angela().user)
    assert office_link(client.get(reverse(name, args=["disability-benefits"]))) == LINK


def test_the_number_stands_beside_a_step_and_the_job_fit_review(client):
    customer = states.in_force().plan.customer
    client.force_login(customer.user)
    step = ActionStep.objects.get(plan__customer=customer)
    assert office_link(client.get(reverse("my:step-proof", args=[step.pk]))) == LINK
    review = begun(states.reviewed(customer))
    assert office_link(client.get(reverse("my:job-fit", args=[review.pk]))) == LINK
    assert office_link(client.get(reverse("my:job-fit-rate", args=[review.pk, "task"]))) == LINK


def test_every_page_of_the_customers_is_looked_at():
    """A new address is a page, and stands above, or answers with something else."""
    looked_at = {name.removeprefix("my:") for name in PAGES if name.startswith("my:")} | {
        "acknowledge",
        "acknowledged",
        "disagree",
        "thread",
        "career-path-occupation",
        "section",
        "section-confidential",
        "step-proof",
        "job-fit",
        "job-fit-rate",
    }
    no_pages = {"message-read", "opened", "paper", "paper-ready", "ask", "step-done", "step-undo"}
    no_pages |= {"proposal-take-back", "section-confidential-save"}
    assert {pattern.name for pattern in my_urls.urlpatterns} == looked_at | no_pages


@pytest.mark.parametrize("address", ["/my/nothing-here/", "/customers/999/"])
def test_the_number_stands_on_pages_that_say_no(client, address):
    client.force_login(cast.angela().user)
    response = client.get(address)
    assert response.status_code in {403, 404}
    assert office_link(response) == LINK


def forbidden(rf, user):
    request = rf.get("/")
    request.user = user
    return Page(permission_denied(request, PermissionDenied()))


def test_what_is_not_for_customers_sends_them_to_their_planner_and_office(rf):
    page = forbidden(rf, cast.angela().user)
    assert "ask your planner or your office. Call your office: Harbor Street Career Center, 217-555-0110" in page.words
    assert "administrator" not in page.words


def test_what_is_not_for_this_member_of_staff_sends_to_the_administrator(client):
    client.force_login(cast.planner())
    words = Page(client.get(reverse("reports:statewide"))).words
    assert "ask your administrator" in words
    assert "your planner" not in words


def test_who_may_not_sign_in_any_more_is_told_whom_to_call(client, settings):
    settings.DEMO_SIGN_IN = True
    angela = cast.angela().user
    write(angela, is_active=False)
    response = client.post("/accounts/login/", {"login": angela.username, "password": settings.DEMO_PASSWORD})
    assert office_link(response) == LINK


def test_who_types_a_wrong_password_learns_nothing_of_the_account(client):
    response = client.post("/accounts/login/", {"login": cast.angela().user.username, "password": "wrong"})
    assert office_link(response) is None


def test_staff_and_strangers_have_no_office_to_call(client):
    assert office_link(client.get(reverse("help"))) is None
    client.force_login(cast.planner())
    assert office_link(client.get(reverse("help"))) is None


def test_an_office_without_a_telephone_is_called_at_its_grantee(client):
    write(Office.objects.get(name="Harbor Street Career Center"), phone="")
    client.force_login(cast.angela().user)
    assert Page(client.get(reverse("my:dashboard"))).links()["217-555-0100"] == "tel:+12175550100"
