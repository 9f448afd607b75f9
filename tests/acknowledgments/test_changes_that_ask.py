"""Changes that 12.7.8 lets wait for the customer, made in the draft of a plan in force: the other door is closed."""

import pytest
from django.urls import reverse

from acknowledgments.enums import AgreementStatus
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import save_barrier
from careerplan.plans.enums import VersionState
from careerplan.plans.models import BarrierCategory
from careerplan.plans.rows import put_back
from goals.actions import remove_goal, save_goal, set_career_goal
from goals.items import ACTION_STEP
from goals.models import GoalCategory, Occupation
from goals.steps import remove_step, save_step
from services.actions import save_service
from services.models import Service
from tests import states
from tests.goal_statuses import OFF_TRACK, going
from tests.plans_in_force import (
    CLOSED,
    OPEN,
    add_service,
    adds,
    agreement_page,
    asking,
    barrier,
    chooses_another_long_term_goal,
    completed,
    decided_by,
    drop_service,
    drops,
    drops_a_barrier,
    ended,
    goal,
    iep,
    iss,
    other_goal,
    reviewed_without_customer,
    service,
    step,
    who_and_when,
    words_a_goal_anew,
)

pytestmark = pytest.mark.django_db


def drops_completed(code):
    def change(draft):
        completed(service(draft, code))
        drop_service(draft, code, "completed")

    return change


def drops_terminated(code):
    def change(draft):
        ended(service(draft, code), "terminated")
        drop_service(draft, code)

    return change


def adds_a_barrier(draft):
    states.pen(draft).barrier("DIGI", "No computer at home.")


def adds_a_step(draft):
    states.pen(draft).step("Ask for a reference", goal(draft), in_days=5)


def moves_a_step(draft):
    save_step(draft.plan, step(draft), {"goal": other_goal(draft)}, **who_and_when(draft))


def says_a_short_term_goal_anew(draft):
    set_career_goal(draft.plan, "short_employment", words="A job at a garage", **who_and_when(draft))


def adds_an_employment_goal(draft):
    occupation = Occupation.objects.get(code="47-2111")
    set_career_goal(draft.plan, "employment", occupation=occupation, **who_and_when(draft))


def gives_a_goal_another_term(draft):
    save_goal(draft.plan, goal(draft), {"term": "long"}, **who_and_when(draft))


def gives_a_goal_another_category(draft):
    category = GoalCategory.objects.get(code="SUPPORT_SERVICES")
    save_goal(draft.plan, goal(draft), {"category": category}, **who_and_when(draft))


def adds_a_goal(draft):
    states.pen(draft).goal("Get a driver license", "SUPPORT_SERVICES")


def drops_a_goal(draft):
    remove_goal(other_goal(draft), reason="-", **who_and_when(draft))


def asks(statement, plan, change, name):
    return pytest.param(statement, plan, change, marks=pytest.mark.policy(statement), id=f"{plan.__name__}: {name}")


LISTED = [
    asks("WIS-122", iep, adds("RF-TRNG"), "a referral is added"),
    asks("WIS-123", iep, adds("BC-COUN"), "a career service is added"),
    asks("WIS-123", iep, adds("WE-INT"), "an internship, which is a career service, is added"),
    asks("WIS-124", iep, adds("TR-SKUP"), "a training is added"),
    asks("WIS-124", iep, adds("AP-PRE"), "an apprenticeship is added"),
    asks("WIS-124", iep, drops("TR-OST"), "a training is removed"),
    asks("WIS-124", iep, drops_completed("TR-OST"), "a completed training is removed"),
    asks("WIS-124", iep, drops("AP-RAP"), "an apprenticeship is removed"),
    asks("WIS-125", iep, adds_a_barrier, "a barrier is added"),
    asks("WIS-126", iep, drops_a_barrier("entered_in_error"), "a barrier entered in error is removed"),
    asks("WIS-126", iep, drops_a_barrier("other"), "a barrier is removed for another reason"),
    asks("WIS-127", iep, adds("SS-EXAM"), "a supportive service is added"),
    asks("WIS-127", iep, drops("SS-TRAN"), "a supportive service is removed"),
    asks("WIS-127", iep, drops_completed("SS-TRAN"), "a completed supportive service is removed"),
    asks("WIS-128", iep, adds_a_step, "a step is added"),
    asks("AMB-W9", iep, moves_a_step, "a step is moved to another goal"),
    asks("AMB-W3", iep, drops("SS-TRAN"), "where local policy says nothing of the removal of support"),
    asks("AMB-W4", iep, drops_a_barrier("other"), "a barrier that is not overcome is removed"),
    asks("AMB-W5", iep, drops("BC-JSST"), "a career service is removed before it is completed"),
    asks("AMB-W5", iep, drops("WE-EXP"), "work experience is removed before it is completed"),
    asks("AMB-W5", iep, drops_terminated("BC-JSST"), "a terminated career service is removed"),
    asks("AMB-W6", iep, drops("RF-SUPP"), "a referral is removed"),
    asks("WIS-158", iss, adds("YE-10"), "an element is added"),
    asks("WIS-158", iss, adds("SS-EXAM"), "support is added"),
    asks("WIS-158", iss, adds("WE-INT"), "an internship is added"),
    asks("WIS-158", iss, drops("YE-09"), "an element is removed"),
    asks("WIS-158", iss, drops_completed("YE-09"), "a completed element is removed"),
    asks("WIS-158", iss, drops("SS-TRAN"), "support is removed"),
    asks("WIS-159", iss, adds("PP-ADED"), "a partner program's service is added"),
    asks("WIS-160", iss, adds_a_barrier, "a barrier is added"),
    asks("WIS-161", iss, drops_a_barrier("entered_in_error"), "a barrier entered in error is removed"),
    asks("WIS-161", iss, drops_a_barrier("other"), "a barrier is removed for another reason"),
    asks("WIS-162", iss, adds_a_step, "a step is added"),
    asks("AMB-W9", iss, moves_a_step, "a step is moved to another goal"),
    asks("AMB-W4", iss, drops_a_barrier("other"), "a barrier that is not overcome is removed"),
    asks("WIS-163", iss, chooses_another_long_term_goal, "another long-term goal"),
    asks("WIS-163", iss, says_a_short_term_goal_anew, "another short-term goal"),
    asks("WIS-163", iss, adds_an_employment_goal, "a career goal is added"),
    asks("WIS-163", iss, words_a_goal_anew, "a goal says something else"),
    asks("WIS-163", iss, gives_a_goal_another_term, "a short-term goal becomes a long-term one"),
    asks("WIS-163", iss, gives_a_goal_another_category, "a goal gets another category"),
    asks("WIS-163", iss, adds_a_goal, "a goal is added"),
    asks("WIS-163", iss, drops_a_goal, "a goal is removed"),
    asks("AMB-W7", iss, drops("PP-SECE"), "a partner program's service is removed before it is completed"),
]


@pytest.mark.parametrize(("statement", "plan", "change"), LISTED)
def test_the_change_waits_for_the_customer(client, statement, plan, change):
    draft = states.reviewed(plan())
    change(draft)
    page = agreement_page(client, draft)
    [rule] = asking(draft)
    assert statement in rule.statements
    assert rule.citation in page.words
    assert CLOSED in page.words
    assert OPEN not in page.links()


@pytest.mark.policy("WIS-131", "WIS-148", "WIS-164", "WIS-180")
@pytest.mark.parametrize(("plan", "change"), [(iep, adds("BC-COUN")), (iss, adds("YE-10"))])
def test_such_a_change_is_in_force_once_the_customer_has_agreed(client, plan, change):
    customer = plan()
    former, draft = states.newest(customer), states.reviewed(customer)
    change(draft)
    client.force_login(customer.planner)
    entry = {"not_required": "on", "text": "No acknowledgment was needed.", **states.contact()}
    refused = client.post(reverse("plan:review-without-customer", args=[customer.pk]), entry)
    assert refused.status_code in {409, 422}
    states.sent(draft, electronic=False)
    draft.refresh_from_db()
    former.refresh_from_db()
    assert (former.state, draft.state, draft.approved_on) == (VersionState.ACTIVE, VersionState.AWAITING, None)
    states.agreed_on_paper(draft)
    draft.refresh_from_db()
    former.refresh_from_db()
    assert (former.state, draft.state) == (VersionState.SUPERSEDED, VersionState.ACTIVE)


# --- items that became others -----------------------------------------------------------------


@pytest.mark.policy("AMB-W8")
def test_a_service_becomes_another_only_by_leaving_while_the_other_comes():
    draft = states.reviewed(iep())
    another = {"service": Service.objects.get(code="BC-COUN")}
    with pytest.raises(Refusal) as refused:
        save_service(service(draft, "BC-JSST"), another, **who_and_when(draft))
    assert refused.value.code == "another-service"
    drop_service(draft, "BC-JSST", "not_wanted")
    add_service(draft, "BC-COUN")
    assert {one for rule in asking(draft) for one in rule.statements} == {"WIS-123", "AMB-W5"}


@pytest.mark.policy("WIS-125", "WIS-126", "AMB-W4")
def test_a_barrier_of_another_category_asks_as_one_that_is_removed_and_one_that_is_added():
    """It left the plan for no reason, which does not say that it was overcome."""
    draft = states.reviewed(iep())
    another = {"category": BarrierCategory.objects.get(code="DIGI")}
    save_barrier(draft.plan, barrier(draft), another, **who_and_when(draft))
    assert {one for rule in asking(draft) for one in rule.statements} == {"WIS-125", "AMB-W8", "WIS-126", "AMB-W4"}


# --- where the lists are silent ---------------------------------------------------------------


@pytest.mark.parametrize(("rule_set", "code"), [("wisconsin", "UNSPOKEN"), ("both", "IL-SILENT-1")])
@pytest.mark.parametrize(
    "change",
    [words_a_goal_anew, gives_a_goal_another_term, gives_a_goal_another_category],
    ids=lambda change: change.__name__,
)
def test_a_goal_of_an_iep_is_not_worded_anew_without_the_customer(settings, rule_set, code, change):
    settings.ACKNOWLEDGMENT_RULES = rule_set
    draft = states.reviewed(iep())
    change(draft)
    assert [rule.code for rule in asking(draft)] == [code]


# --- the rule sets ----------------------------------------------------------------------------


@pytest.mark.policy("AMB-X3")
@pytest.mark.parametrize(("rule_set", "waits"), [("wisconsin", True), ("both", True), ("illinois", False)])
def test_a_barrier_is_added_without_the_customer_where_only_illinois_rules(settings, rule_set, waits):
    settings.ACKNOWLEDGMENT_RULES = rule_set
    draft = states.reviewed(iep())
    adds_a_barrier(draft)
    assert bool(asking(draft)) is waits


@pytest.mark.policy("AMB-I7", "AMB-X3", "ILL-075")
@pytest.mark.parametrize(("rule_set", "waits"), [("wisconsin", False), ("both", True), ("illinois", True)])
@pytest.mark.parametrize("plan", [iep, iss])
def test_a_goal_off_track_asks_the_customer_where_illinois_rules(settings, plan, rule_set, waits):
    settings.ACKNOWLEDGMENT_RULES = rule_set
    draft = states.reviewed(plan())
    save_goal(draft.plan, goal(draft), OFF_TRACK, **who_and_when(draft))
    assert bool(asking(draft)) is waits


@pytest.mark.policy("AMB-I7", "ILL-075")
@pytest.mark.parametrize("rule_set", ["both", "illinois"])
@pytest.mark.parametrize("status", ["on_track", "complete"])
@pytest.mark.parametrize("plan", [iep, iss])
def test_any_other_status_of_a_goal_asks_nobody(settings, plan, rule_set, status):
    settings.ACKNOWLEDGMENT_RULES = rule_set
    draft = states.reviewed(plan())
    save_goal(draft.plan, goal(draft), going(status), **who_and_when(draft))
    assert asking(draft) == []


@pytest.mark.policy("AMB-I7", "AMB-X3", "ILL-075")
@pytest.mark.parametrize("rule_set", ["both", "illinois"])
def test_an_added_goal_asks_the_customer_where_illinois_rules(settings, rule_set):
    settings.ACKNOWLEDGMENT_RULES = rule_set
    draft = states.reviewed(iep())
    adds_a_goal(draft)
    assert ["ILL-075" in rule.statements for rule in asking(draft)] == [True]


@pytest.mark.policy("AMB-I7")
def test_a_goal_off_track_says_that_the_agreement_needs_an_update_and_the_old_one_stays(client):
    customer = iep()
    former = states.newest(customer)
    needs_update = str(AgreementStatus.NEEDS_UPDATE.label)
    assert needs_update not in agreement_page(client, former).words
    save_goal(former.plan, goal(former), OFF_TRACK, **who_and_when(former))
    draft = states.newest(customer)
    page = agreement_page(client, draft)
    assert needs_update in page.words
    assert str(AgreementStatus.PAPER_DUE.label) in page.words
    former.refresh_from_db()
    assert (former.state, draft.state) == (VersionState.ACTIVE, VersionState.DRAFT)
    states.signed(draft)
    assert needs_update not in agreement_page(client, draft).words


# --- what a change is compared with -----------------------------------------------------------


@pytest.mark.policy("WIS-128", "WIS-155")
def test_a_step_that_comes_back_after_a_review_that_dropped_it_is_an_added_one():
    """The version in force counts, not the one to which the customer agreed last."""
    draft = states.reviewed(iep())
    dropped = remove_step(step(draft), reason="Done otherwise", **who_and_when(draft))
    assert asking(draft) == []
    draft = states.reviewed(draft.plan.customer)
    put_back(ACTION_STEP, dropped, **who_and_when(draft))
    [rule] = asking(draft)
    assert "WIS-128" in rule.statements


@pytest.mark.policy("WIS-141")
def test_what_the_review_before_recorded_is_no_change_any_more():
    draft = states.reviewed(iep())
    add_service(draft, "BC-LMI1")
    reviewed_without_customer(draft)
    draft = reviewed_without_customer(states.reviewed(draft.plan.customer))
    assert [row["rule"] for row in decided_by(draft)] == ["NO-CHANGES"]
