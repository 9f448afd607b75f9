"""Barriers in a review: none at all, in other words, in the comments, and after "Other" (12.7.5, 12.7.8; AMB-W8)."""

import pytest
from django.urls import reverse

from careerplan.plans.barriers import note_on_plan, remove_barrier, save_barrier
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan
from tests import states
from tests.markup import Page
from tests.people import planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def by_planner():
    return {"by": planner(), "at": states.now()}


@pytest.fixture
def review():
    return states.reviewed(states.in_force().plan.customer)


def barrier_of(version, code="TRAN"):
    rows = Barrier.objects.in_plan().select_related("plan", "category")
    return rows.get(plan=version.plan, category__code=code)


def overcome(version, code="TRAN"):
    remove_barrier(
        barrier_of(version, code), removal="resolved", **states.contact(note="She has a car."), **by_planner()
    )


def add(version, code, **values):
    category = BarrierCategory.objects.get(code=code)
    return save_barrier(version.plan, None, {"category": category, **values}, **by_planner())


def comment(version, text, word=""):
    plan = EmploymentPlan.objects.get(pk=version.plan_id)
    note_on_plan(plan, {"barriers_comment": text, "comment_rewording": word}, **by_planner())


def describe(version, text, word="", code="TRAN"):
    save_barrier(version.plan, barrier_of(version, code), {"description": text, "rewording": word}, **by_planner())


def asks(version):
    return states.decided(version).needs_acknowledgment


def with_other():
    """A plan in force whose barrier is described in the comments."""
    customer = states.enrolled()
    version = states.written(customer)
    add(version, "OTHR")
    comment(version, "A court date every month")
    states.signed(version)
    return states.reviewed(customer)


# --- none --------------------------------------------------------------------------------------


@pytest.mark.policy("WIS-055", "WIS-139")
def test_the_last_barrier_that_is_overcome_asks_nobody(review):
    overcome(review)
    add(review, "NONE")
    comment(review, "She has no potential barriers any more.")
    assert set(states.rules_of(review).values()) == {"WI-IEP-NOACK-3", "WI-NO-BARRIERS", "WI-EDIT"}
    assert not asks(review)


@pytest.mark.policy("WIS-055", "WIS-170")
def test_the_last_barrier_of_a_youth_that_is_overcome_asks_nobody():
    version = states.reviewed(states.in_force("T1-YOUTH").plan.customer)
    overcome(version)
    add(version, "NONE")
    comment(version, "He has no potential barriers.")
    assert set(states.rules_of(version).values()) == {"WI-ISS-NOACK-3", "WI-NO-BARRIERS", "WI-EDIT"}


@pytest.mark.policy("WIS-125", "WIS-055")
def test_the_first_barrier_after_none_asks_for_itself(review):
    overcome(review)
    add(review, "NONE")
    comment(review, "None.")
    states.signed(review)
    version = states.reviewed(review.plan.customer)
    none = barrier_of(version, "NONE")
    remove_barrier(none, removal="other", **states.contact(note=""), **by_planner())
    add(version, "CHLD", description="No child care")
    rules = states.rules_of(version)
    assert rules["removed", none.category.name] == "WI-NO-BARRIERS"
    assert rules["added", barrier_of(version, "CHLD").category.name] == "WI-IEP-ACK-4"


@pytest.mark.policy("AMB-W8")
def test_another_need_in_the_comments_asks_though_no_barrier_is_listed(review):
    overcome(review)
    add(review, "NONE")
    comment(review, "None on the list; she needs glasses.", "another")
    assert asks(review)


# --- in other words ------------------------------------------------------------------------------


@pytest.mark.policy("AMB-W8", "WIS-125")
@pytest.mark.parametrize(("word", "needed"), [("", True), ("another", True), ("clearer", False)])
def test_a_description_asks_unless_it_is_the_same_need_in_clearer_words(review, word, needed):
    describe(review, "Her car is broken, and no bus goes there.", word)
    assert asks(review) is needed
    code = "WI-IEP-ACK-4" if needed else "WI-EDIT"
    assert list(states.rules_of(review).values()) == [code]


@pytest.mark.policy("AMB-W8", "WIS-160")
@pytest.mark.parametrize(("word", "needed"), [("", True), ("another", True), ("clearer", False)])
def test_the_same_holds_for_a_youth(word, needed):
    version = states.reviewed(states.in_force("T1-YOUTH").plan.customer)
    describe(version, "His car is broken.", word)
    assert list(states.rules_of(version).values()) == ["WI-ISS-ACK-3" if needed else "WI-EDIT"]


@pytest.mark.policy("AMB-W8")
@pytest.mark.parametrize(("word", "needed"), [("", True), ("another", True), ("clearer", False)])
def test_comments_ask_unless_they_name_no_further_need(review, word, needed):
    comment(review, "She also needs glasses.", word)
    assert asks(review) is needed


@pytest.mark.policy("AMB-W8")
@pytest.mark.parametrize("word", ["", "another", "clearer"])
def test_another_text_after_other_is_another_barrier(word):
    version = with_other()
    comment(version, "A court date every week", word)
    assert asks(version)


@pytest.mark.policy("AMB-W8")
def test_a_barrier_that_becomes_one_of_another_category_asks(review):
    row = barrier_of(review)
    save_barrier(
        review.plan, row, {"category": BarrierCategory.objects.get(code="CHLD"), "rewording": "clearer"}, **by_planner()
    )
    assert asks(review)
    assert set(states.rules_of(review).values()) == {"WI-IEP-ACK-4", "WI-IEP-ACK-5"}


@pytest.mark.policy("AMB-W8")
def test_how_a_barrier_is_addressed_and_its_status_ask_nobody(review):
    values = {"how_addressed": "A bus pass", "status": "being_addressed"}
    save_barrier(review.plan, barrier_of(review), values, **by_planner())
    assert not asks(review)


@pytest.mark.policy("AMB-W8")
def test_each_change_of_the_text_wants_a_word_of_its_own(review):
    describe(review, "Her car is broken.", "clearer")
    describe(review, "She may not drive.")
    assert asks(review)
    describe(review, "She may not drive.", "clearer")
    assert not asks(review)


@pytest.mark.policy("AMB-W8")
def test_a_word_of_an_earlier_version_says_nothing_of_the_next_change(review):
    describe(review, "Her car is broken.", "clearer")
    states.signed(review)
    version = states.reviewed(review.plan.customer)
    describe(version, "She may not drive.")
    assert asks(version)


# --- kept and shown -------------------------------------------------------------------------------


@pytest.mark.policy("AMB-W8")
def test_the_word_is_sealed_shown_and_stored_with_the_decision(client, review):
    describe(review, "Her car is broken.", "clearer")
    sealed = states.signed(review).seals.get()
    assert sealed.contents.barriers[0].rewording == "clearer"
    change = next(row for row in sealed.decision["changes"] if row["what"] == "barrier")
    assert change["asked"] == {"category_code": "TRAN", "rewording": "clearer"}
    client.force_login(planner())
    page = Page(client.get(reverse("plan:version", args=[review.plan.customer_id, review.pk])))
    assert "The planner: the same need, in clearer words." in page.words


@pytest.mark.policy("AMB-W8")
@pytest.mark.parametrize(("word", "needed"), [("", True), ("clearer", False)])
def test_the_page_asks_the_planner_what_changed(client, review, word, needed):
    client.force_login(planner())
    pk = review.plan.customer_id
    path = reverse("plan:barrier-edit", args=[pk, barrier_of(review).pk])
    page = Page(client.get(path))
    assert "The same need, in clearer words" in page.words
    filled = page.form(path) | {"description": "Her car is broken."} | ({"rewording": word} if word else {})
    assert client.post(path, filled).status_code == 302
    words = Page(client.get(reverse("plan:agreement", args=[pk]))).words
    assert ("This version needs the customer's acknowledgment." in words) is needed
    assert ("The planner: the same need, in clearer words." in words) is bool(word)


def test_a_first_draft_is_not_asked_what_changed(client):
    version = states.draft()
    client.force_login(planner())
    pk = version.plan.customer_id
    for path in (
        reverse("plan:barrier-edit", args=[pk, barrier_of(version).pk]),
        reverse("plan:barriers-comment", args=[pk]),
    ):
        assert "in clearer words" not in Page(client.get(path)).words


@pytest.mark.policy("AMB-W8")
def test_the_comments_page_keeps_the_word(client):
    version = states.reviewed(states.in_force().plan.customer)
    client.force_login(planner())
    path = reverse("plan:barriers-comment", args=[version.plan.customer_id])
    filled = Page(client.get(path)).form(path)
    said = {"barriers_comment": "She also needs glasses.", "comment_rewording": "another"}
    assert client.post(path, filled | said).status_code == 302
    plan = EmploymentPlan.objects.get(pk=version.plan_id)
    assert plan.comment_rewording == "another"
    words = Page(client.get(reverse("plan:agreement", args=[version.plan.customer_id]))).words
    assert "The planner: a new need." in words


def test_the_word_goes_back_with_a_deleted_draft(review):
    describe(review, "Her car is broken.", "another")
    comment(review, "She also needs glasses.", "another")
    states.deleted(review)
    row, plan = barrier_of(review), EmploymentPlan.objects.get(pk=review.plan_id)
    assert (row.description, row.rewording) == ("No car.", "")
    assert (plan.barriers_comment, plan.comment_rewording) == ("", "")


# --- the word about all that differs ----------------------------------------------------------------


@pytest.mark.policy("AMB-W8")
def test_another_need_stays_another_when_a_letter_is_mended(review):
    describe(review, "She may not drvie.", "another")
    describe(review, "She may not drive.", "clearer")
    assert asks(review)
    comment(review, "She also needs glases.", "another")
    comment(review, "She also needs glasses.", "clearer")
    plan = EmploymentPlan.objects.get(pk=review.plan_id)
    assert plan.comment_rewording == barrier_of(review).rewording == "another"


@pytest.mark.policy("AMB-W8")
def test_it_is_taken_back_by_a_correction_of_the_word_or_by_the_text_that_was_agreed_to(review):
    describe(review, "She may not drive.", "another")
    describe(review, "She may not drive.", "clearer")
    assert not asks(review)
    describe(review, "She has no license.", "another")
    describe(review, "No car.")
    assert (barrier_of(review).rewording, asks(review)) == ("", False)
    describe(review, "The car is broken.", "clearer")
    assert not asks(review)


@pytest.mark.policy("AMB-W8")
def test_another_need_that_was_agreed_to_may_be_said_in_clearer_words_in_the_next_review(review):
    describe(review, "She may not drive.", "another")
    comment(review, "She also needs glasses.", "another")
    states.signed(review)
    version = states.reviewed(review.plan.customer)
    describe(version, "She has no license.", "clearer")
    comment(version, "Glasses, too.", "clearer")
    assert not asks(version)


@pytest.mark.policy("AMB-W8")
def test_the_form_shows_what_was_agreed_to_and_what_was_said(client, review):
    describe(review, "She may not drive.", "another")
    client.force_login(planner())
    pk = review.plan.customer_id
    words = Page(client.get(reverse("plan:barrier-edit", args=[pk, barrier_of(review).pk]))).words
    assert "The customer agreed to: “No car.” Your answer so far: Another need: the customer is asked." in words
    words = Page(client.get(reverse("plan:barriers-comment", args=[pk]))).words
    assert "The customer has not agreed to any text here." in words
    assert "Your answer so far" not in words
    added = add(review, "CHLD", description="No child care")
    words = Page(client.get(reverse("plan:barrier-edit", args=[pk, added.pk]))).words
    assert "in clearer words" not in words


# --- no words any more ------------------------------------------------------------------------------


@pytest.mark.policy("AMB-W8", "WIS-055")
@pytest.mark.parametrize(("word", "needed"), [("", True), ("another", True), ("clearer", False)])
def test_where_no_barriers_stand_other_comments_want_a_word_too(review, word, needed):
    overcome(review)
    none = add(review, "NONE", description="Nothing stands in the way.")
    comment(review, "No barriers.")
    states.signed(review)
    version = states.reviewed(review.plan.customer)
    comment(version, "No barriers; she needs glasses.", word)
    assert asks(version) is needed
    comment(version, "No barriers.")
    describe(version, "Nothing at all stands in the way.", word, code=none.category.code)
    assert asks(version) is needed


@pytest.mark.policy("AMB-W8")
@pytest.mark.parametrize(("word", "rule"), [("", "UNSPOKEN"), ("another", "UNSPOKEN"), ("clearer", "WI-EDIT")])
def test_a_text_that_is_emptied_names_no_need_and_asks_unless_the_planner_says_that_it_is_the_same(review, word, rule):
    comment(review, "She also needs glasses.")
    states.signed(review)
    version = states.reviewed(review.plan.customer)
    comment(version, "", word)
    assert list(states.rules_of(version).values()) == [rule]
    comment(version, "She also needs glasses.")
    describe(version, "", word)
    assert list(states.rules_of(version).values()) == [rule]


@pytest.mark.policy("AMB-W8", "WIS-139")
def test_other_that_is_overcome_takes_its_text_along():
    version = with_other()
    overcome(version, "OTHR")
    comment(version, "")
    assert set(states.rules_of(version).values()) == {"WI-IEP-NOACK-3", "WI-EDIT"}
