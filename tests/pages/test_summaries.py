"""The Assessment Summary and the tab of saved ones (ILL-052, ILL-054); what was typed for an hour comes back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from careerplan.base.models import FormDraft
from careerplan.pages.summaries import SUMMARIES
from customers.actions import write_summary
from customers.models import AssessmentSummary
from tests import states
from tests.markup import Page, words_of
from tests.pages.test_lost_posts import HERE, hidden_in, next_of, signed_out, signs_in_anew
from tests.people import david, planner, statewide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

# As much as an hour gives.
LONG = "She reads well and works steadily.\n" * 100
NO_SUMMARY = "The plan has goals, but no summary yet."


@pytest.fixture
def customer():
    return states.started(states.enrolled()).plan.customer


@pytest.fixture
def client():
    client = Client(enforce_csrf_checks=True)
    client.force_login(planner())
    return client


def address(customer, name="plan:assessment"):
    return reverse(name, args=[customer.pk])


def wrote(customer, number, by=None):
    at = states.now() - timedelta(hours=number)
    return write_summary(customer, text=f"Summary {number}.", by=by or planner(), at=at)


def cards(page):
    return [words_of(card) for card in page.root.xpath("//article")]


def typed_in(answer):
    return Page(answer).root.xpath("string(//textarea[@name='text'])").strip()


# --- the tab -------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-052")
def test_the_tab_has_every_summary_newest_first_with_who_and_when(client, customer):
    wrote(customer, 2)
    wrote(customer, 1, by=statewide())
    tab = Page(client.get(address(customer))).links()["Assessment Summary"]
    page = Page(client.get(tab))
    who = [card.split(" · ")[1] for card in cards(page)]
    assert who == [f"{statewide()}Summary 1.", f"{planner()}Summary 2."]
    assert page.root.xpath("//nav[@aria-label='Review Assessment']//a[@aria-current]/@href") == [tab]


def test_the_page_of_the_assessments_shows_the_newest_alone(client, customer):
    wrote(customer, 2)
    wrote(customer, 1)
    [card] = cards(Page(client.get(address(customer))))
    assert card.endswith("Summary 1.")


def test_many_summaries_come_page_by_page(client, customer):
    for number in range(SUMMARIES + 2):
        wrote(customer, number)
    first = Page(client.get(address(customer, "plan:summaries")))
    assert len(cards(first)) == SUMMARIES
    second = Page(client.get(first.links()["Next"]))
    assert [card.rpartition("Summary ")[2] for card in cards(second)] == [f"{SUMMARIES}.", f"{SUMMARIES + 1}."]


def test_without_a_summary_the_tab_leads_to_where_one_is_written(client, customer):
    page = Page(client.get(address(customer, "plan:summaries")))
    assert page.links()["Write a summary"] == f"{address(customer)}#summary"


def test_a_summary_of_another_customer_is_not_shown(client, customer):
    wrote(david(), 1)
    assert cards(Page(client.get(address(customer, "plan:summaries")))) == []


@pytest.mark.policy("ILL-054")
def test_goals_without_a_summary_are_warned_of(client, customer):
    assert NO_SUMMARY not in Page(client.get(address(customer))).words
    states.pen(states.newest(customer)).goal("Pass the nursing assistant course", "EDUCATION_TRAINING")
    assert NO_SUMMARY in Page(client.get(address(customer))).words
    wrote(customer, 1)
    assert NO_SUMMARY not in Page(client.get(address(customer))).words


# --- what was typed comes back -------------------------------------------------------------------


def form_of(client, customer):
    page = client.get(address(customer))
    return {**Page(page).form(address(customer)), **hidden_in(page), "text": LONG}


def test_a_summary_comes_back_after_the_session_ended(client, customer):
    sent = form_of(client, customer)
    signed_out(client)
    answer = client.post(address(customer), sent, **HERE)
    assert not AssessmentSummary.objects.filter(customer=customer).exists()
    client.force_login(planner())
    assert typed_in(client.get(next_of(answer))) == LONG.strip()


def test_a_summary_comes_back_where_the_token_had_ended(client, customer):
    sent = form_of(client, customer)
    signs_in_anew(client, planner())
    answer = client.post(address(customer), sent, **HERE)
    assert typed_in(client.get(answer.url)) == LONG.strip()


def test_a_summary_that_was_kept_while_typing_is_offered_until_it_is_saved(customer):
    kept = Client()
    kept.force_login(planner())
    kept.post(f"{reverse('draft_keep')}?form={address(customer)}", {"text": LONG})
    page = Page(kept.get(address(customer)))
    assert "You typed something here" in page.words
    assert typed_in(kept.get(page.links()["Show what I typed"])) == LONG.strip()
    assert kept.post(address(customer), {"text": LONG}).status_code == 302
    assert not FormDraft.objects.exists()


def test_another_persons_draft_is_nobody_elses(customer):
    kept = Client()
    kept.force_login(statewide())
    kept.post(f"{reverse('draft_keep')}?form={address(customer)}", {"text": LONG})
    assert FormDraft.objects.exists()
    kept.force_login(planner())
    assert "You typed something here" not in Page(kept.get(address(customer))).words
