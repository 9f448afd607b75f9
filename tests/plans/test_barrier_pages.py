"""The pages of barriers: each category with its definition, and what loses its link as a barrier leaves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.plans.models import Barrier, BarrierCategory
from customers.models import Program
from services.actions import remove_service, save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import lucia, north_planner
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    client.force_login(north_planner())
    return client


def category(code):
    return BarrierCategory.objects.get(code=code)


def lucias(code):
    return Barrier.objects.select_related("plan__customer__planner", "category").get(
        plan__customer=lucia(), category__code=code, removed_at=None
    )


def add(browser, code, **values):
    posted = {"category": category(code).pk, "description": "It is so.", "how_addressed": "", "status": "open"}
    return browser.post(reverse("plan:barrier-add", args=[lucia().pk]), posted | values, follow=True)


# --- the form ---------------------------------------------------------------------------------


@pytest.mark.policy("WIS-053")
def test_every_category_that_is_offered_is_explained_under_its_group(browser):
    write(category("RURL"), is_active=False)
    page = Page(browser.get(reverse("plan:barrier-add", args=[lucia().pk])))
    [meanings] = page.root.xpath("//details[@id='barrier-meanings']")
    groups = [words_of(heading) for heading in meanings.iter("h2")]
    offered = BarrierCategory.objects.filter(is_active=True)
    assert set(groups) == set(offered.values_list("group", flat=True))
    told = {words_of(row.find("dt")): words_of(row.find("dd")) for row in meanings.xpath(".//dl/div")}
    assert told.keys() == {shown(row) for row in offered}
    for row in offered:
        assert row.definition in told[shown(row)]


@pytest.mark.policy("WIS-053")
def test_federal_and_confidential_ones_are_marked(browser):
    page = Page(browser.get(reverse("plan:barrier-add", args=[lucia().pk])))
    told = {words_of(row.find("dt")): words_of(row.find("dd")) for row in page.root.xpath("//details//dl/div")}
    for row in BarrierCategory.objects.filter(is_active=True):
        marks = told[shown(row)].removeprefix(row.definition).split()
        assert marks == ["Federal"] * bool(row.pirl_elements) + ["Confidential"] * row.is_confidential
    options = {
        option.get("value"): words_of(option) for option in page.root.xpath("//select[@name='category']//option")
    }
    for row in BarrierCategory.objects.all():
        assert options[str(row.pk)].endswith(" (confidential)") is row.is_confidential


def test_a_confidential_barrier_is_marked_in_the_plan(browser):
    add(browser, "HLTH")
    page = Page(browser.get(reverse("plan:goals", args=[lucia().pk])))
    cells = {row["Barrier"]: row for row in page.table("Potential barriers")}
    assert f"{shown(category('HLTH'))} Confidential" in cells
    assert not [name for name in cells if name.endswith("Confidential") and "health" not in name.lower()]


def test_the_definition_stands_above_the_form_of_a_barrier(browser):
    page = Page(browser.get(reverse("plan:barrier-edit", args=[lucia().pk, lucias("TRAN").pk])))
    assert f"{shown(category('TRAN'))}: No reliable way to get to services, school or work" in page.words


def take_all_out(customer):
    for barrier in Barrier.objects.in_plan().filter(plan__customer=customer):
        columns = {"removed_at": states.now(), "removed_by": north_planner(), "removed_reason": "-", "removal": "other"}
        write(barrier, **columns)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("OTHR", marks=pytest.mark.policy("WIS-054")),
        pytest.param("NONE", marks=pytest.mark.policy("WIS-055")),
    ],
)
def test_what_needs_a_comment_says_so_before_it_is_saved_and_leads_to_it(browser, code):
    page = Page(browser.get(reverse("plan:barrier-add", args=[lucia().pk])))
    assert '"Other" and "No potential barriers" need a comment: after saving, we lead you to it.' in page.words
    take_all_out(lucia())
    comment = reverse("plan:barriers-comment", args=[lucia().pk])
    answer = add(browser, code, description="")
    assert answer.redirect_chain[-1][0] == comment
    assert "The barrier was saved." in Page(answer).words
    browser.post(comment, Page(answer).form(comment) | {"barriers_comment": "Said by the customer."})
    edited = reverse("plan:barrier-edit", args=[lucia().pk, lucias(code).pk])
    answer = browser.post(edited, Page(browser.get(edited)).form(edited), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("plan:goals", args=[lucia().pk])


@pytest.mark.policy("WIS-053")
def test_any_other_barrier_needs_no_comment(browser):
    assert add(browser, "DLIC").redirect_chain[-1][0] == reverse("plan:goals", args=[lucia().pk])


# --- the removal ------------------------------------------------------------------------------


def removal_path(code):
    return reverse("plan:barrier-remove", args=[lucia().pk, lucias(code).pk])


def lines(browser, code):
    page = Page(browser.get(removal_path(code)))
    return [words_of(row) for row in page.root.xpath("//*[@id='linked']//li")]


def remove(browser, code, **values):
    posted = {"removal": "other", "note": "", "contact_on": timezone.localdate().isoformat(), "contact_method": "phone"}
    return Page(browser.post(removal_path(code), posted | values, follow=True))


@pytest.mark.policy("WIS-056", "WIS-142")
def test_the_page_says_before_which_services_lose_their_link(browser):
    service = PlannedService.objects.get(plan__customer=lucia(), service__code="SS-TRAN")
    program = Program.objects.get(code="T1-DW")
    assert lines(browser, "TRAN") == [f"{shown(service.service)} (Planned): {shown(program)}"]
    page = remove(browser, "TRAN")
    name = service.service.plain_name
    assert f"The barrier was removed from the plan. This service no longer answers it: {name}." in page.words
    assert not service.barriers.exists()


def test_a_service_that_has_left_the_plan_is_not_listed(browser):
    service = PlannedService.objects.get(plan__customer=lucia(), service__code="SS-TRAN")
    remove_service(service, removal="goal_changed", by=north_planner(), at=states.now())
    page = Page(browser.get(removal_path("TRAN")))
    assert not page.has_id("linked")
    assert "No service is linked to it." in page.words
    said = remove(browser, "TRAN").words
    assert "The barrier was removed from the plan." in said
    assert "no longer answer" not in said


def test_they_stand_by_program_and_those_of_none_come_last(browser):
    plan, barrier = states.plan_of(lucia()), lucias("TRAN")
    pen = states.pen(states.newest(lucia()))
    goal = plan.goals.in_plan().order_by("pk")[0]
    for code in ("BC-JREQ", "BC-COUN"):
        row = PlannedService.objects.filter(plan=plan, service__code=code).first() or pen.service(code, goal)
        save_service(row, {"barriers": [barrier]}, by=north_planner(), at=states.now())
        if code == "BC-JREQ":
            write(row, program=None)
    found = lines(browser, "TRAN")
    assert len(found) == 3
    assert [": " in line for line in found] == [True, True, False]
    said = remove(browser, "TRAN").words
    assert "These services no longer answer it:" in said


@pytest.mark.policy("WIS-142", "WIS-173")
def test_a_removal_without_its_case_note_still_says_what_is_linked(browser):
    page = remove(browser, "TRAN", removal="resolved")
    assert page.has_id("linked")
    assert "Write the case note: why does the barrier no longer affect the customer (12.7.8)?" in page.words
