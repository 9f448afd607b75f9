"""A placement is started, held, taken up again, terminated, and put right (ILL-139, ILL-151, ILL-152, AMB-I5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from careerplan.plans.gate import TooEarly
from services.actions import change_funding, remove_service, save_service
from services.models import PlannedService
from tests import placed, states, supervised
from tests.markup import Page
from tests.people import north_planner, planner
from tests.states import days_ago
from worksites.enums import PlacementStatus
from worksites.models import Placement
from worksites.placements.correcting import save_placement
from worksites.placements.moves import BY_CODE, MOVES
from worksites.placements.moving import ACTS, move_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def past():
    return placed.planned_in_the_past()


def move(row, code, *, by=None, seen=None, **values):
    return move_placement(row, code, values, seen=seen, by=by or row.customer.planner, at=states.now())


def refused(row, code, **values):
    with pytest.raises(Refusal) as found:
        move(row, code, **values)
    return found.value.code, found.value.field


# --- the table ------------------------------------------------------------------------------------


def test_every_move_has_an_act_and_every_status_is_reached():
    assert BY_CODE.keys() == ACTS.keys()
    assert {each.leads_to for each in MOVES} >= set(PlacementStatus)


@pytest.mark.policy("ILL-139")
def test_the_statuses_are_the_four_of_the_document():
    assert PlacementStatus.labels == ["Planned/Not Started", "Started (Open)", "On Hold (Inactive)", "Terminated"]
    assert Placement().get_status_display() == "Planned/Not Started"


def in_status(status, row):
    ways = {
        "planned": [], "started": [("start", {"starts_on": days_ago(30)})],
        "on_hold": [("start", {"starts_on": days_ago(30)}), ("hold", {"inactive_on": days_ago(20)})],
        "terminated": [
            ("start", {"starts_on": days_ago(30)}),
            ("terminate", {"ends_on": days_ago(5), "termination_reason": "quit"}),
        ],
    }  # fmt: skip
    for code, values in ways[status]:
        row = placed.moved(row, code, **values)
    return row


@pytest.mark.policy("ILL-139")
@pytest.mark.parametrize("status", PlacementStatus.values)
def test_a_move_from_another_status_is_refused(past, status):
    row = in_status(status, past)
    given = {
        "starts_on": days_ago(30), "inactive_on": days_ago(9), "returned_on": days_ago(8), "ends_on": days_ago(7),
        "termination_reason": "quit", "words": "A reason.",
    }  # fmt: skip
    for each in MOVES:
        if status not in each.of:
            assert refused(row, each.code, **given)[0] == "moved-meanwhile"


# --- each of them ---------------------------------------------------------------------------------


@pytest.mark.policy("ILL-139", "ILL-140")
def test_a_start_starts_the_service_with_it(past):
    assert refused(past, "start") == ("starts-on-missing", "starts_on")
    row = placed.moved(past, "start", starts_on=days_ago(30))
    assert (row.status, row.starts_on, row.subsidy_starts_on) == ("started", days_ago(30), days_ago(30))
    assert (row.planned.status, row.planned.actual_start_on) == ("started", days_ago(30))


@pytest.mark.policy("ILL-153")
@pytest.mark.parametrize("starts_on", [days_ago(20), days_ago(5)], ids=["earlier", "later"])
def test_a_subsidy_whose_first_day_is_left_empty_begins_with_the_placement(client, starts_on):
    about = {"starts_on": days_ago(10), "subsidy_starts_on": days_ago(10)}
    row = placed.planned(placed.long_ago(placed.service(), 60), **about)
    client.force_login(planner())
    path = reverse("placement-move", args=[row.customer.pk, row.pk, "start"])
    form = Page(client.get(path)).form(path)
    sent = form | {"starts_on": starts_on.isoformat(), "subsidy_starts_on": ""}
    assert client.post(path, sent).status_code == 302
    row = placed.reread(row)
    assert (row.starts_on, row.subsidy_starts_on) == (starts_on, starts_on)


@pytest.mark.policy("ILL-112")
def test_no_placement_starts_before_an_agreed_version_lists_its_service():
    version = states.draft()
    pen = states.pen(version)
    under = pen.service("WE-EXP", version.plan.goals.in_plan().first(), planned_start_on=pen.in_days(0))
    row = placed.planned(PlannedService.objects.select_related("plan").get(pk=under.pk))
    with pytest.raises(TooEarly) as found:
        move(row, "start", starts_on=states.today())
    assert found.value.field == "starts_on"
    assert placed.reread(row).status == "planned"


def test_a_start_to_come_is_refused(past):
    assert refused(past, "start", starts_on=states.today() + timedelta(days=1))[1] == "starts_on"


def test_a_placement_does_not_start_before_its_service(past):
    placed.moved(past, "start", starts_on=days_ago(20))
    second = placed.planned(past.planned)
    assert refused(second, "start", starts_on=days_ago(21)) == ("before-the-service", "starts_on")


@pytest.mark.policy("ILL-151")
def test_a_hold_asks_the_inactive_date(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    assert refused(row, "hold") == ("inactive-on-missing", "inactive_on")
    assert refused(row, "hold", inactive_on=days_ago(31)) == ("inactive-before-start", "inactive_on")
    row = placed.moved(row, "hold", inactive_on=days_ago(20))
    assert (row.status, row.inactive_on, row.returned_on) == ("on_hold", days_ago(20), None)


@pytest.mark.policy("ILL-152")
def test_the_way_back_asks_the_return_date_not_before_the_inactive_date(past):
    row = in_status("on_hold", past)
    assert refused(row, "return") == ("returned-on-missing", "returned_on")
    assert refused(row, "return", returned_on=days_ago(21)) == ("return-before-inactive", "returned_on")
    row = placed.moved(row, "return", returned_on=days_ago(10))
    assert (row.status, row.returned_on) == ("started", days_ago(10))


@pytest.mark.policy("ILL-154", "AMB-I11")
def test_several_holds_are_kept_and_counted(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    for begun, back in ((25, 22), (15, 10)):
        row = placed.moved(row, "hold", inactive_on=days_ago(begun))
        row = placed.moved(row, "return", returned_on=days_ago(back))
    assert [(hold.inactive_on, hold.returned_on) for hold in row.holds] == [
        (days_ago(25), days_ago(22)),
        (days_ago(15), days_ago(10)),
    ]
    assert row.days_in_subsidized(states.today()) == 30 - 3 - 5
    assert row.status_history.count() == 6
    assert refused(row, "hold", inactive_on=days_ago(11)) == ("holds-overlap", "inactive_on")


@pytest.mark.policy("AMB-I5")
def test_a_termination_asks_the_end_date_and_a_reason(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    assert refused(row, "terminate", termination_reason="completed") == ("ends-on-missing", "ends_on")
    assert refused(row, "terminate", ends_on=days_ago(1))[1] == "termination_reason"
    assert refused(row, "terminate", ends_on=days_ago(31), termination_reason="quit") == ("end-before-start", "ends_on")
    assert refused(row, "terminate", ends_on=days_ago(1), termination_reason="other")[1] == "words"
    row = placed.moved(row, "terminate", ends_on=days_ago(2), termination_reason="completed")
    assert (row.status, row.ends_on, row.termination_reason) == ("terminated", days_ago(2), "completed")
    assert (row.planned.status, row.subsidy_ends_on) == ("started", None)


def test_it_does_not_end_before_its_last_hold(past):
    row = in_status("on_hold", past)
    assert refused(row, "terminate", ends_on=days_ago(21), termination_reason="quit") == ("end-in-a-hold", "ends_on")


def test_what_was_terminated_by_mistake_goes_on(past):
    row = placed.moved(in_status("terminated", past), "not-ended")
    assert (row.status, row.ends_on, row.termination_reason) == ("started", None, "")


def test_what_was_terminated_on_hold_is_on_hold_again(past):
    row = in_status("on_hold", past)
    row = placed.moved(row, "terminate", ends_on=days_ago(3), termination_reason="quit")
    row = placed.moved(row, "not-ended")
    assert (row.status, row.inactive_on) == ("on_hold", days_ago(20))


def test_it_does_not_go_on_where_its_opening_was_given_away(past):
    row = in_status("terminated", past)
    placed.planned(at=row.job)
    assert refused(row, "not-ended")[0] == "no-opening-left"


def test_what_was_started_by_mistake_is_planned_again(past):
    row = placed.moved(placed.moved(past, "start", starts_on=days_ago(30)), "not-started")
    assert row.status == "planned"
    assert refused(in_status("on_hold", row), "not-started")[0] == "moved-meanwhile"


@pytest.mark.parametrize("answer", ["evaluation", "hours"])
def test_what_a_supervisor_answered_rests_on_the_start(client, past, answer):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    if answer == "hours":
        supervised.confirmed(supervised.asked(row, supervised.week(row)), 38)
    else:
        supervised.evaluated(supervised.asked(row))
    assert refused(row, "not-started")[0] == "rests-on-the-start"
    client.force_login(planner())
    path = reverse("placement-move", args=[row.customer.pk, row.pk, "not-started"])
    page = Page(client.post(path, Page(client.get(path)).form(path)))
    assert "The supervisor has answered a question about this placement already." in page.words
    assert placed.reread(row).status == "started"


def test_a_question_that_nobody_answered_does_not_rest_on_the_start(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    supervised.asked(row)
    assert placed.moved(row, "not-started").status == "planned"


def test_in_a_closed_plan_nothing_is_planned_again(client, past):
    """It could not start any more."""
    row = placed.moved(past, "start", starts_on=days_ago(30))
    states.closed(row.customer)
    client.force_login(planner())
    words = Page(client.get(reverse("placement", args=[row.customer.pk, row.pk]))).words
    assert "Put on hold" in words
    assert "It has not started" not in words
    assert refused(row, "not-started")[0] == "plan-closed"
    assert placed.reread(row).status == "started"


def test_what_is_planned_is_taken_back_with_a_reason(past):
    assert refused(past, "withdraw")[1] == "words"
    row = placed.moved(past, "withdraw", words="The employer chose somebody else.")
    assert row.withdrawn_by == row.customer.planner
    assert not Placement.objects.standing().filter(pk=row.pk).exists()


# --- corrections, and two people ------------------------------------------------------------------


@pytest.mark.policy("ILL-154", "AMB-I14")
def test_each_change_of_a_date_adds_a_line_and_a_note_adds_none(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    number = row.status_history.count()
    save_placement(row, {"subsidy_starts_on": days_ago(28)}, by=row.customer.planner, at=states.now())
    assert row.status_history.count() == number + 1
    save_placement(row, {"notes": "She likes it."}, by=row.customer.planner, at=states.now())
    assert row.status_history.count() == number + 1
    newest = row.status_history.latest("id")
    assert (newest.subsidy_starts_on, newest.updated_by) == (days_ago(28), row.customer.planner)


def test_a_colleagues_change_is_not_overwritten(past):
    seen = past.row_version
    placed.moved(past, "start", starts_on=days_ago(30))
    with pytest.raises(StaleRow):
        save_placement(past, {"notes": "Late."}, seen=seen, by=past.customer.planner, at=states.now())


def test_a_planner_of_another_region_changes_nothing(past):
    with pytest.raises(NotAllowed):
        move(past, "start", by=north_planner(), starts_on=days_ago(30))
    with pytest.raises(NotAllowed):
        save_placement(past, {"notes": "Hello."}, by=north_planner(), at=states.now())


# --- its service ----------------------------------------------------------------------------------


def service_of(row):
    return PlannedService.objects.select_related("plan", "service").get(pk=placed.reread(row).planned_id)


def test_a_service_does_not_end_before_its_placement(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    end = {"status": "complete", "ended_on": days_ago(1)}
    with pytest.raises(Refusal) as found:
        save_service(service_of(row), end, by=row.customer.planner, at=states.now())
    assert (found.value.code, found.value.field) == ("placement-under-way", "status")


def test_the_placement_goes_along_where_the_funding_changes(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    by = row.customer.planner
    latter = change_funding(
        service_of(row), program=None, contract="New contract", changes_on=days_ago(10), by=by, at=states.now()
    )
    assert placed.reread(row).planned == latter
    newer = placed.moved(row, "terminate", ends_on=days_ago(1), termination_reason="completed")
    assert newer.status == "terminated"


def test_a_service_that_leaves_the_plan_takes_its_planned_placement_along(past):
    draft = states.reviewed(past.customer)
    by = past.customer.planner
    remove_service(service_of(past), removal="unavailable", by=by, at=states.now())
    assert draft.plan == past.planned.plan
    row = placed.reread(past)
    assert row.withdrawn_by == by
    assert row.job.placements.filter(withdrawn_at=None).count() == 0


def test_a_service_with_a_placement_under_way_stays_in_the_plan(past):
    row = placed.moved(past, "start", starts_on=days_ago(30))
    states.reviewed(row.customer)
    with pytest.raises(Refusal) as found:
        remove_service(service_of(row), removal="unavailable", by=row.customer.planner, at=states.now())
    assert found.value.code == "placement-under-way"


# --- the pages ------------------------------------------------------------------------------------


def test_the_page_offers_what_may_become_of_it(client, past):
    client.force_login(planner())
    path = reverse("placement", args=[past.customer.pk, past.pk])
    links = Page(client.get(path)).links()
    assert {"Start", "Take back"} <= links.keys()
    form = Page(client.get(links["Start"])).form(links["Start"])
    answer = client.post(links["Start"], form | {"starts_on": days_ago(30).isoformat()})
    assert answer.url == path
    links = Page(client.get(path)).links()
    assert {"Put on hold", "Terminate"} <= links.keys()
    bad = client.post(links["Terminate"], {"ends_on": "", "termination_reason": ""})
    assert bad.status_code == 422
    assert "Enter the end date." in Page(bad).words


def test_another_regions_planner_finds_no_placement(client, past):
    client.force_login(north_planner())
    for name, more in (
        ("placement", []),
        ("placement-edit", []),
        ("placement-wage", []),
        ("placement-move", ["start"]),
    ):
        assert client.get(reverse(name, args=[past.customer.pk, past.pk, *more])).status_code == 404
