"""What a customer asked, or said no to, is kept with the version as evidence of joint making (12.7.1)."""

from html import unescape

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse

from acknowledgments.agreement.talking import ask_about_item, disagreement
from acknowledgments.paper.joint_making import joint_making
from careerplan.plans.items import BARRIER
from careerplan.plans.models import BarrierCategory
from tests import states
from tests.markup import Page
from tests.people import tyrell, youth_planner
from tests.questions import WHY_NOT, answer, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def asked():
    """The request for Tyrell's first version."""
    return states.request_for(states.newest(tyrell()))


def signed_with_talk(asked):
    answer(ask(asked))
    ask(asked, BARRIER, text="Is this needed?", stance="objects")
    states.acknowledged(states.request_for(asked.seal.version))
    return states.newest(tyrell())


@pytest.mark.policy("WIS-003", "WIS-077", "WIS-132")
def test_question_and_answer_are_kept_with_the_version(client, asked, capsys):
    version = signed_with_talk(asked)
    client.force_login(youth_planner())
    words = Page(client.get(reverse("plan:version", args=[tyrell().pk, version.pk]))).words
    assert f"The customer asks: {WHY_NOT}" in words
    assert "Priya Raman: The course is only in the fall." in words
    call_command("explain_version", version.pk)
    told = capsys.readouterr().out
    assert WHY_NOT in told
    assert '"stance": "objects"' in told
    log = Page(client.get(reverse("plan:log", args=[tyrell().pk]))).words
    assert WHY_NOT in log


@pytest.mark.policy("WIS-003")
def test_the_evidence_on_paper_says_how_the_version_was_made_together(asked):
    version = signed_with_talk(asked)
    lines = joint_making(version)
    assert [(line["text"], line["says_no"], bool(line.get("answer"))) for line in lines] == [
        (WHY_NOT, False, True),
        ("Is this needed?", True, False),
    ]
    html = unescape(render_to_string("acknowledgments/paper/_joint_making.html", {"joint_making": lines}))
    assert WHY_NOT in html
    assert "I do not agree: <bdi>Is this needed?</bdi>" in html
    assert "The course is only in the fall." in html


def test_what_was_said_of_a_confidential_need_stays_off_the_paper():
    version = states.recalled(states.newest(tyrell()))
    hidden = BarrierCategory.objects.filter(is_confidential=True, is_active=True).first()
    states.pen(version).barrier(hidden.code, "The treatment goes on.")
    asked = states.told(states.sent(version))
    barrier = next(item for item in asked.seal.contents.of(BARRIER) if item.confidential)
    line = {"kind": BARRIER, "item_id": barrier.id, "text": "My treatment is over", "stance": "asks"}
    answer(ask_about_item(asked, **line, by=tyrell().user, at=states.now()), "Good news")
    [told] = joint_making(asked.seal.version)
    assert [word for word in ("treatment", "Good news", hidden.name) if word in str(told)] == []
    assert told["about"] == told["text"] == "Confidential need, kept in the customer's record"


def test_nothing_of_it_is_a_disagreement(asked):
    ask(asked, stance="objects")
    assert disagreement(asked.seal.version) is None
