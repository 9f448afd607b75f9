"""Co-enrollment: one shared plan, who has to approve what, and that nothing is written before (12.7.9)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.goal_change import change_employment_goal
from acknowledgments.agreement.working_copy import contents_of
from careerplan.messaging.models import Message, Notification
from careerplan.plans.actions import close_plan, open_review, start_plan
from careerplan.plans.coenrollment import ApprovalNeeded, others, others_of
from careerplan.plans.models import EmploymentPlan
from customers.models import Enrollment, Program
from goals.actions import remove_career_goal, set_career_goal
from goals.models import CareerGoal, Occupation
from services.actions import change_funding, remove_service, save_service
from tests import rows, states
from tests.lacking import codes_lacking
from tests.markup import Page
from tests.naming import shown
from tests.people import (
    angela,
    duke,
    keisha,
    lucia,
    north_planner,
    person,
    planner,
    statewide,
    tyrell,
    youth_planner,
)
from tests.rows import changed, everything
from tests.shared_plans import ADULT, WORKER, co_enrolled, enroll, priyas, program, service, shared_angela

pytestmark = pytest.mark.django_db


def partners(customer, by):
    return [(row.planner, row.program.code) for row in others(customer, by)]


# --- who has to approve -----------------------------------------------------------------------


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize(
    ("customer", "by", "expected"),
    [
        (keisha, planner, ["T1-YOUTH"]),
        (keisha, youth_planner, ["T1-ADULT"]),
        (keisha, statewide, []),
        (keisha, lambda: person("train10"), ["T1-ADULT", "T1-YOUTH"]),
        (duke, planner, []),
        (duke, youth_planner, []),
        (angela, planner, []),
        (tyrell, youth_planner, []),
        (lucia, north_planner, []),
    ],
    ids=[
        "the planner of one of two programs",
        "the planner of the other program",
        "statewide staff",
        "a colleague of the office, who has neither program",
        "the one planner of both programs",
        "a colleague of that one",
        "one program",
        "one Youth program",
        "another region",
    ],
)
def test_who_has_to_approve(customer, by, expected):
    assert [code for _planner, code in partners(customer(), by())] == expected


@pytest.mark.policy("WIS-186")
def test_every_program_of_another_planner_is_named():
    customer = co_enrolled()
    enroll(customer, "T1-YOUTH", youth_planner())
    enroll(customer, "JTED", person("train10"))
    expected = [(youth_planner(), WORKER), (youth_planner(), "T1-YOUTH"), (person("train10"), "JTED")]
    assert partners(customer, planner()) == expected


def without_planner(enrollment):
    enrollment.planner = None


def exited(enrollment):
    enrollment.status, enrollment.exited_on = "exited", timezone.localdate()


def planner_left(enrollment):
    """As before the database refused to switch off whom something hangs on."""
    rows.date_back(enrollment.planner, is_active=False)
    enrollment.planner.refresh_from_db()


@pytest.mark.policy("WIS-186")
@pytest.mark.parametrize("change", [without_planner, exited, planner_left])
def test_an_enrollment_without_a_planner_asks_nobody(change):
    customer = co_enrolled()
    enrollment = Enrollment.objects.get(customer=customer, program__code=WORKER)
    change(enrollment)
    enrollment.save()
    assert partners(customer, planner()) == []
    assert states.started(customer).number == 1


@pytest.mark.policy("WIS-188")
def test_of_a_program_its_own_planner_is_asked_alone():
    customer = co_enrolled()
    enroll(customer, "JTED", person("train10"))
    jted, adult = program("JTED"), program(ADULT)
    assert [row.planner for row in others_of(customer, [jted, None], planner())] == [person("train10")]
    assert others_of(customer, [adult], planner()) == []
    assert others_of(customer, [None], planner()) == []
    assert others_of(customer, [program("T1-YOUTH")], planner()) == []


def test_asking_who_has_to_approve_costs_one_query(django_assert_num_queries):
    customer, by = co_enrolled(), planner()
    with django_assert_num_queries(1):
        others(customer, by)


# --- what has to be approved: each prepares the plan and returns the action, which takes who has approved ---------


def starting():
    customer = co_enrolled()
    return lambda approval: start_plan(customer, **approval)


def shared_plan():
    return states.plan_of(shared_angela())


def shared_draft():
    return open_review(shared_plan(), by=planner(), at=states.now()).plan


def closing():
    plan = shared_plan()
    answers = states.all_elsewhere(plan)
    return lambda approval: close_plan(plan, outcome="completed", answers=answers, **approval)


def removing():
    shared_draft()
    planned = priyas("BC-JSST")
    return lambda approval: remove_service(planned, removal="unavailable", **approval)


def adding():
    shared_plan()
    planned = service("BC-JSST")
    return lambda approval: save_service(planned, {"program": program(WORKER)}, **approval)


def taking_away():
    shared_plan()
    planned = priyas("BC-JSST")
    return lambda approval: save_service(planned, {"program": None}, **approval)


def funding(code="TR-OST", to=WORKER):
    money = {"program": program(to), "contract": "C-9", "changes_on": timezone.localdate()}
    return lambda approval: change_funding(service(code), **money, **approval)


def funding_theirs():
    shared_plan()
    priyas("TR-OST")
    return funding(to=ADULT)


def funding_with_theirs():
    shared_plan()
    return funding()


def changing_a_goal():
    plan = shared_draft()
    return lambda approval: set_career_goal(plan, "long_term", occupation=electrician(), **approval)


def adding_a_goal():
    plan = shared_draft()
    goal = CareerGoal.objects.select_related("plan").get(plan=plan, role="self_sufficiency")
    remove_career_goal(goal, reason="-", by=statewide(), at=states.now())
    return lambda approval: set_career_goal(plan, "self_sufficiency", occupation=electrician(), **approval)


def removing_a_goal():
    goal = CareerGoal.objects.select_related("plan").get(plan=shared_draft(), role="long_term")
    return lambda approval: remove_career_goal(goal, reason="-", **approval)


def changing_the_employment_goal():
    plan = shared_plan()
    return lambda approval: change_employment_goal(plan, occupation=electrician(), **approval)


def electrician():
    return Occupation.objects.get(code="47-2111")


ASKED_FIRST = [
    pytest.param(starting, marks=pytest.mark.policy("WIS-191")),
    pytest.param(closing, marks=pytest.mark.policy("WIS-190")),
    pytest.param(removing, marks=pytest.mark.policy("WIS-188", "WIS-186")),
    pytest.param(adding, marks=pytest.mark.policy("WIS-189")),
    pytest.param(taking_away, marks=pytest.mark.policy("WIS-188")),
    pytest.param(funding_with_theirs, marks=pytest.mark.policy("WIS-189")),
    pytest.param(funding_theirs, marks=pytest.mark.policy("WIS-188")),
    pytest.param(changing_a_goal, marks=pytest.mark.policy("WIS-186")),
    pytest.param(adding_a_goal, marks=pytest.mark.policy("WIS-186")),
    pytest.param(removing_a_goal, marks=pytest.mark.policy("WIS-186")),
    pytest.param(changing_the_employment_goal, marks=pytest.mark.policy("WIS-186", "WIS-190", "WIS-191")),
]


@pytest.mark.parametrize("prepare", ASKED_FIRST)
def test_without_approval_it_is_refused_and_nothing_is_written(prepare):
    action, before = prepare(), everything()
    for approved_by in (set(), {planner().pk, statewide().pk}):
        with pytest.raises(ApprovalNeeded) as refused:
            action({"approved_by": approved_by, "by": planner(), "at": states.now()})
        assert refused.value.code == "approval-needed"
        program = "Job help for people who lost their job (WIOA Title I Dislocated Worker)"
        assert f"the approval of Priya Raman, {program} first" in str(refused.value.sentence)
        assert [row.planner for row in refused.value.enrollments] == [youth_planner()]
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("prepare", ASKED_FIRST)
def test_with_the_other_planners_approval_it_is_done(prepare):
    action, before = prepare(), everything()
    action({"approved_by": {youth_planner().pk}, "by": planner(), "at": states.now()})
    assert changed(before, everything()) != {}


@pytest.mark.parametrize("prepare", ASKED_FIRST)
def test_statewide_staff_need_nobodys_approval(prepare):
    action, before = prepare(), everything()
    action({"by": statewide(), "at": states.now()})
    assert changed(before, everything()) != {}


@pytest.mark.policy("WIS-191")
def test_everybody_who_shares_the_plan_has_to_approve():
    customer = co_enrolled()
    enroll(customer, "JTED", person("train10"))
    approval = {"by": planner(), "at": states.now()}
    with pytest.raises(ApprovalNeeded) as refused:
        start_plan(customer, approved_by={youth_planner().pk}, **approval)
    assert [row.planner for row in refused.value.enrollments] == [person("train10")]
    start_plan(customer, approved_by={youth_planner().pk, person("train10").pk}, **approval)


# --- what needs no approval -------------------------------------------------------------------


@pytest.mark.policy("WIS-186")
def test_a_first_draft_is_still_being_written_together():
    plan = states.plan_of(keisha())
    set_career_goal(plan, "short_education", words="Another certificate", by=planner(), at=states.now())
    goal = CareerGoal.objects.select_related("plan").get(plan=plan, role="short_education")
    remove_career_goal(goal, reason="-", by=youth_planner(), at=states.now())


@pytest.mark.policy("WIS-188", "WIS-189")
def test_each_planner_works_freely_with_the_services_of_the_own_program():
    shared_draft()
    mine, theirs = service("SS-TRAN"), priyas("BC-JSST")
    save_service(mine, {"program": None}, by=planner(), at=states.now())
    save_service(mine, {"program": program(ADULT)}, by=planner(), at=states.now())
    save_service(theirs, {"notes": "Bring a pen."}, by=planner(), at=states.now())
    remove_service(mine, removal="unavailable", by=planner(), at=states.now())
    remove_service(theirs, removal="unavailable", by=youth_planner(), at=states.now())


def test_saving_a_career_goal_as_it_stands_asks_nobody():
    plan = shared_draft()
    standing = CareerGoal.objects.get(plan=plan, role="long_term").occupation
    set_career_goal(plan, "long_term", occupation=standing, by=planner(), at=states.now())


# --- one plan ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-192", "WIS-193", "AMB-W21")
def test_both_programs_work_in_one_plan_with_one_service_of_development():
    customer = keisha()
    plan = EmploymentPlan.objects.get(customer=customer)
    assert (plan.plan_type, plan.is_iep, plan.is_iss) == ("both", True, True)
    version = states.newest(customer)
    assert (version.created_by, plan.versions.count()) == (planner(), 1)
    assert contents_of(plan, version).about.programs == ("WIOA Title I Adult", "WIOA Title I Youth")


@pytest.mark.policy("WIS-187")
@pytest.mark.parametrize(("by", "told"), [(planner, youth_planner), (youth_planner, planner)])
def test_the_other_planner_is_told_of_a_new_version_before_it_changes_anything(client, by, told):
    customer = shared_angela()
    client.force_login(by())
    client.post(reverse("plan:review", args=[customer.pk]))
    message = Message.objects.get(kind="shared-plan-opened", path=reverse("plan:overview", args=[customer.pk]))
    assert (message.recipient, message.sender) == (told(), by())
    assert message.subject == "Angela Whitfield's shared plan is being changed"
    assert f"{by()} has opened version 2 of the plan that you share." in message.body
    assert Notification.objects.filter(message=message, recipient=told()).exists()


@pytest.mark.policy("WIS-187")
def test_a_planner_who_has_left_is_not_told():
    customer = shared_angela()
    enroll(customer, "JTED", person("train10"))
    planner_left(Enrollment.objects.get(customer=customer, program__code=WORKER))
    open_review(states.plan_of(customer), by=planner(), at=states.now())
    told = Message.objects.filter(kind="shared-plan-opened", path=reverse("plan:overview", args=[customer.pk]))
    assert [message.recipient for message in told] == [person("train10")]


@pytest.mark.policy("WIS-187")
def test_where_one_planner_answers_for_everything_nobody_is_told():
    customer = states.enrolled(ADULT, "JTED")
    states.started(customer)
    told = Message.objects.filter(kind="shared-plan-opened", path=reverse("plan:overview", args=[customer.pk]))
    assert not told.exists()


@pytest.mark.policy("WIS-187")
@pytest.mark.parametrize(
    ("by", "partner", "code"), [(planner, "Priya Raman", "T1-YOUTH"), (youth_planner, "Devon Okafor", ADULT)]
)
def test_the_agreement_page_asks_to_talk_with_the_other_planner_first(client, by, partner, code):
    client.force_login(by())
    words = Page(client.get(reverse("plan:agreement", args=[keisha().pk]))).words
    assert "This plan is shared. Talk with the other planners before you change it" in words
    assert f"(12.7.9): {partner} ({shown(Program.objects.get(code=code))})" in words


@pytest.mark.policy("WIS-194")
def test_a_shared_plan_is_complete_only_with_all_that_both_types_ask_for():
    customer = keisha()
    version = states.newest(customer)
    lacking = set(codes_lacking(version))
    both = EmploymentPlan.objects.get(customer=customer)
    rows.write(both, plan_type="IEP")
    iep = set(codes_lacking(version))
    rows.write(both, plan_type="ISS")
    iss = set(codes_lacking(version))
    assert lacking == iep | iss
