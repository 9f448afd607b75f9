"""Requests among staff: asked with a reason, answered by whom it concerns, done in the name of the asker (12.7.9)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments import staff_requests
from acknowledgments.enums import RequestKind, RequestState
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.accounts.models import User
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.models import Message, Notification
from careerplan.plans.actions import open_review, start_plan
from goals.actions import remove_career_goal
from goals.models import CareerGoal
from services.actions import remove_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import (
    administrator,
    angela,
    david,
    lucia,
    north_planner,
    person,
    planner,
    statewide,
    youth_planner,
)
from tests.rows import changed, everything
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

ELECTRICIAN = "47-2111"


def posted(client, request, *, approves="yes", note="", by=None):
    client.force_login(by or youth_planner())
    return client.post(reverse("requests:request", args=[request.pk]), {"approves": approves, "note": note})


def written(before):
    """What was written since, but that somebody signed in."""
    return {model: rows for model, rows in changed(before, everything()).items() if model is not User}


def told(recipient, kind, request):
    return Message.objects.get(recipient=recipient, kind=kind, path=reverse("requests:request", args=[request.pk]))


def newest_request():
    return StaffRequest.objects.select_related("plan", "customer", "asked_by").order_by("-id")[0]


# --- from the page over the question to the deed: what is posted where, and what is then done ------------------


def draft():
    open_review(states.plan_of(shared_angela()), by=planner(), at=states.now())


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

    posted = {"outcome": "not_completed", "reason": "other"}
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
    assert page.facts()["Who has to approve"] == "Priya Raman (WIOA Title I Dislocated Worker)"
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
    assert (
        "This plan is shared. Ask for the approval of Priya Raman (WIOA Title I Dislocated Worker) first" in page.words
    )
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


# --- who hears of it, and who sees it ---------------------------------------------------------


@pytest.mark.policy("WIS-186", "WIS-188")
def test_who_is_asked_hears_of_it_on_the_dashboard_and_by_mail():
    customer = shared_angela()
    request = asked(closing(customer, planner()), planner())
    message = told(youth_planner(), "staff-request-asked", request)
    assert message.subject == "Devon Okafor asks for your approval"
    assert message.body.startswith("Close a shared plan: Angela Whitfield, for Angela Whitfield.")
    assert "We agreed on it by phone." in message.body
    assert message.path == reverse("requests:request", args=[request.pk])
    assert Notification.objects.get(message=message).recipient == youth_planner()
    assert not Message.objects.filter(recipient=statewide(), path=message.path).exists()


def row_of(client, by, table):
    client.force_login(by())
    return Page(client.get(reverse("requests:list"))).table(table)[0]


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize(
    ("by", "table"),
    [
        (youth_planner, "Waiting for your answer"),
        (planner, "What you asked for"),
        (statewide, "What others wait for"),
        (administrator, "What others wait for"),
        (lambda: person("train10"), "What others wait for"),
    ],
)
def test_everyone_who_sees_the_customer_sees_who_waits_for_whom(client, by, table):
    asked(closing(shared_angela(), planner()), planner())
    row = row_of(client, by, table)
    assert (row["Request"], row["Customer"]) == ("Close a shared plan: Angela Whitfield", "Angela Whitfield")
    assert row["Asked by"].startswith("Devon Okafor, ")
    assert (row["Who has to approve"], row["State"]) == ("Priya Raman", "Waiting")


@pytest.mark.policy("WIS-186")
def test_the_page_of_the_agreement_and_of_the_request_show_what_waits(client):
    request = asked(closing(shared_angela(), planner()), planner())
    client.force_login(person("train10"))
    page = Page(client.get(reverse("plan:agreement", args=[angela().pk])))
    path = reverse("requests:request", args=[request.pk])
    assert page.links()["Close a shared plan: Angela Whitfield"] == path
    assert "Devon Okafor asked on" in page.words
    page = Page(client.get(path))
    assert "Priya Raman (WIOA Title I Dislocated Worker) has not answered yet Waiting" in page.words
    assert (page.facts()["About"], page.facts()["State"]) == ("Angela Whitfield", "Waiting")
    assert not page.has_id("answer-title")


@pytest.mark.policy("WIS-186")
def test_the_asker_hears_of_the_answer(client):
    request = asked(closing(shared_angela(), planner()), planner())
    posted(client, request, note="See you on Monday.")
    message = told(planner(), "staff-request-answered", request)
    assert message.subject == "Your request was answered: Approved"
    assert "Approved, by Priya Raman. See you on Monday." in message.body
    page = Page(client.get(reverse("requests:request", args=[request.pk])))
    assert "See you on Monday." in page.words
    assert page.facts()["State"].startswith("Approved, ")


def test_the_log_keeps_the_request_and_the_deed_with_their_people(client):
    draft()
    planned = priyas("BC-JSST")
    client.force_login(planner())
    path = reverse("plan:service-remove", args=[angela().pk, planned.pk])
    client.post(client.post(path, {"removal": "unavailable", "note": ""}).url, {"reason": "No money is left."})
    posted(client, newest_request())
    rows = Page(client.get(reverse("plan:log", args=[angela().pk]))).table("Changes of the plan, newest first")
    told = [(row["By"], row["What"], row["Change"]) for row in rows[:3]]
    assert told[0][:2] == ("Devon Okafor", f"Step/service: {planned}")
    assert told[1][0] == "Priya Raman"
    assert "State: from Waiting to Approved" in told[1][2]
    assert told[2][0] == "Devon Okafor"
    assert "No money is left." in told[2][2]


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
        (statewide, 422),
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
        assert "Somebody else was asked to approve this." in Page(answer).words
    with pytest.raises(NotAllowed):
        approved(request, by())
    assert written(before) == {}


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
        staff_requests.withdraw(request, by=planner(), at=states.now())
    else:
        posted(client, request, approves="yes" if end == "approved" else "no", note="So be it.")
    before = everything()
    answer = posted(client, request)
    assert answer.status_code == 422
    assert f"This request was {end} already." in Page(answer).words
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
    assert "This was asked for already, and waits for an answer." in Page(answer).words
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


# --- what became impossible meanwhile ---------------------------------------------------------


def closed_meanwhile():
    request = asked(closing(shared_angela(), planner()), planner())
    open_review(states.plan_of(angela()), by=planner(), at=states.now())
    return request, "Version 2 is still open."


def service_gone():
    draft()
    planned = priyas("BC-JSST")
    values = {"service": planned.pk, "removal": "unavailable", "note": ""}
    request = asked(question(angela(), RequestKind.REMOVE_SERVICE, planner(), "service", **values), planner())
    remove_service(planned, removal="unavailable", by=youth_planner(), at=states.now())
    return request, "This was already removed."


def service_gone_before_it_came():
    draft()
    planned = service("BC-JSST")
    values = {"service": planned.pk, "program": program(WORKER).pk}
    request = asked(question(angela(), RequestKind.ADD_SERVICE, planner(), "service", **values), planner())
    remove_service(planned, removal="unavailable", by=planner(), at=states.now())
    return request, "Someone removed this from the plan meanwhile."


def draft_sent_meanwhile():
    draft()
    values = {"role": "long_term", "occupation": ELECTRICIAN, "explores": False, "words": ""}
    request = asked(question(angela(), RequestKind.CHANGE_CAREER_GOAL, planner(), "goal", **values), planner())
    states.sent(states.newest(angela()))
    return request, "Version 2 is with the customer. Recall it first, then change it."


def goal_gone():
    draft()
    goal = CareerGoal.objects.in_plan().select_related("plan").get(plan__customer=angela(), role="long_term")
    values = {"role": "long_term", "removed": goal.pk, "seen": goal.row_version}
    request = asked(question(angela(), RequestKind.CHANGE_CAREER_GOAL, planner(), "goal", **values), planner())
    remove_career_goal(goal, reason="-", by=statewide(), at=states.now())
    return request, "This was already removed."


def started_meanwhile():
    customer = co_enrolled()
    request = asked(question(customer, RequestKind.START_PLAN, planner()), planner())
    start_plan(customer, by=statewide(), at=states.now())
    return request, "This customer already has an open plan."


def same_goal_meanwhile():
    shared_angela()
    values = {"occupation": "31-1131", "explores": False}
    carried = dict.fromkeys(("career_goals", "barriers", "services", "steps"), False)
    kind = RequestKind.CHANGE_EMPLOYMENT_GOAL
    request = asked(question(angela(), kind, planner(), "employment-goal", **values, **carried), planner())
    return request, "This is the employment goal already. Choose another one."


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize(
    "meanwhile",
    [
        closed_meanwhile,
        service_gone,
        service_gone_before_it_came,
        draft_sent_meanwhile,
        goal_gone,
        started_meanwhile,
        same_goal_meanwhile,
    ],
)
def test_what_can_not_be_done_any_more_says_why_and_waits(client, meanwhile):
    request, sentence = meanwhile()
    before = everything()
    answer = posted(client, request)
    assert answer.status_code == 422
    page = Page(answer)
    assert sentence in page.words
    assert page.has_id("answer-title")
    assert written(before) == {}
    request.refresh_from_db()
    assert request.is_waiting


@pytest.mark.policy("WIS-190")
def test_a_program_that_joined_meanwhile_has_to_approve_too(client):
    request = asked(closing(shared_angela(), planner()), planner())
    enroll(angela(), "JTED", person("train10"))
    answer = posted(client, request)
    assert answer.status_code == 409
    assert "Ask for the approval of Training Account (Job Training" in Page(answer).words
    request.refresh_from_db()
    assert request.is_waiting
    assert states.plan_of(angela()).is_open


def test_the_asker_who_may_no_longer_edit_the_plan_does_nothing_through_others(client):
    request = asked(closing(shared_angela(), planner()), planner())
    devon = planner()
    devon.is_active = False
    devon.save()
    assert posted(client, request).status_code == 422
    assert states.plan_of(angela()).is_open


# --- addresses that nobody was led to ---------------------------------------------------------


def other_plans_service():
    return PlannedService.objects.filter(plan__customer=lucia()).first().pk


HOSTILE = {
    "an unknown kind": lambda: ("burn_plan", {}),
    "a kind of another list": lambda: ("goal", {}),
    "no service": lambda: ("remove_service", {"removal": "unavailable"}),
    "a service that is no number": lambda: ("remove_service", {"service": "x", "removal": "unavailable"}),
    "a superscript": lambda: ("remove_service", {"service": "²", "removal": "unavailable"}),
    "a number beyond every row": lambda: ("remove_service", {"service": "9" * 40, "removal": "unavailable"}),
    "a service of another plan": lambda: (
        "remove_service",
        {"service": other_plans_service(), "removal": "unavailable"},
    ),
    "a service of the own program": lambda: (
        "remove_service",
        {"service": service("TR-OST").pk, "removal": "unavailable"},
    ),
    "no reason of removal": lambda: ("remove_service", {"service": priyas("BC-JSST").pk}),
    "an unknown reason of removal": lambda: ("remove_service", {"service": priyas("BC-JSST").pk, "removal": "bored"}),
    "an unknown program": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "program": "99999"}),
    "a program that is no number": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "program": ADULT}),
    "a program that asks nobody": lambda: (
        "add_service",
        {"service": service("TR-OST").pk, "program": program("JTED").pk},
    ),
    "a day that is none": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "changes_on": "2026-02-30"}),
    "a day in words": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "changes_on": "tomorrow"}),
    "an unknown role": lambda: ("change_career_goal", {"role": "hobby", "occupation": ELECTRICIAN}),
    "no role": lambda: ("change_career_goal", {}),
    "no goal": lambda: ("change_career_goal", {"role": "long_term"}),
    "a goal that is not there to be removed": lambda: (
        "change_career_goal",
        {"role": "short_employment", "removed": "yes"},
    ),
    "an unknown occupation": lambda: ("change_employment_goal", {"occupation": "99-9999"}),
    "no employment goal": lambda: ("change_employment_goal", {}),
    "no outcome": lambda: ("close_plan", {}),
    "an unknown outcome": lambda: ("close_plan", {"outcome": "won"}),
    "no reason": lambda: ("close_plan", {"outcome": "not_completed"}),
    "an unknown reason": lambda: ("close_plan", {"outcome": "not_completed", "reason": "bored"}),
    "a version that is not deleted": lambda: ("recover_draft", {"version": states.newest(angela()).pk}),
    "a version of another plan": lambda: (
        "recover_draft",
        {"version": states.deleted(states.newest(david())).pk},
    ),
    "no version": lambda: ("recover_draft", {}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_address_that_makes_no_sense_is_not_found(client, name):
    shared_angela()
    kind, arguments = HOSTILE[name]()
    client.force_login(planner())
    path = reverse("plan:ask", args=[angela().pk, kind])
    before = everything()
    assert client.get(path, arguments).status_code == 404
    assert client.post(path, {"reason": "Why not"}, query_params=arguments).status_code == 404
    assert written(before) == {}


@pytest.mark.parametrize("kind", sorted({*RequestKind.values} - {"recover_draft"}))
def test_where_nobody_else_has_to_approve_there_is_nothing_to_ask(client, kind):
    client.force_login(planner())
    everything_said = {
        "service": service("TR-OST").pk, "removal": "unavailable", "program": program(WORKER).pk, "role": "long_term",
        "occupation": ELECTRICIAN, "outcome": "completed",
    }  # fmt: skip
    assert client.get(reverse("plan:ask", args=[angela().pk, kind]), everything_said).status_code == 404


@pytest.mark.parametrize("kind", sorted({*RequestKind.values} - {"start_plan"}))
def test_without_a_plan_only_its_beginning_is_asked_for(client, kind):
    customer = co_enrolled()
    client.force_login(planner())
    assert client.get(reverse("plan:ask", args=[customer.pk, kind])).status_code == 404
    assert client.get(reverse("plan:ask", args=[customer.pk, "start_plan"])).status_code == 200


def test_words_that_are_too_long_are_cut_and_do_not_fail(client):
    draft()
    planned = priyas("BC-JSST")
    client.force_login(planner())
    arguments = {"service": planned.pk, "removal": "other", "note": "é" * 5000}
    path = reverse("plan:ask", args=[angela().pk, "remove_service"])
    assert client.post(path, {"reason": "x" * 501}, query_params=arguments).status_code == 422
    assert client.post(path, {"reason": "x" * 500}, query_params=arguments).status_code == 302
    posted(client, newest_request())
    planned.refresh_from_db()
    assert planned.removed_reason == "Other reason. " + "é" * 200


# --- who sees the pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "status"),
    [
        (planner, 200),
        (youth_planner, 200),
        (statewide, 200),
        (administrator, 200),
        (north_planner, 404),
        (lambda: angela().user, 404),
        (lambda: lucia().user, 404),
    ],
)
def test_a_request_opens_for_the_staff_who_see_the_customer(client, by, status):
    request = asked(closing(shared_angela(), planner()), planner())
    client.force_login(by())
    assert client.get(reverse("requests:request", args=[request.pk])).status_code == status
    assert client.get(reverse("requests:list")).status_code == (404 if by().is_customer else 200)
    assert StaffRequest.objects.visible_to(by()).filter(pk=request.pk).exists() == (status == 200)


def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    asked(closing(shared_angela(), planner()), planner())
    for number in range(3):
        customer = co_enrolled()
        asked(question(customer, RequestKind.START_PLAN, planner(), f"plan{number}"), planner())
    client.force_login(statewide())
    with django_assert_max_num_queries(12):
        page = Page(client.get(reverse("requests:list")))
    assert len(page.table("What others wait for")) == 4


def test_the_header_leads_staff_to_the_requests(client):
    for by, shown in ((planner, True), (statewide, True), (lambda: angela().user, False)):
        client.force_login(by())
        assert ("Requests" in Page(client.get("/", follow=True)).links()) == shown
