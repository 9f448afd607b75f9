"""What changed since the customer last agreed, on the paper."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from acknowledgments.agreement.in_force import agreed_before
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.models import Acknowledgment
from acknowledgments.paper import what_changed
from acknowledgments.paper.pdf import paper_pdf
from acknowledgments.paper.typesetting import typeset
from acknowledgments.paper.what_changed import changed_since
from careerplan.plans.items import BarrierItem
from customers.stored import content_of
from goals.items import ActionStepItem, CareerGoalItem
from goals.models import ActionStep
from tests import states
from tests.acknowledgments.printed import (
    HTML_TEXT,
    LONG,
    PLAN,
    PRINTED_ON,
    broken_rules,
    plan_text,
    sealed,
    text_of,
    without_spaces,
)
from tests.markup import Page
from tests.people import angela
from tests.rows import write

HEADING = "What changed since you last agreed"
GOAL, _OTHER_GOAL = PLAN.goals
OPEN_BARRIER, SECRET = PLAN.barriers
COURSE, JOB_SEARCH, BUS = PLAN.services


def changed_paper(contents, agreed=PLAN, language="en"):
    seal = sealed(contents)
    return paper_pdf(contents, language=language, printed_on=PRINTED_ON, seal=seal, agreed=agreed, typeset=typeset)


def section(pdf):
    """The words below the heading, up to the next one, without the marks of quotation."""
    words = text_of(pdf).split(HEADING)[1].split("Agreement The customer")[0]
    return words.translate(dict.fromkeys(map(ord, "“”"))).strip()


# --- in memory --------------------------------------------------------------------------------


def test_a_first_version_has_no_changes_to_show():
    assert HEADING not in plan_text("sent")


def test_where_nothing_has_changed_the_form_says_so():
    assert section(changed_paper(PLAN)) == "Nothing has changed."


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            {"goals": (replace(GOAL, statement="Pass the second exam"), _OTHER_GOAL)},
            "Changed: Goal Pass the second exam Wording: from Pass the state exam to Pass the second exam",
        ),
        ({"goals": (GOAL,)}, "Removed: Goal Work nights at a hospital"),
        (
            {"action_steps": (*PLAN.action_steps, ActionStepItem(42, 11, "Buy shoes"))},
            "Added: Action step Buy shoes",
        ),
        (
            {"career_goals": (CareerGoalItem(1, "employment", explores=True),)},
            "Changed: Employment goal of the plan Career exploration Career exploration: from no to yes"
            " Occupation: from Nursing Assistants (31-1131.00) to (empty)",
        ),
        (
            {"services": (replace(COURSE, planned_end_on="2027-07-31", weekly_hours="12.50"), JOB_SEARCH, BUS)},
            "Planned end: from June 30, 2027 to July 31, 2027 Weekly hours: from 20 to 12.5",
        ),
        (
            {"services": (COURSE, replace(JOB_SEARCH, goal_id=11), replace(BUS, dollar_value="1000.00"))},
            "Goal: from Work nights at a hospital to Pass the state exam"
            " Changed: Service Bus pass Dollar value: from $300.00 to $1,000.00",
        ),
        (
            {"barriers": (replace(OPEN_BARRIER, status="being_addressed"), SECRET)},
            "Changed: Barrier Transportation Status: from Open to Being addressed",
        ),
        ({"plan_type": "both"}, "Changed: Plan Plan type: from Individual Employment Plan (IEP) to Individual"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(parts, words):
    assert words in section(changed_paper(replace(PLAN, **parts)))


def test_the_changes_of_a_spanish_form_have_spanish_words():
    text = text_of(changed_paper(replace(PLAN, services=()), language="es"))
    assert "Quitado: Servicio Bus pass" in text


def test_notes_for_staff_stay_off_the_paper():
    noted = replace(PLAN, services=(replace(COURSE, notes="Another internal note."), JOB_SEARCH, BUS))
    assert section(changed_paper(noted)) == "Nothing has changed."


# --- confidential barriers --------------------------------------------------------------------

KEPT = "Confidential need, kept in the customer's record"
SECRETS = ("secret", "SECR")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((OPEN_BARRIER,), (OPEN_BARRIER, SECRET), [f"Added: Barrier {KEPT}"]),
        ((OPEN_BARRIER, SECRET), (OPEN_BARRIER,), [f"Removed: Barrier {KEPT}"]),
        ((SECRET,), (replace(SECRET, description="A new secret."),), [f"Changed: Barrier {KEPT}"]),
        (
            (SECRET,),
            (replace(SECRET, how_addressed="Another secret.", status="resolved"),),
            [f"Changed: Barrier {KEPT} Status: from Open to Resolved"],
        ),
        (
            (SECRET,),
            (replace(SECRET, category_code="SEC2", category="Another secret category"),),
            [f"Added: Barrier {KEPT} Removed: Barrier {KEPT}"],
        ),
        (
            (replace(SECRET, confidential=False),),
            (replace(SECRET, description="A new secret."),),
            [f"Changed: Barrier {KEPT}"],
        ),
    ],
    ids=["added", "removed", "described anew", "resolved", "another category", "confidential from now on"],
)
def test_a_confidential_barrier_changes_without_its_words(before, after, told):
    pdf = changed_paper(replace(PLAN, barriers=after), agreed=replace(PLAN, barriers=before))
    text = section(pdf)
    assert all(words in text for words in told)
    assert not any(secret.lower() in text_of(pdf).lower() for secret in SECRETS)


def test_a_service_names_no_confidential_barrier():
    """The barriers of a service are called by their categories, but for the confidential ones."""
    related = replace(PLAN, services=(COURSE, JOB_SEARCH, replace(BUS, barrier_ids=(21,))))
    text = section(changed_paper(related))
    assert f"Related barriers: from Transportation, {KEPT} to Transportation" in text
    assert "secret" not in text_of(changed_paper(related)).lower()


# --- for screen readers -----------------------------------------------------------------------

EVERYTHING = replace(
    PLAN,
    plan_type="both",
    career_goals=(),
    goals=(replace(GOAL, statement=HTML_TEXT[:144]),),
    barriers=(BarrierItem(23, "CHLD", "Child care", HTML_TEXT),),
    services=(replace(COURSE, provider=HTML_TEXT, actual_start_on="", weekly_hours=""),),
    action_steps=(),
    barriers_comment="one\n\n\ntwo",
)


@pytest.mark.parametrize(
    ("contents", "agreed", "language"),
    [
        pytest.param(EVERYTHING, PLAN, "en", id="every kind of change"),
        pytest.param(EVERYTHING, PLAN, "es", id="Spanish"),
        pytest.param(PLAN, PLAN, "en", id="no change"),
        pytest.param(LONG, PLAN, "en", id="240 changes"),
    ],
)
def test_the_form_with_its_changes_keeps_every_rule_of_pdf_ua(contents, agreed, language):
    assert broken_rules(changed_paper(contents, agreed, language)) == []


def test_what_people_wrote_is_printed_as_they_wrote_it():
    text = text_of(changed_paper(EVERYTHING))
    assert without_spaces(HTML_TEXT) in without_spaces(text.split(HEADING)[1])


def test_a_list_too_long_for_paper_is_counted(monkeypatch):
    monkeypatch.setattr(what_changed, "MAX_LINES", 100)
    assert section(changed_paper(LONG)).startswith("243 things have changed. The list is too long for this paper")
    assert "Wording:" in section(changed_paper(EVERYTHING))


def test_equal_contents_have_no_change():
    assert changed_since(EVERYTHING, EVERYTHING) == []


# --- what the customer agreed to last ---------------------------------------------------------


def acknowledged_again(goal):
    """Angela's next version with one goal more, acknowledged; its paper is made."""
    draft = states.reviewed(angela())
    states.pen(draft).goal(goal, "CAREER_PLAN")
    return states.acknowledged(states.told(states.sent(states.newest(angela()))))


def reviewed_alone(draft):
    contact = states.contact(text="We met and nothing changed.")
    review_without_customer(draft, **contact, by=draft.plan.customer.planner, at=states.now())
    return states.newest(draft.plan.customer)


def goals_of(contents):
    return [goal.statement for goal in contents.goals]


@pytest.mark.django_db
def test_a_first_version_has_nothing_agreed_before():
    assert agreed_before(states.newest(angela())) is None


@pytest.mark.django_db
def test_a_draft_is_compared_with_the_newest_acknowledged_version():
    second = acknowledged_again("Start a business")
    assert second.number == 2
    assert "Start a business" in goals_of(agreed_before(states.reviewed(angela())))
    assert "Start a business" not in goals_of(agreed_before(second))


@pytest.mark.django_db
def test_a_review_without_the_customer_is_no_agreement_of_the_customer():
    first = states.newest(angela())
    review = reviewed_alone(states.reviewed(angela()))
    assert Acknowledgment.objects.get(version=review).method == "not_required"
    third = states.reviewed(angela())
    assert third.number == 3
    assert agreed_before(third) == first.seals.valid().get().contents


@pytest.mark.django_db
def test_a_recalled_version_was_never_agreed_to():
    version = states.reviewed(angela())
    states.pen(version).goal("Start a business", "CAREER_PLAN")
    states.recalled(states.sent(version).version)
    assert "Start a business" not in goals_of(agreed_before(states.newest(angela())))


def pdf_text(content):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.django_db
def test_the_filed_forms_say_what_changed():
    acknowledged_again("Start a business")
    to_sign = states.newest(angela()).seals.valid().get().papers.get(kind="to_sign")
    assert "Added: Goal Start a business" in pdf_text(content_of(to_sign.upload))


@pytest.mark.django_db
def test_the_form_of_a_draft_says_what_changed(client):
    states.pen(states.reviewed(angela())).goal("Start a business", "CAREER_PLAN")
    client.force_login(angela().planner)
    answer = client.get(reverse("plan:paper", args=[angela().pk]))
    assert "Added: Goal Start a business" in pdf_text(answer.content)


@pytest.mark.django_db
def test_the_customer_reads_on_page_and_paper_what_changed_since_the_own_agreement(client):
    """Not since the version in force, which a review without the customer may have made."""
    draft = states.reviewed(angela())
    step = ActionStep.objects.in_plan().filter(plan=draft.plan).first()
    write(step, due_on=date(2031, 5, 6))
    reviewed_alone(draft)
    states.pen(states.reviewed(angela())).goal("Start a business", "CAREER_PLAN")
    request = states.told(states.sent(states.newest(angela())))
    client.force_login(angela().user)
    page = Page(client.get(reverse("my:acknowledge", args=[request.key])))
    paper = pdf_text(content_of(request.seal.papers.get(kind="to_sign").upload))
    for words in ("Added: Goal Start a business", "May 6, 2031"):
        assert words in page.words
        assert words in paper
