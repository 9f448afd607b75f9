"""The same check at every version: a review of which something is missing passes neither door (12.7.8)."""

import pytest
from django.utils import timezone

from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.sending import Incomplete
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.rules.completeness import missing_from
from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import note_on_plan
from careerplan.plans.enums import VersionState
from goals.models import ActionStep
from goals.steps import remove_step
from services.actions import save_service
from tests import states
from tests.acknowledgments.drafts_checked import agreement
from tests.markup import Page
from tests.people import lucia, north_planner, planner, tyrell
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def in_review(*programs):
    """A review of a plan in force of which something is missing: its only action step was removed."""
    version = states.draft(*programs)
    pen = states.pen(version)
    if "T1-YOUTH" in programs:
        for role in ("short_employment", "short_education"):
            pen.career_goal(role, words="A first step")
        pen.career_goal("long_term", "29-1171")
    for row in version.plan.services.select_related("plan"):
        enrolled = row.plan.customer.enrollments.get(program__code=programs[0])
        save_service(row, {"program": enrolled.program}, by=planner(), at=states.now())
    customer = states.signed(version).plan.customer
    review = states.reviewed(customer)
    step = ActionStep.objects.in_plan().select_related("plan").get(plan=review.plan)
    remove_step(step, reason="Done otherwise", by=planner(), at=states.now())
    return review


REVIEWS = pytest.mark.parametrize(
    "programs",
    [
        pytest.param(["T1-ADULT"], marks=pytest.mark.policy("WIS-133"), id="IEP"),
        pytest.param(["T1-ADULT", "T1-YOUTH"], marks=pytest.mark.policy("WIS-194", "WIS-165"), id="shared plan"),
    ],
)


def refused_as_incomplete(act):
    before = everything()
    with pytest.raises(Incomplete) as refused:
        act()
    assert [entry.code for entry in refused.value.missing] == ["ACTION-STEP"]
    assert changed(before, everything()) == {}


@REVIEWS
@pytest.mark.parametrize("electronic", [True, False], ids=["electronic", "paper"])
def test_a_review_of_which_something_is_missing_is_not_sent(programs, electronic):
    review = in_review(*programs)
    refused_as_incomplete(lambda: states.sent(review, electronic=electronic))


@REVIEWS
@pytest.mark.policy("WIS-090")
def test_a_review_of_which_something_is_missing_does_not_become_active_without_the_customer(programs):
    review = in_review(*programs)
    entry = {"text": "Reviewed by phone.", **states.contact()}
    refused_as_incomplete(lambda: review_without_customer(review, **entry, by=planner(), at=states.now()))


@pytest.mark.policy("WIS-165")
def test_the_review_of_an_iss_is_checked_like_its_first_version():
    states.agreed_on_paper(states.newest(tyrell()))
    review = states.reviewed(tyrell())
    for step in ActionStep.objects.in_plan().filter(plan=review.plan).select_related("plan"):
        remove_step(step, reason="Done otherwise", by=review.plan.customer.planner, at=states.now())
    entry = {"text": "Reviewed by phone.", **states.contact()}
    by = review.plan.customer.planner
    refused_as_incomplete(lambda: states.sent(review))
    refused_as_incomplete(lambda: review_without_customer(review, **entry, by=by, at=states.now()))


@pytest.fixture
def browser(client):
    client.force_login(planner())
    return client


@REVIEWS
def test_the_page_closes_both_doors_of_such_a_review(browser, programs):
    review = in_review(*programs)
    words = Page(browser.get(agreement(review))).words
    assert "1 thing is missing before the plan can be sent" in words
    assert words.count("First add what is missing.") == 2


@REVIEWS
def test_once_it_is_mended_the_review_becomes_active(programs):
    review = in_review(*programs)
    states.pen(review).step("Visit two employers", review.plan.goals.get(), in_days=5)
    assert states.signed(review).state == VersionState.ACTIVE


@pytest.mark.policy("WIS-090")
def test_only_what_was_complete_when_it_was_sealed_becomes_active():
    version = states.newest(lucia())
    paper = {"method": "paper", "agreed_on": timezone.localdate(), "name": str(lucia())}
    with pytest.raises(Refusal):
        record_agreement(version, **paper, by=north_planner(), at=states.now())
    assert not Acknowledgment.objects.filter(version=version).exists()
    assert states.signed(version).state == VersionState.ACTIVE
    sealed = Seal.objects.valid().get(version=version).contents
    assert missing_from(sealed) == []


@pytest.mark.policy("WIS-090")
def test_what_the_customer_has_to_agree_to_does_not_change_on_the_way():
    version = states.newest(lucia())
    states.sent(version)
    with pytest.raises(Refusal) as refused:
        note_on_plan(version.plan, {"no_supportive_services": False}, by=north_planner(), at=states.now())
    assert refused.value.code == "awaiting"
