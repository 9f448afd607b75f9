"""The gate: a plan that leaves career exploration is sent once its job fit review is done, here or outside."""

import json

import pytest
from django.urls import reverse

from acknowledgments.agreement.readiness import Readiness
from acknowledgments.agreement.sending import Incomplete
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.items import About, JobFitItem, PlanContents
from acknowledgments.contents.sealed_text import canonical_json, read_contents
from acknowledgments.rules.completeness import missing_from
from customers.models import Enrollment
from goals.actions import set_career_goal
from goals.fit.rules import EVERY_IEP, OFF, RECOMMENDED, REQUIRED, REQUIRED_OUTSIDE
from tests import states
from tests.fit import BARBERS, CNA, begun, done, exploring, left_exploration, occupation, onet_imported, say_all
from tests.lacking import codes_lacking
from tests.markup import Page
from tests.people import planner

pytestmark = pytest.mark.django_db
GATE = {"JOB-FIT", "JOB-FIT-OUTSIDE"}


def fit_of(version):
    return contents_of(version.plan, version).about.job_fit


def missing(version):
    return GATE.intersection(codes_lacking(version))


@pytest.mark.policy("WIS-041", "WIS-046", "AMB-W1")
def test_who_leaves_career_exploration_is_sent_a_plan_once_the_review_is_done():
    draft = left_exploration()
    assert fit_of(draft).need == REQUIRED
    with pytest.raises(Incomplete) as refused:
        states.sent(draft)
    assert {row.code for row in refused.value.missing} == {"JOB-FIT"}
    review = begun(draft)
    assert missing(draft) == {"JOB-FIT"}  # begun is not done
    say_all(review)
    seal = states.sent(draft)
    assert seal.contents.about.job_fit.need == REQUIRED
    assert states.acknowledged(states.told(seal)).state == "active"


@pytest.mark.policy("WIS-047")
def test_where_there_is_no_review_of_the_occupation_one_from_outside_is_required():
    draft = left_exploration(BARBERS)
    assert fit_of(draft).need == REQUIRED_OUTSIDE
    assert missing(draft) == {"JOB-FIT-OUTSIDE"}
    task = next(row for row in readiness(draft).rows if row.task.code == "JOB-FIT-OUTSIDE")
    assert task.path == reverse("plan:job-fit-outside", args=[draft.plan.customer_id])


def readiness(version):
    return Readiness(contents_of(version.plan, version), version.plan.customer_id)


def test_the_list_of_tasks_leads_to_the_page_where_the_review_is_done():
    draft = left_exploration()
    task = next(row for row in readiness(draft).rows if row.task.code == "JOB-FIT")
    assert (task.state, task.path) == ("to-do", reverse("plan:job-fit", args=[draft.plan.customer_id]))
    done(draft)
    assert next(row.state for row in readiness(draft).rows if row.task.code == "JOB-FIT") == "done"


@pytest.mark.policy("AMB-W1")
def test_while_exploring_a_candidate_is_reviewed_and_without_one_nothing_is_asked():
    version = exploring()
    draft = states.reviewed(version.plan.customer)
    assert fit_of(draft) is None
    by = version.plan.customer.planner
    set_career_goal(draft.plan, "long_term", occupation=occupation(), by=by, at=states.now())
    assert missing(draft) == {"JOB-FIT"}
    done(draft)
    assert not missing(draft)


@pytest.mark.policy("WIS-042")
def test_of_others_the_review_is_recommended_with_a_hint_that_stops_nothing(client):
    version = states.draft()
    assert fit_of(version).need == RECOMMENDED
    assert not missing(version)
    client.force_login(planner())
    for name in ("plan:goals", "plan:agreement"):
        page = Page(client.get(reverse(name, args=[version.plan.customer_id])))
        assert "Recommended. The plan can be sent without it" in page.words
        assert reverse("plan:job-fit", args=[version.plan.customer_id]) in page.links().values()
    assert states.sent(version).contents.about.job_fit.need == RECOMMENDED


@pytest.mark.policy("WIS-042", "WIS-052")
def test_nothing_is_recommended_of_an_occupation_without_a_review(client):
    version = states.draft()
    by = version.plan.customer.planner
    set_career_goal(version.plan, "employment", occupation=occupation(BARBERS), by=by, at=states.now())
    assert fit_of(version).need == ""
    client.force_login(planner())
    words = Page(client.get(reverse("plan:agreement", args=[version.plan.customer_id]))).words
    assert "Recommended. The plan" not in words


@pytest.mark.policy("WIS-043")
def test_an_iss_never_waits_for_a_review(settings):
    settings.JOB_FIT_SCOPE = EVERY_IEP
    version = states.written_iss(states.enrolled("T1-YOUTH"))
    by = version.plan.customer.planner
    set_career_goal(version.plan, "employment", occupation=occupation(), by=by, at=states.now())
    assert fit_of(version).need == ""
    assert not missing(version)
    assert begun(version)  # it is offered all the same
    states.sent(version)


@pytest.mark.policy("AMB-W1")
@pytest.mark.parametrize(
    ("scope", "of_all", "of_who_leaves"), [(EVERY_IEP, REQUIRED, REQUIRED), (OFF, RECOMMENDED, RECOMMENDED)]
)
def test_local_policy_says_of_whom_it_is_required(settings, scope, of_all, of_who_leaves):
    settings.JOB_FIT_SCOPE = scope
    assert fit_of(states.draft()).need == of_all
    assert fit_of(left_exploration()).need == of_who_leaves


def test_a_version_that_followed_exploration_is_followed_by_reviews_that_wait_for_nothing():
    draft = left_exploration()
    done(draft)
    customer = states.signed(draft).plan.customer
    assert fit_of(states.reviewed(customer)).need == RECOMMENDED


def test_what_somebody_types_is_no_exploration():
    version = states.draft()
    write = states.pen(version)
    write.goal('He typed "explores":true', "CAREER_PLAN")
    customer = states.signed(version).plan.customer
    assert fit_of(states.reviewed(customer)).need == RECOMMENDED


def test_a_review_of_another_occupation_or_of_the_plan_before_is_none_of_this_one():
    draft = left_exploration()
    done(draft)
    by = draft.plan.customer.planner
    set_career_goal(draft.plan, "employment", occupation=occupation("53-3032"), by=by, at=states.now())
    assert missing(draft) == {"JOB-FIT"}
    set_career_goal(draft.plan, "employment", occupation=occupation(CNA), by=by, at=states.now())
    assert not missing(draft)  # it is the one that was reviewed


def test_a_shared_plan_of_both_kinds_asks_as_an_iep():
    draft = left_exploration()
    customer = draft.plan.customer
    assert Enrollment.objects.filter(customer=customer).count() == 1
    assert contents_of(draft.plan, draft).plan_type == "IEP"
    both = PlanContents("both", about=About(job_fit=JobFitItem(need=REQUIRED)))
    assert {row.code for row in missing_from(both)} & GATE == {"JOB-FIT"}


def test_what_is_sealed_says_what_was_done_and_reads_back(tmp_path):
    onet_imported(tmp_path)
    draft = left_exploration()
    done(draft, 5)
    contents = states.sent(draft).contents
    fit = contents.about.job_fit
    assert (fit.occupation_code, fit.asked_of, fit.fits, fit.learns) == (CNA, 7, 7, 0)
    assert fit.done_on == states.today().isoformat()
    assert read_contents(canonical_json(contents)) == contents


def test_what_was_sealed_before_says_nothing_of_it():
    older = json.loads(canonical_json(PlanContents("IEP")))
    del older["about"]["job_fit"]
    assert read_contents(json.dumps(older)).about.job_fit is None
