"""The ten-day reason: asked for on the page of the service, and told with whether it came on time (WIS-061, 062)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from services.actions import save_service
from services.enums import NeverProvided
from services.models import PlannedService
from services.never_provided import told_in_log
from services.policy import days_late
from tests import people, states
from tests.markup import Page
from tests.rows import date_back
from tests.services.service_form import move, path_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ASKED = "Record the start, a new planned date, or why the service was never provided"


@pytest.fixture
def client(client):
    client.force_login(people.planner())
    return client


def planned(days_ago):
    """A service in a plan in force whose planned start was so many days ago."""
    row = PlannedService.objects.in_plan().filter(plan=states.in_force().plan, status="planned")[0]
    date_back(row, planned_start_on=states.today() - days_ago * DAY, planned_end_on=states.today() + 60 * DAY)
    return again(row)


def again(row):
    return PlannedService.objects.select_related("plan__customer", "service").get(pk=row.pk)


@pytest.mark.policy("WIS-062")
@pytest.mark.parametrize(("days", "late"), [(-3, 0), (0, 0), (10, 0), (11, 1), (13, 3)])
def test_it_is_late_from_the_eleventh_day(days, late):
    assert days_late(states.today() - days * DAY, states.today()) == late


@pytest.mark.policy("WIS-061", "WIS-062", "AMB-W19")
@pytest.mark.parametrize(
    ("days_ago", "asked", "late"),
    [(0, False, ""), (1, True, ""), (10, True, ""), (11, True, "Late by 1 day."), (13, True, "Late by 3 days.")],
)
def test_the_page_of_the_service_asks_from_the_day_after_the_planned_start(client, days_ago, asked, late):
    words = Page(client.get(path_of(planned(days_ago)))).words
    assert (ASKED in words) is asked
    assert ("Late by" in words) is bool(late)
    assert late in words


@pytest.mark.policy("WIS-061", "AMB-W19")
@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"planned_start_on": 1}, id="a new planned date"),
        pytest.param({"status": "started", "actual_start_on": 0}, id="an actual start"),
        pytest.param({"status": "never_provided", "never_provided_reason": "no_show"}, id="a reason"),
    ],
)
def test_it_asks_no_more_once_there_is(client, values):
    row = planned(13)
    assert ASKED in Page(client.get(path_of(row))).words
    said = {name: states.today() + value * DAY if isinstance(value, int) else value for name, value in values.items()}
    save_service(row, said, by=people.planner(), at=states.now())
    assert ASKED not in Page(client.get(path_of(row))).words


@pytest.mark.policy("WIS-062")
@pytest.mark.parametrize(
    ("days_ago", "told"), [(-2, "on time"), (10, "on time"), (11, "late by 1 day"), (13, "late by 3 days")]
)
def test_the_log_and_the_page_say_whether_the_reason_came_on_time(client, days_ago, told):
    row = planned(days_ago)
    move(client, row, "never", never_provided_reason="no_show", notes="")
    assert f": {told} (12.7.5)." in Page(client.get(path_of(row))).words
    changes = {change["label"]: change["to"] for change in again(row).history.latest().changes}
    assert changes["reason documented"] == told
    log = Page(client.get(reverse("plan:log", args=[row.plan.customer_id]))).words
    assert "reason documented" in log.lower()
    assert told in log


@pytest.mark.policy("WIS-062")
def test_what_is_corrected_later_documents_nothing_anew(client):
    row = planned(4)
    values = {"status": "never_provided", "never_provided_reason": "no_show"}
    save_service(row, values, by=people.planner(), at=states.now())
    later = {"never_provided_reason": "not_wanted", "planned_start_on": states.today() - 40 * DAY}
    save_service(again(row), later, by=people.planner(), at=states.now())
    assert "reason documented" not in {change["label"] for change in again(row).history.latest().changes}
    assert ": on time (12.7.5)." in Page(client.get(path_of(row))).words


def test_another_change_says_nothing_of_it(client):
    row = planned(13)
    row.notes = "She called."
    assert told_in_log(row, states.today()) == []


@pytest.mark.policy("WIS-058")
def test_whatever_says_so_a_service_is_never_provided_for_a_reason():
    row = planned(1)
    with pytest.raises(Refusal) as refused:
        save_service(row, {"status": "never_provided"}, by=people.planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("reason-missing", "never_provided_reason")


@pytest.mark.policy("WIS-058")
def test_what_was_provided_has_no_reason_why_not():
    row = planned(1)
    with pytest.raises(Refusal) as refused:
        save_service(row, {"never_provided_reason": NeverProvided.values[0]}, by=people.planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("reason-without-status", "never_provided_reason")
