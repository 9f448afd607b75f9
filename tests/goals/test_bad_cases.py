"""What hurried, clumsy and curious people send to goals, proposed steps and job fit reviews."""

from collections import Counter

import pytest
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from goals.enums import ProposalState
from goals.models import ActionStep
from goals.proposing import actions as proposing
from goals.proposing.models import StepProposal
from tests import people, states
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def propose(text="Ask about it", **more):
    customer = people.angela()
    return proposing.propose_step(states.plan_of(customer), text=text, by=customer.user, at=clock.now(), **more)


def test_lines_of_a_proposed_step_are_accepted_as_they_stand(client):
    customer = states.enrolled()
    version = states.written(customer)
    client.force_login(customer.user)
    here = reverse("my:step-propose")
    client.post(here, Page(client.get(here)).form(here) | {"text": "Ask the college.\r\nThen write down the day."})
    proposal = StepProposal.objects.waiting().get(plan=version.plan)
    client.force_login(people.planner())
    here = reverse("plan:proposal-accept", args=[customer.pk, proposal.pk])
    form = Page(client.get(here)).form(here) | {"goal": version.plan.goals.in_plan()[0].pk, "who": "customer"}
    assert client.post(here, form).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.accepted_as) == (ProposalState.ACCEPTED, "")
    assert ActionStep.objects.get(pk=proposal.step_id).text == proposal.text


def test_proposing_and_taking_back_over_and_over_comes_to_an_end():
    customer = people.angela()
    for _number in range(proposing.MOST_A_DAY):
        proposing.take_back_proposal(propose(), by=customer.user, at=clock.now())
    with pytest.raises(Refusal):
        propose()
    told = Message.objects.filter(kind=Notice.STEP_PROPOSED).values_list("recipient", flat=True)
    assert all(number <= proposing.MOST_A_DAY for number in Counter(told).values())
