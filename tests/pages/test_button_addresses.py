"""Addresses that only buttons lead to: opened as a page, and under the language button."""

import pytest
from django.urls import reverse

from goals.models import ActionStep
from tests.markup import Page
from tests.people import lucia

pytestmark = pytest.mark.django_db

DASHBOARD = "http://testserver/my/"


@pytest.fixture
def step_done(client):
    """The address of the customer's button on a step that waits for the agreement: it is refused."""
    client.force_login(lucia().user)
    step = ActionStep.objects.filter(plan__customer=lucia())[0]
    return reverse("my:step-done", args=[step.pk])


def language_button(response):
    return Page(response).form(reverse("set_language"))


def test_the_language_button_of_a_refused_post_leads_to_the_page_before(client, step_done):
    refused = client.post(step_done, headers={"referer": DASHBOARD})
    assert refused.status_code == 409
    form = language_button(refused)
    assert form["next"] == "/my/"
    shown = client.post(reverse("set_language"), form | {"language": "en"}, follow=True)
    assert shown.status_code == 200
    assert shown.redirect_chain == [("/my/", 302)]


def test_where_the_browser_does_not_say_it_leads_to_the_first_page(client, step_done):
    assert language_button(client.post(step_done))["next"] == "/"


def test_the_language_button_of_a_page_leads_to_that_very_page(client):
    client.force_login(lucia().planner)
    assert language_button(client.get("/customers/?q=a"))["next"] == "/customers/?q=a"


def test_such_an_address_is_told_in_words_when_it_is_opened(client, step_done):
    opened = client.get(step_done, headers={"referer": DASHBOARD})
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    page = Page(opened)
    assert page.root.get("lang") == "es"
    assert page.links()["Volver"] == "/my/"


@pytest.mark.parametrize("language", ["ñ日", "xx", "es\r\nx", ""])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_language_that_the_product_does_not_know_changes_nothing(client, language, signed_in):
    if signed_in:
        client.force_login(lucia().user)
    answer = client.post(reverse("set_language"), {"language": language, "next": "/"})
    assert answer.status_code == 302
    assert all(cookie.value in {"", "es"} for name, cookie in answer.cookies.items() if "language" in name)
    assert lucia().user.language == "es"
