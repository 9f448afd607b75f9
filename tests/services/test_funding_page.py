"""The page on which a planner changes the funding or contract of a service (12.7.5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.markup import Page
from tests.naming import shown
from tests.people import angela, david, planner
from tests.rows import changed, everything
from tests.services.funding import CONTRACT, TODAY, path_of, posted, service_of, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    client.force_login(planner())
    return client


@pytest.mark.policy("WIS-059")
def test_the_planner_changes_the_funding_on_a_page(browser):
    row = training()
    edit = Page(browser.get(reverse("plan:service-edit", args=[angela().pk, row.pk])))
    assert edit.links()["Change funding or contract"] == path_of(row)
    page = Page(browser.get(path_of(row)))
    assert "it needs no new version and no acknowledgment (12.7.5)" in page.words
    data = page.form(path_of(row))
    assert (data["program"], data["changes_on"]) == (str(row.program_id), f"{TODAY:%m/%d/%Y}")
    page = Page(browser.post(path_of(row), data | {"contract": CONTRACT}, follow=True))
    assert "The service continues with its new funding." in page.words
    lines = page.table(row.goal.statement)
    found = [line for line in lines if line["Step/Service"].startswith(shown(row.service))]
    assert sorted(line["Status"].split()[0] for line in found) == ["Started", "Terminated"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"contract": ""}, "contract"),
        ({"changes_on": ""}, "changes_on"),
        ({"changes_on": (TODAY - timedelta(days=400)).isoformat()}, "changes_on"),
        ({"program": "999999"}, "program"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(browser, values, field):
    before = everything()
    answer = browser.post(path_of(training()), posted(**values))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert changed(before, everything()) == {}


def test_a_planned_service_has_no_link_to_the_page_and_is_refused_there(browser):
    row = service_of(angela(), "BC-JSST")
    edit = Page(browser.get(reverse("plan:service-edit", args=[angela().pk, row.pk])))
    assert "Change funding or contract" not in edit.links()
    answer = browser.post(path_of(row), posted())
    assert answer.status_code == 422
    assert "You can change the funding only of a service that has started and has not ended." in Page(answer).words


def test_another_customers_service_is_not_found(browser):
    path = reverse("plan:service-funding", args=[david().pk, training().pk])
    assert browser.get(path).status_code == 404
    assert browser.post(path, posted()).status_code == 404
