"""Action steps wait for the version that lists them, as services do (12.7.8; AMB-W9, AMB-W30)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.drafts import recover_draft
from careerplan.base.refusals import Refusal
from careerplan.plans.gate import TooEarly
from goals.models import ActionStep
from goals.steps import remove_step, save_step
from tests import states
from tests.markup import Page
from tests.people import planner, statewide
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = timezone.localdate()


def step_of(version, text="Hand in the health form"):
    return ActionStep.objects.select_related("plan__customer", "goal").get(plan=version.plan, text=text)


def save(step, **values):
    return save_step(step.plan, step, values, by=planner(), at=states.now())


def added_in(version, text="Visit two employers"):
    states.pen(version).step(text, version.plan.goals.in_plan()[0], in_days=3)
    return step_of(version, text)


def too_early(step, day=TODAY):
    before = everything()
    with pytest.raises(TooEarly) as refused:
        save(step, done_on=day)
    assert refused.value.field == "done_on"
    assert changed(before, everything()) == {}
    return refused.value.sentence


@pytest.fixture
def review():
    return states.reviewed(states.in_force().plan.customer)


@pytest.mark.policy("WIS-134", "WIS-166", "AMB-W30")
@pytest.mark.parametrize("programs", [("T1-ADULT",), ("T1-YOUTH",)])
def test_a_step_added_in_a_review_is_not_done_before_the_version_is_agreed_to(programs):
    version = states.reviewed(states.in_force(*programs).plan.customer)
    step = added_in(version)
    assert too_early(step).startswith("This can't be done yet: Version 2, which lists it, was opened on")
    states.sent(version, electronic=False)
    assert "is not active (awaiting acknowledgment)" in too_early(step)
    states.agreed_on_paper(states.newest(version.plan.customer))
    save(step, done_on=TODAY)
    step.refresh_from_db()
    assert (step.done_on, step.authorised_in, step.gate_exemption) == (TODAY, version, "")


@pytest.mark.policy("WIS-134")
def test_a_step_of_the_first_draft_waits_too():
    version = states.draft()
    assert "Version 1" in too_early(step_of(version))


@pytest.mark.policy("WIS-134")
def test_a_listed_step_is_done_while_a_review_is_open_but_not_before_it_was_listed(review):
    step = step_of(review)
    assert "Version 1, the first that lists this step, became active on" in too_early(step, TODAY - timedelta(days=1))
    save(step, done_on=TODAY)
    assert step_of(review).done_on == TODAY


@pytest.mark.policy("WIS-134", "AMB-W9")
def test_another_step_under_the_same_row_waits_like_one_that_was_added(review):
    step = step_of(review)
    save(step, text="Pass the drug test")
    step = step_of(review, "Pass the drug test")
    assert step.authorised_in is None
    assert "Version 2" in too_early(step)
    states.signed(review)
    save(step, done_on=TODAY)


@pytest.mark.policy("WIS-134", "AMB-W9")
def test_a_word_that_is_corrected_makes_the_step_wait_too(review):
    save(step_of(review), text="Pass the drug test", rewording="clearer")
    save(step_of(review, "Pass the drug test"), rewording="another")
    assert "Version 2" in too_early(step_of(review, "Pass the drug test"))


@pytest.mark.policy("AMB-W9")
def test_the_word_about_a_step_that_is_done_is_not_turned_round(review):
    save(step_of(review), text="Hand in the form", rewording="clearer", done_on=TODAY)
    with pytest.raises(Refusal) as refused:
        save(step_of(review, "Hand in the form"), rewording="another")
    assert refused.value.code == "step-is-done"


@pytest.mark.policy("AMB-W9")
def test_the_same_step_in_clearer_words_waits_for_nobody(review):
    save(step_of(review), text="Hand in the health form at the desk", rewording="clearer")
    step = step_of(review, "Hand in the health form at the desk")
    save(step, done_on=TODAY)
    assert list(states.rules_of(review).values()) == ["WI-EDIT"]


@pytest.mark.policy("AMB-W9", "WIS-128", "WIS-162")
@pytest.mark.parametrize(("word", "code"), [("", "WI-IEP-ACK-7"), ("another", "WI-IEP-ACK-7"), ("clearer", "WI-EDIT")])
def test_a_changed_text_asks_unless_it_is_the_same_step(review, word, code):
    save(step_of(review), text="Hand in a form", rewording=word)
    assert list(states.rules_of(review).values()) == [code]


@pytest.mark.policy("AMB-W9")
def test_a_step_under_another_goal_counts_as_added_and_waits(review):
    goal = states.pen(review).goal("Another goal", "CAREER_PLAN")
    save(step_of(review), goal=goal, rewording="clearer")
    assert "WI-IEP-ACK-7" in states.rules_of(review).values()
    assert "Version 2" in too_early(step_of(review))


@pytest.mark.policy("AMB-W9")
def test_a_step_that_is_done_does_not_become_another(review):
    save(step_of(review), done_on=TODAY)
    with pytest.raises(Refusal) as refused:
        save(step_of(review), text="Pass the drug test")
    assert refused.value.code == "step-is-done"
    save(step_of(review), text="Hand in the form", rewording="clearer")


@pytest.mark.policy("WIS-134")
@pytest.mark.parametrize("end", [states.deleted, states.not_completed])
def test_a_step_may_be_done_again_when_the_draft_that_made_another_of_it_ended(review, end):
    former = step_of(review).authorised_on
    save(step_of(review), text="Pass the drug test")
    end(review)
    step = step_of(review)
    assert step.authorised_on == former
    save(step, done_on=TODAY)


def test_it_waits_again_when_that_draft_is_recovered(review):
    save(step_of(review), text="Pass the drug test")
    states.deleted(review)
    recover_draft(states.newest(review.plan.customer), by=statewide(), at=states.now())
    assert "Version 2" in too_early(step_of(review, "Pass the drug test"))


def test_a_done_step_that_a_recovered_draft_moves_again_stays_done_as_it_was_permitted(review):
    save(step_of(review), done_on=TODAY)
    first = step_of(review).authorised_in
    goal = states.pen(review).goal("Another goal", "CAREER_PLAN")
    save(step_of(review), goal=goal)
    states.deleted(review)
    assert step_of(review).goal != goal
    recover_draft(states.newest(review.plan.customer), by=statewide(), at=states.now())
    step = step_of(review)
    assert (step.goal, step.done_on, step.authorised_in) == (goal, TODAY, first)


@pytest.mark.policy("WIS-134", "AMB-X4")
def test_a_recall_takes_the_permission_back(settings):
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    version = states.draft()
    states.sent(version, electronic=False)
    note_unable(version, reason="no_answer", **states.contact(note="No answer."), by=planner(), at=states.now())
    assert step_of(version).authorised_in == version
    states.recalled(version)
    assert step_of(version).authorised_in is None


def test_under_illinois_alone_a_step_waits_for_nobody(settings):
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    version = states.draft()
    save(step_of(version), done_on=TODAY)
    assert step_of(version).gate_exemption == "not_gated"
    save(step_of(version), done_on=None)
    assert step_of(version).gate_exemption == ""


def test_nothing_is_done_tomorrow(review):
    with pytest.raises(Refusal) as refused:
        save(step_of(review), done_on=TODAY + timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("day-to-come", "done_on")


@pytest.mark.policy("WIS-134")
def test_the_form_says_why_it_can_not_be_done_yet_and_keeps_what_was_typed(client, review):
    step = added_in(review)
    client.force_login(planner())
    path = reverse("plan:step-edit", args=[review.plan.customer_id, step.pk])
    answer = client.post(path, Page(client.get(path)).form(path) | {"done_on": TODAY.isoformat()})
    assert answer.status_code == 422
    assert "This can't be done yet: Version 2, which lists it" in Page(answer).words
    assert Page(answer).form(path)["done_on"] == TODAY.isoformat()


@pytest.mark.policy("AMB-W9")
def test_the_form_asks_what_changed_in_the_words(client, review):
    client.force_login(planner())
    path = reverse("plan:step-edit", args=[review.plan.customer_id, step_of(review).pk])
    filled = Page(client.get(path)).form(path) | {"text": "Hand in the form", "rewording": "clearer"}
    assert client.post(path, filled).status_code == 302
    words = Page(client.get(reverse("plan:agreement", args=[review.plan.customer_id]))).words
    assert "The planner: the same step, in clearer words." in words
    assert "No change needs the customer's acknowledgment." in words


def test_removing_a_step_asks_nobody(review):
    remove_step(step_of(review), reason="Not needed", by=planner(), at=states.now())
    assert list(states.rules_of(review).values()) == ["WI-IEP-NOACK-4"]


# --- as it stands now ------------------------------------------------------------------------------


@pytest.mark.policy("WIS-134", "AMB-W9")
def test_a_done_step_that_moved_and_is_undone_waits_like_one_that_was_added(review):
    save(step_of(review), done_on=TODAY)
    save(step_of(review), goal=states.pen(review).goal("Another goal", "CAREER_PLAN"))
    assert step_of(review).done_on == TODAY
    save(step_of(review), done_on=None)
    assert step_of(review).authorised_in is None
    assert "Version 2" in too_early(step_of(review))


@pytest.mark.policy("WIS-134", "AMB-W9")
@pytest.mark.parametrize("back", ["text", "goal"])
def test_a_step_that_stands_again_as_it_was_agreed_to_waits_no_longer(review, back):
    step = step_of(review)
    former, agreed = step.authorised_on, {"text": step.text, "goal": step.goal}
    changes = {"text": "Pass the drug test", "goal": states.pen(review).goal("Another goal", "CAREER_PLAN")}
    save(step, **{back: changes[back]})
    row = ActionStep.objects.get(pk=step.pk)
    assert row.authorised_in is None
    save(row, **{back: agreed[back]})
    save(step_of(review), done_on=TODAY)
    assert step_of(review).authorised_on == former


@pytest.mark.policy("WIS-134", "AMB-W9")
def test_clearer_words_of_clearer_words_are_still_the_step_of_the_first_version(review):
    first = step_of(review).authorised_in
    save(step_of(review), text="Hand in the form", rewording="clearer")
    states.signed(review)
    version = states.reviewed(review.plan.customer)
    step = step_of(version, "Hand in the form")
    save(step, text="Take the form to the desk", rewording="clearer")
    save(step_of(version, "Take the form to the desk"), text="Hand in the form")
    assert step_of(version, "Hand in the form").authorised_in == first


@pytest.mark.policy("AMB-W9")
def test_another_step_stays_another_when_a_letter_of_it_is_mended(review):
    save(step_of(review), text="Pass the drug tset", rewording="another")
    save(step_of(review, "Pass the drug tset"), text="Pass the drug test", rewording="clearer")
    assert list(states.rules_of(review).values()) == ["WI-IEP-ACK-7"]
    assert "Version 2" in too_early(step_of(review, "Pass the drug test"))
