"""When a planned service may start: once a version that lists it is active, and not a day before (12.7.3, 12.7.5)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.actions import Incomplete, send
from acknowledgments.goal_change import change_employment_goal
from acknowledgments.reviews import review_without_customer
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.gate import TooEarly
from careerplan.plans.log import entries_of
from customers.actions import save_assessment
from customers.enums import AssessmentCategory, AssessmentKind
from customers.models import Enrollment
from goals.actions import remove_career_goal, set_career_goal
from goals.enums import GoalStatus
from goals.models import CareerGoal, Occupation
from services.actions import add_service, remove_service, save_service
from services.models import PlannedService, Service
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, north_planner, planner, tyrell
from tests.rows import changed, everything, refuses, write

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
CONSTRAINT = "a_service_starts_once_a_version_that_lists_it_is_active"


def planned(customer, code):
    rows = PlannedService.objects.in_plan().select_related("plan__customer__planner", "service")
    return rows.get(plan__customer=customer, service__code=code)


def start(row, day=TODAY, **values):
    values = {"status": "started", "actual_start_on": day} | values
    return save_service(row, values, by=row.plan.customer.planner, at=states.now())


def exemption(row, **values):
    """Why it started without a version that lists it; "" where it started because one does."""
    start(row, **values)
    row.refresh_from_db()
    assert row.actual_start_on == TODAY
    return row.gate_exemption


def too_early(row, day=TODAY, **values):
    """The sentence with which the start on this day is refused."""
    before = everything()
    with pytest.raises(TooEarly) as refused:
        start(row, day, **values)
    assert (refused.value.code, refused.value.field) == ("not-authorised", "actual_start_on")
    assert changed(before, everything()) == {}
    return refused.value.sentence


def in_first_draft(code, *programs):
    version = states.started(states.enrolled(*programs))
    return states.pen(version).service(code)


def added_in_review(customer, code):
    write_service = states.pen(states.reviewed(customer))
    goal = write_service.plan.goals.in_order()[0]
    return write_service.service(code, goal, planned_start_on=TODAY, dollar_value=60)


# --- no version that lists it is active -------------------------------------------------------

GATED = pytest.mark.parametrize(
    "code",
    [
        pytest.param("BC-JSST", id="causes participation"),
        pytest.param("SS-EXAM", marks=pytest.mark.policy("AMB-W27"), id="supports"),
    ],
)


@pytest.mark.policy("WIS-012", "WIS-057", "WIS-058")
@GATED
def test_nothing_starts_while_the_first_version_is_a_draft(code):
    row = in_first_draft(code)
    assert too_early(row) == (
        "This can't start yet: Version 1, which lists it, "
        f"was opened on {date_format(TODAY)} and is not active (draft)."
    )


@pytest.mark.policy("WIS-012", "WIS-058")
@GATED
def test_nothing_starts_while_the_version_is_with_the_customer(code):
    version = states.written(states.enrolled())
    row = states.pen(version).service(code, version.plan.goals.get(), planned_start_on=TODAY, dollar_value=60)
    states.sent(version)
    assert too_early(row) == (
        "This can't start yet: Version 1, which lists it, "
        f"was opened on {date_format(TODAY)} and is not active (awaiting acknowledgment)."
    )


@pytest.mark.policy("WIS-166")
def test_an_element_of_an_iss_waits_for_the_customer_too():
    opened_on = states.newest(tyrell()).created_on
    assert too_early(planned(tyrell(), "YE-03A")) == (
        "This can't start yet: Version 1, which lists it, "
        f"was opened on {date_format(opened_on)} and is not active (awaiting acknowledgment)."
    )


@pytest.mark.policy("WIS-134", "AMB-W17")
@GATED
def test_what_a_review_adds_to_an_iep_waits_for_the_new_version(code):
    row = in_force_with_one_added(code)
    assert too_early(row) == (
        "This can't start yet: Version 2, which lists it, "
        f"was opened on {date_format(TODAY)} and is not active (draft)."
    )
    version = states.signed(states.newest(row.plan.customer))
    assert exemption(row) == ""
    assert (row.authorised_in, row.authorised_on) == (version, TODAY)


def in_force_with_one_added(code):
    customer = states.signed(states.written(states.enrolled())).plan.customer
    return added_in_review(customer, code)


@pytest.mark.policy("WIS-166")
def test_what_a_review_adds_to_an_iss_waits_for_the_new_version():
    customer = states.signed(iss()).plan.customer
    row = added_in_review(customer, "YE-09")
    assert "Version 2, which lists it" in too_early(row)
    states.signed(states.newest(customer))
    assert exemption(row) == ""


def iss():
    return states.written_iss(states.enrolled("T1-YOUTH"))


@pytest.mark.policy("WIS-058")
def test_what_the_active_version_does_not_list_says_how_it_comes_to_be_listed():
    row = planned(angela(), "BC-JSST")
    write(row, authorised_in=None, authorised_on=None)
    assert too_early(row) == (
        "No active version lists this service. Choose Update/Review: it may start once the version is agreed to."
    )


# --- from the day of the approval on ----------------------------------------------------------


@pytest.mark.policy("WIS-012", "WIS-058", "AMB-W17")
@pytest.mark.parametrize("code", ["BC-JSST", "SS-CHLD", "SS-TRAN"])
def test_it_may_start_from_the_very_day_on_which_the_version_became_active(code):
    row = planned(angela(), code)
    version = states.newest(angela())
    assert (row.authorised_in, row.authorised_on) == (version, version.approved_on)
    assert too_early(row, version.approved_on - timedelta(days=1)) == (
        f"Version 1, the first that lists this service, became active on {date_format(version.approved_on)}. "
        "It can't start before."
    )
    assert start(row, version.approved_on).actual_start_on == version.approved_on


def test_a_signature_on_paper_counts_from_the_day_on_the_paper():
    version = states.written(states.enrolled(), at=states.now() - timedelta(days=1))
    options = {"electronic": False, "reason": states.ALL_THE_SAME}
    send(version, **options, by=planner(), at=states.now() - timedelta(days=1))
    states.agreed_on_paper(version, on=YESTERDAY)
    row = planned(version.plan.customer, "TR-OST")
    assert too_early(row, YESTERDAY - timedelta(days=1)).startswith("Version 1, the first that lists")
    assert start(row, YESTERDAY).gate_exemption == ""


@pytest.mark.policy("WIS-058")
@pytest.mark.parametrize("days", [1, 300])
def test_a_start_is_not_moved_before_the_day_later_on(days):
    row = planned(angela(), "TR-OST")
    sentence = too_early(row, row.authorised_on - timedelta(days=days))
    assert date_format(row.authorised_on) in sentence
    assert start(row, row.authorised_on).actual_start_on == row.authorised_on


def test_an_end_counts_as_little_as_a_start():
    row = in_first_draft("BC-JSST")
    too_early(row, status="complete", ended_on=TODAY)


def test_a_start_that_is_taken_back_needs_nothing():
    row = planned(angela(), "TR-OST")
    save_service(row, {"status": "planned", "actual_start_on": None}, by=planner(), at=states.now())
    row.refresh_from_db()
    assert (row.actual_start_on, row.gate_exemption) == (None, "")


def test_what_is_not_about_the_start_is_recorded_without_the_gate():
    row = in_first_draft("BC-JSST")
    save_service(row, {"notes": "Bring a résumé.", "planned_start_on": TODAY}, by=planner(), at=states.now())
    row.refresh_from_db()
    assert row.notes == "Bring a résumé."


def test_a_goal_does_not_start_with_a_service_that_may_not():
    pen = states.pen(states.started(states.enrolled()))
    row = pen.service("SS-EXAM", pen.goal("Pass the examination", "EDUCATION_TRAINING"))
    too_early(row)
    row.goal.refresh_from_db()
    assert row.goal.status == GoalStatus.NOT_STARTED


# --- while a review is open -------------------------------------------------------------------


@pytest.mark.policy("WIS-014", "AMB-W17")
@pytest.mark.parametrize("code", ["BC-JSST", "SS-TRAN"])
def test_what_the_last_active_version_lists_may_start_while_a_review_is_open(code):
    states.reviewed(angela())
    assert exemption(planned(angela(), code)) == ""


@pytest.mark.policy("WIS-014")
def test_what_the_last_active_version_lists_may_start_while_the_next_is_with_the_customer():
    customer = states.signed(states.written(states.enrolled())).plan.customer
    version = states.reviewed(customer)
    states.pen(version).step("Visit two employers", version.plan.goals.get(), in_days=5)
    states.sent(version)
    assert exemption(planned(customer, "TR-OST")) == ""


@pytest.mark.policy("WIS-014")
def test_what_the_last_active_version_lists_may_start_after_a_review_was_deleted():
    version = states.reviewed(angela())
    row = planned(angela(), "BC-JSST")
    remove_service(row, removal="unavailable", by=planner(), at=states.now())
    states.deleted(version)
    assert exemption(planned(angela(), "BC-JSST")) == ""


def test_a_later_version_leaves_the_day_as_it_was():
    row = planned(angela(), "BC-JSST")
    former = (row.authorised_in_id, row.authorised_on)
    added_in_review(angela(), "SS-EXAM")
    states.signed(states.newest(angela()))
    row.refresh_from_db()
    assert (row.authorised_in_id, row.authorised_on) == former


def test_a_declined_version_lets_nothing_start():
    row = in_force_with_one_added("SS-EXAM")
    states.not_completed(states.newest(row.plan.customer))
    row.refresh_from_db()
    assert (row.authorised_in, row.actual_start_on) == (None, None)
    with pytest.raises(Refusal) as refused:
        start(row)
    assert refused.value.code == "removed-meanwhile"


@pytest.mark.policy("WIS-058")
def test_a_review_without_acknowledgment_lets_what_it_lists_start(settings):
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    row = added_in_review(angela(), "SS-EXAM")
    version = states.newest(angela())
    contact = {"text": "Reviewed by phone.", **states.contact()}
    review_without_customer(version, **contact, by=planner(), at=states.now())
    row.refresh_from_db()
    assert (row.authorised_in, row.authorised_on) == (version, TODAY)
    assert "Version 2, the first that lists this service" in too_early(row, YESTERDAY)
    assert exemption(row) == ""


def test_the_permission_is_in_the_history_and_not_in_the_update_log():
    """It follows from the version, which the log tells of."""
    row = in_force_with_one_added("SS-EXAM")
    told = len(entries_of(row.plan_id, rows=500, kind="plannedservice"))
    states.signed(states.newest(row.plan.customer))
    assert row.history.first().history_change_reason == "follows: listed in an active version"
    assert len(entries_of(row.plan_id, rows=500, kind="plannedservice")) == told


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
    write(row.plan, plan_type="both")
    noted = save_service(row, {"notes": "Bring a pen."}, by=row.plan.customer.planner, at=states.now())
    assert noted.gate_exemption == "not_gated"
    assert "Version 1" in too_early(row, YESTERDAY)


def test_career_exploration_that_has_left_the_plan_forbids_nothing():
    version = states.started(states.enrolled())
    pen = states.pen(version)
    pen.career_goal("employment", explores=True)
    goal = CareerGoal.objects.get(plan=version.plan)
    remove_career_goal(goal, reason="She knows now.", by=planner(), at=states.now())
    pen.career_goal("employment", "31-1131")
    assert pen.service("TR-OST").service.code == "TR-OST"


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


# --- career exploration -----------------------------------------------------------------------

FORBIDDEN = pytest.mark.parametrize("code", ["TR-OST", "TR-OJT1", "TR-IWT", "AP-RAP", "IC-FINL"])


@pytest.mark.policy("WIS-036", "WIS-038")
@FORBIDDEN
def test_career_exploration_keeps_training_out_of_the_plan(code):
    before = everything()
    with pytest.raises(Refusal) as refused:
        add_service(
            states.plan_of(lucia()), Service.objects.get(code=code), goal=None, by=north_planner(), at=states.now()
        )
    assert refused.value.code == "not-in-exploration"
    name = Service.objects.get(code=code).name
    assert refused.value.sentence == f"{name} may not be in a plan whose goal is career exploration."
    assert changed(before, everything()) == {}


def turned_to_exploration(code):
    """A first draft that listed the service before its goal became career exploration."""
    version = states.written(states.enrolled())
    pen = states.pen(version)
    row = planned(version.plan.customer, "TR-OST") if code == "TR-OST" else pen.service(code, version.plan.goals.get())
    set_career_goal(version.plan, "employment", explores=True, by=planner(), at=states.now())
    pen.note(no_supportive_services=True)
    return row


@pytest.mark.policy("WIS-036", "WIS-038")
@FORBIDDEN
def test_career_exploration_lets_no_training_start(code):
    row = turned_to_exploration(code)
    with pytest.raises(Refusal) as refused:
        start(row)
    assert (refused.value.code, refused.value.field) == ("not-in-exploration", "actual_start_on")
    assert refused.value.sentence == f"{row} can't start while career exploration is the goal (12.7.5)."


@pytest.mark.policy("WIS-036", "WIS-038")
def test_a_plan_that_holds_it_is_not_sent():
    version = turned_to_exploration("TR-OST").plan.versions.get()
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [(entry.code, entry.item) for entry in refused.value.missing] == [
        ("EXPLORATION-SERVICE", "Occupational Skills Training (ITA)")
    ]


@pytest.mark.policy("AMB-W25")
@pytest.mark.parametrize("code", ["SS-EXAM", "AP-PRE", "IC-GRPC", "RF-TRNG"])
def test_what_needs_a_reason_during_exploration_is_sent_with_one(code):
    version = states.newest(lucia())
    pen = states.pen(version)
    row = pen.service(code, version.plan.goals.in_order()[0], planned_start_on=pen.in_days(5), dollar_value=60)
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [(entry.code, entry.item) for entry in refused.value.missing] == [("EXPLORATION-REASON", str(row))]
    reason = {"exploration_reason": "She tries out care work; the check must be paid first."}
    save_service(row, reason, by=north_planner(), at=states.now())
    reasons = {item.id: item.exploration_reason for item in states.sent(version).contents.services}
    assert reasons[row.pk] == reason["exploration_reason"]


@pytest.mark.policy("AMB-W25")
@pytest.mark.parametrize(("code", "asked"), [("SS-EXAM", True), ("SS-TRAN", False)])
def test_the_form_asks_for_the_reason_where_the_catalog_does(client, code, asked):
    client.force_login(planner())
    row = added_in_review(angela(), "SS-EXAM") if code == "SS-EXAM" else planned(angela(), code)
    path = reverse("plan:service-edit", args=[angela().pk, row.pk])
    assert Page(client.get(path)).has_id("id_exploration_reason") is asked


# --- on the page, and past the actions --------------------------------------------------------


@pytest.mark.policy("WIS-012", "WIS-058")
def test_the_form_says_at_the_start_date_from_when_it_may(client):
    client.force_login(planner())
    row = planned(angela(), "BC-JSST")
    path = reverse("plan:service-edit", args=[angela().pk, row.pk])
    page = Page(client.get(path))
    assert f"May start from {date_format(row.authorised_on)}: an active version lists it." in page.words
    day = row.authorised_on - timedelta(days=1)
    answer = client.post(path, page.form(path) | {"status": "started", "actual_start_on": day.isoformat()})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["actual_start_on"]
    assert Page(answer).form(path)["actual_start_on"] == day.isoformat()
    row.refresh_from_db()
    assert row.actual_start_on is None


@pytest.mark.policy("WIS-012", "WIS-058", "WIS-134")
def test_the_database_refuses_a_start_that_no_active_version_covers():
    listed, added = planned(angela(), "BC-JSST"), added_in_review(angela(), "SS-EXAM")
    before = listed.authorised_on - timedelta(days=1)
    refuses(CONSTRAINT, lambda: write(added, actual_start_on=TODAY))
    refuses(CONSTRAINT, lambda: write(listed, actual_start_on=before))
    refuses(CONSTRAINT, lambda: write(planned(angela(), "TR-OST"), actual_start_on=before))
    write(listed, actual_start_on=listed.authorised_on)


def test_a_service_waits_also_after_the_customer_left_the_program():
    """What it causes is asked of the programs of the day on which it started."""
    row = in_force_with_one_added("TR-OST")
    customer = row.plan.customer
    for enrollment in customer.enrollments.all():
        enrollment.status, enrollment.exited_on = "exited", timezone.localdate()
        record(enrollment, by=planner(), at=states.now())
    with pytest.raises(TooEarly):
        save_service(row, {"status": "started", "actual_start_on": timezone.localdate()}, by=planner(), at=states.now())
