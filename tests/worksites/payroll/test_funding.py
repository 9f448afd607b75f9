"""Where the funding of a service changes, each day is paid from the one that it had."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerplan.base.refusals import Refusal
from services.actions import change_funding, save_service
from services.models import PlannedService
from tests import payroll, placed, states
from tests.imported import rows_of, why
from tests.payroll import BEGINS, ENDS, day, entries, row, working
from tests.rows import write
from worksites.models import Placement
from worksites.payroll import sheets
from worksites.payroll.importing import PayrollReader
from worksites.payroll.models import PayrollEntry
from worksites.payroll.reading import BY_CODE, grouped
from worksites.payroll.showing import paid_of_service
from worksites.placements.placing import OfPlacements

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)
MIDDLE = BEGINS + timedelta(days=7)
BEFORE = {"Period ends": day(MIDDLE - timedelta(days=1)), "Hours": "30"}
AFTER = {"Period begins": day(MIDDLE), "Hours": "20"}


def of_placement(placement):
    return PlannedService.objects.select_related("plan", "program").get(pk=placed.reread(placement).planned_id)


def changed(placement, on=MIDDLE):
    """To a contract, from the program that paid; the two services."""
    former = of_placement(placement)
    latter = change_funding(
        former, program=None, contract="Contract 7", changes_on=on, by=placement.customer.planner, at=states.now()
    )
    return former, latter


@pytest.mark.policy("ILL-144")
def test_both_are_paid_what_is_theirs():
    placement = working()
    former, latter = changed(placement)
    payroll.taken_over([row(placement, **BEFORE), row(placement, **AFTER)])
    assert [entry.planned for entry in entries()] == [former, latter]
    assert [paid_of_service(one).hours for one in (former, latter)] == [30, 20]
    by_program = {
        group["name"]: group["hours_sum"] for group in grouped(PayrollEntry.objects.all(), BY_CODE["program"])
    }
    assert by_program == {former.program.name if former.program else "": 30, "": 20}


def test_what_was_paid_before_the_change_stays_with_the_former():
    placement = working()
    payroll.taken_over([row(placement, **BEFORE)])
    former, latter = changed(placement)
    assert [entry.planned for entry in entries()] == [former]
    assert paid_of_service(latter).rows == 0


def test_one_row_is_not_paid_from_both():
    placement = working()
    changed(placement)
    assert [why(one) for one in rows_of(payroll.checked([row(placement)]))] == [[("ends_on", "funding-changes")]]


def test_the_funding_does_not_change_on_a_day_that_was_paid():
    placement = working()
    payroll.taken_over([row(placement)])
    with pytest.raises(Refusal) as found:
        changed(placement, on=ENDS)
    assert (found.value.code, found.value.field) == ("days-paid", "changes_on")
    changed(placement, on=ENDS + timedelta(days=1))


def test_what_had_ended_stays_with_the_former():
    placement, on = working(), ENDS + timedelta(days=2)
    ended = placed.moved(placement, "terminate", ends_on=ENDS, termination_reason="quit")
    former, latter = changed(ended, on=on)
    assert of_placement(ended) == former
    placed.planned(latter)


def test_where_a_plan_follows_what_was_paid_does_not_hinder_it():
    """The service of the next plan has the day on which the former one began, and no other funding."""
    placement = working()
    payroll.taken_over([row(placement)])
    planned = of_placement(placement)
    OfPlacements().go_along(planned, planned, by=placement.customer.planner, at=states.now())
    assert of_placement(placement) == planned


# --- questions to the database --------------------------------------------------------------------


def start_of(service, day):
    save_service(service, {"actual_start_on": day}, by=service.plan.customer.planner, at=states.now())


@pytest.mark.parametrize("days", [-1, 1])
def test_the_new_funding_begins_on_no_other_side_of_days_that_were_paid(days):
    placement = working()
    _former, latter = changed(placement)
    day_before, day_of_change = ({"Period begins": day(one), "Period ends": day(one), "Hours": "8"}
                                 for one in (MIDDLE - ONE_DAY, MIDDLE))  # fmt: skip
    payroll.taken_over([row(placement, **day_before), row(placement, **day_of_change)])
    with pytest.raises(Refusal) as refused:
        start_of(latter, MIDDLE + days * ONE_DAY)
    assert (refused.value.code, refused.value.field) == ("days-paid", "actual_start_on")
    assert "Withdraw that file first" in refused.value.sentence


def test_the_new_funding_begins_where_nothing_was_paid_in_between():
    placement = working()
    former, latter = changed(placement)
    payroll.taken_over([row(placement, **BEFORE), row(placement, **AFTER | {"Period begins": day(MIDDLE + ONE_DAY)})])
    start_of(latter, MIDDLE + ONE_DAY)
    assert [placed.reread(placement).planned.on(entry.begins_on) for entry in entries()] == [former, latter]


def test_what_was_paid_stays_with_its_program():
    placement = working()
    service = of_placement(placement)
    payroll.taken_over([row(placement)])
    with pytest.raises(Refusal) as refused:
        save_service(service, {"program": None}, by=placement.customer.planner, at=states.now())
    assert (refused.value.code, refused.value.field) == ("program-paid", "program")
    assert entries().get().planned.program == service.program


def test_the_program_of_what_was_complete_before_placements_were_kept_is_corrected():
    service = placed.long_ago(placed.service(), 30)
    write(service.service, needs_worksite=True)
    write(service, status="complete", actual_start_on=states.days_ago(20), ended_on=states.days_ago(5))
    service.refresh_from_db()
    save_service(service, {"program": None}, by=service.plan.customer.planner, at=states.now())


def terminated_on(placement, day):
    return placed.moved(placement, "terminate", ends_on=day, termination_reason="quit")


def test_a_placement_that_ended_after_the_change_is_paid_from_both():
    placement = terminated_on(working(), ENDS)
    former, latter = changed(placement)
    payroll.taken_over([row(placement, **BEFORE), row(placement, **AFTER)])
    assert [entry.planned for entry in entries()] == [former, latter]


def test_one_that_ended_before_the_change_stays_with_the_former():
    placement = terminated_on(working(), MIDDLE - ONE_DAY)
    former, _latter = changed(placement)
    assert placed.reread(placement).planned == former


def test_the_funding_does_not_change_on_a_day_that_was_paid_in_a_placement_that_ended():
    placement = terminated_on(working(), ENDS)
    payroll.taken_over([row(placement)])
    with pytest.raises(Refusal) as refused:
        changed(placement)
    assert (refused.value.code, refused.value.field) == ("days-paid", "changes_on")


def thrice_funded():
    placement = working()
    for days in range(3):
        changed(placement, on=MIDDLE + timedelta(days=days))
    return placement


def asked_by_the_file(placements):
    bringing = payroll.brought([row(placement) for placement in placements])
    reader = PayrollReader(bringing)
    reads = [reader.read(bringing.texts_of(one.cells), "") for one in rows_of(bringing)]
    return lambda: reader.look(reads)


def asked_by_the_sheet(placements):
    rows = Placement.objects.filter(pk__in=[placement.pk for placement in placements])
    return lambda: list(sheets.rows_of(rows, BEGINS, ENDS))


@pytest.mark.parametrize("asking", [asked_by_the_file, asked_by_the_sheet])
def test_fundings_one_after_the_other_are_read_at_once(asking):
    asked = []
    for placements in ([thrice_funded()], [thrice_funded() for _more in range(3)]):
        ask = asking(placements)
        with CaptureQueriesContext(connection) as queries:
            ask()
        asked.append(len(queries))
    assert asked[0] == asked[1] < 10
