"""People choose how they are told that something waits."""

import pytest
from django.urls import reverse

from careerplan.accounts.models import User
from tests import people as cast
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture(autouse=True)
def sends_text_messages(settings):
    settings.TEXT_MESSAGES = "files"


def choose(client, person, **chosen):
    client.force_login(person)
    return client.post(reverse("notices"), chosen)


def test_a_planner_chooses_one_email_a_day_and_is_asked_for_no_telephone(client):
    planner = cast.planner()
    client.force_login(planner)
    page = Page(client.get(reverse("notices")))
    assert page.form(reverse("notices")).keys() & {"emails", "number"} == {"emails"}
    assert choose(client, planner, emails="daily").status_code == 302
    assert User.objects.get(pk=planner.pk).emails_daily
    assert User.history.filter(id=planner.pk).latest("history_id").history_user == planner
    choose(client, planner, emails="at-once")
    assert not User.objects.get(pk=planner.pk).emails_daily


def test_a_customer_agrees_to_text_messages_and_stops_them(client):
    angela = cast.angela().user
    assert choose(client, angela, emails="at-once", by_text="on", number="(217) 555-0123").status_code == 302
    kept = User.objects.get(pk=angela.pk)
    assert (kept.text_messages_to, kept.text_messages_agreed_at is not None) == ("+12175550123", True)
    choose(client, angela, emails="at-once", number="(217) 555-0123")
    kept = User.objects.get(pk=angela.pk)
    assert (kept.text_messages_to, kept.text_messages_agreed_at) == ("", None)


@pytest.mark.parametrize(("number", "said"), [("", "Enter the number"), ("555", "with its area code")])
def test_a_number_that_takes_none_is_said_beside_the_field(client, number, said):
    answer = choose(client, cast.angela().user, emails="at-once", by_text="on", number=number)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors["number"][0]


def test_where_no_text_messages_are_sent_nobody_is_asked(client, settings):
    settings.TEXT_MESSAGES = "none"
    client.force_login(cast.angela().user)
    assert "by_text" not in Page(client.get(reverse("notices"))).form(reverse("notices"))


def test_every_page_leads_there(client):
    client.force_login(cast.angela().user)
    assert f'href="{reverse("notices")}"' in client.get(reverse("my:dashboard")).content.decode()
