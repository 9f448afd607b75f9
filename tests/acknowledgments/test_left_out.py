"""What a planner leaves out keeps the plan from being sent: written by the actions, sent on the page (12.7.5)."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from acknowledgments.agreement.sending import Incomplete
from acknowledgments.rules.completeness import RULES
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.models import Barrier, PlanVersion
from goals.actions import remove_career_goal, remove_goal
from goals.enums import CareerGoalRole
from goals.models import CareerGoal
from goals.steps import remove_step
from services.actions import remove_service, save_service
from services.classes.support.models import SupportType
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db

Change = Callable[[PlanVersion], object]
SENTENCES = {rule.code: rule.sentence for rule in RULES}


# --- plans that can be sent -------------------------------------------------------------------


def iep() -> PlanVersion:
    return states.draft()


def iss() -> PlanVersion:
    version = states.draft("T1-YOUTH")
    write = states.pen(version)
    write.career_goal(CareerGoalRole.SHORT_EMPLOYMENT, words="A paid summer job")
    write.career_goal(CareerGoalRole.SHORT_EDUCATION, words="Earn the diploma")
    write.career_goal(CareerGoalRole.LONG_TERM, "29-1171")
    write.service("YE-01", version.plan.goals.get(), planned_start_on=write.in_days(5))
    return version


def exploring(program: str = "T1-ADULT") -> PlanVersion:
    version = states.started(states.enrolled(program))
    write = states.pen(version)
    write.career_goal(CareerGoalRole.EMPLOYMENT, explores=True)
    need = write.barrier("TRAN", "No car.")
    goal = write.goal("Find out which work fits", "CAREER_PLAN")
    write.initial_assessment(goal)
    write.service("BC-COUN", goal, planned_start_on=write.in_days(10))
    write.service("SS-TRAN", goal, planned_start_on=write.in_days(10), dollar_value=40, barriers=[need])
    write.step("Visit two workshops", goal, in_days=5)
    return version


def exploring_iss() -> PlanVersion:
    return exploring("T1-YOUTH")


# --- what is left out -------------------------------------------------------------------------


def every(*changes: Change) -> Change:
    def change(version: PlanVersion) -> None:
        for one in changes:
            one(version)

    return change


def without_career_goals(*roles: CareerGoalRole) -> Change:
    def change(version: PlanVersion) -> None:
        for goal in CareerGoal.objects.in_plan().filter(plan=version.plan, role__in=roles):
            remove_career_goal(goal, reason="-", by=planner(), at=states.now())

    return change


def without_steps(version: PlanVersion) -> None:
    for step in version.plan.action_steps.in_plan():
        remove_step(step, reason="-", by=planner(), at=states.now())


def without_services(version: PlanVersion) -> None:
    for row in version.plan.services.in_plan():
        remove_service(row, removal="not_wanted", by=planner(), at=states.now())


def without_support(version: PlanVersion) -> None:
    remove_service(row_of(version, "SS-TRAN"), removal="not_wanted", by=planner(), at=states.now())


def without_goals(version: PlanVersion) -> None:
    without_steps(version)
    without_services(version)
    for goal in version.plan.goals.in_plan():
        remove_goal(goal, reason="-", by=planner(), at=states.now())


def without_barriers(version: PlanVersion) -> None:
    for barrier in Barrier.objects.in_plan().filter(plan=version.plan):
        remove_barrier(barrier, removal="other", note="", **states.contact(), by=planner(), at=states.now())


def undescribed(version: PlanVersion) -> None:
    barrier = Barrier.objects.get(plan=version.plan)
    save_barrier(version.plan, barrier, {"description": ""}, by=planner(), at=states.now())


def only_barrier(code: str) -> Change:
    def change(version: PlanVersion) -> None:
        without_barriers(version)
        states.pen(version).barrier(code, "")

    return change


def row_of(version: PlanVersion, code: str) -> PlannedService:
    return PlannedService.objects.in_plan().select_related("plan").get(plan=version.plan, service__code=code)


def service_without(code: str, name: str) -> Change:
    """The service is in the plan and lacks this value."""
    return lambda version: save_service(row_of(version, code), {name: None}, by=planner(), at=states.now())


def explores_now(version: PlanVersion) -> None:
    states.pen(version).career_goal(CareerGoalRole.EMPLOYMENT, explores=True)


def fees_without_reason(version: PlanVersion) -> None:
    write = states.pen(version)
    write.service("SS-EXAM", version.plan.goals.get(), planned_start_on=write.in_days(10), dollar_value=25)


def support_without_need(version: PlanVersion) -> None:
    save_service(row_of(version, "SS-TRAN"), {"barriers": []}, by=planner(), at=states.now())


SHORT, LONG = (CareerGoalRole.SHORT_EMPLOYMENT, CareerGoalRole.SHORT_EDUCATION), CareerGoalRole.LONG_TERM
EMPLOYMENT = CareerGoalRole.EMPLOYMENT


def case(name, begin, leave_out, missing, *policy):
    """`missing`: the codes of the rules that say so."""
    marks = pytest.mark.policy(*policy) if policy else ()
    return pytest.param(begin, leave_out, missing.split(), marks=marks, id=name)


CASES = [
    case("IEP without an employment goal", iep, without_career_goals(EMPLOYMENT), "EMPLOYMENT-GOAL", "WIS-020"),
    case(
        "ISS with neither employment nor education goal",
        iss,
        without_career_goals(EMPLOYMENT, *SHORT, LONG),
        "ISS-GOAL ISS-SHORT-TERM ISS-LONG-TERM",
        "WIS-016",
        "WIS-029",
    ),
    case("ISS without short-term goals", iss, without_career_goals(*SHORT), "ISS-SHORT-TERM", "WIS-016", "WIS-030"),
    case("ISS without a long-term goal", iss, without_career_goals(LONG), "ISS-LONG-TERM", "WIS-030"),
    case("ISS with an education goal alone", iss, without_career_goals(SHORT[0]), "ISS-SHORT-EMPLOYMENT", "WIS-032"),
    case(
        "ISS with a short employment goal alone", iss, without_career_goals(SHORT[1]), "ISS-SHORT-EDUCATION", "WIS-032"
    ),
    case("no goal", iep, without_goals, "GOAL SERVICE ACTION-STEP", "WIS-002"),
    case("no goal of an ISS", iss, without_goals, "GOAL SERVICE ACTION-STEP", "WIS-016"),
    case("no service", iep, without_services, "SERVICE", "WIS-002"),
    case("no service of an ISS", iss, without_services, "SERVICE", "WIS-016"),
    case("no action step", iep, without_steps, "ACTION-STEP", "WIS-002", "WIS-072"),
    case("no action step of an ISS", iss, without_steps, "ACTION-STEP", "WIS-016", "WIS-072"),
    case("no barrier", iep, without_barriers, "BARRIER", "WIS-053"),
    case("a barrier without description", iep, undescribed, "BARRIER-DESCRIPTION", "WIS-053"),
    case("another barrier without comment", iep, only_barrier("OTHR"), "OTHER-BARRIER-COMMENT", "WIS-054"),
    case("no barriers without comment", iep, only_barrier("NONE"), "NO-BARRIERS-COMMENT", "WIS-055"),
    case("a service under no goal", iep, service_without("TR-OST", "goal"), "SERVICE-GOAL", "ILL-102"),
    case("a program element under no goal", iss, service_without("YE-01", "goal"), "SERVICE-GOAL", "WIS-017"),
    case("no planned start", iep, service_without("TR-OST", "planned_start_on"), "PLANNED-START", "WIS-060"),
    case(
        "no planned start of an element", iss, service_without("YE-01", "planned_start_on"), "PLANNED-START", "WIS-060"
    ),
    case("support without its amount", exploring, service_without("SS-TRAN", "dollar_value"), "DOLLAR-VALUE"),
    case(
        "training in career exploration",
        iep,
        every(explores_now, lambda version: states.pen(version).note(no_supportive_services=True)),
        "EXPLORATION-SERVICE",
        "WIS-034",
        "WIS-038",
    ),
    case("exploring without support", exploring, without_support, "EXPLORATION-SUPPORT", "WIS-039"),
    case("an ISS exploring without support", exploring_iss, without_support, "EXPLORATION-SUPPORT", "WIS-039"),
    case("exploring without the reason", exploring, fees_without_reason, "EXPLORATION-REASON", "WIS-034"),
    case("exploring, support without need", exploring, support_without_need, "EXPLORATION-REASON", "WIS-037"),
]


@pytest.mark.parametrize(("begin", "leave_out", "missing"), CASES)
def test_the_plan_is_not_sent_and_the_page_says_what_is_missing(client, begin, leave_out, missing):
    client.force_login(planner())
    version = begin()
    path = reverse("plan:agreement", args=[version.plan.customer_id])
    assert "Nothing is missing. Version 1 can be sent." in Page(client.get(path)).words
    leave_out(version)
    before = everything()
    answer = send(client, version)
    assert answer.status_code == 422
    summary = Page(answer).root.xpath("//*[@data-error-summary]")[0]
    said = [words_of(link).rpartition(": ")[2] for link in summary.xpath(".//li/a")]
    assert said == [SENTENCES[code].rpartition(": ")[2] for code in missing]
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [entry.code for entry in refused.value.missing] == missing
    assert changed(before, everything()) == {}


# --- what need not be there -------------------------------------------------------------------


@pytest.mark.policy("WIS-031", "AMB-W18")
@pytest.mark.parametrize("with_short_term_goals", [False, True])
def test_a_youth_in_career_exploration_may_have_short_term_goals_and_needs_no_long_term_goal(
    client, with_short_term_goals
):
    client.force_login(planner())
    version = exploring_iss()
    for role in SHORT if with_short_term_goals else ():
        path = reverse("plan:career-goal", args=[version.plan.customer_id, role])
        client.post(path, Page(client.get(path)).form("", "Save goal in words") | {"words": "Try two jobs out"})
    assert send(client, version).status_code == 302
    sealed = {goal.role: goal.words for goal in states.newest(version.plan.customer).seals.get().contents.career_goals}
    wanted = dict.fromkeys(SHORT, "Try two jobs out") if with_short_term_goals else {}
    assert sealed == {EMPLOYMENT: ""} | wanted


@pytest.mark.policy("WIS-037")
def test_in_career_exploration_support_says_why_it_is_needed_or_answers_a_barrier(client):
    client.force_login(planner())
    version = exploring()
    support_without_need(version)
    assert send(client, version).status_code == 422
    save_support(client, version, exploration_reason="The bus to the two workshops.")
    assert send(client, version).status_code == 302


@pytest.mark.policy("WIS-056")
@pytest.mark.parametrize("begin", [iep, iss])
def test_a_supportive_service_is_warned_of_until_a_barrier_documents_its_need(client, begin):
    client.force_login(planner())
    version = begin()
    write = states.pen(version)
    write.service("SS-TRAN", version.plan.goals.get(), planned_start_on=write.in_days(10), dollar_value=40)
    entry = Service.objects.get(code="SS-TRAN")
    warning = f"{shown(entry)}: Say which barrier or which assessment shows that this service is needed."
    path = reverse("plan:agreement", args=[version.plan.customer_id])
    assert warning in Page(client.get(path)).links()
    barrier = Barrier.objects.get(plan=version.plan)
    save_support(client, version, barriers=[barrier.pk])
    assert warning not in Page(client.get(path)).links()


def send(client, version):
    path = reverse("plan:send", args=[version.plan.customer_id])
    return client.post(path, {"version": version.pk, "way": "electronic", "reason": states.ALL_THE_SAME})


def save_support(client, version, **said):
    """The form of the bus fare, with the kind of support, which it asks for."""
    edit = reverse("plan:service-edit", args=[version.plan.customer_id, row_of(version, "SS-TRAN").pk])
    kind = SupportType.objects.filter(service__code="SS-TRAN").first()
    client.post(edit, Page(client.get(edit)).form(edit) | {"support_type": kind.pk, **said})
