"""Beside the form of a planned service: what it still needs before it starts, and what the form says is required."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.forms import ServiceForm
from services.models import PlannedService
from services.moves.ready import start_checks
from tests import states
from tests.markup import Page
from tests.people import angela, david, jennifer, planner
from tests.services.service_form import move_path, path_of, send, training

pytestmark = pytest.mark.django_db

ALL = ["DWD 12.7.3", "DWD 12.7.3", "workNet, Service Provider"]


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def service_of(customer, code):
    return PlannedService.objects.select_related("plan__customer", "service").get(
        plan__customer=customer(), service__code=code
    )


def planned():
    """Angela's job search: planned, not yet begun, in a plan that is in force."""
    return service_of(angela, "BC-JSST")


def beside(client, path):
    page = Page(client.get(path))
    return " ".join(page.root.get_element_by_id("ready-to-start").text_content().split()), page


def lacking(row):
    return [(check.citation, check.lacking) for check in start_checks(row, on=states.today()).rows if check.lacking]


def test_what_is_ready_says_that_nothing_is_missing(client):
    row = planned()
    row.barriers.set(row.plan.barriers.all()[:1])
    for path in (path_of(row), move_path(row, "start")):
        words, _page = beside(client, path)
        assert "0 to do, 3 done" in words
        assert "Nothing is missing. Start asks for the day alone." in words


def test_what_no_agreed_version_lists_says_what_it_waits_for():
    [check, *_others] = start_checks(service_of(david, "YE-01"), on=states.today()).rows
    assert (check.citation, check.is_done) == ("DWD 12.7.3", False)
    assert "is not active (draft)." in check.lacking


def test_what_meets_no_need_says_what_to_name():
    row = planned()
    row.barriers.clear()
    row.assessment = None
    assert lacking(row) == [("DWD 12.7.3", "Name the barrier or the assessment that shows the need.")]


@pytest.mark.policy("ILL-117", "ILL-118")
def test_the_grantee_is_known_and_another_provider_has_an_address(client):
    row = planned()
    row.provider, row.provider_contact = "Lakeside Community College", ""
    assert ("workNet, Service Provider", "Enter the provider's address and phone.") in lacking(row)
    row.provider_contact = "600 College Way"
    assert "workNet, Service Provider" not in dict(lacking(row))


def test_what_is_missing_leads_to_its_field(client):
    row = planned()
    _words, page = beside(client, move_path(row, "start"))
    assert page.links()["It is known who provides it"] == f"{path_of(row)}#id_provider_contact"
    assert Page(client.get(path_of(row))).has_id("id_provider_contact")
    assert page.links()["An agreed version of the plan lists it"] == reverse("plan:agreement", args=[angela().pk])


def test_what_has_begun_is_not_asked_whether_it_is_ready(client):
    assert not Page(client.get(path_of(training()))).has_id("ready-to-start")


def test_in_a_draft_it_stands_above_what_the_plan_still_needs(client):
    row = service_of(david, "YE-01")
    page = Page(client.get(path_of(row)))
    start, send_it = (page.root.get_element_by_id(name) for name in ("ready-to-start", "ready"))
    assert "open" in start.attrib
    assert "open" not in send_it.attrib
    steps = Page(client.get(reverse("plan:services", args=[david().pk])))
    assert "open" in steps.root.get_element_by_id("ready").attrib


# --- what is offered, and what is required ----------------------------------------------------


def test_the_only_goal_of_the_plan_is_offered(client):
    goal = states.pen(states.newest(jennifer())).goal("Find work", "CAREER_PLAN")
    row = service_of(jennifer, "BC-JREQ")
    assert Page(client.get(path_of(row))).form(path_of(row))["goal"] == str(goal.pk)
    states.pen(states.newest(jennifer())).goal("Learn how to drive", "CAREER_PLAN")
    assert Page(client.get(path_of(row))).form(path_of(row))["goal"] == ""


def test_without_a_draft_no_goal_is_offered():
    """What the customer agreed to changes in a draft: saving the page as it comes would be refused."""
    goal = states.pen(states.newest(jennifer())).goal("Find work", "CAREER_PLAN")
    row = service_of(jennifer, "BC-JREQ")
    for assigns, offered in ((True, goal), (False, None)):
        assert ServiceForm(row=row, grantee="-", by=planner(), assigns=assigns).initial["goal"] == offered


def test_what_is_required_says_so(client):
    page = Page(client.get(path_of(planned())))
    labels = [" ".join(label.text_content().split()) for label in page.root.xpath("//form//label")]
    assert not [label for label in labels if "optional" in label]
    assert "Required before the plan is sent." in page.words
    begun = Page(client.get(path_of(training())))
    labels = [" ".join(label.text_content().split()) for label in begun.root.xpath("//form//label")]
    assert "Start date (required)" in labels
    assert "Planned start" in labels
    answer = send(client, training(), planned_start_on=states.today(), planned_end_on=states.today() - timedelta(1))
    assert answer.status_code == 422
