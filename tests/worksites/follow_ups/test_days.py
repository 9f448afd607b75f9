"""When a placement is followed up: so many days after its start, by the setting (ILL-156 to ILL-160, AMB-I2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import planner
from tests.worksites.follow_ups.done import DAY, after, do, placement_since
from worksites.follow_ups.showing import block_of
from worksites.placements.correcting import save_placement
from worksites.placements.paying import Pay

pytestmark = pytest.mark.django_db

START = date(2020, 5, 15)


def shown(client, row):
    client.force_login(planner())
    page = Page(client.get(reverse("placement", args=[row.customer.pk, row.pk])))
    return [words_of(line) for line in page.root.xpath("//section[@id='follow-ups']//li")]


@pytest.fixture
def since_2020():
    under = placed.long_ago(placed.service(), (states.today() - START).days + 5)
    return placed.started(START, under=under, pay=Pay(subsidized=Decimal("9.00"), entered=placed.FOUND))


@pytest.mark.parametrize(
    ("place", "days", "due"),
    [
        pytest.param(0, 30, "06/14/2020", marks=pytest.mark.policy("ILL-156")),
        pytest.param(1, 60, "07/14/2020", marks=pytest.mark.policy("ILL-157")),
        pytest.param(2, 90, "08/13/2020", marks=pytest.mark.policy("ILL-158")),
        pytest.param(3, 180, "11/11/2020", marks=pytest.mark.policy("ILL-159")),
        pytest.param(4, 270, "02/09/2021", marks=pytest.mark.policy("ILL-160", "AMB-I2")),
    ],
)
def test_each_follow_up_of_the_document_is_due_so_many_days_after_the_start(client, since_2020, place, days, due):
    assert shown(client, since_2020)[place].startswith(f"☐ {days} Days Follow-Up Due on {due}")
    row = after(since_2020, days)
    assert row.due_on == START + timedelta(days=days)
    do(row, done_on=row.due_on)
    line = shown(client, since_2020)[place]
    assert line.startswith(f"☑ {days} Days Follow-Up Due on {due}")
    assert "Still employed there, $16.50 an hour, 38 hours a week (Pay stub seen)" in line


def test_of_a_planned_placement_the_days_are_shown_as_they_will_be(client):
    start = states.today() + 10 * DAY
    row = placed.planned(starts_on=start)
    lines = shown(client, row)
    assert [line.split(" Due on")[0] for line in lines] == [
        f"☐ {days} Days Follow-Up" for days in (30, 60, 90, 180, 270)
    ]
    assert f"{start + 30 * DAY:%m/%d/%Y}" in lines[0]
    assert "Record it" not in lines[0]
    assert row.follow_ups.count() == 0


def test_without_a_start_date_there_are_no_days_yet(client):
    row = placed.planned(starts_on=None)
    assert shown(client, row) == []
    assert "counted from the start date" in Page(client.get(reverse("placement", args=[row.customer.pk, row.pk]))).words


def test_another_set_of_days_is_followed(settings):
    settings.FOLLOW_UP_DAYS = (14, 365)
    planned = placed.planned(starts_on=states.today())
    assert [line.days for line in block_of(planned, on=states.today())["follow_ups"]] == [14, 365]
    row = placed.started(row=planned)
    assert sorted(row.follow_ups.values_list("days", flat=True)) == [14, 365]


def test_what_waits_stays_when_the_set_changes_later(settings):
    row = placed.started()
    settings.FOLLOW_UP_DAYS = (14,)
    values = {"notes": "Moved", "starts_on": row.starts_on}
    save_placement(row, values, by=planner(), at=states.now())
    assert sorted(row.follow_ups.values_list("days", flat=True)) == [14, 30, 60, 90, 180, 270]


def move_start(row, day):
    save_placement(row, {"starts_on": day, "subsidy_starts_on": day}, by=planner(), at=states.now())


def test_what_waits_moves_with_the_start_and_what_is_done_stays():
    row = placement_since(40)
    done = do(after(row, 30), done_on=states.today() - 5 * DAY)
    move_start(row, row.starts_on + 3 * DAY)
    assert after(row, 60).due_on == row.starts_on + 63 * DAY
    assert after(row, 30).due_on == done.due_on


def test_the_start_can_not_be_moved_behind_a_follow_up_that_was_done():
    row = placement_since(40)
    do(after(row, 30), done_on=states.today() - 5 * DAY)
    with pytest.raises(Refusal) as refused:
        move_start(row, states.today() - 4 * DAY)
    assert (refused.value.code, refused.value.field) == ("start-after-a-follow-up", "starts_on")
    assert placed.reread(row).starts_on == row.starts_on
