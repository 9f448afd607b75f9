"""A customer works 24 hours a day at most, in however many placements: in the file, and with what stands."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base import clock
from careerplan.imports import actions
from careerplan.imports.rows import said_of
from tests import placed, states, supervised
from tests.imported import confirmed, rows_of, why, with_cells
from tests.imported import states as states_of
from tests.markup import Page
from tests.payroll import BEGINS, ENDS, STARTED, checked, day, entries, row, taken_over, working
from tests.people import planner
from tests.rows import write
from worksites.evaluations.asking import Period
from worksites.payroll.actions import withdraw
from worksites.payroll.policy import days_of_all

pytestmark = pytest.mark.django_db

ON = {"Period begins": day(BEGINS), "Period ends": day(BEGINS), "Hours": "20"}


@pytest.fixture
def two():
    """Two placements of one customer under one service."""
    first = working()
    return first, placed.started(STARTED, row=placed.planned(first.planned))


def faults(bringing):
    return [why(one) for one in rows_of(bringing)]


def test_two_rows_of_a_file_with_more_hours_than_their_days(two):
    first, second = two
    bringing = checked([row(first, **ON), row(second, **ON), row(working(), **ON)])
    assert faults(bringing) == [[], [("hours", "too-many-together")], []]
    said = said_of(rows_of(bringing)[1].faults[0])
    assert "in other placements these are 40 hours, and the periods have 1 day together" in said
    assert faults(checked([row(first, **ON), row(second, **ON | {"Hours": "4"})])) == [[], []]


def test_of_days_that_lie_apart_nothing_is_added(two):
    first, second = two
    next_day = {"Period begins": day(BEGINS + timedelta(days=1)), "Period ends": day(BEGINS + timedelta(days=1))}
    assert faults(checked([row(first, **ON), row(second, **ON | next_day)])) == [[], []]


def test_what_stands_counts_until_it_is_withdrawn(two):
    first, second = two
    upload = taken_over([row(first, **ON)])
    assert faults(checked([row(second, **ON)])) == [[("hours", "too-many-together")]]
    assert faults(checked([row(second, **ON | {"Hours": "4"})])) == [[]]
    withdraw(upload, "Another month.", by=planner(), at=states.now())
    assert faults(checked([row(second, **ON)])) == [[]]


def test_a_file_that_is_brought_again_is_not_counted_twice(two):
    first, second = two
    cells = [row(first, **ON | {"Hours": "10"}), row(second, **ON | {"Hours": "12"})]
    taken_over(cells)
    assert states_of(checked(cells)) == ["unchanged", "unchanged"]
    cells.append(row(working(), **ON))
    assert states_of(checked(cells)) == ["unchanged", "unchanged", "good"]


def test_where_the_first_is_left_out_or_mended_the_second_is_looked_at_again(two):
    first, second = two
    bringing = checked([row(first, **ON), row(second, **ON)])
    upper, lower = rows_of(bringing)
    actions.leave_out(upper, out=True, by=planner(), at=clock.now())
    assert states_of(bringing) == ["left_out", "good"]
    actions.leave_out(upper, out=False, by=planner(), at=clock.now())
    assert states_of(bringing) == ["good", "bad"]
    cells = with_cells(upper, hours="2")
    actions.mend(rows_of(bringing)[0], cells, word="", by=planner(), at=clock.now())
    assert states_of(bringing) == ["good", "good"]
    confirmed(bringing)
    assert [int(entry.hours) for entry in entries()] == [2, 20]
    assert lower.number == 3


def test_what_is_wrong_itself_counts_for_no_other_row(two):
    """Left out, it leaves nothing behind; mended, it counts."""
    first, second = two
    bringing = checked([row(first, **ON | {"Hourly wage": "many"}), row(second, **ON)])
    assert states_of(bringing) == ["bad", "good"]
    cells = with_cells(rows_of(bringing)[0], hourly_wage="15.00")
    actions.mend(rows_of(bringing)[0], cells, word="", by=planner(), at=clock.now())
    assert faults(bringing) == [[], [("hours", "too-many-together")]]


def test_a_row_said_twice_counts_once(two):
    first, second = two
    again = {**ON, "Hours": "8"}
    bringing = checked([row(first, **again), row(first, **again | {"Hours": "9"}), row(second, **ON | {"Hours": "16"})])
    assert states_of(bringing) == ["good", "double", "good"]


def test_of_a_row_that_is_mended_to_another_placement_others_are_looked_at(two):
    """Those below it, and itself beside those above."""
    first, second = two
    upper, lower = row(first, **ON), row(second, **ON)
    for place, placement in ((0, first), (1, second)):
        lines = [upper, lower]
        lines[place] = lines[place] | {"Placement ID": "999999999"}
        bringing = checked(lines)
        assert sorted(states_of(bringing)) == ["bad", "good"]
        typed = rows_of(bringing)[place]
        cells = with_cells(typed, placement=str(placement.pk))
        _row, outcome = actions.mend(typed, cells, word="", by=planner(), at=clock.now())
        if place == 0:
            assert faults(bringing) == [[], [("hours", "too-many-together")]]
        else:
            assert [fault.code for fault in outcome.faults] == ["too-many-together"]


def test_days_are_counted_once():
    a, b = BEGINS, BEGINS + timedelta(days=2)
    assert days_of_all([(a, b), (a, a), (b, b + timedelta(days=1)), (ENDS, ENDS)]) == 5


# --- the list before it is confirmed --------------------------------------------------------------


def shown(client, cells, person=None):
    bringing = checked(cells)
    client.force_login(person or planner())
    page = client.get(reverse("payroll-import:preview", args=[bringing.pk]))
    return [one.beside for one in page.context["rows"]], page


def test_the_list_says_whom_a_row_pays_and_how_much_for_what(client):
    placement = working()
    cells = row(placement, Hours="33.33")
    for heading in ("Name", "Participant ID", "Worksite"):
        del cells[heading]
    [beside], page = shown(client, [cells])
    assert beside.name == str(placement.customer)
    assert beside.place == f"{placement.job.title}, {placement.job.worksite.name}"
    assert beside.cells == (f"{day(BEGINS)} – {day(ENDS)}", "33.33", "$15.00", "$499.95", "$333.30")
    assert beside.notes == ()
    assert str(placement.customer) in page.content.decode()
    assert 'data-label="Gross wages">$499.95' in page.content.decode()


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"Hours": "0"}, "No hours: nothing is paid."),
        ({"Hours": "80.5"}, "More than the job's 40 hours a week."),
        ({"Hourly wage": "15.50"}, "More than the placement's wage of $15.00."),
    ],
    ids=str,
)
def test_what_is_worth_a_second_look_is_noted_and_no_fault(client, cells, note):
    [beside], page = shown(client, [row(working(), **cells)])
    assert beside.notes == (note,)
    assert page.context["rows"][0].row.state == "good"


def test_of_a_row_that_can_not_be_read_what_is_known_stands(client):
    [unknown, bad], _page = shown(client, [row(working(), **{"Placement ID": "999999999"}), row(working(), Hours="so")])
    assert (unknown.name, unknown.cells[1]) == ("", "60")
    assert (bad.cells[1], bad.cells[3]) == ("", "")


def test_the_list_takes_the_same_queries_however_many_rows(client, django_assert_max_num_queries):
    placements = [working() for _each in range(3)]
    for number in (1, 3):
        bringing = checked([row(one) for one in placements[:number]])
        client.force_login(planner())
        with django_assert_max_num_queries(12):
            client.get(reverse("payroll-import:preview", args=[bringing.pk]))


# --- what the supervisor confirmed ----------------------------------------------------------------


def hours_confirmed(placement, hours):
    link = supervised.asked(placement, Period(BEGINS, ENDS))
    supervised.confirmed(link, hours)


def test_where_the_supervisor_said_other_hours_the_list_and_the_placement_say_so(client):
    placement = working()
    write(placement.job.worksite, supervisor="Rosa Marsh")
    placement = placed.reread(placement)
    hours_confirmed(placement, "60")
    [beside], _page = shown(client, [row(placement)])
    assert beside.notes == ()
    taken_over([row(placement)])
    address = reverse("placement", args=[placement.customer.pk, placement.pk])
    assert "The supervisor confirmed" not in Page(client.get(address)).words
    hours_confirmed(placement, "57.25")
    assert "The supervisor confirmed 57.25." in Page(client.get(address)).words
    [beside], _page = shown(client, [row(placement)])
    assert beside.notes == ("The supervisor confirmed other hours for this period: 57.25.",)
