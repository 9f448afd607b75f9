"""From status to status: each move asks for what it demands, and says at its field what does not go together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.dates import day_of, in_text
from careerplan.base.refusals import Refusal
from services.actions import save_service
from services.models import PlannedService
from services.moves.kinds import MOVES, moves_of
from tests import states
from tests.markup import Page
from tests.people import angela, david, planner
from tests.rows import changed, everything, refuses, write
from tests.services.service_form import move, move_path, path_of, training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def job_search():
    """Angela's job search: planned, not yet begun, in a plan that is in force."""
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=angela(), service__code="BC-JSST")


WAYS = {
    "planned": {"start", "complete", "never"},
    "started": {"hold", "complete", "terminate", "not-started"},
    "on_hold": {"resume", "complete", "terminate", "not-started"},
    "complete": {"not-ended"},
    "never_provided": {"not-started"},
    "terminated": {"not-ended"},
}


@pytest.mark.policy("ILL-116")
@pytest.mark.parametrize(("status", "ways"), WAYS.items())
def test_a_service_goes_from_its_status_where_it_may(status, ways):
    assert {way.code for way in moves_of(status)} == ways


def test_the_page_of_a_service_has_a_button_for_each_of_its_moves(client):
    page = Page(client.get(path_of(training())))
    links = page.links()
    assert {links["Hold"], links["Complete"], links["Terminate"]} == {
        move_path(training(), code) for code in ("hold", "complete", "terminate")
    }
    assert "Start" not in links


ASKED = {
    "start": {"actual_start_on"},
    "complete": {"actual_start_on", "ended_on"},
    "never": {"never_provided_reason", "notes"},
}


@pytest.mark.parametrize(("code", "asked"), ASKED.items())
def test_a_move_asks_for_what_it_demands_and_nothing_else(client, code, asked):
    path = move_path(job_search(), code)
    form = Page(client.get(path)).root.xpath(f"//form[@action='{path}']//*[@name and not(@type='hidden')]/@name")
    assert set(form) == asked


def test_the_start_is_not_asked_again(client):
    path = move_path(training(), "complete")
    assert "actual_start_on" not in Page(client.get(path)).form(path)


def test_there_and_back_again(client):
    for code, status, days in [
        ("start", "started", {"actual_start_on": TODAY}),
        ("hold", "on_hold", {}),
        ("resume", "started", {}),
        ("complete", "complete", {"ended_on": TODAY}),
        ("not-ended", "started", {}),
        ("terminate", "terminated", {"ended_on": TODAY}),
        ("not-ended", "started", {}),
        ("not-started", "planned", {}),
    ]:
        answer = move(client, job_search(), code, **days)
        assert answer.status_code == 200
        assert job_search().status == status
    row = job_search()
    assert (row.actual_start_on, row.ended_on) == (None, None)


def test_the_page_says_since_when_a_service_is_on_hold(client):
    held = states.now() - timedelta(days=3)
    for values, at in (
        ({"status": "on_hold"}, held - timedelta(days=1)),
        ({"status": "started"}, held - timedelta(hours=1)),
        ({"status": "on_hold"}, held),
        ({"notes": "The instructor is ill."}, states.now()),
    ):
        save_service(training(), values, by=planner(), at=at)
    started, since = (in_text(day) for day in (training().actual_start_on, day_of(held)))
    assert f"On hold since {since}, started on {started}" in Page(client.get(path_of(training()))).words
    save_service(training(), {"status": "started"}, by=planner(), at=states.now())
    assert "On hold since" not in Page(client.get(path_of(training()))).words


def test_a_move_that_its_status_does_not_have_is_refused_with_what_it_is_now(client):
    path = move_path(job_search(), "start")
    data = Page(client.get(path)).form(path)
    move(client, job_search(), "start", actual_start_on=TODAY)
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert "The service is Started now." in Page(answer).words


def test_no_move_of_another_name(client):
    assert client.get(move_path(training(), "vanish")).status_code == 404


def test_no_move_of_another_plans_service(client):
    for code in [way.code for way in MOVES]:
        path = reverse("plan:service-move", args=[david().pk, training().pk, code])
        assert client.get(path).status_code == client.post(path).status_code == 404


REFUSED = [
    pytest.param(
        "complete",
        {"ended_on": TODAY - timedelta(days=2), "actual_start_on": YESTERDAY},
        "ended_on",
        "The completion can't be before the start. Correct one of the two dates.",
        id="completion before the start",
    ),
    pytest.param(
        "complete",
        {"ended_on": "", "actual_start_on": YESTERDAY},
        "ended_on",
        "Enter the completion date.",
        marks=pytest.mark.policy("ILL-111"),
        id="complete without a date",
    ),
    pytest.param("start", {"actual_start_on": ""}, "actual_start_on", "Enter the start date.", id="no start"),
    pytest.param(
        "never", {}, "never_provided_reason", "Choose why the service was never provided (12.7.5).", id="no reason"
    ),
]


@pytest.mark.parametrize(("code", "values", "field", "sentence"), REFUSED)
def test_what_does_not_go_together_is_said_at_its_field(client, code, values, field, sentence):
    before = everything()
    answer = move(client, job_search(), code, **values)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-111")
def test_a_complete_service_without_its_date_is_refused_by_the_action_and_by_the_database():
    with pytest.raises(Refusal) as refused:
        save_service(training(), {"status": "complete"}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("end-missing", "ended_on")
    refuses("a_complete_or_terminated_service_has_its_end", lambda: write(training(), status="complete"))


# --- never provided ---------------------------------------------------------------------------

REASONS = {
    "WIS-063": ("not_wanted", "The customer no longer wishes to receive it"),
    "WIS-064": ("assessment_changed", "The assessment results that led to it changed"),
    "WIS-065": ("goal_changed", "The goal of the plan changed"),
    "WIS-066": ("goal_reached", "It is no longer required: the goal was reached"),
    "WIS-067": ("unavailable", "The service or its funding became unavailable"),
    "WIS-068": ("exited", "The customer exited Title I before it could be provided"),
    "WIS-069": ("no_show", "The customer did not attend as planned"),
    "WIS-070": ("other", "Other (say why in the notes)"),
}


@pytest.mark.parametrize(
    ("reason", "words"),
    [pytest.param(*row, marks=pytest.mark.policy(policy), id=row[0]) for policy, row in REASONS.items()],
)
def test_why_a_service_was_never_provided_is_recorded_at_any_time(client, reason, words):
    page = Page(client.get(move_path(job_search(), "never")))
    assert words in page.words
    assert page.root.xpath(f"//input[@name='never_provided_reason'][@value='{reason}']")
    notes = "Her sister told us on the phone."
    page = Page(move(client, job_search(), "never", never_provided_reason=reason, notes=notes))
    assert "It was recorded that the service was never provided." in page.words
    row = job_search()
    assert (row.status, row.never_provided_reason, row.notes) == ("never_provided", reason, notes)
    assert states.plan_of(angela()).versions.count() == 1
    log = Page(client.get(reverse("plan:log", args=[angela().pk]))).words
    assert words in log
    assert "to Never Provided" in log


@pytest.mark.policy("WIS-070")
def test_another_reason_is_said_in_the_notes(client):
    before = everything()
    answer = move(client, job_search(), "never", never_provided_reason="other", notes=" ")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"notes": ["Enter the reason."]}
    assert changed(before, everything()) == {}


@pytest.mark.policy("WIS-070")
def test_notes_that_say_something_else_are_no_reason(client):
    write(job_search(), notes="She wants to work near her home.")
    before = everything()
    answer = move(client, job_search(), "never", never_provided_reason="other")
    assert answer.context["form"].errors == {
        "notes": ["The notes were written before. Add why the service was never provided."]
    }
    assert changed(before, everything()) == {}
    reason = "She wants to work near her home. She found a job by herself."
    move(client, job_search(), "never", never_provided_reason="other", notes=reason)
    assert (job_search().status, job_search().notes) == ("never_provided", reason)
    save_service(job_search(), {"weekly_hours": None}, by=planner(), at=states.now())  # is not asked anew
