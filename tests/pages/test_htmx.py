"""Each page into which a fragment is swapped is, after that, the page that the browser would load anew."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from services.models import PlannedService, Service
from tests import placed, states
from tests.htmx import settled, swapped, tree
from tests.leftovers import ROOMS, texts_of
from tests.people import angela, david, lucia, planner, statewide
from worksites.models import Worksite

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def customers_list():
    return reverse("customers:list"), "//input[@name='q']", {"q": "an"}


def occupations_of_a_role():
    return reverse("plan:career-goal", args=[david().pk, "employment"]), "//input[@name='q']", {"q": "nurse"}


def occupations_of_a_new_goal():
    return reverse("plan:goal-change", args=[angela().pk]), "//input[@name='q']", {"q": "electric"}


def occupations_of_a_path():
    return reverse("plan:career-path-occupation", args=[david().pk, "first"]), "//input[@name='q']", {"q": "nurse"}


def occupations_of_ones_own_path():
    return reverse("my:career-path-occupation", args=["first"]), "//input[@name='q']", {"q": "nurse"}


def planned_services():
    return reverse("plan:services", args=[angela().pk]), "//form[@id='planned-filter']", {"status": "complete"}


def catalog():
    return reverse("plan:catalog", args=[david().pk]), "//form[@role='search'][@hx-get]", {"category": "", "q": "job"}


def jobs():
    return reverse("worksites"), "//input[@name='q']", {"q": "cash"}


def jobs_of_a_plan():
    under = placed.service()
    return (
        reverse("plan:placement-choose", args=[under.plan.customer_id, under.pk]),
        "//input[@name='q']",
        {"q": "cash"},
    )


def employers():
    return reverse("employers"), "//input[@name='q']", {"q": "ro"}


def occupations_of_a_job():
    at = Worksite.objects.filter(employer__region=angela().office.region).latest("pk")
    return reverse("job-add", args=[at.pk]), "//input[@name='q']", {"q": "nurse"}


# By template: the pages on which it stands, what asks there, and what is typed or chosen.
CASES = {
    "careerplan/caseload/caseload.html": [customers_list],
    "goals/_occupation_search.html": [
        occupations_of_a_role,
        occupations_of_a_new_goal,
        occupations_of_a_path,
        occupations_of_ones_own_path,
        occupations_of_a_job,
    ],
    "worksites/places/worksites.html": [jobs],
    "worksites/places/employers.html": [employers],
    "worksites/placements/choose.html": [jobs_of_a_plan],
    "services/_planned_filter.html": [planned_services],
    "services/_catalog.html": [catalog],
}
# Who asks, where it is not the planner of Harbor Street.
WHO = {customers_list: statewide, occupations_of_ones_own_path: lambda: david().user}
# What swaps nothing that a page loaded anew would show: that a plan was opened, and the numbers of the header.
NOTHING_SHOWN = {"acknowledgments/acknowledge.html", "includes/_header.html"}
# With the fragments that only come beside others.
BESIDE = {
    "services/_unassigned.html", "services/_planned.html", "customers/_person_state.html",
    "acknowledgments/_ready_list.html", "careerplan/today/_numbers.html",
}  # fmt: skip
# What asks by itself until a worker is done: the journeys wait for it.
UNTIL_IT_IS_MADE = {"acknowledgments/_my_paper.html", "acknowledgments/_awaiting.html", "imports/_progress.html"}
# What asks by itself until the customer signed: tests/journeys/test_desk.py waits for it.
UNTIL_IT_IS_SIGNED = {"acknowledgments/_desk.html"}
# What answers while a form is filled in, as the form says it once it is posted (tests/customers/test_intake_pages.py,
# tests/services/limits/test_limits.py, tests/worksites/placements/test_wages.py).
WHILE_TYPING = {
    "customers/_doubles_live.html", "services/_limits_live.html", "worksites/placements/_minimum.html",
}  # fmt: skip


# How an answer is fetched and put in; `tests/htmx.py` follows these, and has to learn any other.
HOW = {
    f"hx-{name}"
    for name in (
        "trigger",
        "target",
        "swap",
        "select",
        "select-oob",
        "push-url",
        "sync",
        "disabled-elt",
        "indicator",
        "include",
    )
}


def test_every_template_with_a_request_of_its_own_is_tried():
    """A new hx-get, hx-post or hx-swap-oob wants a case here."""
    pages = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    found = {name: set(re.findall(r"\bhx-[a-z-]+(?==)", text)) for name, text in pages.items()}
    assert {
        name for name, attributes in found.items() if attributes - HOW
    } == CASES.keys() | NOTHING_SHOWN | BESIDE | UNTIL_IT_IS_MADE | UNTIL_IT_IS_SIGNED | WHILE_TYPING
    # hx-headers: that a page asks by itself (accounts/middleware.py), which changes no answer.
    assert set().union(*found.values()) == HOW | {"hx-get", "hx-post", "hx-swap-oob", "hx-headers"}


ANSWER_HTMX_OTHERWISE = {
    "careerplan.pages.caseload.views.caseload", "goals.views.career_goal",
    "goals.careers.views.career_path_occupation", "careerplan.pages.my_career_path.my_career_path_occupation",
    "acknowledgments.views.goal_change.goal_change",
    "services.views.services", "services.catalog.views.catalog", "services.catalog.views.service_add",
    "worksites.places.views.worksites", "worksites.places.views.employers", "worksites.places.views.job_form",
    "worksites.placements.views.placement.placement_choose",
}  # fmt: skip


def test_every_view_that_answers_htmx_otherwise_is_tried():
    """Whoever adds one adds its case."""
    found = set()
    for path, text in texts_of(settings.BASE_DIR, ROOMS, (".py",)).items():
        module = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
        views = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
        found |= {f"{module}.{view.name}" for view in views if "request.htmx" in ast.unparse(view)}
    assert found == ANSWER_HTMX_OTHERWISE


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases], ids=lambda case: case.__name__)
def test_the_swapped_page_is_the_page_loaded_anew(client, case):
    client.force_login(WHO.get(case, planner)())
    address, where, typed = case()
    page = tree(client.get(address))
    [asking] = page.xpath(where)
    answer = client.get(asking.get("hx-get"), typed, headers=HTMX)
    loaded = tree(client.get(address, typed))
    assert settled(swapped(page, answer, asking), typed) == settled(loaded, typed)
    assert settled(loaded, typed) != settled(page, typed), "the case changes what is shown"


def without_services():
    customer = states.enrolled()
    states.started(customer)
    return customer


@pytest.mark.parametrize("whose", [david, without_services])
def test_a_service_that_is_added_in_the_dialog_stands_behind_it_as_on_the_page_loaded_anew(client, whose):
    customer = whose()
    client.force_login(planner())
    address = reverse("plan:services", args=[customer.pk])
    page = tree(client.get(address))
    service = Service.objects.get(code="RF-BOND")
    catalog_page = tree(client.get(reverse("plan:catalog", args=[customer.pk]), {"q": service.code}))
    [asking] = catalog_page.xpath("//form[@hx-post][.//input[@value=$code]]", code=service.code)
    answer = client.post(asking.get("hx-post"), {"service": service.code}, headers=HTMX)
    assert PlannedService.objects.filter(plan=states.plan_of(customer), service=service).count() == 1
    after, loaded = swapped(page, answer, asking), tree(client.get(address))
    assert settled(after) == settled(loaded)
    assert settled(loaded) != settled(page)


def test_the_dialog_shows_the_catalog_of_the_page_to_which_its_link_leads(client):
    """careerplan.js puts the answer into the empty dialog."""
    client.force_login(planner())
    page = tree(client.get(reverse("plan:services", args=[david().pk])))
    [link] = page.xpath("//a[@data-dialog]")
    [body] = page.get_element_by_id(link.get("data-dialog")).xpath(".//*[@data-dialog-body]")
    assert not len(body)
    shown = tree(client.get(link.get("href"), headers=HTMX))
    [on_its_page] = tree(client.get(link.get("href"))).xpath("//*[@id='catalog']")
    assert settled(shown) == settled(on_its_page)


def test_that_a_plan_was_opened_shows_nothing(client):
    request = states.told(states.sent(states.newest(lucia())))
    client.force_login(lucia().user)
    page = tree(client.get(reverse("my:acknowledge", args=[request.key])))
    [asking] = page.xpath("//*[@hx-post]")
    assert asking.get("hx-swap") == "none"
    assert client.post(asking.get("hx-post"), headers=HTMX).status_code == 204
