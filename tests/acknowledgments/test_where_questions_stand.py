"""What the customer asked about a version that has a newer one stands on its own page, and every link leads there."""

import pytest
from django.urls import reverse

from acknowledgments.models import ItemQuestion
from tests import states
from tests.markup import Page
from tests.people import tyrell, youth_planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def asked(client):
    """Tyrell asked, signed all the same, and his planner has begun the next draft."""
    question = states.asked_about_a_goal(tyrell())
    states.acknowledged(states.request_for(question.seal.version))
    states.reviewed(tyrell())
    client.force_login(youth_planner())
    return question


def page_of(question):
    return reverse("plan:version", args=[tyrell().pk, question.seal.version_id])


def test_an_answer_leads_to_where_its_question_stands(client, asked):
    path = reverse("plan:question-answer", args=[tyrell().pk, asked.pk])
    refused = Page(client.post(path, {"answer": ""}))
    assert refused.links()["Cancel"] == page_of(asked)
    reply = client.post(path, {"answer": "The course begins in the spring."})
    assert reply["Location"] == f"{page_of(asked)}#question-{asked.pk}"
    assert Page(client.get(page_of(asked))).has_id(f"question-{asked.pk}")


def test_the_list_of_requests_leads_there(client, asked):
    links = Page(client.get(reverse("requests:list"))).links()
    assert links["asks about 1 item: Tyrell Brooks"] == f"{page_of(asked)}#questions"
    assert Page(client.get(page_of(asked))).has_id("questions")


def test_the_page_of_the_agreement_leads_there(client, asked):
    """The message of the question leads to it, as it did before the draft was begun."""
    page = Page(client.get(reverse("plan:agreement", args=[tyrell().pk])))
    assert not page.has_id(f"question-{asked.pk}")
    assert page.links()["The customer is asking about 1 item of version 1."] == f"{page_of(asked)}#questions"


def test_while_there_is_no_newer_version_the_agreement_has_it(client):
    question = states.asked_about_a_goal(tyrell())
    states.acknowledged(states.request_for(question.seal.version))
    client.force_login(youth_planner())
    agreement = reverse("plan:agreement", args=[tyrell().pk])
    page = Page(client.get(agreement))
    assert page.has_id(f"question-{question.pk}")
    assert "of version 1." not in " ".join(page.links())
    reply = client.post(reverse("plan:question-answer", args=[tyrell().pk, question.pk]), {"answer": "In March."})
    assert reply["Location"] == f"{agreement}#question-{question.pk}"
    assert ItemQuestion.objects.get(pk=question.pk).answered_at
