"""The address of a question to other planners holds what the action is given: one that nobody was led to is 404."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from acknowledgments.enums import RequestKind
from careerplan.base import clock, drafts
from services.models import PlannedService
from tests import states
from tests.acknowledgments.staff_request_pages import ELECTRICIAN, draft, newest_request, posted, written
from tests.markup import Page
from tests.people import angela, david, lucia, planner
from tests.rows import everything
from tests.shared_plans import ADULT, WORKER, co_enrolled, priyas, program, service, shared_angela

pytestmark = pytest.mark.django_db


def other_plans_service():
    return PlannedService.objects.filter(plan__customer=lucia()).first().pk


HOSTILE = {
    "an unknown kind": lambda: ("burn_plan", {}),
    "a kind of another list": lambda: ("goal", {}),
    "no service": lambda: ("remove_service", {"removal": "unavailable"}),
    "a service that is no number": lambda: ("remove_service", {"service": "x", "removal": "unavailable"}),
    "a superscript": lambda: ("remove_service", {"service": "²", "removal": "unavailable"}),
    "a number beyond every row": lambda: ("remove_service", {"service": "9" * 40, "removal": "unavailable"}),
    "a service of another plan": lambda: (
        "remove_service",
        {"service": other_plans_service(), "removal": "unavailable"},
    ),
    "a service of the own program": lambda: (
        "remove_service",
        {"service": service("TR-OST").pk, "removal": "unavailable"},
    ),
    "no reason of removal": lambda: ("remove_service", {"service": priyas("BC-JSST").pk}),
    "an unknown reason of removal": lambda: ("remove_service", {"service": priyas("BC-JSST").pk, "removal": "bored"}),
    "an unknown program": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "program": "99999"}),
    "a program that is no number": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "program": ADULT}),
    "a program that asks nobody": lambda: (
        "add_service",
        {"service": service("TR-OST").pk, "program": program("JTED").pk},
    ),
    "a day that is none": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "changes_on": "2026-02-30"}),
    "a day in words": lambda: ("add_service", {"service": priyas("BC-JSST").pk, "changes_on": "tomorrow"}),
    "an unknown role": lambda: ("change_career_goal", {"role": "hobby", "occupation": ELECTRICIAN}),
    "no role": lambda: ("change_career_goal", {}),
    "no goal": lambda: ("change_career_goal", {"role": "long_term"}),
    "a goal that is not there to be removed": lambda: (
        "change_career_goal",
        {"role": "short_employment", "removed": "yes"},
    ),
    "an unknown occupation": lambda: ("change_employment_goal", {"occupation": "99-9999"}),
    "no employment goal": lambda: ("change_employment_goal", {}),
    "no outcome": lambda: ("close_plan", {}),
    "an unknown outcome": lambda: ("close_plan", {"outcome": "won"}),
    "no reason": lambda: ("close_plan", {"outcome": "not_completed"}),
    "an unknown reason": lambda: ("close_plan", {"outcome": "not_completed", "reason": "bored"}),
    "a version that is not deleted": lambda: ("recover_draft", {"version": states.newest(angela()).pk}),
    "a version of another plan": lambda: (
        "recover_draft",
        {"version": states.deleted(states.newest(david())).pk},
    ),
    "no version": lambda: ("recover_draft", {}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_address_that_makes_no_sense_is_not_found(client, name):
    shared_angela()
    kind, arguments = HOSTILE[name]()
    client.force_login(planner())
    path = reverse("plan:ask", args=[angela().pk, kind])
    before = everything()
    assert client.get(path, arguments).status_code == 404
    assert client.post(path, {"reason": "Why not"}, query_params=arguments).status_code == 404
    assert written(before) == {}


@pytest.mark.parametrize("kind", sorted({*RequestKind.values} - {"recover_draft"}))
def test_where_nobody_else_has_to_approve_there_is_nothing_to_ask(client, kind):
    client.force_login(planner())
    everything_said = {
        "service": service("TR-OST").pk, "removal": "unavailable", "program": program(WORKER).pk, "role": "long_term",
        "occupation": ELECTRICIAN, "outcome": "completed",
    }  # fmt: skip
    assert client.get(reverse("plan:ask", args=[angela().pk, kind]), everything_said).status_code == 404


@pytest.mark.parametrize("kind", sorted({*RequestKind.values} - {"start_plan"}))
def test_without_a_plan_only_its_beginning_is_asked_for(client, kind):
    customer = co_enrolled()
    client.force_login(planner())
    assert client.get(reverse("plan:ask", args=[customer.pk, kind])).status_code == 404
    assert client.get(reverse("plan:ask", args=[customer.pk, "start_plan"])).status_code == 200


def test_words_that_are_too_long_are_cut_and_do_not_fail(client):
    draft()
    planned = priyas("BC-JSST")
    client.force_login(planner())
    arguments = {"service": planned.pk, "removal": "other", "note": "é" * 5000}
    path = reverse("plan:ask", args=[angela().pk, "remove_service"])
    assert client.post(path, {"reason": "x" * 501}, query_params=arguments).status_code == 422
    assert client.post(path, {"reason": "x" * 500}, query_params=arguments).status_code == 302
    posted(client, newest_request())
    planned.refresh_from_db()
    assert planned.removed_reason == "Other reason. " + "é" * 200


def test_the_page_of_a_question_opens_with_what_was_typed_into_it_before(client):
    draft()
    client.force_login(planner())
    path = reverse("plan:ask", args=[angela().pk, "remove_service"])
    arguments = {"service": priyas("BC-JSST").pk, "removal": "not_wanted"}
    data = QueryDict("reason=We+agreed+on+it+by+phone.")
    drafts.keep(planner().pk, path, data, at=clock.now())
    page = Page(client.get(path, arguments | {"draft": "show"}))
    assert page.form(f"{path}?service={arguments['service']}&removal=not_wanted&draft=show")["reason"] == data["reason"]
