"""What starts without an active version that lists it, and why: it says so in the service's row (12.7.3, 12.7.5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement.goal_change import change_employment_goal
from customers.actions import save_assessment
from customers.enums import AssessmentCategory, AssessmentKind
from customers.models import Enrollment
from goals.models import Occupation
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, planner
from tests.rows import write
from tests.services.starts import TODAY, YESTERDAY, exemption, in_first_draft, planned, start, too_early
from tests.shared_plans import enroll

pytestmark = pytest.mark.django_db


# --- a new plan for another employment goal ---------------------------------------------------


def carried_over(code):
    """Angela's service in the plan that was begun because her employment goal changed."""
    goal = {"occupation": Occupation.objects.get(code="29-1171")}
    everything_kept = dict.fromkeys(("career_goals", "barriers", "services", "steps"), True)
    plan = states.plan_of(angela())
    version = change_employment_goal(plan, **goal, **everything_kept, by=planner(), at=states.now())
    rows = PlannedService.objects.select_related("plan__customer__planner", "service")
    return rows.get(plan=version.plan, service__code=code)


@pytest.mark.policy("WIS-012", "WIS-058", "AMB-W23")
@pytest.mark.parametrize("code", ["BC-JSST", "SS-TRAN"])
def test_what_had_not_started_waits_for_the_agreement_to_the_new_plan(code):
    row = carried_over(code)
    assert "Version 1, which lists it" in too_early(row)
    version = states.signed(states.newest(angela()))
    assert exemption(row) == ""
    assert (row.authorised_in, row.authorised_on) == (version, TODAY)


def test_what_had_started_goes_on_in_the_new_plan():
    row = carried_over("TR-OST")
    assert (row.status, row.actual_start_on) == ("started", row.continues.actual_start_on)
    assert row.gate_exemption == "continues"
    assert start(row, row.actual_start_on, notes="She goes on.").gate_exemption == "continues"


def test_what_had_started_goes_on_from_a_later_day_too():
    assert start(carried_over("TR-OST"), TODAY).gate_exemption == "continues"


def test_a_start_that_is_taken_back_takes_its_reason_along():
    row = in_first_draft("BC-INIT")
    assert exemption(row) == "assessment"
    assert start(row, None, status="planned").gate_exemption == ""


def test_what_had_started_is_not_asked_again_for_a_later_note():
    """It started when a partner's service waited for nobody; on a shared plan it would wait."""
    row = in_first_draft("PP-SECE", "T1-ADULT")
    assert exemption(row) == "not_gated"
    enroll(row.plan.customer, "T1-YOUTH", planner())
    noted = save_service(row, {"notes": "Bring a pen."}, by=row.plan.customer.planner, at=states.now())
    assert noted.gate_exemption == "not_gated"
    assert "Version 1" in too_early(row, YESTERDAY)


def test_what_goes_on_did_not_start_before_the_service_from_which_it_goes_on():
    row = carried_over("TR-OST")
    assert "Version 1" in too_early(row, row.continues.actual_start_on - timedelta(days=1))


# --- what needs no version that lists it ------------------------------------------------------


@pytest.mark.policy("WIS-012")
@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("T1-ADULT", "BC-INIT"),
        ("T1-ADULT", "IC-COMP"),
        ("T1-ADULT", "PE-ELIG"),
        ("T1-DW", "BC-INIT"),
        ("T1-YOUTH", "PE-OBJA"),
    ],
)
def test_assessments_and_pre_enrollment_need_no_plan_that_was_agreed_to(program, code):
    assert exemption(in_first_draft(code, program)) == "assessment"


@pytest.mark.policy("WIS-012", "WIS-057", "AMB-W30")
@pytest.mark.parametrize(
    ("programs", "code", "waits"),
    [
        (["T1-ADULT"], "BC-JSST", True),
        (["T1-DW"], "BC-JSST", True),
        (["T1-YOUTH"], "BC-JSST", True),
        (["JTED"], "BC-JSST", False),
        (["JTED", "T1-DW"], "BC-JSST", True),
        (["T1-YOUTH"], "YE-09", True),
        (["T1-ADULT"], "YE-09", True),
        (["T1-ADULT", "T1-YOUTH"], "YE-09", True),
        (["T1-ADULT", "T1-YOUTH"], "BC-JSST", True),
        (["T1-ADULT"], "BC-JREQ", False),
        (["T1-ADULT"], "RF-SUPP", True),
        (["T1-ADULT"], "PP-SECE", False),
        (["T1-YOUTH"], "WE-PERM", True),
        (["T1-ADULT"], "TR-OST", True),
        (["JTED"], "SS-TRAN", True),
    ],
)
def test_what_could_not_be_added_without_the_customer_waits_and_so_does_what_causes_participation(
    programs, code, waits
):
    row = in_first_draft(code, *programs)
    if waits:
        assert "Version 1" in too_early(row)
    else:
        assert exemption(row) == "not_gated"


def test_a_program_that_the_customer_has_left_no_longer_counts(settings):
    row = in_first_draft("YE-09", "T1-ADULT", "T1-YOUTH")
    youth = Enrollment.objects.get(customer=row.plan.customer, program__code="T1-YOUTH")
    write(youth, status="exited", exited_on=TODAY)
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    assert exemption(row) == "not_gated"


@pytest.mark.policy("AMB-W27", "AMB-W30")
@pytest.mark.parametrize(
    ("rules", "program", "waits"),
    [
        ("illinois", "T1-ADULT", False),
        ("illinois", "T1-DW", False),
        ("illinois", "T1-YOUTH", True),
        ("wisconsin", "T1-ADULT", True),
    ],
)
def test_where_the_local_area_does_not_gate_support_it_waits_where_it_asks_or_causes_participation(
    settings, rules, program, waits
):
    settings.GATE_SUPPORTIVE_SERVICES, settings.ACKNOWLEDGMENT_RULES = False, rules
    row = in_first_draft("SS-TRAN", program)
    if waits:
        assert "Version 1" in too_early(row)
    else:
        assert exemption(row) == "not_gated"


# --- early, because an assessment asks for it -------------------------------------------------

SAID = {"early_supervisor": "Ruth Adler", "notes": "The class begins on Monday and not again before spring."}


def asked_for(row):
    """With the assessment that it answers."""
    values = {
        "name": "CASAS",
        "result": "214",
        "assessed_on": YESTERDAY,
        "kind": AssessmentKind.BASIC_SKILLS,
        "category": AssessmentCategory.ABE,
    }
    return {"assessment": save_assessment(row.plan.customer, None, values, seen=None, by=planner(), at=states.now())}


@pytest.mark.policy("AMB-W17")
def test_an_assessment_alone_lets_nothing_start():
    row = in_first_draft("TR-OST")
    assert "Version 1" in too_early(row, **asked_for(row), **SAID)


@pytest.mark.policy("AMB-W17")
def test_local_policy_lets_a_service_start_early_with_an_assessment_a_supervisor_and_a_note(settings):
    settings.EARLY_DELIVERY_BY_ASSESSMENT = True
    row = in_first_draft("TR-OST")
    assert exemption(row, **asked_for(row), **SAID) == "early"


@pytest.mark.policy("AMB-W17")
@pytest.mark.parametrize("lacking", ["assessment", "early_supervisor", "notes"])
def test_an_early_start_lacks_none_of_the_three(settings, lacking):
    settings.EARLY_DELIVERY_BY_ASSESSMENT = True
    row = in_first_draft("TR-OST")
    values = asked_for(row) | SAID | {lacking: None if lacking == "assessment" else " "}
    assert "Version 1" in too_early(row, **values)


def test_what_a_version_lists_does_not_start_early(settings):
    settings.EARLY_DELIVERY_BY_ASSESSMENT = True
    row = planned(angela(), "BC-JSST")
    values = asked_for(row) | SAID
    assert "became active on" in too_early(row, row.authorised_on - timedelta(days=1), **values)


@pytest.mark.parametrize("early", [True, False])
def test_the_form_asks_for_the_supervisor_where_local_policy_allows_it(client, settings, early):
    settings.EARLY_DELIVERY_BY_ASSESSMENT = early
    client.force_login(planner())
    row = planned(angela(), "BC-JSST")
    path = reverse("plan:service-edit", args=[angela().pk, row.pk])
    assert Page(client.get(path)).has_id("id_early_supervisor") is early
