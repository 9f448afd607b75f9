"""Each page into which a fragment is swapped is, after that, the page that the browser would load anew."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from lxml import html

from services.models import PlannedService, Service
from tests import states
from tests.htmx import settled, swapped, tree
from tests.people import angela, david, lucia, planner, statewide

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def customers_list():
    return reverse("customers:list"), "//input[@name='q']", {"q": "an"}


def occupations_of_a_role():
    return reverse("plan:career-goal", args=[david().pk, "employment"]), "//input[@name='q']", {"q": "nurse"}


def occupations_of_a_new_goal():
    return reverse("plan:goal-change", args=[angela().pk]), "//input[@name='q']", {"q": "electric"}


def planned_services():
    return reverse("plan:services", args=[angela().pk]), "//select[@name='status']", {"status": "complete"}


def catalog():
    return reverse("plan:catalog", args=[david().pk]), "//form[@role='search'][@hx-get]", {"category": "", "q": "job"}


# By template: the pages on which it stands, what asks there, and what is typed or chosen.
CASES = {
    "customers/list.html": [customers_list],
    "goals/_occupation_search.html": [occupations_of_a_role, occupations_of_a_new_goal],
    "services/_planned.html": [planned_services],
    "services/_catalog.html": [catalog],
}
# What swaps nothing that a page loaded anew would show: that a plan was opened.
NOTHING_SHOWN = {"acknowledgments/acknowledge.html"}
# With the fragments that only come beside others.
BESIDE = {"services/_unassigned.html"}


def test_every_template_with_a_request_of_its_own_is_tried():
    """A new hx-get, hx-post or hx-swap-oob wants a case here."""
    asking = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"\bhx-(get|post|put|patch|delete|swap-oob)=", path.read_text())
    }
    assert asking == CASES.keys() | NOTHING_SHOWN | BESIDE


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases], ids=lambda case: case.__name__)
def test_the_swapped_page_is_the_page_loaded_anew(client, case):
    client.force_login(statewide() if case is customers_list else planner())
    address, where, typed = case()
    page = tree(client.get(address))
    [asking] = page.xpath(where)
    answer = client.get(asking.get("hx-get"), typed, headers=HTMX)
    loaded = tree(client.get(address, typed))
    assert settled(swapped(page, answer, asking), typed) == settled(loaded, typed)
    assert settled(loaded, typed) != settled(page, typed), "the case changes what is shown"


def test_a_service_that_is_added_in_the_catalog_stands_behind_it_as_on_the_page_loaded_anew(client):
    client.force_login(planner())
    address = reverse("plan:services", args=[david().pk])
    page = tree(client.get(address))
    catalog_page = tree(client.get(reverse("plan:catalog", args=[david().pk])))
    service = Service.objects.get(code="BC-COUN")
    [asking] = catalog_page.xpath("//form[@hx-post][.//input[@value=$code]]", code=service.code)
    answer = client.post(asking.get("hx-post"), {"service": service.code}, headers=HTMX)
    assert PlannedService.objects.filter(plan=states.plan_of(david()), service=service).count() == 1
    after, loaded = swapped(page, answer, asking), tree(client.get(address))
    for found in (after, loaded):
        [section] = found.xpath("//section[@id='unassigned']")
        assert str(service) in section.text_content()
    assert part(after) == part(loaded)


def part(page):
    return " ".join(html.tostring(page.xpath("//section[@id='unassigned']")[0], encoding="unicode").split())


def test_that_a_plan_was_opened_shows_nothing(client):
    request = states.told(states.sent(states.newest(lucia())))
    client.force_login(lucia().user)
    page = tree(client.get(reverse("my:acknowledge", args=[request.key])))
    [asking] = page.xpath("//*[@hx-post]")
    assert asking.get("hx-swap") == "none"
    assert client.post(asking.get("hx-post"), headers=HTMX).status_code == 204
