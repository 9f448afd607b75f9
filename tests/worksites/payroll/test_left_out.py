"""Who is in a file to fill in: whom the chosen program paid, but not those whose end date is past, who are named."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import Program
from services.actions import change_funding
from services.models import PlannedService
from tests import placed, states
from tests.imported import states as states_of
from tests.markup import Page
from tests.payroll import BEGINS, ENDS, checked, day, row, working
from tests.people import north_planner, planner
from worksites.payroll import sheets
from worksites.placements.correcting import save_placement

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MIDDLE = BEGINS + timedelta(days=5)
NOBODY = "No placement of this choice is under way in this period."


@pytest.fixture
def staff(client):
    client.force_login(planner())
    return client


def answer(client, **asked):
    days = {"begins_on": day(BEGINS), "ends_on": day(ENDS), "kind": "csv"}
    return client.get(reverse("payroll-template"), days | asked)


def lines_of(found):
    content = b"".join(found).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))[1:]


def spans(client, **asked):
    """The placement of each line of the file, with its days."""
    return [(int(line[0]), line[4], line[5]) for line in lines_of(answer(client, **asked))]


# --- by program -----------------------------------------------------------------------------------


def of_placement(placement):
    return PlannedService.objects.select_related("plan", "program").get(pk=placed.reread(placement).planned_id)


def changed(placement, on, program=None):
    """To a contract, or back to a program; the program that paid before."""
    former = of_placement(placement)
    other = {"program": program, "contract": f"Contract {on}", "changes_on": on}
    change_funding(former, **other, by=placement.customer.planner, at=states.now())
    return former.program


def test_after_a_change_of_funding_the_program_that_paid_has_its_days(staff):
    placement = working()
    adult = changed(placement, on=ENDS + DAY)
    assert spans(staff, program=adult.pk) == [(placement.pk, day(BEGINS), day(ENDS))]
    after = {"begins_on": day(ENDS + DAY), "ends_on": day(states.days_ago(1))}
    assert NOBODY in answer(staff, program=adult.pk, **after).content.decode()


def test_of_a_period_in_which_the_funding_changes_a_program_has_its_parts(staff):
    placement = working()
    adult = changed(placement, MIDDLE)
    changed(placement, MIDDLE + 2 * DAY, program=adult)
    changed(placement, MIDDLE + 4 * DAY)
    assert spans(staff, program=adult.pk) == [
        (placement.pk, day(BEGINS), day(MIDDLE - DAY)),
        (placement.pk, day(MIDDLE + 2 * DAY), day(MIDDLE + 3 * DAY)),
    ]
    assert len(spans(staff, worksite=placement.job.worksite_id)) == 4
    other = Program.objects.exclude(pk=adult.pk).first()
    assert NOBODY in answer(staff, program=other.pk).content.decode()


def test_the_file_by_program_comes_back_in_order(staff):
    placement = working()
    adult = changed(placement, MIDDLE)
    [line] = lines_of(answer(staff, program=adult.pk, worksite=placement.job.worksite_id))
    assert states_of(checked([dict(zip(list(row(placement)), line, strict=True)) | {"Hours": "8"}])) == ["good"]


# --- whose expected end is past -------------------------------------------------------------------


def expected_to_end(placement, on=BEGINS - DAY):
    values = {"position_type": placement.position_type, "ends_on": on}
    return save_placement(placement, values, by=placement.customer.planner, at=states.now())


def at_one_job(number):
    job = placed.job(openings=number)
    return job, [working(at=job) for _each in range(number)]


def address(placement):
    return reverse("placement", args=[placement.customer.pk, placement.pk])


def test_who_is_under_way_beyond_the_expected_end_is_named_before_the_file_is_made(staff):
    job, (goes_on, late) = at_one_job(2)
    expected_to_end(late)
    page = Page(answer(staff, worksite=job.worksite_id))
    assert "1 placement of this choice is under way, but its end date lies before this pay period" in page.words
    assert address(late) in page.links().values()
    assert address(goes_on) not in page.links().values()
    without = page.links()["Get the file without them"]
    assert [line[0] for line in lines_of(staff.get(without))] == [str(goes_on.pk)]


def test_where_nobody_is_left_the_same_is_said(staff):
    job, rows = at_one_job(2)
    for late in rows:
        expected_to_end(late)
    page = Page(answer(staff, worksite=job.worksite_id))
    assert "2 placements of this choice are under way, but their end dates lie before this pay period" in page.words
    assert {address(late) for late in rows} <= set(page.links().values())
    assert NOBODY not in page.words
    assert "Get the file without them" not in page.links()


def test_with_the_end_date_corrected_they_are_in_the_file(staff):
    job, [late] = at_one_job(1)
    expected_to_end(late)
    expected_to_end(placed.reread(late), on=None)
    assert spans(staff, worksite=job.worksite_id) == [(late.pk, day(BEGINS), day(ENDS))]


def test_an_end_within_the_period_and_one_that_happened_are_nothing_to_correct(staff):
    job, (ended, ends) = at_one_job(2)
    placed.moved(ended, "terminate", ends_on=BEGINS - DAY, termination_reason="quit")
    expected_to_end(ends, on=BEGINS)
    assert spans(staff, worksite=job.worksite_id) == [(ends.pk, day(BEGINS), day(BEGINS))]


@pytest.mark.parametrize(("held_on", "is_named"), [(BEGINS, False), (BEGINS + DAY, True)])
def test_on_hold_in_all_of_the_period_nobody_is_left_out(staff, held_on, is_named):
    job, [late] = at_one_job(1)
    expected_to_end(placed.moved(late, "hold", inactive_on=held_on))
    page = Page(answer(staff, worksite=job.worksite_id))
    assert (address(late) in page.links().values()) is is_named


def test_by_program_those_are_named_whom_it_paid_in_the_period(staff):
    _job, [late] = at_one_job(1)
    adult = changed(late, MIDDLE)
    expected_to_end(placed.reread(late))
    links = Page(answer(staff, program=adult.pk)).links()
    assert address(late) in links.values()
    after = {"begins_on": day(MIDDLE), "ends_on": day(ENDS)}
    assert address(late) not in Page(answer(staff, program=adult.pk, **after)).links().values()


def test_ten_are_named_and_the_others_counted(staff, monkeypatch):
    monkeypatch.setattr(sheets, "NAMED", 2)
    job, rows = at_one_job(3)
    for late in rows:
        expected_to_end(late)
    page = Page(answer(staff, worksite=job.worksite_id))
    assert "3 placements of this choice" in page.words
    assert "and 1 more" in page.words
    assert len({address(late) for late in rows} & set(page.links().values())) == 2


def test_nobody_reads_of_those_whom_one_does_not_see(staff):
    _job, [late] = at_one_job(1)
    expected_to_end(late)
    staff.force_login(north_planner())
    assert address(late) not in Page(answer(staff, program=late.planned.program_id)).links().values()


def test_the_page_asks_as_many_questions_for_many_as_for_few(staff):
    asked = []
    for number in (1, 4):
        job, rows = at_one_job(number)
        for late in rows:
            expected_to_end(late)
        answer(staff, worksite=job.worksite_id)
        with CaptureQueriesContext(connection) as queries:
            answer(staff, worksite=job.worksite_id)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
