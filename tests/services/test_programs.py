"""To which program a service of a shared plan belongs, and whose planner is asked: the catalog says (12.7.9)."""

import pytest
from django.urls import reverse

from acknowledgments.approvals import requests as approvals
from acknowledgments.models import StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import start_plan
from careerplan.plans.coenrollment import ApprovalNeeded, Asked
from customers.models import Program
from services.actions import add_service, change_funding, remove_service, save_service
from services.models import PlannedService, Service
from services.programs import likely_program, may_belong_to
from tests import states
from tests.markup import Page
from tests.people import planner, statewide, youth_planner
from tests.rows import changed, date_back, everything
from tests.shared_plans import enroll

pytestmark = pytest.mark.django_db
ADULT, YOUTH, MENTOR, BUS = "T1-ADULT", "T1-YOUTH", "YE-08", "SS-TRAN"


def program(code):
    return Program.objects.get(code=code)


@pytest.fixture
def plan():
    """Devon's in the Adult program, Priya's in the Youth program; the plan is a draft."""
    customer = states.enrolled(ADULT)
    enroll(customer, YOUTH, youth_planner())
    return start_plan(customer, by=statewide(), at=states.now()).plan


def added(plan, code, by=statewide):
    entry = Service.objects.get(code=code)
    row = add_service(plan, entry, by=by(), at=states.now())
    return PlannedService.objects.select_related("plan__customer", "service", "program").get(pk=row.pk)


def save(row, by=planner, **values):
    return save_service(row, values, by=by(), at=states.now())


def edit_path(row):
    return reverse("plan:service-edit", args=[row.plan.customer_id, row.pk])


def program_choices(client, path):
    """The choices of the field, and the one that is chosen."""
    page = Page(client.get(path))
    options = page.root.xpath("//select[@name='program']/option")
    chosen = [option.get("value") for option in options if option.get("selected") is not None]
    return [option.get("value") for option in options if option.get("value")], "".join(chosen)


# --- adding -----------------------------------------------------------------------------------


@pytest.mark.policy("WIS-187")
def test_what_only_the_other_program_offers_comes_in_with_the_approval_of_its_planner(client, plan):
    client.force_login(planner())
    path = reverse("plan:service-add", args=[plan.customer_id])
    start = states.today()
    answer = client.post(path, {"service": MENTOR, "planned_start_on": start.isoformat()})
    assert not PlannedService.objects.filter(plan=plan).exists()
    client.post(answer.url, {"reason": "He asks for a mentor."})
    request = StaffRequest.objects.get(customer=plan.customer)
    assert [row.approver for row in request.answers.all()] == [youth_planner()]
    approvals.answer(request, approves=True, by=youth_planner(), at=states.now())
    row = PlannedService.objects.get(plan=plan)
    assert (row.program, row.planned_start_on) == (program(YOUTH), start)


@pytest.mark.policy("WIS-187")
def test_one_that_asks_for_approval_among_several_is_named_and_all_stay_ticked(client, plan):
    client.force_login(planner())
    answer = client.post(reverse("plan:services-add", args=[plan.customer_id]), {"service": [BUS, MENTOR]})
    page = Page(answer)
    assert answer.status_code == 422
    assert f"{Service.objects.get(code=MENTOR).plain_name}: This plan is shared." in page.words
    assert page.links()["Ask for approval"].startswith(reverse("plan:ask", args=[plan.customer_id, "plan_service"]))
    assert set(page.root.xpath("//input[@type='checkbox' and @checked]/@value")) == {BUS, MENTOR}
    assert not PlannedService.objects.filter(plan=plan).exists()


@pytest.mark.parametrize("by", [youth_planner, statewide])
def test_whose_program_offers_it_adds_it_and_it_is_of_that_program(plan, by):
    assert added(plan, MENTOR, by).program == program(YOUTH)


def test_what_both_offer_is_added_by_either_and_names_no_program_yet(plan):
    assert added(plan, BUS, planner).program is None


# --- one's own program on another's service -----------------------------------------------------


@pytest.mark.parametrize("named", [YOUTH, None])
def test_ones_own_program_can_not_be_chosen_for_what_it_does_not_offer(plan, named):
    row = added(plan, MENTOR)
    date_back(row, program=program(named) if named else None)
    before = everything()
    with pytest.raises(Refusal) as refused:
        save(row, program=program(ADULT))
    assert (refused.value.code, refused.value.field) == ("program-not-offered", "program")
    assert changed(before, everything()) == {}


def test_nor_by_statewide_staff_nor_a_program_that_the_customer_is_not_in(plan):
    for code, by in ((ADULT, statewide), ("T1-DW", statewide)):
        with pytest.raises(Refusal) as refused:
            save(added(plan, MENTOR if code == ADULT else BUS), by, program=program(code))
        assert refused.value.code == "program-not-offered"


def test_the_form_offers_what_the_action_takes(client, plan):
    client.force_login(planner())
    assert program_choices(client, edit_path(added(plan, MENTOR))) == ([str(program(YOUTH).pk)],) * 1 + (
        str(program(YOUTH).pk),
    )
    both = {str(program(ADULT).pk), str(program(YOUTH).pk)}
    choices, chosen = program_choices(client, edit_path(added(plan, BUS)))
    assert (set(choices), chosen) == (both, str(program(ADULT).pk))


def test_the_posted_form_is_refused_in_words(client, plan):
    client.force_login(planner())
    row = added(plan, MENTOR)
    data = Page(client.get(edit_path(row))).form(edit_path(row))
    answer = client.post(edit_path(row), data | {"program": program(ADULT).pk})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"program"}


def test_a_service_that_names_no_program_yet_has_the_likely_one_chosen(plan):
    row = added(plan, BUS)
    assert likely_program(row, planner()) == program(ADULT)
    assert likely_program(row, youth_planner()) == program(YOUTH)
    assert likely_program(row, statewide()) is None
    date_back(row, service=Service.objects.get(code="BC-JSST"))
    row.refresh_from_db()
    assert likely_program(row, youth_planner()) == program(ADULT)


# --- funding, questions, removal ----------------------------------------------------------------


def under_way(plan, code):
    row = added(plan, code)
    today = states.today()
    date_back(row, status="started", actual_start_on=today, gate_exemption="before")
    row.refresh_from_db()
    return row


def test_the_funding_does_not_go_to_a_program_that_does_not_offer_it(client, plan):
    row = under_way(plan, MENTOR)
    with pytest.raises(Refusal) as refused:
        change_funding(
            row, program=program(ADULT), contract="C-1", changes_on=states.today(), by=statewide(), at=states.now()
        )
    assert refused.value.code == "program-not-offered"
    client.force_login(planner())
    path = reverse("plan:service-funding", args=[plan.customer_id, row.pk])
    assert program_choices(client, path) == ([str(program(YOUTH).pk)], str(program(YOUTH).pk))


def test_nobody_is_asked_whether_a_service_goes_to_a_program_that_does_not_offer_it(client, plan):
    client.force_login(planner())
    for row, code, status in ((added(plan, MENTOR), ADULT, 404), (added(plan, BUS), YOUTH, 200)):
        asked = Asked("add_service", {"service": row.pk, "program": program(code).pk})
        assert client.get(asked.address(plan.customer_id)).status_code == status


def test_removing_and_ending_it_ask_its_planner_though_the_row_names_no_program(plan):
    row = added(plan, MENTOR)
    date_back(row, program=None)
    row.refresh_from_db()
    for act in (
        lambda: remove_service(row, removal="not_wanted", by=planner(), at=states.now()),
        lambda: save(row, status="never_provided", never_provided_reason="no_show"),
    ):
        with pytest.raises(ApprovalNeeded) as needed:
            act()
        assert [found.planner for found in needed.value.enrollments] == [youth_planner()]


# --- what is there already, and what the catalog does not say ------------------------------------


def test_a_row_that_names_another_program_stays_and_is_saved(client, plan):
    row = added(plan, MENTOR)
    date_back(row, program=program(ADULT))
    row.refresh_from_db()
    assert may_belong_to(row, program(ADULT))
    client.force_login(planner())
    data = Page(client.get(edit_path(row))).form(edit_path(row))
    assert data["program"] == str(program(ADULT).pk)
    client.post(edit_path(row), data | {"notes": "Met on Monday."})
    row.refresh_from_db()
    assert (row.notes, row.program) == ("Met on Monday.", program(ADULT))


def test_programs_of_which_the_catalog_does_not_speak_choose_freely():
    version = states.started(states.enrolled("JTED"))
    assert added(version.plan, MENTOR, planner).program == program("JTED")


def test_where_no_program_offers_it_the_page_says_so(client):
    version = states.started(states.enrolled(ADULT))
    row = added(version.plan, MENTOR, planner)
    client.force_login(planner())
    page = Page(client.get(edit_path(row)))
    assert row.program is None
    assert "None of the customer's programs offers this service." in page.words
