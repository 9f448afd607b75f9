"""Requests among staff: asked with a reason, answered by whom it concerns, done in the name of the asker (12.7.9)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.approvals import requests as approvals
from acknowledgments.enums import RequestKind, RequestState
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.models import Message
from customers.models import Program
from goals.models import CareerGoal
from services.models import PlannedService
from tests import states
from tests.acknowledgments.staff_request_pages import ELECTRICIAN, draft, newest_request, posted, row_of, told, written
from tests.markup import Page
from tests.naming import offered_as, shown
from tests.people import administrator, angela, north_planner, person, planner, statewide, youth_planner
from tests.rows import everything
from tests.shared_plans import (
    ADULT,
    WORKER,
    approved,
    asked,
    closing,
    co_enrolled,
    enroll,
    priyas,
    program,
    question,
    service,
    shared_angela,
)

pytestmark = pytest.mark.django_db


# --- from the page over the question to the deed: what is posted where, and what is then done ------------------


def start_page():
    customer = co_enrolled()

    def done():
        plan = states.plan_of(customer)
        return plan.started_by, plan.versions.get().created_by, plan.plan_type

    return reverse("plan:start", args=[customer.pk]), {}, done, (planner(), planner(), "IEP")


def close_page():
    shared_angela()

    def done():
        plan = states.plan_of(angela())
        return plan.state, plan.outcome, plan.outcome_reason, plan.closed_by

    posted = {"outcome": "not_completed", "reason": "other", "understood": "on"}
    return reverse("plan:close", args=[angela().pk]), posted, done, ("closed", "not_completed", "other", planner())


def remove_page():
    draft()
    planned = priyas("BC-JSST")

    def done():
        planned.refresh_from_db()
        return planned.removal, planned.removed_reason, planned.removed_by

    path = reverse("plan:service-remove", args=[angela().pk, planned.pk])
    posted = {"removal": "other", "note": "She found one & more."}
    return path, posted, done, ("other", "Other reason. She found one & more.", planner())


def funding_page():
    shared_angela()
    planned = service("TR-OST")

    def done():
        rows = PlannedService.objects.filter(continues=planned).values_list("program__code", "contract", "status")
        return list(rows)

    posted = {"program": program(WORKER).pk, "contract": "C-9", "changes_on": timezone.localdate().isoformat()}
    path = reverse("plan:service-funding", args=[angela().pk, planned.pk])
    return path, posted, done, [(WORKER, "C-9", "started")]


def goal_page():
    draft()
    path = reverse("plan:career-goal", args=[angela().pk, "long_term"])
    return path, {"occupation": ELECTRICIAN}, lambda: occupation_of("long_term"), ELECTRICIAN


def goal_removal_page():
    draft()
    path = reverse("plan:career-goal-remove", args=[angela().pk, "long_term"])
    return path, {}, lambda: occupation_of("long_term"), None


def occupation_of(role):
    rows = CareerGoal.objects.in_plan().filter(plan__customer=angela(), role=role, plan__state="open")
    return rows.values_list("occupation__code", flat=True).first()


def employment_goal_page():
    shared_angela()
    former = states.plan_of(angela())

    def done():
        latter = states.plan_of(angela())
        goals = latter.goals.in_plan().count()
        barriers = latter.barriers.in_plan().count()
        return latter.follows == former, latter.started_by, occupation_of("employment"), goals, barriers

    path = f"{reverse('plan:goal-change', args=[angela().pk])}?occupation={ELECTRICIAN}"
    return path, {"barriers": "on", "understood": "on"}, done, (True, planner(), ELECTRICIAN, 0, 2)


FROM_THE_PAGE = [
    pytest.param(start_page, marks=pytest.mark.policy("WIS-191")),
    pytest.param(close_page, marks=pytest.mark.policy("WIS-190")),
    pytest.param(remove_page, marks=pytest.mark.policy("WIS-188")),
    pytest.param(funding_page, marks=pytest.mark.policy("WIS-189")),
    pytest.param(goal_page, marks=pytest.mark.policy("WIS-186")),
    pytest.param(goal_removal_page, marks=pytest.mark.policy("WIS-186")),
    pytest.param(employment_goal_page, marks=pytest.mark.policy("WIS-186", "WIS-190", "WIS-191")),
]


@pytest.mark.parametrize("prepare", FROM_THE_PAGE)
def test_the_page_leads_to_the_question_and_the_approval_to_the_deed(client, prepare):
    path, data, done, expected = prepare()
    client.force_login(planner())
    before = everything()
    answer = client.post(path, data)
    assert answer.status_code == 302
    assert "/plan/ask/" in answer.url
    page = Page(client.get(answer.url))
    assert page.facts()["Who has to approve"] == f"Priya Raman ({shown(Program.objects.get(code='T1-DW'))})"
    assert written(before) == {}
    client.post(answer.url, {"reason": "We agreed on it by phone."})
    request = newest_request()
    assert (request.state, request.asked_by, request.reason) == ("waiting", planner(), "We agreed on it by phone.")
    assert done_or_none(done) != expected
    posted(client, request)
    assert done() == expected
    assert newest_request().state == RequestState.APPROVED


def done_or_none(done):
    """None where there is no plan yet."""
    try:
        return done()
    except AssertionError:
        return None


@pytest.mark.policy("WIS-189")
def test_a_service_comes_to_the_other_program_with_its_planners_approval(client):
    shared_angela()
    planned = service("BC-JSST")
    client.force_login(planner())
    path = reverse("plan:service-edit", args=[angela().pk, planned.pk])
    form = Page(client.get(path)).form(path)
    before = everything()
    answer = client.post(path, form | {"program": program(WORKER).pk, "notes": "Bring a pen."})
    assert answer.status_code == 422
    page = Page(answer)
    asked = f"Priya Raman, {offered_as(program(WORKER))}"
    assert f"This plan is shared. Ask for the approval of {asked} first" in page.words
    assert written(before) == {}
    assert page.form(path)["notes"] == "Bring a pen."
    client.post(page.links()["Ask for approval"], {"reason": "Her program pays."})
    posted(client, newest_request())
    assert service("BC-JSST").program.code == WORKER


@pytest.mark.policy("WIS-188")
def test_a_service_that_leaves_the_other_program_asks_its_planner(client):
    shared_angela()
    planned = priyas("BC-JSST")
    client.force_login(planner())
    path = reverse("plan:service-edit", args=[angela().pk, planned.pk])
    page = Page(client.post(path, Page(client.get(path)).form(path) | {"program": ""}))
    client.post(page.links()["Ask for approval"], {"reason": "Nobody pays."})
    posted(client, newest_request())
    assert service("BC-JSST").program is None


# --- answering --------------------------------------------------------------------------------


@pytest.mark.policy("WIS-188", "WIS-190")
@pytest.mark.parametrize(("note", "status"), [("", 422), (" ", 422), ("She needs it.", 302)])
def test_a_refusal_says_why_and_leaves_the_plan_as_it_is(client, note, status):
    request = asked(closing(shared_angela(), planner()), planner())
    answer = posted(client, request, approves="no", note=note)
    assert answer.status_code == status
    request.refresh_from_db()
    assert request.state == ("refused" if status == 302 else "waiting")
    assert states.plan_of(angela()).is_open
    if status == 422:
        assert answer.context["form"].errors["note"] == ["Say why you refuse."]
    else:
        assert told(planner(), "staff-request-answered", request).body.endswith("She needs it.")


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize(
    ("by", "status"),
    [
        (planner, 422),
        (lambda: person("train10"), 422),
        (administrator, 403),
        (north_planner, 404),
        (lambda: angela().user, 404),
    ],
)
def test_nobody_but_who_was_asked_can_answer(client, by, status):
    request = asked(closing(shared_angela(), planner()), planner())
    before = everything()
    answer = posted(client, request, by=by())
    assert answer.status_code == status
    if status == 422:
        assert "Someone else was asked to approve this." in Page(answer).words
    with pytest.raises(NotAllowed):
        approved(request, by())
    assert written(before) == {}


@pytest.mark.policy("WIS-186")
def test_statewide_staff_may_answer_in_the_place_of_who_was_asked(client):
    request = asked(closing(shared_angela(), planner()), planner())
    client.force_login(statewide())
    page = Page(client.get(reverse("requests:request", args=[request.pk])))
    assert "As statewide staff, you can answer in their place." in page.words
    assert posted(client, request, by=statewide()).status_code == 302
    request.refresh_from_db()
    assert request.state == RequestState.APPROVED
    assert request.answers.get().answered_by == statewide()
    assert not states.plan_of(angela()).is_open


@pytest.mark.policy("WIS-186")
def test_who_is_asked_answers_also_for_a_customer_of_another_office(client):
    customer = states.enrolled(ADULT)
    enroll(customer, WORKER, north_planner())
    request = asked(question(customer, RequestKind.START_PLAN, planner()), planner())
    client.force_login(north_planner())
    links = Page(client.get(reverse("requests:list"))).links()
    assert Page(client.get(links[str(request)])).has_id("answer-title")
    posted(client, request, by=north_planner())
    assert states.plan_of(customer).started_by == planner()


@pytest.mark.policy("WIS-186")
def test_everybody_asked_has_to_approve(client):
    customer = shared_angela()
    enroll(customer, "JTED", person("train10"))
    request = asked(closing(customer, planner()), planner())
    posted(client, request)
    request.refresh_from_db()
    assert (request.state, states.plan_of(customer).state) == ("waiting", "open")
    assert row_of(client, planner, "What you asked for")["Who has to approve"] == (
        "Priya Raman (approved), Training Account"
    )
    answered = Message.objects.filter(kind="staff-request-answered")
    assert not answered.filter(path=reverse("requests:request", args=[request.pk])).exists()
    assert not StaffAnswer.objects.waiting_for(youth_planner()).exists()
    posted(client, request, by=person("train10"))
    assert states.plan_of(customer).state == "closed"


@pytest.mark.policy("WIS-186")
def test_one_refusal_is_enough(client):
    customer = shared_angela()
    enroll(customer, "JTED", person("train10"))
    request = asked(closing(customer, planner()), planner())
    posted(client, request, approves="no", note="Not yet.")
    request.refresh_from_db()
    assert request.state == RequestState.REFUSED
    with pytest.raises(Refusal) as refused:
        approved(request, person("train10"))
    assert refused.value.code == "request-ended"


def test_who_answered_for_two_programs_is_asked_once():
    customer = shared_angela()
    enroll(customer, "JTED", youth_planner())
    request = asked(closing(customer, planner()), planner())
    assert [answer.approver for answer in request.answers.all()] == [youth_planner()]


@pytest.mark.parametrize("end", ["approved", "refused", "withdrawn"])
def test_what_has_ended_is_answered_no_more(client, end):
    request = asked(closing(shared_angela(), planner()), planner())
    if end == "withdrawn":
        approvals.withdraw(request, by=planner(), at=states.now())
    else:
        posted(client, request, approves="yes" if end == "approved" else "no", note="So be it.")
    before = everything()
    answer = posted(client, request)
    assert answer.status_code == 422
    assert f"This request was already {end}." in Page(answer).words
    assert written(before) == {}


# --- asking twice, and taking back ------------------------------------------------------------


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize("by", [planner, lambda: person("train10")])
def test_the_same_is_asked_for_once(client, by):
    request = asked(closing(shared_angela(), planner()), planner())
    client.force_login(by())
    path = f"{reverse('plan:ask', args=[angela().pk, 'close_plan'])}?outcome=not_completed&reason=other"
    answer = client.post(path, {"reason": "Once more."})
    assert answer.status_code == 422
    assert "Someone already asked for this. The request is waiting for an answer." in Page(answer).words
    assert StaffRequest.objects.filter(customer=angela()).get() == request


def test_only_the_asker_takes_it_back_and_it_may_be_asked_again(client):
    request = asked(closing(shared_angela(), planner()), planner())
    path = reverse("requests:withdraw", args=[request.pk])
    for by in (youth_planner, statewide, lambda: person("train10")):
        client.force_login(by())
        assert client.post(path).status_code == 403
        assert "Take the request back" not in Page(client.get(reverse("requests:request", args=[request.pk]))).words
    client.force_login(planner())
    page = Page(client.post(path, follow=True))
    assert "The request was taken back." in page.words
    assert page.table("What you asked for")[0]["State"] == "Withdrawn"
    assert not StaffAnswer.objects.waiting_for(youth_planner()).exists()
    assert client.post(path).status_code == 409
    assert asked(closing(angela(), planner()), planner()).is_waiting
