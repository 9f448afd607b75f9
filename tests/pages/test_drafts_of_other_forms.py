"""What was typed into a form that posts elsewhere than to its page comes back on the page."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from careerplan.base import drafts
from careerplan.base.models import FormDraft
from tests import states
from tests.markup import Page
from tests.pages.test_lost_posts import HERE, hidden_in, next_of, signed_out, signs_in_anew
from tests.people import angela, planner, tyrell

pytestmark = pytest.mark.django_db

NOTE = "She starts at the clinic in May."


@pytest.fixture
def review():
    """The Agreement page of a review, with the case note typed."""
    version = states.reviewed(angela())
    client = Client(enforce_csrf_checks=True)
    client.force_login(planner())
    page = client.get(reverse("plan:agreement", args=[angela().pk]))
    send = reverse("plan:send", args=[angela().pk])
    typed = {"note": NOTE, "reason": states.ALL_THE_SAME, "version": version.pk, "way": "electronic"}
    sent = {**Page(page).form(send), **hidden_in(page), **typed}
    return client, send, sent


def note_in(answer):
    return Page(answer).root.xpath("string(//textarea[@name='note'])").strip()


def test_the_case_note_of_a_review_comes_back_after_signing_in(review):
    client, send, sent = review
    signed_out(client)
    answer = client.post(send, sent, **HERE)
    client.force_login(planner())
    assert note_in(client.get(next_of(answer))) == NOTE


def test_the_case_note_comes_back_where_the_token_ended(review):
    client, send, sent = review
    signs_in_anew(client, planner())
    answer = client.post(send, sent, **HERE)
    assert note_in(client.get(answer.url)) == NOTE
    assert not states.newest(angela()).sent_at


def test_the_page_of_the_agreement_offers_what_was_typed_until_it_is_sent(review):
    client, send, sent = review
    kept = Client()
    kept.force_login(planner())
    kept.post(f"{reverse('draft_keep')}?form={send}", {"note": NOTE})
    shown = Page(kept.get(reverse("plan:agreement", args=[angela().pk])))
    assert "You typed something here" in shown.words
    assert shown.links()["Show what I typed"] == drafts.shown_at(send)
    assert note_in(kept.get(drafts.shown_at(send))) == NOTE
    assert client.post(send, sent, **HERE).status_code == 302
    assert not FormDraft.objects.exists()


def test_what_was_typed_for_a_draft_that_is_gone_is_shown_to_copy(review):
    client, send, sent = review
    states.deleted(states.newest(angela()))
    signed_out(client)
    answer = client.post(send, sent, **HERE)
    client.force_login(planner())
    assert NOTE in client.get(next_of(answer)).content.decode()


def test_without_anything_kept_the_address_leads_to_the_page():
    client = Client()
    client.force_login(planner())
    page = reverse("plan:agreement", args=[angela().pk])
    assert client.get(reverse("plan:send", args=[angela().pk])).url == page


def test_a_customers_question_is_offered_beside_its_item():
    asked = states.request_for(states.newest(tyrell()))
    client = Client()
    client.force_login(tyrell().user)
    page = Page(client.get(asked.path))
    ask = page.root.xpath("string(//form[contains(@action, '/ask/')]/@action)")
    client.post(f"{reverse('draft_keep')}?form={ask}", {"text": "Why May?"})
    shown = Page(client.get(asked.path))
    assert shown.links()["Show what I typed"] == drafts.shown_at(ask)
    assert "Why May?" in client.get(drafts.shown_at(ask)).content.decode()


def test_what_is_discarded_leads_back_to_the_page(review):
    _client, send, _sent = review
    page = reverse("plan:agreement", args=[angela().pk])
    kept = Client()
    kept.force_login(planner())
    kept.post(f"{reverse('draft_keep')}?form={send}", {"note": NOTE})
    answer = kept.post(reverse("draft_drop"), {"form": send}, HTTP_REFERER=f"http://testserver{page}")
    assert answer.url == page
    assert not FormDraft.objects.exists()
    assert settings.SESSION_COOKIE_NAME in kept.cookies
